/* device_advice: how a device stands and what to do about it, in the user's language; the
 * same words on the devices page and from `guitai devices`. */
#pragma once

#include "app/devices.h"

/* What a use is called: "Scanner", "Label printer". */
const char *device_advice_use(DeviceUse use);
/* Two or three words: "ready", "no right to open it", "keyboard or scanner?". */
const char *device_advice_state(const DeviceRow *row);
/* The same of a use's device, which there must be. */
const char *device_advice_state_of(const Till *till, DeviceUse use);
/* A sentence or two (transfer full); "" when there is nothing to do. */
char *device_advice(const DeviceRow *row);
/* A command for the terminal that goes with it (transfer full); NULL: none. */
char *device_advice_command(const DeviceRow *row);
