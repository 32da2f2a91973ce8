#include "drivers/sim/sim_printer.h"

#include "drivers/printer.h"
#include "drivers/sim/desk_ports.h"

#define REST_MS 50

typedef struct {
  DeskPort *port;   /* owned */
  Printer *printer; /* owned */
} SimPrinter;

static gpointer
sim_open(const char *address, GError **error)
{
  DeskPort *port = desk_port_open(DESK_PRINTER, error);
  if (!port)
    return NULL;
  SimPrinter *sim = g_new(SimPrinter, 1);
  *sim = (SimPrinter){port, printer_new(&DESK_WIRE, port)};
  return sim;
}

static bool
sim_command(gpointer self, GBytes *bytes, DeviceState *state, GError **error)
{
  SimPrinter *sim = self;
  return printer_print(sim->printer, bytes, state, error);
}

static GBytes *
sim_listen(gpointer self, DeviceState *state, GError **error)
{
  SimPrinter *sim = self;
  printer_look(sim->printer, state, error);
  return NULL;
}

static void
sim_close(gpointer self)
{
  SimPrinter *sim = self;
  printer_free(sim->printer);
  desk_port_close(sim->port);
  g_free(sim);
}

const DeviceDriver SIM_PRINTER = {
    "sim-printer", REST_MS, sim_open, sim_command, sim_listen, sim_close};
