/* showing: the customer's display follows the till: the article just rung up, the total,
 * what was paid, the change; a greeting when nobody is served. The latest text wins:
 * there is never a queue, and a display that hangs holds up nobody. */
#pragma once

#include "app/till.h"

void showing_start(Till *till); /* follows the till from now on */
void showing_stop(Till *till);
void showing_again(Till *till); /* to a display that may have forgotten it */
void showing_test(Till *till);  /* a greeting, until the till changes */
/* Device events of the display; wired by devices_open(). */
void showing_on_device(Till *till, const DeviceEvent *event);
