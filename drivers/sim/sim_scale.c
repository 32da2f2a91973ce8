#include "drivers/sim/sim_scale.h"

#include "drivers/scale.h"
#include "drivers/sim/desk_ports.h"
#include "drivers/sim/scale_model.h"

#define LISTEN_MS 200

typedef struct {
  DeskPort *port; /* owned */
  ScaleTalk talk;
} SimScale;

static gpointer
sim_open(const char *address, GError **error)
{
  DeskPort *port = desk_port_open(DESK_SCALE, error);
  if (!port)
    return NULL;
  SimScale *sim = g_new0(SimScale, 1);
  sim->port = port;
  return sim;
}

static bool
sim_command(gpointer self, GBytes *bytes, DeviceState *state, GError **error)
{
  return true;
}

static GBytes *
sim_listen(gpointer self, DeviceState *state, GError **error)
{
  static const ScaleForm AS_USUAL = {NULL};
  SimScale *sim = self;
  guint8 report[SCALE_MODEL_REPORT];
  gssize came = DESK_WIRE.read(sim->port, report, sizeof report, LISTEN_MS, error);
  return came > 0 ? scale_hear(&sim->talk, &AS_USUAL, report, (gsize)came) : NULL;
}

static void
sim_close(gpointer self)
{
  SimScale *sim = self;
  desk_port_close(sim->port);
  g_free(sim);
}

const DeviceDriver SIM_SCALE = {
    "sim-scale", 0, sim_open, sim_command, sim_listen, sim_close};
