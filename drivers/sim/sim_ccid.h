/* sim_ccid: "sim-ccid:", the reader of chip cards on the desk. What is heard is an
 * IcCard.
 */
#pragma once

#include "drivers/device.h"

extern const DeviceDriver SIM_CCID;
