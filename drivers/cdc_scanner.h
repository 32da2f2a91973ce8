/* cdc_scanner: "cdc-scanner:usb:0c2e:0b6a@1-2", a barcode scanner that is a serial line
 * over USB. */
#pragma once

#include "drivers/device.h"

extern const DeviceDriver CDC_SCANNER;
