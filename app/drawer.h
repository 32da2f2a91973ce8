/* drawer: the cash drawer, which hangs on the printer: which way its switch speaks, and
 * whether it stands open for too long. */
#pragma once

#include "app/till.h"

/* @address as drivers want it: with "?drawer=low" when the setting "drawer.polarity" says
 * that the switch is open when its line is low. (transfer full) */
char *drawer_address(const Till *till, const char *address);
/* The printer's state, whenever it is told. */
void drawer_see(Till *till, DeviceState state);
/* Now and then; @now_us: monotonic. A drawer that is open for longer than the setting
 * "drawer.open_s" (60; 0: never) gets a message, once. One that was never seen shut may
 * as well be none. */
void drawer_mind(Till *till, int64_t now_us);
