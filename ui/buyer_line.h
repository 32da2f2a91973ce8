/* buyer_line: one line under the ticket: whose ID card was read for it, masked. */
#pragma once

#include <gtk/gtk.h>

#include "app/till.h"

/* Hidden while no card was read. */
void buyer_line_show(GtkLabel *label, const Till *till);
