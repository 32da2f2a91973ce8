/* paper_state: how a printer would print the next character, and the code pages that real
 * programs switch between. Internal to paper. */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "drivers/paper_roll.h"

#define PAPER_TABS 32

/* What ESC @ sets back. */
typedef struct {
  bool is_chinese;                  /* FS &: bytes from 0x81 are GB18030 */
  int chinese_across, chinese_down; /* FS W, FS !; GS ! counts too */
  int across, down;                 /* GS ! */
  bool is_font_b, is_bold, is_underlined, is_white_on_black;
  DocAlign align;
  int line_spacing, letter_spacing, left, area; /* dots */
  int tabs[PAPER_TABS], n_tabs;                 /* columns */
  int code_page;                                /* ESC t */
  int bar_height, bar_width, caption;           /* GS h, w, H */
  int qr_module;
} PaperState;

void paper_state_reset(PaperState *state, int dots);
/* iconv's name of an ESC t page; CP437 when unknown. */
const char *paper_state_code_page(int page);
