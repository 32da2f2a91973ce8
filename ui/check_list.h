/* check_list: the self-check as rows: a mark, what was looked at, what was found. */
#pragma once

#include <gtk/gtk.h>

#include "app/till.h"

void check_list_show(GtkBox *box, Till *till); /* replaces what is in @box */
