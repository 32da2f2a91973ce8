/* FixedCell: one cell of a table row: exactly as wide as style.css says (min-width),
 * whatever its text would like, so that columns line up over rows; wider only when its
 * text has no smaller way to be read. Holds one child. */
#pragma once

#include <gtk/gtk.h>

#define UI_TYPE_FIXED_CELL (fixed_cell_get_type())
G_DECLARE_FINAL_TYPE(FixedCell, fixed_cell, UI, FIXED_CELL, GtkBox)
