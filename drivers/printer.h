/* Printer: the conversation with an ESC/POS receipt printer over any wire: sends a job
 * whole, asks whether it really came out, says what is wrong.
 *
 * What a printer answers is told apart in one byte stream (Citizen and Bematech manuals,
 * "identification of send status"): DLE EOT, automatic status back, GS r, XON/XOFF. A
 * cheap clone that never answers is believed after a short wait: it must not block a
 * sale. One that answers is asked to tell by itself (GS a), and then seldom asked. */
#pragma once

#include "drivers/device.h"
#include "drivers/wire.h"

typedef struct Printer Printer;

Printer *printer_new(const Wire *wire, gpointer end); /* neither is owned */
void printer_free(Printer *printer);                  /* NULL is fine */

/* What its cable and its owner know of it. */
typedef struct {
  bool cannot_answer;  /* a cable of one direction, or known to be silent: never asked */
  bool closed_is_high; /* the drawer's switch: pin 3 is high while it is shut */
  /* (nullable) The port's own status byte (USB printer class, GET_PORT_STATUS), -1: none;
   * looked at when the printer answers nothing else. Believed about paper once it has
   * said that there was some: cheap printers answer a constant. */
  int (*port_status)(gpointer port);
  gpointer port;
} PrinterCable;
void printer_set_cable(Printer *printer, const PrinterCable *cable); /* copied */

/* Prints @job and waits until the printer says that its buffer came to the end of it (GS
 * r after the cut). Fails with what the printer complains of; what was not printed yet is
 * taken back from its buffer, so nothing comes out later by itself.
 * A job that begins with a drawer pulse opens the drawer even when there is no paper
 * (where the printer knows the real-time pulse); pulses keep a second between them, and a
 * drawer opened less than a second ago is not pulsed again. */
bool printer_print(Printer *printer, GBytes *job, DeviceState *state, GError **error);

/* Asks for the printer's state; at once for a printer known to be silent, or that tells
 * by itself. */
bool printer_look(Printer *printer, DeviceState *state, GError **error);

/* What it says it is (GS I), by the looks at it so far; "" when it did not say. Ours. */
const char *printer_maker(const Printer *printer);
const char *printer_model(const Printer *printer);
bool printer_tells(const Printer *printer); /* by itself; a look costs it nothing */

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Printer, printer_free)
