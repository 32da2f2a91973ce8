/* hid_scale: the driver "scale:usb:<vid>:<pid>[@port]": a scale of the HID class, usage
 * page 0x8D. DEVICE_HEARD is scale_line(); commands do nothing. */
#pragma once

#include "drivers/device.h"

extern const DeviceDriver HID_SCALE;
