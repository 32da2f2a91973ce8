#include "drivers/sim/sim_ccid.h"

#include "drivers/ic_reader.h"
#include "drivers/sim/desk_ports.h"
#include "drivers/sim/ic_reader_model.h"

#define REST_MS 200

typedef struct {
  DeskPort *port;   /* owned */
  IcReader *reader; /* owned */
} SimCcid;

static gpointer
sim_open(const char *address, GError **error)
{
  guint8 descriptor[CCID_DESCRIPTOR_LENGTH];
  CcidTraits traits;

  ic_reader_model_descriptor(descriptor);
  DeskPort *port = desk_port_open(DESK_IC_READER, error);
  if (!port || !ccid_traits(descriptor, sizeof descriptor, &traits, error))
    return NULL;
  SimCcid *sim = g_new(SimCcid, 1);
  *sim = (SimCcid){port, ic_reader_new(&DESK_WIRE, port, &traits)};
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
  SimCcid *sim = self;
  return ic_reader_look(sim->reader, error);
}

static void
sim_close(gpointer self)
{
  SimCcid *sim = self;
  ic_reader_free(sim->reader);
  desk_port_close(sim->port);
  g_free(sim);
}

const DeviceDriver SIM_CCID = {
    "sim-ccid", REST_MS, sim_open, sim_command, sim_listen, sim_close};
