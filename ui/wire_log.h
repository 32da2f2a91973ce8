/* WireLog: what passed over the wires of the virtual counter, newest first, each line a
 * time, a device, a sentence, a number of bytes; and what the till answered. */
#pragma once

#include <gtk/gtk.h>

#include "app/counter.h"

#define WIRE_TYPE_LOG (wire_log_get_type())
G_DECLARE_FINAL_TYPE(WireLog, wire_log, WIRE, LOG, GtkBox)

void wire_log_add(WireLog *self, const WireEvent *event);
/* What the till made of the newest line; a warning colours it. Once per line. */
void wire_log_answer(WireLog *self, const Notice *notice);
