/* CounterWindow: the virtual counter: a scanner, a receipt printer with a drawer, an
 * ID-card reader and CounterThings on a table beside the till; what passes over their
 * wires is real. */
#pragma once

#include <gtk/gtk.h>

#include "app/till.h"

#define COUNTER_TYPE_WINDOW (counter_window_get_type())
G_DECLARE_FINAL_TYPE(CounterWindow, counter_window, COUNTER, WINDOW, GtkWindow)

/* The one of this process, made when it is not there yet; borrowed. */
GtkWidget *counter_window_show(Till *till);
