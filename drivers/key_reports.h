/* KeyReports: what a scanner types as a keyboard: boot reports in (HID 1.11, appendix B),
 * characters out. Pure.
 *
 * The layout is US. Ctrl with a letter or @ [ \ ] ^ _ makes the control character (GS is
 * Ctrl+]); Alt with a number on the keypad makes that character, whatever the layout. */
#pragma once

#include <glib.h>
#include <stdint.h>

#define KEY_REPORTS_SLOTS  6
#define KEY_REPORTS_LENGTH 8

typedef struct {
  uint8_t down[KEY_REPORTS_SLOTS]; /* as the last report told */
  uint8_t modifiers;
  uint32_t number; /* typed with Alt held; may overflow its most */
  int digits;
} KeyReports;

/* Adds what @report types to @typed (UTF-8; NUL for Ctrl+@). A key counts when it was not
 * down in the report before; several new ones count in their order. Enter is CR. */
void
key_reports_hear(KeyReports *keys, const uint8_t *report, gsize length, GString *typed);
