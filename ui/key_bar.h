/* KeyBar: the F-keys of the open page as buttons of one width, made from the key map. */
#pragma once

#include "ui/keys.h"

#define UI_TYPE_KEY_BAR (key_bar_get_type())
G_DECLARE_FINAL_TYPE(KeyBar, key_bar, UI, KEY_BAR, GtkBox)

void key_bar_show(KeyBar *self, KeyPreset preset, TillPage page);
/* A count beside the key of @action: tickets on hold …; 0: none. */
void key_bar_count(KeyBar *self, const char *action, int count);
bool key_bar_is_empty(KeyBar *self);

/* A button for @action with its key before its word; @label: (nullable) another word. */
GtkWidget *
key_bar_button(KeyPreset preset, TillPage page, const char *action, const char *label);
void key_bar_button_count(GtkWidget *button, int count); /* as key_bar_count() */
