/* wedge: "wedge:usb:0416:c141@1-2", a barcode scanner that types. Its address is only
 * ever chosen by somebody: no keyboard is taken away by itself. */
#pragma once

#include "drivers/device.h"

extern const DeviceDriver WEDGE;
