#include "drivers/usb_hid.h"

#include <string.h>

#define CLASS_HID       0x03
#define HID_DESCRIPTOR  0x21
#define MOST_DESCRIPTOR 4096
#define MOST_PACKET     4096
#define NOT_CLAIMED     (-1)

#define FROM_INTERFACE_STANDARD 0x81
#define TO_INTERFACE            0x21
#define GET_DESCRIPTOR          0x06
#define SET_REPORT              0x09
#define SET_IDLE                0x0a
#define SET_PROTOCOL            0x0b
#define REPORT_DESCRIPTOR       0x2200
#define BOOT_PROTOCOL           0

struct UsbHid {
  UsbDevice *device;  /* owned */
  UsbHandle *handle;  /* owned */
  int interface;      /* claimed */
  GBytes *descriptor; /* owned (nullable) */
  UsbInlet *inlet;    /* owned */
};

/* What the HID descriptor says of the report descriptor's length, 0: nothing. */
static int
promised_length(const UsbInterface *interface)
{
  gsize length;
  const uint8_t *hid = usb_extra(interface, HID_DESCRIPTOR, &length);
  return hid && length >= 9 ? hid[7] | hid[8] << 8 : 0;
}

/* @ret_descriptor: NULL: it does not say. */
static UsbStatus
ask_descriptor(UsbHandle *handle, const UsbInterface *interface, GBytes **ret_descriptor)
{
  int promised = promised_length(interface), came = 0;
  int room = CLAMP(promised, 1, MOST_DESCRIPTOR);

  *ret_descriptor = NULL;
  if (promised == 0)
    return USB_OK;
  g_autofree uint8_t *bytes = g_malloc0((gsize)room);
  UsbStatus status = usb_control(handle,
                                 FROM_INTERFACE_STANDARD,
                                 GET_DESCRIPTOR,
                                 REPORT_DESCRIPTOR,
                                 interface->number,
                                 bytes,
                                 room,
                                 &came);
  if (status == USB_OK && came > 0)
    *ret_descriptor = g_bytes_new(bytes, (gsize)MIN(came, room));
  return status == USB_IO ? usb_settle(handle) : status;
}

/* A report may be longer than a packet: then a transfer takes several. */
static int
transfer_length(const UsbEndpoint *endpoint, GBytes *descriptor)
{
  gsize longest = endpoint->packet;
  gsize length = 0;
  const uint8_t *bytes = descriptor ? g_bytes_get_data(descriptor, &length) : NULL;
  g_autoptr(GArray) fields = hid_fields(bytes, length);

  for (guint i = 0; i < fields->len; i++) {
    const HidField *field = &g_array_index(fields, HidField, i);
    if (field->kind == HID_INPUT)
      longest = MAX(longest, hid_report_length(fields, HID_INPUT, field->report));
  }
  longest = MIN(longest, MOST_PACKET);
  return (int)((longest + endpoint->packet - 1) / endpoint->packet) * endpoint->packet;
}

static bool
may_be(const UsbInterface *interface, const UsbHidWish *wish)
{
  return interface->class_code == CLASS_HID && interface->alternate == 0 &&
         usb_endpoint(interface, USB_EP_INTERRUPT, true) &&
         (!wish->may_be || wish->may_be(interface));
}

/* @return false without @error: it is not this one. */
static bool
try_interface(UsbHid *hid,
              const UsbInterface *interface,
              const UsbHidWish *wish,
              GError **error)
{
  UsbStatus status = usb_claim(hid->handle, interface->number);
  if (status != USB_OK)
    return usb_fail(status, "claim it", error);
  hid->interface = interface->number;
  g_clear_pointer(&hid->descriptor, g_bytes_unref);
  status = ask_descriptor(hid->handle, interface, &hid->descriptor);
  if (status == USB_GONE || status == USB_CANCELLED)
    return usb_fail(status, "ask what it is", error);
  if (!wish->is || wish->is(hid->descriptor))
    return true;
  usb_release(hid->handle, interface->number);
  hid->interface = NOT_CLAIMED;
  return false;
}

static const UsbInterface *
find_interface(UsbHid *hid,
               const GArray *interfaces,
               const UsbHidWish *wish,
               GError **error)
{
  GError *failure = NULL;

  for (guint i = 0; i < interfaces->len && !failure; i++) {
    const UsbInterface *interface = &g_array_index(interfaces, UsbInterface, i);
    if (may_be(interface, wish) && try_interface(hid, interface, wish, &failure))
      return interface;
  }
  if (failure)
    g_propagate_error(error, failure);
  else
    g_set_error_literal(error, DEVICE_ERROR, DEVICE_ERROR_WRONG, wish->what);
  return NULL;
}

static bool
set_up(
    UsbHid *hid, const UsbHidWish *wish, UsbNotify notify, gpointer data, GError **error)
{
  g_autoptr(GArray) interfaces = usb_interfaces(hid->device->config);
  const UsbInterface *interface = find_interface(hid, interfaces, wish, error);
  if (!interface)
    return false;
  const UsbEndpoint *endpoint = usb_endpoint(interface, USB_EP_INTERRUPT, true);
  hid->inlet = usb_inlet_new(hid->handle,
                             USB_INTERRUPT,
                             endpoint->address,
                             transfer_length(endpoint, hid->descriptor),
                             notify,
                             data,
                             error);
  return hid->inlet != NULL;
}

UsbHid *
usb_hid_open(const char *place,
             const UsbHidWish *wish,
             UsbNotify notify,
             gpointer data,
             GError **error)
{
  UsbDevice *device = NULL;
  UsbHandle *handle = usb_open(place, &device, error);
  if (!handle)
    return NULL;
  UsbHid *hid = g_new0(UsbHid, 1);
  *hid = (UsbHid){.device = device, .handle = handle, .interface = NOT_CLAIMED};
  if (!set_up(hid, wish, notify, data, error))
    g_clear_pointer(&hid, usb_hid_close);
  return hid;
}

void
usb_hid_close(UsbHid *hid)
{
  if (!hid)
    return;
  usb_inlet_free(hid->inlet);
  if (hid->interface != NOT_CLAIMED)
    usb_release(hid->handle, hid->interface);
  usb_close(hid->handle);
  usb_device_unref(hid->device);
  g_clear_pointer(&hid->descriptor, g_bytes_unref);
  g_free(hid);
}

const UsbDevice *
usb_hid_device(const UsbHid *hid)
{
  return hid->device;
}

GBytes *
usb_hid_descriptor(const UsbHid *hid)
{
  return hid->descriptor;
}

GBytes *
usb_hid_take(UsbHid *hid, int timeout_ms, GError **error)
{
  return usb_inlet_take(hid->inlet, timeout_ms, error);
}

static bool
request(
    UsbHid *hid, uint8_t what, uint16_t value, void *bytes, int length, GError **error)
{
  UsbStatus status = usb_control(hid->handle,
                                 TO_INTERFACE,
                                 what,
                                 value,
                                 (uint16_t)hid->interface,
                                 bytes,
                                 length,
                                 NULL);
  if (status == USB_IO)
    status = usb_settle(hid->handle);
  return (status != USB_GONE && status != USB_CANCELLED) ||
         usb_fail(status, "tell it something", error);
}

bool
usb_hid_send(UsbHid *hid,
             HidReportKind kind,
             uint8_t id,
             const uint8_t *bytes,
             gsize length,
             GError **error)
{
  g_autofree uint8_t *copy = g_memdup2(bytes, length);
  uint16_t value = (uint16_t)((kind + 1) << 8 | id);
  return request(hid, SET_REPORT, value, copy, (int)length, error);
}

bool
usb_hid_boot(UsbHid *hid, GError **error)
{
  return request(hid, SET_PROTOCOL, BOOT_PROTOCOL, NULL, 0, error) &&
         request(hid, SET_IDLE, 0, NULL, 0, error);
}
