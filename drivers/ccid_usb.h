/* ccid_usb: readers of chip cards over USB: "ccid:usb:072f:90cc@1-2". What is heard is an
 * IcCard (ic_reader.h). Of a reader with several slots the first. */
#pragma once

#include "drivers/device.h"

extern const DeviceDriver CCID_USB;
