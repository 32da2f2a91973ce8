#include "drivers/id_reader_usb.h"

#include <string.h>

#include "drivers/hid_descriptor.h"
#include "drivers/id_reader.h"
#include "drivers/secret_bytes.h"
#include "drivers/serial.h"
#include "drivers/usb_inlet.h"

#define REST_MS     300
#define BAUD        115200
#define HEAD        7 /* preamble and length */
#define HID_REPORT  64
#define DESCRIPTOR  1024
#define CLASS_HID   0x03
#define INTO_REPORT 0x21 /* SET_REPORT, HID 1.11, 7.2.2 */
#define SET_REPORT  0x09
#define OUTPUT      0x0200
#define FROM_DEVICE 0x81 /* GET_DESCRIPTOR of an interface */
#define GET         0x06
#define OF_REPORTS  0x2200
#define PAUSE_MS    20

typedef struct {
  IdReader *reader; /* owned */

  Serial *serial; /* owned; NULL: over USB */

  UsbHandle *handle; /* owned; NULL: over a serial line */
  IdReaderLayout layout;
  bool is_claimed;
  UsbInlet *in[2];      /* owned; the second of FOUR only */
  gsize head_came;      /* FOUR: bytes of the head of the answer that came */
  gsize frame, written; /* FOUR: bytes of the command, and how many are written */
  uint8_t report;       /* HID: the id of its reports; 0: they have none */
  uint8_t report_size;  /* HID: bytes of a report on the wire */
} Port;

/* -- What it offers ------------------------------------------------------------------ */

static bool
carries(const UsbEndpoint *endpoint)
{
  return endpoint->kind == USB_EP_BULK || endpoint->kind == USB_EP_INTERRUPT;
}

/* @return how many there are; the two with the lowest addresses, in order, in @ret. */
static int
ends_of(const UsbInterface *interface, bool is_in, UsbEndpoint ret[2])
{
  int n = 0;

  for (int i = 0; i < interface->n_endpoints; i++) {
    const UsbEndpoint *one = &interface->endpoints[i];
    if (!carries(one) || (one->address & 0x80) != (is_in ? 0x80 : 0))
      continue;
    bool is_first = n > 0 && one->address < ret[0].address;
    if (is_first)
      ret[1] = ret[0];
    if (n == 0 || is_first)
      ret[0] = *one;
    else if (n == 1 || one->address < ret[1].address)
      ret[1] = *one;
    n++;
  }
  return n;
}

static bool
is_layout(const UsbInterface *interface, IdReaderWay way, IdReaderLayout *ret)
{
  IdReaderLayout found = {way, interface->number, interface->alternate, {{0}}, {{0}}};
  int n_in = ends_of(interface, true, found.in);
  int n_out = ends_of(interface, false, found.out);
  bool is_hid = interface->class_code == CLASS_HID;
  bool is_bulk =
      found.in[0].kind == USB_EP_BULK && found.out[0].kind == USB_EP_BULK && n_out;
  bool fits = way == ID_READER_FOUR   ? !is_hid && n_in >= 2 && n_out >= 2
              : way == ID_READER_PAIR ? !is_hid && n_in && is_bulk
                                      : is_hid && n_in;
  if (fits)
    *ret = found;
  return fits;
}

bool
id_reader_layout(GBytes *config, IdReaderLayout *ret)
{
  g_autoptr(GArray) interfaces = usb_interfaces(config);

  for (IdReaderWay way = ID_READER_FOUR; way <= ID_READER_HID; way++)
    for (guint i = 0; i < interfaces->len; i++)
      if (is_layout(&g_array_index(interfaces, UsbInterface, i), way, ret))
        return true;
  return false;
}

/* -- The cable ----------------------------------------------------------------------- */

/* An error may be an unplug under way; else the endpoint is made to go on.
 * @return false with @error: it is gone. */
static bool
recover(Port *port, uint8_t endpoint, UsbStatus status, GError **error)
{
  if (status == USB_STALL)
    status = usb_clear_halt(port->handle, endpoint);
  if (status == USB_IO)
    status = usb_settle(port->handle);
  if (status == USB_GONE)
    return usb_fail(status, "the ID-card reader", error);
  if (status != USB_OK && status != USB_TIMEOUT)
    usb_pause(PAUSE_MS);
  return true;
}

/* @return how many bytes went out; -1: @error. */
static gssize
write_end(Port *port,
          const UsbEndpoint *out,
          const guint8 *bytes,
          gsize length,
          int timeout_ms,
          GError **error)
{
  int actual = 0;
  /* The bus takes bytes of either direction by one pointer; it does not write to these.
   * An interrupt endpoint takes them in the same way. */
  UsbStatus status = usb_bulk(port->handle,
                              out->address,
                              (gpointer)bytes,
                              (int)length,
                              &actual,
                              MAX(timeout_ms, 1));
  if (status != USB_OK && !recover(port, out->address, status, error))
    return -1;
  return actual;
}

/* Each frame is written from its first byte on, its head whole in the first call. */
static gssize
write_four(Port *port, const guint8 *bytes, gsize length, int timeout_ms, GError **error)
{
  if (port->written == port->frame) {
    port->written = 0;
    port->frame = length >= HEAD ? HEAD + ((gsize)bytes[5] << 8 | bytes[6]) : length;
  }
  bool is_head = port->written < HEAD;
  gsize n = is_head ? MIN(length, HEAD - port->written) : length;

  gssize taken =
      write_end(port, &port->layout.out[is_head ? 0 : 1], bytes, n, timeout_ms, error);
  port->written = MIN(port->written + (gsize)MAX(taken, 0), port->frame);
  port->head_came = 0;
  return taken;
}

static gssize
write_hid(Port *port, const guint8 *bytes, gsize length, int timeout_ms, GError **error)
{
  guint8 report[HID_REPORT] = {port->report};
  gsize at = port->report ? 1 : 0, n = MIN(length, port->report_size - at);
  const UsbEndpoint *out = &port->layout.out[0];

  memcpy(report + at, bytes, n);
  if (out->packet) {
    gssize taken = write_end(port, out, report, port->report_size, timeout_ms, error);
    return taken == port->report_size ? (gssize)n : MIN(taken, 0);
  }
  UsbStatus status = usb_control(port->handle,
                                 INTO_REPORT,
                                 SET_REPORT,
                                 OUTPUT | port->report,
                                 port->layout.interface,
                                 report,
                                 port->report_size,
                                 NULL);
  if (status == USB_OK)
    return (gssize)n;
  return recover(port, 0, status, error) ? 0 : -1;
}

static gssize
port_write(
    gpointer self, const guint8 *bytes, gsize length, int timeout_ms, GError **error)
{
  Port *port = self;

  if (port->layout.way == ID_READER_FOUR)
    return write_four(port, bytes, length, timeout_ms, error);
  if (port->layout.way == ID_READER_HID)
    return write_hid(port, bytes, length, timeout_ms, error);
  return write_end(port, &port->layout.out[0], bytes, length, timeout_ms, error);
}

/* The body comes after its head, but through another endpoint: what both have is taken in
 * that order. */
static gssize
read_four(Port *port, guint8 *bytes, gsize room, int timeout_ms, GError **error)
{
  bool wants_body = port->head_came >= HEAD;
  gssize came =
      usb_inlet_read(port->in[wants_body ? 1 : 0], bytes, room, timeout_ms, error);

  if (came == 0)
    came = usb_inlet_read(port->in[wants_body ? 0 : 1], bytes, room, 0, error);
  else if (came > 0 && !wants_body)
    port->head_came += (gsize)came;
  return came;
}

static gssize
read_hid(Port *port, guint8 *bytes, gsize room, int timeout_ms, GError **error)
{
  GError *failure = NULL;
  g_autoptr(GBytes) report = usb_inlet_take(port->in[0], timeout_ms, &failure);
  gsize length = 0;

  if (failure) {
    g_propagate_error(error, failure);
    return -1;
  }
  const guint8 *data = report ? g_bytes_get_data(report, &length) : NULL;
  gsize at = port->report ? 1 : 0;
  if (length <= at || (port->report && data[0] != port->report))
    return 0;
  gsize n = MIN(length - at, room);
  memcpy(bytes, data + at, n);
  return (gssize)n;
}

static gssize
port_read(gpointer self, guint8 *bytes, gsize room, int timeout_ms, GError **error)
{
  Port *port = self;

  if (port->layout.way == ID_READER_FOUR)
    return read_four(port, bytes, room, timeout_ms, error);
  if (port->layout.way == ID_READER_HID)
    return read_hid(port, bytes, room, timeout_ms, error);
  return usb_inlet_read(port->in[0], bytes, room, timeout_ms, error);
}

static int64_t
port_now_us(gpointer self)
{
  return usb_now_us();
}

static const Wire PORT_WIRE = {port_write, port_read, port_now_us};

/* -- The driver ---------------------------------------------------------------------- */

static void
port_close(gpointer self)
{
  Port *port = self;

  id_reader_free(port->reader);
  serial_close(port->serial);
  usb_inlet_free(port->in[0]);
  usb_inlet_free(port->in[1]);
  if (port->is_claimed)
    usb_release(port->handle, port->layout.interface);
  usb_close(port->handle);
  g_free(port);
}

/* Reports with an id begin with it. */
static void
learn_reports(Port *port)
{
  guint8 descriptor[DESCRIPTOR];
  int length = 0;
  UsbStatus status = usb_control(port->handle,
                                 FROM_DEVICE,
                                 GET,
                                 OF_REPORTS,
                                 port->layout.interface,
                                 descriptor,
                                 sizeof descriptor,
                                 &length);
  uint16_t packet = port->layout.out[0].packet;

  port->report_size = packet && packet < HID_REPORT ? (uint8_t)packet : HID_REPORT;
  if (status == USB_STALL)
    usb_clear_halt(port->handle, 0);
  if (status != USB_OK)
    return;
  g_autoptr(GArray) fields = hid_fields(descriptor, (gsize)MAX(length, 0));
  for (guint i = 0; i < fields->len && !port->report; i++) {
    const HidField *field = &g_array_index(fields, HidField, i);
    if (field->kind == HID_OUTPUT || field->kind == HID_INPUT)
      port->report = field->report;
  }
}

static bool
claim(Port *port, GError **error)
{
  UsbStatus status = usb_claim(port->handle, port->layout.interface);

  port->is_claimed = status == USB_OK;
  if (status == USB_OK && port->layout.alternate)
    status = usb_alternate(port->handle, port->layout.interface, port->layout.alternate);
  return status == USB_OK || usb_fail(status, "the ID-card reader", error);
}

static bool
listen_to_ends(Port *port, GError **error)
{
  int n = port->layout.way == ID_READER_FOUR ? 2 : 1;

  for (int i = 0; i < n; i++) {
    const UsbEndpoint *in = &port->layout.in[i];
    UsbKind kind = in->kind == USB_EP_BULK ? USB_BULK : USB_INTERRUPT;
    port->in[i] =
        usb_inlet_new(port->handle, kind, in->address, in->packet, NULL, NULL, error);
    if (!port->in[i])
      return false;
  }
  return true;
}

static bool
open_usb(Port *port, const char *place, GError **error)
{
  g_autoptr(UsbDevice) device = NULL;

  port->handle = usb_open(place, &device, error);
  if (!port->handle)
    return false;
  if (!id_reader_layout(device->config, &port->layout)) {
    g_set_error_literal(error,
                        DEVICE_ERROR,
                        DEVICE_ERROR_WRONG,
                        "it has none of the ways that an ID-card reader speaks");
    return false;
  }
  if (!claim(port, error))
    return false;
  if (port->layout.way == ID_READER_HID)
    learn_reports(port);
  if (!listen_to_ends(port, error))
    return false;
  port->reader = id_reader_new(&PORT_WIRE, port);
  return true;
}

static bool
open_serial(Port *port, const char *path, GError **error)
{
  port->serial = serial_open(path, BAUD, error);
  if (port->serial)
    port->reader = id_reader_new(&SERIAL_WIRE, port->serial);
  return port->serial != NULL;
}

static gpointer
port_open(const char *address, GError **error)
{
  const char *place = strchr(address, ':') + 1;
  Port *port = g_new0(Port, 1);

  bool is_open = g_str_has_prefix(place, "usb:")
                     ? open_usb(port, place + strlen("usb:"), error)
                     : open_serial(port, place, error);
  if (!is_open)
    g_clear_pointer(&port, port_close);
  return port;
}

/* A reader is told nothing. */
static bool
port_command(gpointer self, GBytes *bytes, DeviceState *state, GError **error)
{
  return true;
}

static GBytes *
port_listen(gpointer self, DeviceState *state, GError **error)
{
  Port *port = self;
  return id_reader_look(port->reader, error);
}

const DeviceDriver ID_READER_USB = {
    "id-reader", REST_MS, port_open, port_command, port_listen, port_close};
