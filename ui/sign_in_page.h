/* SignInPage: who is here? A number and a PIN, a badge and a PIN, or a tap and a PIN;
 * beside it, whether this till is fit to open the shop. */
#pragma once

#include <gtk/gtk.h>

#include "app/till.h"

#define SIGN_IN_TYPE_PAGE (sign_in_page_get_type())
G_DECLARE_FINAL_TYPE(SignInPage, sign_in_page, SIGN_IN, PAGE, GtkBox)

GtkWidget *sign_in_page_new(Till *till);
