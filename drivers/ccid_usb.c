#include "drivers/ccid_usb.h"

#include <string.h>

#include "drivers/ic_reader.h"
#include "drivers/usb_pipe.h"

#define REST_MS      1000 /* a notice of its interrupt endpoint comes at once */
#define CLASS_VENDOR 0xff
#define MOST_NOTICES 64

/* RDR_to_PC_NotifySlotChange (6.3.1): two bits of each slot: there is a card; changed. */
#define NOTICE_SLOTS   0x50
#define NOTICE_PRESENT 0x01

typedef struct {
  UsbHandle *handle; /* owned */
  UsbPipe *pipe;     /* owned */
  UsbInlet *notices; /* owned (nullable) */
  IcReader *reader;  /* owned */
} CcidUsb;

static void
nudge(gpointer device)
{
  device_nudge(device);
}

/* Old ones are of the vendor's class, and known by the functional descriptor. */
static const UsbInterface *
card_reader_interface(const GArray *interfaces)
{
  const UsbInterface *found = usb_interface_of(interfaces, CCID_CLASS, -1, -1);

  for (guint i = 0; i < interfaces->len && !found; i++) {
    const UsbInterface *one = &g_array_index(interfaces, UsbInterface, i);
    gsize length = 0;
    if (one->class_code == CLASS_VENDOR && usb_extra(one, CCID_DESCRIPTOR, &length) &&
        length == CCID_DESCRIPTOR_LENGTH)
      found = one;
  }
  return found;
}

/* Whoever has installed a smart card service has it running. */
static void
name_pcscd(GError **error)
{
  if (!error || !g_error_matches(*error, DEVICE_ERROR, DEVICE_ERROR_BUSY))
    return;
  g_clear_error(error);
  g_set_error_literal(
      error,
      DEVICE_ERROR,
      DEVICE_ERROR_BUSY,
      "another program holds the card reader; most likely pcscd: stop it with "
      "\"systemctl disable --now pcscd.socket pcscd\"");
}

static bool
listen_to_notices(CcidUsb *self, const UsbInterface *interface, GError **error)
{
  const UsbEndpoint *in = usb_endpoint(interface, USB_EP_INTERRUPT, true);
  Device *here = device_here();

  if (!in)
    return true;
  self->notices = usb_inlet_new(self->handle,
                                USB_INTERRUPT,
                                in->address,
                                in->packet,
                                here ? nudge : NULL,
                                here,
                                error);
  return self->notices != NULL;
}

static bool
take_interface(CcidUsb *self, const UsbInterface *interface, GError **error)
{
  gsize length = 0;
  const guint8 *descriptor = usb_extra(interface, CCID_DESCRIPTOR, &length);
  CcidTraits traits;

  if (!ccid_traits(descriptor, descriptor ? length : 0, &traits, error))
    return false;
  self->pipe = usb_pipe_new(self->handle, interface, NULL, NULL, error);
  if (!self->pipe) {
    name_pcscd(error);
    return false;
  }
  if (!listen_to_notices(self, interface, error))
    return false;
  self->reader = ic_reader_new(&USB_PIPE_WIRE, self->pipe, &traits);
  return true;
}

static void
ccid_close(gpointer data)
{
  CcidUsb *self = data;

  ic_reader_free(self->reader);
  usb_inlet_free(self->notices);
  usb_pipe_free(self->pipe);
  usb_close(self->handle);
  g_free(self);
}

static bool
find_interface(CcidUsb *self, const UsbDevice *device, GError **error)
{
  g_autoptr(GArray) interfaces = usb_interfaces(device->config);
  const UsbInterface *interface = card_reader_interface(interfaces);

  if (interface)
    return take_interface(self, interface, error);
  g_set_error_literal(
      error, DEVICE_ERROR, DEVICE_ERROR_WRONG, "it is no reader of chip cards");
  return false;
}

static gpointer
ccid_open(const char *address, GError **error)
{
  const char *place = strstr(address, ":usb:");
  g_autoptr(UsbDevice) device = NULL;
  GError *failure = NULL;

  if (!place) {
    g_set_error(error,
                DEVICE_ERROR,
                DEVICE_ERROR_ADDRESS,
                "not an address of a card reader: \"%s\"",
                address);
    return NULL;
  }
  CcidUsb *self = g_new0(CcidUsb, 1);
  self->handle = usb_open(place + strlen(":usb:"), &device, &failure);
  if (!self->handle || !find_interface(self, device, &failure)) {
    name_pcscd(&failure);
    g_propagate_error(error, failure);
    g_clear_pointer(&self, ccid_close);
  }
  return self;
}

/* A reader is told nothing. */
static bool
ccid_command(gpointer data, GBytes *bytes, DeviceState *state, GError **error)
{
  return true;
}

/* A card that was drawn out between two looks must not be taken for the next. */
static bool
hear_notices(CcidUsb *self, GError **error)
{
  GError *failure = NULL;
  GBytes *notice;

  for (int i = 0; i < MOST_NOTICES && self->notices &&
                  (notice = usb_inlet_take(self->notices, 0, &failure));
       i++) {
    gsize length;
    const guint8 *bytes = g_bytes_get_data(notice, &length);
    if (length >= 2 && bytes[0] == NOTICE_SLOTS && !(bytes[1] & NOTICE_PRESENT))
      ic_reader_forget(self->reader);
    g_bytes_unref(notice);
  }
  if (failure)
    g_propagate_error(error, failure);
  return !failure;
}

static GBytes *
ccid_listen(gpointer data, DeviceState *state, GError **error)
{
  CcidUsb *self = data;
  return hear_notices(self, error) ? ic_reader_look(self->reader, error) : NULL;
}

const DeviceDriver CCID_USB = {
    "ccid", REST_MS, ccid_open, ccid_command, ccid_listen, ccid_close};
