/* sim_pole: the driver "sim-pole:", the customer's display on the desk (CD5220 that shows
 * Chinese; "sim-pole:led8": eight digits). */
#pragma once

#include "drivers/device.h"

extern const DeviceDriver SIM_POLE;
