#include "drivers/paper_state.h"

#define LINE 30 /* dots from line to line after ESC @ */

void
paper_state_reset(PaperState *state, int dots)
{
  *state = (PaperState){
      .chinese_across = 1,
      .chinese_down = 1,
      .across = 1,
      .down = 1,
      .line_spacing = LINE,
      .area = dots,
      .n_tabs = PAPER_TABS,
      .bar_height = 162,
      .bar_width = 3,
      .qr_module = 3,
  };
  for (int i = 0; i < PAPER_TABS; i++)
    state->tabs[i] = 8 * (i + 1);
}

/* Epson's numbers, which most clones share. */
const char *
paper_state_code_page(int page)
{
  static const struct {
    int page;
    const char *name;
  } PAGES[] = {
      {2, "CP850"},   {3, "CP860"},   {4, "CP863"},       {5, "CP865"},
      {13, "CP857"},  {14, "CP737"},  {15, "ISO-8859-7"}, {16, "CP1252"},
      {17, "CP866"},  {18, "CP852"},  {19, "CP858"},      {21, "CP874"},
      {33, "CP775"},  {34, "CP855"},  {35, "CP861"},      {36, "CP862"},
      {37, "CP864"},  {38, "CP869"},  {39, "ISO-8859-2"}, {40, "ISO-8859-15"},
      {44, "CP1125"}, {45, "CP1250"}, {46, "CP1251"},     {47, "CP1253"},
      {48, "CP1254"}, {49, "CP1255"}, {50, "CP1256"},     {51, "CP1257"},
      {52, "CP1258"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(PAGES); i++)
    if (PAGES[i].page == page)
      return PAGES[i].name;
  return "CP437";
}
