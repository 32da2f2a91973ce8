/* CartRow: one line of the ticket: 44 px; the chosen one opens with what is known about
 * the article and with keys for touch. */
#pragma once

#include <gtk/gtk.h>

/* Makes and fills the rows of a list of TextLine (transfer full). */
GtkListItemFactory *cart_row_factory(void);
