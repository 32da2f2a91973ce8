#include "ui/scroll_end.h"

static gboolean
on_frame(GtkWidget *scroller, GdkFrameClock *clock, gpointer data)
{
  GtkAdjustment *adjustment =
      gtk_scrolled_window_get_vadjustment(GTK_SCROLLED_WINDOW(scroller));
  gtk_adjustment_set_value(adjustment, gtk_adjustment_get_upper(adjustment));
  return G_SOURCE_REMOVE;
}

/* Told in the middle of laying out, when a new value would be forgotten again: the next
 * frame sets it. */
static void
on_resized(GtkScrolledWindow *scroller)
{
  gtk_widget_add_tick_callback(GTK_WIDGET(scroller), on_frame, NULL, NULL);
}

void
scroll_end_keep(GtkScrolledWindow *scroller)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment(scroller);
  g_signal_connect_object(
      adjustment, "notify::upper", G_CALLBACK(on_resized), scroller, G_CONNECT_SWAPPED);
  g_signal_connect_object(adjustment,
                          "notify::page-size",
                          G_CALLBACK(on_resized),
                          scroller,
                          G_CONNECT_SWAPPED);
}
