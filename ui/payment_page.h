/* PaymentPage: how much, what was handed over, what goes back. */
#pragma once

#include <gtk/gtk.h>

#include "app/till.h"

#define PAYMENT_TYPE_PAGE (payment_page_get_type())
G_DECLARE_FINAL_TYPE(PaymentPage, payment_page, PAYMENT, PAGE, GtkBox)

GtkWidget *payment_page_new(Till *till);
