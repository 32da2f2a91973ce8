/* UsbWire: a Wire over the Universal Serial Bus: a bulk OUT endpoint and an inlet. On a
 * device's thread. */
#pragma once

#include "drivers/usb_descriptors.h"
#include "drivers/usb_inlet.h"
#include "drivers/wire.h"

typedef struct UsbWire UsbWire;

/* Over the bulk endpoints of @interface, which is claimed and set. One without an IN
 * endpoint (a unidirectional printer) only writes. @handle is borrowed; @notify and @data
 * as for usb_inlet_new(). @return NULL with @error: WRONG when there is no bulk OUT. */
UsbWire *usb_wire_new(UsbHandle *handle,
                      const UsbInterface *interface,
                      UsbNotify notify,
                      gpointer data,
                      GError **error);
void usb_wire_free(UsbWire *wire); /* before its handle is closed; NULL is fine */
bool usb_wire_can_read(const UsbWire *wire);

/* Its end is a UsbWire. A halt is cleared and an error settled on the way; what a
 * timed-out write did not move is not sent. */
extern const Wire USB_WIRE;

G_DEFINE_AUTOPTR_CLEANUP_FUNC(UsbWire, usb_wire_free)
