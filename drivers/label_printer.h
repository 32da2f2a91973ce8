/* label_printer: the driver "label:usb:<vid>:<pid>[@port]": a TSPL label printer of the
 * USB printer class (07/01/1-2), or vendor-class with a bulk pair. Commands are
 * tspl_encode()'s. */
#pragma once

#include "drivers/device.h"

extern const DeviceDriver LABEL_PRINTER;
