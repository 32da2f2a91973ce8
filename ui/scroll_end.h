/* scroll_end: a scrolled window that stays at its end while it grows or shrinks. */
#pragma once

#include <gtk/gtk.h>

void scroll_end_keep(GtkScrolledWindow *scroller);
