/* StaffPage: who works here, for managers: role, limits, registration, lock-outs. */
#pragma once

#include <gtk/gtk.h>

#include "app/till.h"

#define STAFF_TYPE_PAGE (staff_page_get_type())
G_DECLARE_FINAL_TYPE(StaffPage, staff_page, STAFF, PAGE, GtkBox)

GtkWidget *staff_page_new(Till *till);
