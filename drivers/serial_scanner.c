#include "drivers/serial_scanner.h"

#include <string.h>

#include "drivers/line_scanner.h"
#include "drivers/serial.h"

#define SCHEME    "serial-scanner:"
#define BAUD      9600
#define LISTEN_MS 200

typedef struct {
  Serial *serial;       /* owned */
  LineScanner *scanner; /* owned */
} SerialScanner;

static gpointer
scanner_open(const char *address, GError **error)
{
  Serial *serial = serial_open(address + strlen(SCHEME), BAUD, error);
  if (!serial)
    return NULL;
  SerialScanner *self = g_new(SerialScanner, 1);
  *self = (SerialScanner){serial,
                          line_scanner_new(&SERIAL_WIRE, serial, CODE_FRAME_SILENCE_US)};
  return self;
}

/* The maker is not known behind a serial line, so neither are its sounds. */
static bool
scanner_command(gpointer data, GBytes *bytes, DeviceState *state, GError **error)
{
  return true;
}

static GBytes *
scanner_listen(gpointer data, DeviceState *state, GError **error)
{
  SerialScanner *self = data;
  return line_scanner_listen(self->scanner, LISTEN_MS, error);
}

static void
scanner_close(gpointer data)
{
  SerialScanner *self = data;
  line_scanner_free(self->scanner);
  serial_close(self->serial);
  g_free(self);
}

const DeviceDriver SERIAL_SCANNER = {
    "serial-scanner", 0, scanner_open, scanner_command, scanner_listen, scanner_close};
