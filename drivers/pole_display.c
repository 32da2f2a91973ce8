#include "drivers/pole_display.h"

#include <string.h>

#include "drivers/cdc.h"
#include "drivers/pole.h"
#include "drivers/serial.h"

#define REST_MS   1000
#define WRITE_MS  200
#define STALL_MS  1000
#define USB       "usb:"
#define LED8_BAUD 2400
#define BAUD      9600

typedef struct {
  PoleKind kind;
  Cdc *cdc;       /* owned (nullable) */
  Serial *serial; /* owned (nullable) */
  const Wire *wire;
  gpointer end;
} PoleDisplay;

static void
display_close(gpointer data)
{
  PoleDisplay *self = data;
  cdc_close(self->cdc);
  serial_close(self->serial);
  g_free(self);
}

/* All of it, or as much as it takes within a second: the next text is whole again. */
static bool
send_bytes(PoleDisplay *self, GBytes *bytes, GError **error)
{
  gsize length, sent = 0;
  const guint8 *data = g_bytes_get_data(bytes, &length);
  int64_t end_us = self->wire->now_us(self->end) + STALL_MS * INT64_C(1000);

  while (sent < length) {
    gssize taken =
        self->wire->write(self->end, data + sent, length - sent, WRITE_MS, error);
    if (taken < 0)
      return false;
    sent += (gsize)taken;
    bool is_late = self->wire->now_us(self->end) >= end_us || device_is_ending();
    if (sent < length && is_late) {
      g_set_error_literal(
          error, DEVICE_ERROR, DEVICE_ERROR_NO_ANSWER, "the display takes nothing");
      return false;
    }
  }
  return true;
}

static void
nudge(gpointer device)
{
  device_nudge(device);
}

static bool
connect_usb(PoleDisplay *self, const char *place, int baud, GError **error)
{
  Device *here = device_here();
  CdcLine line = {baud, 8, CDC_PARITY_NONE, 1};

  self->cdc = cdc_open(place + strlen(USB), &line, here ? nudge : NULL, here, error);
  self->wire = &CDC_WIRE;
  self->end = self->cdc;
  return self->cdc != NULL;
}

static bool
connect_line(PoleDisplay *self, const char *place, int baud, GError **error)
{
  self->serial = serial_open(place, baud, error);
  self->wire = &SERIAL_WIRE;
  self->end = self->serial;
  return self->serial != NULL;
}

static bool
connect(PoleDisplay *self, const char *place, GError **error)
{
  int baud = self->kind == POLE_LED8 ? LED8_BAUD : BAUD;
  GError *failure = NULL;

  if (!g_str_has_prefix(place, USB))
    return connect_line(self, place, baud, error);
  if (connect_usb(self, place, baud, &failure))
    return true;
  /* A maker's own serial chip is the kernel's to speak to. */
  if (g_error_matches(failure, DEVICE_ERROR, DEVICE_ERROR_WRONG) &&
      connect_line(self, place, baud, NULL)) {
    g_error_free(failure);
    return true;
  }
  g_propagate_error(error, failure);
  return false;
}

static gpointer
open_kind(PoleKind kind, const char *address, GError **error)
{
  PoleDisplay *self = g_new0(PoleDisplay, 1);
  g_autoptr(GBytes) begin = pole_begin(kind);

  self->kind = kind;
  if (!connect(self, strchr(address, ':') + 1, error) || !send_bytes(self, begin, error))
    g_clear_pointer(&self, display_close);
  return self;
}

static gpointer
open_cd5220(const char *address, GError **error)
{
  return open_kind(POLE_CD5220, address, error);
}

static gpointer
open_gbk(const char *address, GError **error)
{
  return open_kind(POLE_CD5220_GBK, address, error);
}

static gpointer
open_led8(const char *address, GError **error)
{
  return open_kind(POLE_LED8, address, error);
}

static bool
display_command(gpointer data, GBytes *bytes, DeviceState *state, GError **error)
{
  PoleDisplay *self = data;
  g_autoptr(GBytes) out = pole_encode(self->kind, bytes);
  return !out || send_bytes(self, out, error);
}

/* It has nothing to say; but a cable that was pulled out is noticed. */
static GBytes *
display_listen(gpointer data, DeviceState *state, GError **error)
{
  PoleDisplay *self = data;
  guint8 bytes[64];
  self->wire->read(self->end, bytes, sizeof bytes, 0, error);
  return NULL;
}

const DeviceDriver POLE_DISPLAY = {
    "pole", REST_MS, open_cd5220, display_command, display_listen, display_close};
const DeviceDriver POLE_DISPLAY_GBK = {
    "pole-gbk", REST_MS, open_gbk, display_command, display_listen, display_close};
const DeviceDriver POLE_DISPLAY_LED8 = {
    "pole-led8", REST_MS, open_led8, display_command, display_listen, display_close};
