/* file_driver: "file:<path>", a printer behind a device node ("file:/dev/usb/lp0") or a
 * plain file that takes the bytes, made when missing (outside /dev). What answers is
 * asked. */
#pragma once

#include "drivers/device.h"

extern const DeviceDriver FILE_DRIVER;
