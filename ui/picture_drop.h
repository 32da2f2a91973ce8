/* picture_drop: pictures that are dropped on a window or pasted into it go to the till,
 * which looks for codes in them. */
#pragma once

#include <gtk/gtk.h>
#include <stdbool.h>

#include "app/till.h"

/* From now on @window takes what is dropped. @till outlives it. */
void picture_drop_add(GtkWidget *window, Till *till);
/* Ctrl+V. @return false: the clipboard holds no picture, the key is somebody else's. */
bool picture_drop_paste(GtkWidget *window, Till *till);
