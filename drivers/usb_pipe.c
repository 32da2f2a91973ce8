#include "drivers/usb_pipe.h"

#define ERROR_PAUSE_MS 20 /* who writes again and again must not spin */

struct UsbPipe {
  UsbHandle *handle; /* borrowed */
  int interface;
  uint8_t out;
  UsbInlet *inlet; /* owned; NULL: it has no IN */
};

static bool
claim(UsbHandle *handle, const UsbInterface *interface, GError **error)
{
  UsbStatus status = usb_claim(handle, interface->number);
  if (status != USB_OK)
    return usb_fail(status, "claim its interface", error);
  if (interface->alternate)
    status = usb_alternate(handle, interface->number, interface->alternate);
  if (status == USB_OK)
    return true;
  usb_release(handle, interface->number);
  return usb_fail(status, "choose its alternate setting", error);
}

UsbPipe *
usb_pipe_new(UsbHandle *handle,
             const UsbInterface *interface,
             UsbNotify notify,
             gpointer data,
             GError **error)
{
  const UsbEndpoint *out = usb_endpoint(interface, USB_EP_BULK, false);
  const UsbEndpoint *in = usb_endpoint(interface, USB_EP_BULK, true);

  if (!out) {
    g_set_error_literal(
        error, DEVICE_ERROR, DEVICE_ERROR_WRONG, "its interface has no way in for bytes");
    return NULL;
  }
  if (!claim(handle, interface, error))
    return NULL;
  UsbPipe *pipe = g_new0(UsbPipe, 1);
  *pipe = (UsbPipe){handle, interface->number, out->address, NULL};
  if (in)
    pipe->inlet =
        usb_inlet_new(handle, USB_BULK, in->address, in->packet, notify, data, error);
  if (in && !pipe->inlet)
    g_clear_pointer(&pipe, usb_pipe_free);
  return pipe;
}

void
usb_pipe_free(UsbPipe *pipe)
{
  if (!pipe)
    return;
  usb_inlet_free(pipe->inlet);
  usb_release(pipe->handle, pipe->interface);
  g_free(pipe);
}

static gssize
pipe_write(
    gpointer end, const guint8 *bytes, gsize length, int timeout_ms, GError **error)
{
  UsbPipe *pipe = end;
  int actual = 0;
  UsbStatus status = usb_bulk(pipe->handle,
                              pipe->out,
                              (void *)bytes,
                              (int)MIN(length, G_MAXINT),
                              &actual,
                              MAX(timeout_ms, 1));

  if (status == USB_STALL)
    status = usb_clear_halt(pipe->handle, pipe->out);
  if (status == USB_IO)
    status = usb_settle(pipe->handle);
  if (status == USB_GONE) {
    usb_fail(status, "write", error);
    return -1;
  }
  if (status != USB_OK && status != USB_TIMEOUT)
    usb_pause(ERROR_PAUSE_MS);
  return actual;
}

static gssize
pipe_read(gpointer end, guint8 *bytes, gsize room, int timeout_ms, GError **error)
{
  UsbPipe *pipe = end;

  if (pipe->inlet)
    return usb_inlet_read(pipe->inlet, bytes, room, timeout_ms, error);
  usb_pause(timeout_ms);
  return 0;
}

static int64_t
pipe_now_us(gpointer end)
{
  return usb_now_us();
}

const Wire USB_PIPE_WIRE = {pipe_write, pipe_read, pipe_now_us};
