#include "drivers/hid_scale.h"

#include <string.h>

#include "drivers/scale.h"
#include "drivers/usb_hid.h"

#define SCHEME      "scale:usb:"
#define REST_MS     1000
#define BOOT        1
#define MOST_A_TURN 64 /* reports; a scale that babbles must not keep its thread */

typedef struct {
  UsbHid *hid;    /* owned */
  GArray *fields; /* owned; of HidField */
  ScaleForm form;
  ScaleTalk talk;
} HidScale;

static bool
is_no_keyboard(const UsbInterface *interface)
{
  return interface->subclass != BOOT;
}

/* One that does not say what it is may be it: its address was chosen. */
static bool
is_scale(GBytes *descriptor)
{
  if (!descriptor)
    return true;
  gsize length;
  const uint8_t *bytes = g_bytes_get_data(descriptor, &length);
  g_autoptr(GArray) fields = hid_fields(bytes, length);
  for (guint i = 0; i < fields->len; i++)
    if (g_array_index(fields, HidField, i).page == SCALE_PAGE)
      return true;
  return fields->len == 0;
}

static const UsbHidWish WISH = {is_no_keyboard, is_scale, "it is no scale"};

static void
nudge(gpointer device)
{
  device_nudge(device);
}

static gpointer
scale_open(const char *address, GError **error)
{
  Device *here = device_here();
  if (!g_str_has_prefix(address, SCHEME)) {
    g_set_error(
        error, DEVICE_ERROR, DEVICE_ERROR_ADDRESS, "\"%s\" names no USB device", address);
    return NULL;
  }
  UsbHid *hid =
      usb_hid_open(address + strlen(SCHEME), &WISH, here ? nudge : NULL, here, error);
  if (!hid)
    return NULL;
  HidScale *self = g_new0(HidScale, 1);
  GBytes *descriptor = usb_hid_descriptor(hid);
  gsize length = 0;
  const uint8_t *bytes = descriptor ? g_bytes_get_data(descriptor, &length) : NULL;
  self->hid = hid;
  self->fields = hid_fields(bytes, length);
  self->form = scale_form(self->fields);
  return self;
}

static bool
scale_command(gpointer data, GBytes *bytes, DeviceState *state, GError **error)
{
  return true;
}

/* What was weighed meanwhile is past: only the newest line counts. */
static GBytes *
scale_listen(gpointer data, DeviceState *state, GError **error)
{
  HidScale *self = data;
  GBytes *line = NULL, *report = NULL;
  GError *failure = NULL;
  int n = 0;

  while (n < MOST_A_TURN && (report = usb_hid_take(self->hid, 0, &failure))) {
    gsize length;
    const guint8 *bytes = g_bytes_get_data(report, &length);
    GBytes *newer = scale_hear(&self->talk, &self->form, bytes, length);
    if (newer) {
      g_clear_pointer(&line, g_bytes_unref);
      line = newer;
    }
    g_bytes_unref(report);
    n++;
  }
  if (n == MOST_A_TURN && device_here())
    device_nudge(device_here());
  if (failure) {
    g_clear_pointer(&line, g_bytes_unref);
    g_propagate_error(error, failure);
  }
  return line;
}

static void
scale_close(gpointer data)
{
  HidScale *self = data;
  g_array_unref(self->fields);
  usb_hid_close(self->hid);
  g_free(self);
}

const DeviceDriver HID_SCALE = {
    "scale", REST_MS, scale_open, scale_command, scale_listen, scale_close};
