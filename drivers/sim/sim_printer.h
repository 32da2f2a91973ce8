/* sim_printer: "sim-printer:", the receipt printer on the desk, with the cash drawer at
 * it. */
#pragma once

#include "drivers/device.h"

extern const DeviceDriver SIM_PRINTER;
