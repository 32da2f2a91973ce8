/* picture: what a window shows, as a PNG, drawn off-screen by the same renderer
 * everywhere. */
#pragma once

#include <gtk/gtk.h>
#include <stdbool.h>

/* @widget must be mapped. Fails with a G_FILE_ERROR or a GSK error. */
bool picture_save(GtkWidget *widget, const char *path, GError **error);
