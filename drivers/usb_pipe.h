/* UsbPipe: an interface's bulk OUT and bulk IN as a Wire. IN is always listened to; an
 * interface without it is a far end that never speaks. Device threads. */
#pragma once

#include "drivers/usb_descriptors.h"
#include "drivers/usb_inlet.h"
#include "drivers/wire.h"

typedef struct UsbPipe UsbPipe;

/* Claims @interface, in its alternate setting. @notify: (nullable) as in usb_inlet_new().
 * @handle is borrowed and outlives the pipe. NULL with @error: GONE, BUSY, or
 * DEVICE_ERROR_WRONG when there is no bulk OUT. */
UsbPipe *usb_pipe_new(UsbHandle *handle,
                      const UsbInterface *interface,
                      UsbNotify notify,
                      gpointer data,
                      GError **error);
void usb_pipe_free(UsbPipe *pipe); /* releases the interface; NULL is fine */

/* The wire whose end is a UsbPipe. A halt is cleared and an error settled on the way:
 * write() then takes nothing this once. */
extern const Wire USB_PIPE_WIRE;

G_DEFINE_AUTOPTR_CLEANUP_FUNC(UsbPipe, usb_pipe_free)
