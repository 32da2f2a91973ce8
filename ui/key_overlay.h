/* KeyOverlay: every key of the open page, over everything else, made from the key map.
 * F1 brings it; F1, Esc or a tap beside it takes it away. */
#pragma once

#include "ui/keys.h"

#define UI_TYPE_KEY_OVERLAY (key_overlay_get_type())
G_DECLARE_FINAL_TYPE(KeyOverlay, key_overlay, UI, KEY_OVERLAY, GtkBox)

void key_overlay_show(KeyOverlay *self, KeyPreset preset, TillPage page);
void key_overlay_hide(KeyOverlay *self);
bool key_overlay_is_shown(KeyOverlay *self);
