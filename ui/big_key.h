/* BigKey: the next step of a page, in the bottom right corner. It tells the truth: ready,
 * held (with what is missing), forbidden (with the reason); never simply grey. */
#pragma once

#include "ui/keys.h"

#define UI_TYPE_BIG_KEY (big_key_get_type())
G_DECLARE_FINAL_TYPE(BigKey, big_key, UI, BIG_KEY, GtkButton)

typedef enum { BIG_KEY_READY, BIG_KEY_HELD, BIG_KEY_STOP } BigKeyState;

/* @action: of the key map; its key and word are shown. Use in a .ui as <object
 * class="BigKey" id="…"/> and call this once. */
void
big_key_set_action(BigKey *self, const char *action, TillPage page, KeyPreset preset);
/* @what: (nullable) another word than the key map's. @why: "" or what is missing, or what
 * comes of it. */
void big_key_show(BigKey *self, BigKeyState state, const char *what, const char *why);
