/* Printer: the conversation with an ESC/POS receipt printer over any wire: sends a job
 * whole, asks whether it really came out, says what is wrong.
 *
 * What a printer answers is told apart in one byte stream (Citizen and Bematech manuals,
 * "identification of send status"): DLE EOT, automatic status back, GS r, XON/XOFF. A
 * cheap clone that never answers is believed after a short wait: it must not block a
 * sale. */
#pragma once

#include "drivers/device.h"
#include "drivers/wire.h"

typedef struct Printer Printer;

Printer *printer_new(const Wire *wire, gpointer end); /* neither is owned */
void printer_free(Printer *printer);                  /* NULL is fine */

/* Prints @job and waits until the printer says that its buffer came to the end of it (GS
 * r after the cut). Fails with what the printer complains of; what was not printed yet is
 * taken back from its buffer, so nothing comes out later by itself.
 * A job that begins with a drawer pulse opens the drawer even when there is no paper
 * (where the printer knows the real-time pulse); pulses keep a second between them, and a
 * drawer opened less than a second ago is not pulsed again. */
bool printer_print(Printer *printer, GBytes *job, DeviceState *state, GError **error);

/* Asks for the printer's state; at once for a printer known to be silent. */
bool printer_look(Printer *printer, DeviceState *state, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Printer, printer_free)
