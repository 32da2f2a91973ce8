/* taken_rows: what has been taken towards a payment, one row each, and the cash that is
 * being typed. */
#pragma once

#include <gtk/gtk.h>

#include "app/domain/tender.h"

/* Replaces what is in @box. @typed: cash in the box now, part of the last row; < 0: none.
 */
void taken_rows_show(GtkBox *box, const Payment *payment, Money typed);
