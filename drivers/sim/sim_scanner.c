#include "drivers/sim/sim_scanner.h"

#include "app/base/clock.h"
#include "drivers/hid_pos.h"
#include "drivers/sim/desk_ports.h"
#include "drivers/sim/scanner_model.h"

#define LISTEN_MS 50

typedef struct {
  DeskPort *port; /* owned */
  HidPos *pos;    /* owned */
} SimScanner;

static gpointer
scanner_open(const char *address, GError **error)
{
  gsize length;
  const guint8 *descriptor = scanner_model_descriptor(SCANNER_HID_POS, &length);
  DeskPort *port = desk_port_open(DESK_SCANNER, error);
  if (!port)
    return NULL;
  SimScanner *sim = g_new(SimScanner, 1);
  *sim = (SimScanner){port, hid_pos_new(descriptor, length, HID_POS_PLAIN)};
  return sim;
}

static bool
scanner_command(gpointer self, GBytes *bytes, DeviceState *state, GError **error)
{
  SimScanner *sim = self;
  Beep beep;
  uint8_t id;
  g_autoptr(GBytes) report =
      beep_read(bytes, &beep) ? hid_pos_beep(sim->pos, beep, &id) : NULL;
  return !report || desk_port_tell(sim->port, report, error);
}

static GBytes *
scanner_listen(gpointer self, DeviceState *state, GError **error)
{
  SimScanner *sim = self;
  GBytes *code = NULL, *report;
  while (!code && (report = desk_port_report(sim->port, LISTEN_MS, error))) {
    gsize length;
    const guint8 *bytes = g_bytes_get_data(report, &length);
    code = hid_pos_hear(sim->pos, bytes, length, clock_monotonic_us());
    g_bytes_unref(report);
  }
  return code;
}

static void
scanner_close(gpointer self)
{
  SimScanner *sim = self;
  desk_port_close(sim->port);
  hid_pos_free(sim->pos);
  g_free(sim);
}

const DeviceDriver SIM_SCANNER = {
    "sim-scanner", 0, scanner_open, scanner_command, scanner_listen, scanner_close};
