/* HeldPage: tickets on hold, and what is on the chosen one. */
#pragma once

#include <gtk/gtk.h>

#include "app/till.h"

#define HELD_TYPE_PAGE (held_page_get_type())
G_DECLARE_FINAL_TYPE(HeldPage, held_page, HELD, PAGE, GtkBox)

GtkWidget *held_page_new(Till *till);
