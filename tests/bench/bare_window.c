/* bare_window: an empty GTK window that says when it can be used, and ends: the floor of
 * a start. */
#include "ui/ready.h"

static void
on_ready(gpointer loop)
{
  ready_say();
  g_main_loop_quit(loop);
}

int
main(void)
{
  if (!gtk_init_check())
    return 1;
  g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);
  GtkWindow *window = GTK_WINDOW(gtk_window_new());
  gtk_window_set_child(window, gtk_label_new("你好"));
  gtk_window_set_default_size(window, 1366, 768);
  gtk_window_present(window);
  ready_watch(window, on_ready, loop);
  g_main_loop_run(loop);
  return 0;
}
