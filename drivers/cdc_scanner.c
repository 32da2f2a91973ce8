#include "drivers/cdc_scanner.h"

#include <stdlib.h>
#include <string.h>

#include "drivers/beep.h"
#include "drivers/cdc.h"
#include "drivers/line_scanner.h"

#define SCHEME  "cdc-scanner:usb:"
#define REST_MS 1000
#define SEND_MS 200

static const CdcLine LINE = {9600, 8, CDC_PARITY_NONE, 1};

typedef struct {
  Cdc *cdc;             /* owned */
  LineScanner *scanner; /* owned */
  const char *beep;     /* NULL: it cannot */
} CdcScanner;

static void
nudge(gpointer data)
{
  device_nudge(data);
}

static uint16_t
vendor_in(const char *place)
{
  return (uint16_t)strtoul(place, NULL, 16);
}

static gpointer
scanner_open(const char *address, GError **error)
{
  Device *device = device_here();
  const char *place = address + strlen(SCHEME);

  if (!g_str_has_prefix(address, SCHEME)) {
    g_set_error(
        error, DEVICE_ERROR, DEVICE_ERROR_ADDRESS, "\"%s\" names no USB device", address);
    return NULL;
  }
  Cdc *cdc = cdc_open(place, &LINE, device ? nudge : NULL, device, error);
  if (!cdc)
    return NULL;
  CdcScanner *self = g_new(CdcScanner, 1);
  *self = (CdcScanner){cdc,
                       line_scanner_new(&CDC_WIRE, cdc, CODE_FRAME_SILENCE_US),
                       beep_command(vendor_in(place))};
  return self;
}

/* A sound that does not come out is no failure of the scanner. */
static bool
scanner_command(gpointer data, GBytes *bytes, DeviceState *state, GError **error)
{
  CdcScanner *self = data;
  Beep beep;

  if (!self->beep || !beep_read(bytes, &beep))
    return true;
  const guint8 *command = (const guint8 *)self->beep;
  return CDC_WIRE.write(self->cdc, command, strlen(self->beep), SEND_MS, error) >= 0;
}

static GBytes *
scanner_listen(gpointer data, DeviceState *state, GError **error)
{
  CdcScanner *self = data;
  return line_scanner_listen(self->scanner, 0, error);
}

static void
scanner_close(gpointer data)
{
  CdcScanner *self = data;
  line_scanner_free(self->scanner);
  cdc_close(self->cdc);
  g_free(self);
}

const DeviceDriver CDC_SCANNER = {
    "cdc-scanner", REST_MS, scanner_open, scanner_command, scanner_listen, scanner_close};
