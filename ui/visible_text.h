/* visible_text: what a person reads on a window now, top to bottom, one text a line; for
 * scenes that are played through the real window. */
#pragma once

#include <gtk/gtk.h>

char *visible_text(GtkWidget *root); /* (transfer full) */
