#include "drivers/sim/sim_scanner.h"

#include "drivers/sim/desk_ports.h"

#define LISTEN_MS 50

static gpointer
scanner_open(const char *address, GError **error)
{
  return desk_port_open(DESK_SCANNER, error);
}

/* It beeps, somewhere. */
static bool
scanner_command(gpointer self, GBytes *bytes, DeviceState *state, GError **error)
{
  return true;
}

static GBytes *
scanner_listen(gpointer self, DeviceState *state, GError **error)
{
  return desk_port_scan(self, LISTEN_MS, error);
}

static void
scanner_close(gpointer self)
{
  desk_port_close(self);
}

const DeviceDriver SIM_SCANNER = {
    "sim-scanner", 0, scanner_open, scanner_command, scanner_listen, scanner_close};
