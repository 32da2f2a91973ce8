/* sim_scanner: "sim-scanner:", the scanner on the desk. */
#pragma once

#include "drivers/device.h"

extern const DeviceDriver SIM_SCANNER;
