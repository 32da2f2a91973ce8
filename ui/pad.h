/* pad: what the keys of a number pad do to the box above it. */
#pragma once

#include <gtk/gtk.h>

#include <stdbool.h>

/* @key: "0" … "9", ".", "back" or "clear". The box keeps the focus. */
void pad_press(GtkEditable *box, const char *key);
/* A key of the keyboard, wherever the focus is and past the input method: types what of
 * @allowed ("": any ASCII letter or digit) it is; a box that takes nothing now drops it.
 * @return false: not a key for @box. */
bool pad_type(GtkEditable *box, const char *allowed, guint keyval, GdkModifierType state);
/* Takes back what a scanner typed into @box: the characters of @text that it took. */
void pad_untype(GtkEditable *box, const char *text);
