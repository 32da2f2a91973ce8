/* sim_scale: the driver "sim-scale:", the scale on the desk. */
#pragma once

#include "drivers/device.h"

extern const DeviceDriver SIM_SCALE;
