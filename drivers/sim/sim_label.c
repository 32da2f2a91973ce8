#include "drivers/sim/sim_label.h"

#include "drivers/labeller.h"
#include "drivers/sim/desk_ports.h"

#define REST_MS 50

typedef struct {
  DeskPort *port;     /* owned */
  Labeller *labeller; /* owned */
} SimLabel;

static gpointer
sim_open(const char *address, GError **error)
{
  DeskPort *port = desk_port_open(DESK_LABELS, error);
  if (!port)
    return NULL;
  SimLabel *sim = g_new(SimLabel, 1);
  *sim = (SimLabel){port, labeller_new(&DESK_WIRE, port)};
  return sim;
}

static bool
sim_command(gpointer self, GBytes *bytes, DeviceState *state, GError **error)
{
  return labeller_print(((SimLabel *)self)->labeller, bytes, state, error);
}

static GBytes *
sim_listen(gpointer self, DeviceState *state, GError **error)
{
  labeller_look(((SimLabel *)self)->labeller, state, error);
  return NULL;
}

static void
sim_close(gpointer self)
{
  SimLabel *sim = self;
  labeller_free(sim->labeller);
  desk_port_close(sim->port);
  g_free(sim);
}

const DeviceDriver SIM_LABEL = {
    "sim-label", REST_MS, sim_open, sim_command, sim_listen, sim_close};
