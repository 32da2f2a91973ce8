/* SymbolView: a barcode on the screen, big enough for a scanner to read from it: black on
 * white in every theme, whole pixels, its quiet zone around it. */
#pragma once

#include <gtk/gtk.h>

#include "app/devices.h"

#define UI_TYPE_SYMBOL_VIEW (symbol_view_get_type())
G_DECLARE_FINAL_TYPE(SymbolView, symbol_view, UI, SYMBOL_VIEW, GtkWidget)

/* Takes @symbol (nullable: nothing is shown). */
void symbol_view_show(SymbolView *self, SymbolModules *symbol);
