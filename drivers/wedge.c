#include "drivers/wedge.h"

#include <string.h>

#include "drivers/line_scanner.h"
#include "drivers/typist.h"

#define SCHEME     "wedge:usb:"
#define REST_MS    1000
#define SILENCE_US 120000 /* slow ones pause up to 50 ms between keys */

typedef struct {
  Typist *typist;       /* owned */
  LineScanner *scanner; /* owned */
} Wedge;

static void
nudge(gpointer data)
{
  device_nudge(data);
}

static gpointer
wedge_open(const char *address, GError **error)
{
  Device *device = device_here();
  if (!g_str_has_prefix(address, SCHEME)) {
    g_set_error(
        error, DEVICE_ERROR, DEVICE_ERROR_ADDRESS, "\"%s\" names no USB device", address);
    return NULL;
  }
  Typist *typist =
      typist_open(address + strlen(SCHEME), device ? nudge : NULL, device, error);
  if (!typist)
    return NULL;
  Wedge *wedge = g_new(Wedge, 1);
  *wedge = (Wedge){typist, line_scanner_new(&TYPIST_WIRE, typist, SILENCE_US)};
  return wedge;
}

/* A keyboard knows no sounds. */
static bool
wedge_command(gpointer data, GBytes *bytes, DeviceState *state, GError **error)
{
  return true;
}

static GBytes *
wedge_listen(gpointer data, DeviceState *state, GError **error)
{
  Wedge *wedge = data;
  return line_scanner_listen(wedge->scanner, 0, error);
}

static void
wedge_close(gpointer data)
{
  Wedge *wedge = data;
  line_scanner_free(wedge->scanner);
  typist_close(wedge->typist);
  g_free(wedge);
}

const DeviceDriver WEDGE = {
    "wedge", REST_MS, wedge_open, wedge_command, wedge_listen, wedge_close};
