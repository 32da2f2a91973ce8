/* ScanBox: where codes and words go in. It bypasses the input method (an IME would
 * swallow a scanner's keys), always takes the focus back, tells a scanner from a hand,
 * and never moves.
 *
 * The frame sends it every printable key before any widget sees it (scan_box_key()); keys
 * that edit (arrows, Home, Ctrl+A, paste) are the entry's own. With
 * scan_box_allow_input_method() the next word may be written with an IME; the box says so
 * and goes back by itself.
 *
 * Signals: "typed" (text changed by hand) · "entered" (const char *text, gboolean
 * scanned): Enter, after which the box is empty. */
#pragma once

#include <gtk/gtk.h>
#include <stdbool.h>

#define UI_TYPE_SCAN_BOX (scan_box_get_type())
G_DECLARE_FINAL_TYPE(ScanBox, scan_box, UI, SCAN_BOX, GtkBox)

void scan_box_take_focus(ScanBox *self);
/* @return true: the key was typed into the box. */
bool scan_box_key(ScanBox *self, guint keyval, GdkModifierType state);
void scan_box_type(ScanBox *self, const char *text); /* as if typed by hand */
void scan_box_enter(ScanBox *self);
void scan_box_empty(ScanBox *self); /* without telling */
void scan_box_break(ScanBox *self); /* what comes next is another keystroke, no burst */

const char *scan_box_text(ScanBox *self); /* borrowed */
bool scan_box_is_empty(ScanBox *self);
bool scan_box_is_number(ScanBox *self); /* digits and one point, nothing else */
/* What the empty box asks for; NULL: as always. */
void scan_box_prompt(ScanBox *self, const char *prompt);
/* A short mark at its end: "× 3"; "": none. */
void scan_box_note(ScanBox *self, const char *note);
void scan_box_allow_input_method(ScanBox *self, bool allow);
bool scan_box_allows_input_method(ScanBox *self);
