/* serial_scanner: "serial-scanner:/dev/ttyUSB0", "serial-scanner:usb:1a86:7523@1-2", each
 * with ",115200,8N1" or so: a barcode scanner behind a serial line of the kernel's: a
 * maker's own chip, an old port. */
#pragma once

#include "drivers/device.h"

extern const DeviceDriver SERIAL_SCANNER;
