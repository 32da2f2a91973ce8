/* hid_scanner: "hid-scanner:usb:0c2e:0b61@1-2", a barcode scanner in HID POS mode. */
#pragma once

#include "drivers/device.h"

extern const DeviceDriver HID_SCANNER;
