/* bare_list: a window with nothing but a list whose rows have as many widgets, texts and
 * pixels as a given row: what GTK itself takes to show one more. */
#pragma once

#include <gtk/gtk.h>

/* @row: the row to be like. Opened, as large as @window. */
GtkWidget *bare_list_new(GtkWidget *row, GtkWidget *window);
void bare_list_add(GtkWidget *bare); /* one row, its number in the first label */
void bare_list_clear(GtkWidget *bare);
