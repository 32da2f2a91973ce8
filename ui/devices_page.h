/* DevicesPage: what is connected to this till, how it is, and what waits for paper. */
#pragma once

#include <gtk/gtk.h>

#include "app/till.h"

#define DEVICES_TYPE_PAGE (devices_page_get_type())
G_DECLARE_FINAL_TYPE(DevicesPage, devices_page, DEVICES, PAGE, GtkBox)

GtkWidget *devices_page_new(Till *till);
