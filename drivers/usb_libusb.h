/* usb_libusb: the carrier over libusb, the only file that knows it. One thread serves all
 * that happens on the bus; it sleeps while nothing does. */
#pragma once

#include "drivers/usb.h"

extern const UsbCarrier USB_LIBUSB;

/* The bus, begun when it was not yet. Any thread. @return NULL with DEVICE_ERROR when
 * there is no USB here. */
gpointer usb_libusb_start(GError **error);
/* After the last handle is closed and the last watch taken back. */
void usb_libusb_stop(void);
