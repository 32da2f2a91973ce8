/* serial_scanner: "serial-scanner:/dev/ttyUSB0" or "…,115200,8N1": a barcode scanner
 * behind a serial line of the kernel's: vendor serial chips, old ports. */
#pragma once

#include "drivers/device.h"

extern const DeviceDriver SERIAL_SCANNER;
