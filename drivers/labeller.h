/* Labeller: the conversation with a TSPL label printer over any wire: sends a label
 * whole, asks how it went (ESC ! ?, one byte; Gprinter GP-2120T and TSC manuals), says
 * what is wrong. One that never answers is believed: it must not block anybody. */
#pragma once

#include "drivers/device.h"
#include "drivers/wire.h"

typedef struct Labeller Labeller;

Labeller *labeller_new(const Wire *wire, gpointer end); /* neither is owned */
void labeller_free(Labeller *labeller);                 /* NULL is fine */

/* Sends @job and waits until the printer is done with it. Fails with what it complains
 * of, before a byte went out where it can; what it had not printed yet is cancelled (ESC
 * ! .), so a label that was interrupted is sent again whole, by who sent it. */
bool labeller_print(Labeller *labeller, GBytes *job, DeviceState *state, GError **error);
/* Asks for its state; at once for one known to be silent. */
bool labeller_look(Labeller *labeller, DeviceState *state, GError **error);

/* What a status byte means; busy printing is no state. */
DeviceState labeller_state(guint8 status);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Labeller, labeller_free)
