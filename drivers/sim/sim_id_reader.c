#include "drivers/sim/sim_id_reader.h"

#include "drivers/id_reader.h"
#include "drivers/sim/desk_ports.h"

#define REST_MS 100

typedef struct {
  DeskPort *port;   /* owned */
  IdReader *reader; /* owned */
} SimIdReader;

static gpointer
sim_open(const char *address, GError **error)
{
  DeskPort *port = desk_port_open(DESK_ID_READER, error);
  if (!port)
    return NULL;
  SimIdReader *sim = g_new(SimIdReader, 1);
  *sim = (SimIdReader){port, id_reader_new(&DESK_WIRE, port)};
  return sim;
}

/* A reader is told nothing. */
static bool
sim_command(gpointer self, GBytes *bytes, DeviceState *state, GError **error)
{
  return true;
}

static GBytes *
sim_listen(gpointer self, DeviceState *state, GError **error)
{
  SimIdReader *sim = self;
  return id_reader_look(sim->reader, error);
}

static void
sim_close(gpointer self)
{
  SimIdReader *sim = self;
  id_reader_free(sim->reader);
  desk_port_close(sim->port);
  g_free(sim);
}

const DeviceDriver SIM_ID_READER = {
    "sim-id-reader", REST_MS, sim_open, sim_command, sim_listen, sim_close};
