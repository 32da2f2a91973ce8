/* ShiftPage: what this shift took, and how it is closed. */
#pragma once

#include <gtk/gtk.h>

#include "app/till.h"

#define SHIFT_TYPE_PAGE (shift_page_get_type())
G_DECLARE_FINAL_TYPE(ShiftPage, shift_page, SHIFT, PAGE, GtkBox)

GtkWidget *shift_page_new(Till *till);
