#include "drivers/hid_scanner.h"

#include <string.h>

#include "drivers/hid_pos.h"
#include "drivers/usb_hid.h"

#define SCHEME  "hid-scanner:usb:"
#define REST_MS 1000
#define BOOT    1

#define SWITCH                                                                           \
  0xfe /* Honeywell's feature report: without it the scanner stays silent                \
        */

typedef struct {
  UsbHid *hid; /* owned */
  HidPos *pos; /* owned */
} HidScanner;

static bool
is_no_keyboard(const UsbInterface *interface)
{
  return interface->subclass != BOOT;
}

/* One that does not say what it is may be it: its address was chosen. */
static bool
is_scanner(GBytes *descriptor)
{
  if (!descriptor)
    return true;
  gsize length;
  const uint8_t *bytes = g_bytes_get_data(descriptor, &length);
  g_autoptr(GArray) fields = hid_fields(bytes, length);
  return fields->len == 0 || hid_is(fields, HID_POS_PAGE, HID_POS_SCANNER) ||
         hid_field_of(fields, HID_INPUT, HID_POS_PAGE, HID_POS_CODE);
}

static const UsbHidWish WISH = {
    is_no_keyboard, is_scanner, "it is no scanner in HID POS mode"};

static HidPos *
pos_of(const UsbHid *hid)
{
  GBytes *descriptor = usb_hid_descriptor(hid);
  gsize length = 0;
  const uint8_t *bytes = descriptor ? g_bytes_get_data(descriptor, &length) : NULL;
  bool is_honeywell = beep_is_honeywell(usb_hid_device(hid)->vendor);
  return hid_pos_new(bytes, length, is_honeywell ? HID_POS_HONEYWELL : HID_POS_PLAIN);
}

static bool
switch_on(UsbHid *hid, GError **error)
{
  static const uint8_t ON[] = {SWITCH, 1};
  return !beep_is_honeywell(usb_hid_device(hid)->vendor) ||
         usb_hid_send(hid, HID_FEATURE, SWITCH, ON, sizeof ON, error);
}

static void
nudge(gpointer data)
{
  device_nudge(data);
}

static gpointer
scanner_open(const char *address, GError **error)
{
  Device *device = device_here();
  if (!g_str_has_prefix(address, SCHEME)) {
    g_set_error(
        error, DEVICE_ERROR, DEVICE_ERROR_ADDRESS, "\"%s\" names no USB device", address);
    return NULL;
  }
  UsbHid *hid =
      usb_hid_open(address + strlen(SCHEME), &WISH, device ? nudge : NULL, device, error);
  if (!hid)
    return NULL;
  if (!switch_on(hid, error)) {
    usb_hid_close(hid);
    return NULL;
  }
  HidScanner *self = g_new(HidScanner, 1);
  *self = (HidScanner){hid, pos_of(hid)};
  return self;
}

static bool
scanner_command(gpointer data, GBytes *bytes, DeviceState *state, GError **error)
{
  HidScanner *self = data;
  Beep beep;
  uint8_t id;

  g_autoptr(GBytes) report =
      beep_read(bytes, &beep) ? hid_pos_beep(self->pos, beep, &id) : NULL;
  if (!report)
    return true;
  gsize length;
  const uint8_t *out = g_bytes_get_data(report, &length);
  return usb_hid_send(self->hid, HID_OUTPUT, id, out, length, error);
}

static GBytes *
scanner_listen(gpointer data, DeviceState *state, GError **error)
{
  HidScanner *self = data;
  GBytes *code = NULL, *report;

  while (!code && (report = usb_hid_take(self->hid, 0, error))) {
    gsize length;
    const uint8_t *bytes = g_bytes_get_data(report, &length);
    code = hid_pos_hear(self->pos, bytes, length, usb_now_us());
    g_bytes_unref(report);
  }
  return code;
}

static void
scanner_close(gpointer data)
{
  HidScanner *self = data;
  hid_pos_free(self->pos);
  usb_hid_close(self->hid);
  g_free(self);
}

const DeviceDriver HID_SCANNER = {
    "hid-scanner", REST_MS, scanner_open, scanner_command, scanner_listen, scanner_close};
