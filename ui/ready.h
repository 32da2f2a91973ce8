/* ready: when can a window be used? Once its first frame is painted and the main loop has
 * nothing left to do: a key would be answered now. */
#pragma once

#include <gtk/gtk.h>

/* @window is presented already. @told is called once. */
void ready_watch(GtkWindow *window, GSourceOnceFunc told, gpointer data);

/* Says on standard output "ready", and then in KiB what memory this process holds:
 * "memory<tab>resident<tab>its share", as the kernel counts it (VmRSS, Pss). */
void ready_say(void);
