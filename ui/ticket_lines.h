/* ticket_lines: a ticket beside something else, as "name ×2 … amount" and its sums. */
#pragma once

#include <gtk/gtk.h>

#include "app/domain/sale.h"

void ticket_lines_show(GtkBox *box, const Sale *sale); /* replaces what is in @box */
/* Sum, discount, rounding: only those that are there. */
void ticket_lines_show_sums(GtkBox *box, const SaleTotals *totals);
