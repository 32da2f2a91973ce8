/* TotalsBar: what the ticket comes to, over the key bar: lines and pieces, sums, what is
 * still missing (each a button that goes there), and the one big figure. */
#pragma once

#include <gtk/gtk.h>

#include "app/till.h"

#define UI_TYPE_TOTALS_BAR (totals_bar_get_type())
G_DECLARE_FINAL_TYPE(TotalsBar, totals_bar, UI, TOTALS_BAR, GtkBox)

/* @gates: of GateLine. */
void totals_bar_show(TotalsBar *self, Till *till, const GArray *gates);
