#include "drivers/escpos_usb.h"

#include <string.h>

#include "drivers/printer.h"
#include "drivers/printer_id.h"
#include "drivers/printer_quirks.h"
#include "drivers/usb_pipe.h"

#define REST_MS        1000
#define DELAY_CLOSE_MS 1000
#define INTRODUCE_MS   3000 /* after that its device id must do for a name */
#define ID_ROOM        1024
#define CONFIGURATION  0 /* its index, not its number */

#define CLASS_PRINTER 0x07
#define CLASS_VENDOR  0xff

/* USB printer class 1.1, 4.2. */
#define FROM_INTERFACE  0xa1
#define TO_INTERFACE    0x21
#define TO_OTHER        0x23
#define GET_DEVICE_ID   0
#define GET_PORT_STATUS 1
#define SOFT_RESET      2

typedef struct {
  UsbHandle *handle; /* owned */
  UsbPipe *pipe;     /* owned */
  Printer *printer;  /* owned */
  int interface, alternate;
  bool is_printer_class;
  PrinterQuirks quirks;
  PrinterId id;
  int64_t opened_us;
  bool is_introduced;
} EscposUsb;

static bool
can_be_written_to(const UsbInterface *interface)
{
  return usb_endpoint(interface, USB_EP_BULK, false) != NULL;
}

static const UsbInterface *
vendor_interface(const GArray *interfaces)
{
  for (guint i = 0; i < interfaces->len; i++) {
    const UsbInterface *one = &g_array_index(interfaces, UsbInterface, i);
    if (one->class_code == CLASS_VENDOR && can_be_written_to(one))
      return one;
  }
  return NULL;
}

static const UsbInterface *
printer_interface(const GArray *interfaces)
{
  const UsbInterface *best = NULL;

  for (guint i = 0; i < interfaces->len; i++) {
    const UsbInterface *one = &g_array_index(interfaces, UsbInterface, i);
    bool fits =
        one->class_code == CLASS_PRINTER && one->protocol <= 2 && can_be_written_to(one);
    if (fits && (!best || one->protocol > best->protocol))
      best = one;
  }
  return best;
}

const UsbInterface *
escpos_usb_interface(const GArray *interfaces, bool is_vendor_class)
{
  const UsbInterface *own = vendor_interface(interfaces);
  const UsbInterface *class = printer_interface(interfaces);

  return is_vendor_class && own ? own : class ? class : own;
}

/* What an unwilling device leaves behind must not stand in the way of its next answer. */
static void
forgive(EscposUsb *self, UsbStatus status)
{
  if (status == USB_STALL)
    usb_clear_halt(self->handle, 0);
}

static void
ask_id(EscposUsb *self)
{
  guint8 answer[ID_ROOM];
  int length = 0;
  UsbStatus status = usb_control(self->handle,
                                 FROM_INTERFACE,
                                 GET_DEVICE_ID,
                                 CONFIGURATION,
                                 (uint16_t)(self->interface << 8 | self->alternate),
                                 answer,
                                 sizeof answer,
                                 &length);

  if (status == USB_OK)
    printer_id_parse(answer, (gsize)CLAMP(length, 0, ID_ROOM), &self->id);
  else
    forgive(self, status);
}

static int
port_status(gpointer port)
{
  EscposUsb *self = port;
  guint8 answer = 0;
  int length = 0;
  UsbStatus status = usb_control(self->handle,
                                 FROM_INTERFACE,
                                 GET_PORT_STATUS,
                                 0,
                                 (uint16_t)self->interface,
                                 &answer,
                                 sizeof answer,
                                 &length);

  if (status == USB_OK && length == 1)
    return answer;
  forgive(self, status);
  return -1;
}

static void
reset_softly(EscposUsb *self)
{
  uint16_t index = (uint16_t)self->interface;
  UsbStatus status =
      usb_control(self->handle, TO_OTHER, SOFT_RESET, 0, index, NULL, 0, NULL);

  if (status == USB_STALL || status == USB_IO)
    status = usb_control(self->handle, TO_INTERFACE, SOFT_RESET, 0, index, NULL, 0, NULL);
  forgive(self, status);
}

static void
drop_way_back(UsbInterface *interface)
{
  int kept = 0;

  for (int i = 0; i < interface->n_endpoints; i++)
    if (!(interface->endpoints[i].address & 0x80))
      interface->endpoints[kept++] = interface->endpoints[i];
  interface->n_endpoints = kept;
}

static void
nudge(gpointer device)
{
  device_nudge(device);
}

static bool
can_answer(const UsbInterface *interface)
{
  return usb_endpoint(interface, USB_EP_BULK, true) != NULL;
}

static void
lay_cable(EscposUsb *self, const UsbInterface *interface, bool closed_is_high)
{
  bool has_port = self->is_printer_class && !(self->quirks & QUIRK_NO_PORT);
  PrinterCable cable = {
      .cannot_answer = self->quirks & QUIRK_SILENT || !can_answer(interface),
      .closed_is_high = closed_is_high,
      .port_status = has_port ? port_status : NULL,
      .port = self,
  };
  self->printer = printer_new(&USB_PIPE_WIRE, self->pipe);
  printer_set_cable(self->printer, &cable);
}

static void
escpos_close(gpointer data)
{
  EscposUsb *self = data;

  if (self->pipe && self->quirks & QUIRK_DELAY_CLOSE)
    usb_pause(DELAY_CLOSE_MS);
  printer_free(self->printer);
  usb_pipe_free(self->pipe);
  usb_close(self->handle);
  g_free(self);
}

/* @interface: as in its configuration. */
static bool
take_interface(EscposUsb *self,
               UsbInterface interface,
               bool closed_is_high,
               GError **error)
{
  if (self->quirks & QUIRK_UNIDIR)
    drop_way_back(&interface);
  self->interface = interface.number;
  self->alternate = interface.alternate;
  self->is_printer_class = interface.class_code == CLASS_PRINTER;
  Device *here = device_here();
  self->pipe = usb_pipe_new(self->handle, &interface, here ? nudge : NULL, here, error);
  if (!self->pipe)
    return false;
  if (self->quirks & QUIRK_SOFT_RESET)
    reset_softly(self);
  if (self->is_printer_class)
    ask_id(self);
  lay_cable(self, &interface, closed_is_high);
  return true;
}

static bool
find_interface(EscposUsb *self,
               const UsbDevice *device,
               bool closed_is_high,
               GError **error)
{
  g_autoptr(GArray) interfaces = usb_interfaces(device->config);
  const UsbInterface *interface =
      escpos_usb_interface(interfaces, self->quirks & QUIRK_VENDOR_CLASS);

  if (interface)
    return take_interface(self, *interface, closed_is_high, error);
  g_set_error_literal(error,
                      DEVICE_ERROR,
                      DEVICE_ERROR_WRONG,
                      "it has no interface that a printer would have");
  return false;
}

static gpointer
escpos_open(const char *address, GError **error)
{
  g_auto(PrinterOptions) options = {0};
  g_autoptr(UsbDevice) device = NULL;

  printer_options_parse(strchr(address, ':') + 1, &options);
  if (!g_str_has_prefix(options.place, "usb:")) {
    g_set_error(error,
                DEVICE_ERROR,
                DEVICE_ERROR_ADDRESS,
                "not an address of a printer: \"%s\"",
                address);
    return NULL;
  }
  UsbHandle *handle = usb_open(options.place + strlen("usb:"), &device, error);
  if (!handle)
    return NULL;
  EscposUsb *self = g_new0(EscposUsb, 1);
  self->handle = handle;
  self->quirks = options.quirks | printer_quirks_of(device->vendor, device->product);
  self->opened_us = usb_now_us();
  if (!find_interface(self, device, options.closed_is_high, error))
    g_clear_pointer(&self, escpos_close);
  return self;
}

static bool
escpos_command(gpointer data, GBytes *bytes, DeviceState *state, GError **error)
{
  EscposUsb *self = data;
  return printer_print(self->printer, bytes, state, error);
}

/* Once: what it says by GS I; failing that, by its device id. */
static GBytes *
introduce(EscposUsb *self)
{
  const char *maker = printer_maker(self->printer);
  const char *model = printer_model(self->printer);
  bool is_late = usb_now_us() - self->opened_us > (int64_t)INTRODUCE_MS * 1000;

  if (self->is_introduced || !(*maker || is_late))
    return NULL;
  self->is_introduced = true;
  g_autofree char *text = g_strdup_printf(
      "%s\t%s", *maker ? maker : self->id.maker, *model ? model : self->id.model);
  return strlen(text) > 1 ? g_bytes_new(text, strlen(text)) : NULL;
}

static GBytes *
escpos_listen(gpointer data, DeviceState *state, GError **error)
{
  EscposUsb *self = data;
  return printer_look(self->printer, state, error) ? introduce(self) : NULL;
}

const DeviceDriver ESCPOS_USB = {
    "escpos", REST_MS, escpos_open, escpos_command, escpos_listen, escpos_close};
