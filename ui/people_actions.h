/* people_actions: what the keys about people do on every page: "people.lock",
 * "people.duty", "people.approve", "people.page". */
#pragma once

#include <gtk/gtk.h>

#include "app/till.h"

void people_actions_install(GtkWidget *window, Till *till); /* @till outlives @window */
