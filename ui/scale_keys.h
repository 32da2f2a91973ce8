/* scale_keys: the actions "scale.take" and "scale.tare" of the window. */
#pragma once

#include <gtk/gtk.h>

#include "app/till.h"

void scale_keys_install(GtkWidget *window, Till *till);
