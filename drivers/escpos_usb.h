/* escpos_usb: the driver "escpos:usb:<vid>:<pid>[@port][?options]": a receipt printer on
 * USB, of the printer class (07/01/1-2) or vendor-class by its ids. What it says it is
 * comes once as DEVICE_HEARD, "maker\tmodel" (either may be empty). */
#pragma once

#include "drivers/device.h"
#include "drivers/usb_descriptors.h"

extern const DeviceDriver ESCPOS_USB;

/* For the device page and the tests: which of @interfaces it would speak to; NULL: none.
 * The printer class's with the highest protocol up to 2 that can be written to; a
 * vendor's own when @is_vendor_class, or when there is no other. */
const UsbInterface *escpos_usb_interface(const GArray *interfaces, bool is_vendor_class);
