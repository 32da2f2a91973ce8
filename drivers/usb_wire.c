#include "drivers/usb_wire.h"

#define ERROR_PAUSE_MS 20

struct UsbWire {
  UsbHandle *handle;
  UsbInlet *inlet; /* owned; NULL: it only writes */
  uint8_t out;
};

UsbWire *
usb_wire_new(UsbHandle *handle,
             const UsbInterface *interface,
             UsbNotify notify,
             gpointer data,
             GError **error)
{
  const UsbEndpoint *out = usb_endpoint(interface, USB_EP_BULK, false);
  const UsbEndpoint *in = usb_endpoint(interface, USB_EP_BULK, true);
  UsbInlet *inlet = NULL;

  if (!out) {
    g_set_error(error,
                DEVICE_ERROR,
                DEVICE_ERROR_WRONG,
                "interface %d has no bulk endpoint to write to",
                interface->number);
    return NULL;
  }
  /* One packet at a time: not every device ends a full one with an empty one. */
  if (in && !(inlet = usb_inlet_new(
                  handle, USB_BULK, in->address, in->packet, notify, data, error)))
    return NULL;
  UsbWire *wire = g_new(UsbWire, 1);
  *wire = (UsbWire){handle, inlet, out->address};
  return wire;
}

void
usb_wire_free(UsbWire *wire)
{
  if (!wire)
    return;
  usb_inlet_free(wire->inlet);
  g_free(wire);
}

bool
usb_wire_can_read(const UsbWire *wire)
{
  return wire->inlet != NULL;
}

/* An error may be an unplug under way; else the endpoint is made to go on. */
static bool
recover(UsbWire *wire, UsbStatus status, GError **error)
{
  if (status == USB_STALL)
    status = usb_clear_halt(wire->handle, wire->out);
  if (status == USB_IO)
    status = usb_settle(wire->handle);
  if (status == USB_GONE)
    return usb_fail(status, "write", error);
  if (status != USB_OK && status != USB_TIMEOUT)
    usb_pause(ERROR_PAUSE_MS);
  return true;
}

static gssize
wire_write(
    gpointer self, const guint8 *bytes, gsize length, int timeout_ms, GError **error)
{
  UsbWire *wire = self;
  int actual = 0;
  /* The bus takes bytes of either direction by one pointer; it does not write to these.
   */
  UsbStatus status = usb_bulk(wire->handle,
                              wire->out,
                              (void *)(guintptr)bytes,
                              (int)MIN(length, G_MAXINT),
                              &actual,
                              MAX(timeout_ms, 1));

  if (status != USB_OK && !recover(wire, status, error))
    return -1;
  return actual;
}

static gssize
wire_read(gpointer self, guint8 *bytes, gsize room, int timeout_ms, GError **error)
{
  UsbWire *wire = self;

  if (wire->inlet)
    return usb_inlet_read(wire->inlet, bytes, room, timeout_ms, error);
  if (timeout_ms > 0)
    usb_pause(timeout_ms);
  return 0;
}

static int64_t
wire_now_us(gpointer self)
{
  return usb_now_us();
}

const Wire USB_WIRE = {wire_write, wire_read, wire_now_us};
