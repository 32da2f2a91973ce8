/* plain_driver: a driver of the plain device, as simple as one can be: each packet of
 * 0x84 is heard, a command goes out at 0x01. Claims interfaces 0 and 1. */
#pragma once

#include "drivers/device.h"

/* Addresses: "plain:usb:1209:0001@1-2". It rests for an hour: what it hears in less came
 * by a nudge. */
extern const DeviceDriver PLAIN_DRIVER;
