/* plugging: what is plugged into this machine, as the bus tells it, and what the till
 * takes from it by itself. For app/devices. */
#pragma once

#include "app/till.h"
#include "drivers/plugged.h"

typedef struct Plugging Plugging;

/* Listens to the bus from now on; what is there already is told soon. Main thread, does
 * not wait for the bus. */
void plugging_start(Till *till);
void plugging_stop(Till *till);

/* What is plugged in now (transfer full), of Plugged. */
GPtrArray *plugging_list(const Till *till);
/* Is @address ("escpos:usb:04b8:0e15@1-2") that device here? By its ids at its socket, or
 * the only one of its kind. */
bool plugging_is(const Till *till, const char *address, const Plugged *plugged);
/* Is what @address names plugged in? true also for what is not on USB. */
bool plugging_has(const Till *till, const char *address);
/* Is @plugged what one of the till's uses names? */
bool plugging_is_used(const Till *till, const Plugged *plugged);
