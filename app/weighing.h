/* weighing: what lies on the scale becomes the quantity of a line sold by weight. */
#pragma once

#include "app/till.h"
#include "drivers/scale.h"

/* The chosen line takes the weight, less the container's; only when the scale stands
 * still. Every outcome is a notice. */
void weighing_take(Till *till);
/* What lies on the scale now is the container; on an empty scale: there is none. */
void weighing_tare(Till *till);
void weighing_test(Till *till); /* says what the scale shows */
/* @return false: no scale, or it has not spoken yet. @ret_tare_mg: the container's. */
bool weighing_now(const Till *till, ScaleReading *ret, int64_t *ret_tare_mg);
/* Device events of the scale; wired by devices_open(). */
void weighing_on_device(Till *till, const DeviceEvent *event);
