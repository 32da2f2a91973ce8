#include "ui/ready.h"

#include <stdio.h>
#include <string.h>

typedef struct {
  GSourceOnceFunc told;
  gpointer data;
  gulong watch;
} Ready;

static void
on_rest(gpointer data)
{
  g_autofree Ready *ready = data;
  ready->told(ready->data);
}

static void
on_after_paint(GdkFrameClock *frames, gpointer data)
{
  Ready *ready = data;
  g_signal_handler_disconnect(frames, ready->watch);
  g_idle_add_once(on_rest, ready);
}

void
ready_watch(GtkWindow *window, GSourceOnceFunc told, gpointer data)
{
  Ready *ready = g_new0(Ready, 1);
  ready->told = told;
  ready->data = data;
  ready->watch = g_signal_connect_after(gtk_widget_get_frame_clock(GTK_WIDGET(window)),
                                        "after-paint",
                                        G_CALLBACK(on_after_paint),
                                        ready);
}

/* A line "<field> <KiB> kB" of a file of /proc; 0: not there. */
static gint64
kernel_kib(const char *path, const char *field)
{
  g_autofree char *text = NULL;
  if (!g_file_get_contents(path, &text, NULL, NULL))
    return 0;
  const char *at = strstr(text, field);
  return at ? g_ascii_strtoll(at + strlen(field), NULL, 10) : 0;
}

void
ready_say(void)
{
  puts("ready");
  fflush(stdout);
  printf("memory\t%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT "\n",
         kernel_kib("/proc/self/status", "VmRSS:"),
         kernel_kib("/proc/self/smaps_rollup", "Pss:"));
  fflush(stdout);
}
