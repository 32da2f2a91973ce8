#include "drivers/sim/sim_pole.h"

#include "drivers/pole.h"
#include "drivers/sim/desk_ports.h"

#define LISTEN_MS 200

typedef struct {
  DeskPort *port; /* owned */
  PoleKind kind;
} SimPole;

static bool
send_bytes(SimPole *sim, GBytes *bytes, GError **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data(bytes, &length);
  return DESK_WIRE.write(sim->port, data, length, LISTEN_MS, error) >= 0;
}

static void
sim_close(gpointer self)
{
  SimPole *sim = self;
  desk_port_close(sim->port);
  g_free(sim);
}

static gpointer
sim_open(const char *address, GError **error)
{
  PoleKind kind = g_str_has_suffix(address, ":led8") ? POLE_LED8 : POLE_CD5220_GBK;
  DeskPort *port = desk_port_open(DESK_POLE, error);
  if (!port)
    return NULL;
  SimPole *sim = g_new(SimPole, 1);
  *sim = (SimPole){port, kind};
  g_autoptr(GBytes) begin = pole_begin(kind);
  if (!send_bytes(sim, begin, error))
    g_clear_pointer(&sim, sim_close);
  return sim;
}

static bool
sim_command(gpointer self, GBytes *bytes, DeviceState *state, GError **error)
{
  SimPole *sim = self;
  g_autoptr(GBytes) out = pole_encode(sim->kind, bytes);
  return !out || send_bytes(sim, out, error);
}

static GBytes *
sim_listen(gpointer self, DeviceState *state, GError **error)
{
  SimPole *sim = self;
  guint8 byte;
  DESK_WIRE.read(sim->port, &byte, 1, 0, error);
  return NULL;
}

const DeviceDriver SIM_POLE = {
    "sim-pole", LISTEN_MS, sim_open, sim_command, sim_listen, sim_close};
