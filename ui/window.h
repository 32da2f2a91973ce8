/* The frame: strip, pages, message bar, key bar, big key; and the keyboard, which is read
 * here, before any widget sees a key.
 *
 * The order of a key: the page (page_key()) → the key map (ui/keys) → the page's scan box
 * → GTK. A key that is held down acts once, except for moving. */
#pragma once

#include <gtk/gtk.h>
#include <stdbool.h>

#include "app/till.h"

#define UI_TYPE_WINDOW (window_get_type())
G_DECLARE_FINAL_TYPE(UiWindow, window, UI, WINDOW, GtkWindow)

GtkWidget *window_new(Till *till); /* @till is borrowed and outlives it */

/* The page that is open, and a page by its number, made when it is not yet (borrowed). */
GtkWidget *window_page(UiWindow *self);
GtkWidget *window_make_page(UiWindow *self, TillPage page);

/* A key as it comes from the keyboard. @return true: taken. */
bool window_key(UiWindow *self, guint keyval, GdkModifierType state, bool repeated);

/* For scripts and tests, the way a hand and a scanner would do it. @accel: "F12",
 * "<Control>Delete", "Return". */
bool window_press(UiWindow *self, const char *accel);
void window_type(UiWindow *self, const char *text);
void window_scan(UiWindow *self, const char *text); /* a wedge scanner: with its Enter */

/* Asks in the message bar of the window of @widget (message_bar_ask()). @return true: it
 * was asked before and this is the yes. */
bool window_ask(GtkWidget *widget, const char *action, const char *say, const char *more);
