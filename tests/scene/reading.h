/* reading: what a person can read at the till now, as lines "what: text". */
#pragma once

#include <gtk/gtk.h>

#include "app/till.h"

/* From the till: page, lines, totals, message. The same with and without a window. */
void reading_till(GString *text, Till *till);
/* From the screen: every visible label, "screen: text". */
void reading_widget(GString *text, GtkWidget *widget);
