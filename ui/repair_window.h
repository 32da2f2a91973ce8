/* RepairWindow: what is shown when the till's files cannot be opened: what is wrong, and
 * for damaged books the way back from the newest sound backup. */
#pragma once

#include <gtk/gtk.h>
#include <stdbool.h>

#define UI_TYPE_REPAIR_WINDOW (repair_window_get_type())
G_DECLARE_FINAL_TYPE(RepairWindow, repair_window, UI, REPAIR_WINDOW, GtkWindow)

/* @error: of till_open(). Destroyed when it is closed. */
GtkWidget *repair_window_new(const char *folder, const GError *error);
/* The books were put back: till_open() may be tried again. */
bool repair_window_has_restored(RepairWindow *self);
