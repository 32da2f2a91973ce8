/* sim_label: the driver "sim-label:", the label printer on the desk. */
#pragma once

#include "drivers/device.h"

extern const DeviceDriver SIM_LABEL;
