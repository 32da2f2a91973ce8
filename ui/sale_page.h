/* SalePage: where a sale is rung up; the article search opens in it, under the scan box.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/till.h"

#define UI_TYPE_SALE_PAGE (sale_page_get_type())
G_DECLARE_FINAL_TYPE(SalePage, sale_page, UI, SALE_PAGE, GtkBox)

GtkWidget *sale_page_new(Till *till);
