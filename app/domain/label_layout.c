#include "app/domain/label_layout.h"

#include <string.h>

#define MARGIN     8 /* dots: a label may sit a millimetre off */
#define GAP        4 /* least between two blocks */
#define MOST_GAP   12
#define PADDING    4 /* in a black field, around its text */
#define RULE       2
#define BAR        2 /* dots of the narrowest bar; 1 is hard to read */
#define CODE_BEST  56
#define CODE_LEAST 32
#define CODE_STEP  8
#define CODE_TEXT  20
#define PIECE_GAP  2  /* columns */
#define QUIET      10 /* modules left and right of a bar code */

typedef enum { BLOCK_TEXT, BLOCK_HEAD, BLOCK_PRICE, BLOCK_CODE, BLOCK_RULE } BlockKind;

typedef struct {
  BlockKind kind;
  LabelStyle style;
  int letter;   /* now; CODE: height of its bars */
  char **texts; /* owned */
} Block;

struct LabelLayout {
  Label *label;
  GPtrArray *blocks; /* of Block */
};

static const int LETTERS[] = {
    112, 96, 80, 72, 64, 56, 48, 44, 40, 36, 32, 28, 24, 22, 20, 18, 16, 14};

static void
block_free(gpointer data)
{
  Block *block = data;
  g_strfreev(block->texts);
  g_free(block);
}

static void
item_free(gpointer data)
{
  LabelItem *item = data;
  g_free(item->text);
  g_free(item);
}

LabelLayout *
label_layout_new(const char *title, LabelSize size)
{
  static const int MM[N_LABEL_SIZES][2] = {{40, 30}, {60, 40}};
  LabelLayout *layout = g_new(LabelLayout, 1);

  layout->label = g_new0(Label, 1);
  layout->label->title = g_strdup(title);
  layout->label->width = MM[size][0] * LABEL_DOTS_PER_MM;
  layout->label->height = MM[size][1] * LABEL_DOTS_PER_MM;
  layout->label->items = g_ptr_array_new_with_free_func(item_free);
  layout->blocks = g_ptr_array_new_with_free_func(block_free);
  return layout;
}

static char *
printable(const char *text)
{
  char *copy = text ? g_utf8_make_valid(text, -1) : g_strdup("");
  for (char *p = copy; *p; p = g_utf8_next_char(p))
    if (g_unichar_iscntrl(g_utf8_get_char(p)))
      memset(p, ' ', (gsize)(g_utf8_next_char(p) - p));
  return g_strstrip(copy);
}

static void
add_block(LabelLayout *layout, BlockKind kind, LabelStyle style, char **texts)
{
  Block *block = g_new(Block, 1);
  *block = (Block){kind, style, style.best, texts};
  g_ptr_array_add(layout->blocks, block);
}

void
label_layout_text(LabelLayout *layout, LabelStyle style, const char *const *pieces)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
  int n = 0;

  for (; *pieces; pieces++) {
    g_autofree char *piece = printable(*pieces);
    if (*piece)
      g_strv_builder_add(builder, piece);
    n += *piece != '\0';
  }
  if (n > 0)
    add_block(layout, BLOCK_TEXT, style, g_strv_builder_end(builder));
}

static void
add_texts(LabelLayout *layout,
          BlockKind kind,
          LabelStyle style,
          const char *first,
          const char *second,
          const char *third)
{
  char **texts = g_new0(char *, 4);
  texts[0] = printable(first);
  texts[1] = printable(second);
  texts[2] = printable(third);
  add_block(layout, kind, style, texts);
}

void
label_layout_head(LabelLayout *layout,
                  LabelStyle style,
                  const char *mark,
                  const char *text)
{
  add_texts(layout, BLOCK_HEAD, style, mark, text, NULL);
}

void
label_layout_price(LabelLayout *layout,
                   LabelStyle style,
                   const char *figure,
                   const char *unit,
                   const char *mark)
{
  add_texts(layout, BLOCK_PRICE, style, figure, unit, mark);
}

void
label_layout_code(LabelLayout *layout, int rank, const char *code)
{
  LabelStyle style = {.best = CODE_BEST, .least = CODE_LEAST, .rank = rank};
  if (code && *code && g_str_is_ascii(code))
    add_texts(layout, BLOCK_CODE, style, code, NULL, NULL);
}

void
label_layout_rule(LabelLayout *layout)
{
  add_texts(
      layout, BLOCK_RULE, (LabelStyle){.best = RULE, .least = RULE}, NULL, NULL, NULL);
}

static int
room(const LabelLayout *layout)
{
  return layout->label->width - 2 * MARGIN;
}

static int
text_width(const char *text, int letter)
{
  return document_width(text) * letter / 2;
}

static int
pitch(int letter)
{
  return letter + MAX(letter / 8, 3);
}

static int
unit_letter(const Block *block)
{
  return MAX(block->letter / 2, 20);
}

static int
mark_letter(const Block *block)
{
  return block->kind == BLOCK_PRICE ? CLAMP(block->letter / 2, 20, 32) : block->letter;
}

static int
mark_width(const Block *block, const char *mark)
{
  return *mark ? text_width(mark, mark_letter(block)) + 4 * PADDING : 0;
}

/* -- Rows of a text block ----------------------------------------------------------- */

static void
add_wrapped(GPtrArray *rows, const char *piece, int columns)
{
  DocLine line = {DOC_TEXT, DOC_NORMAL, 1, {{piece, ALIGN_LEFT, 0}}};
  g_autoptr(GPtrArray) wrapped = document_lay_out(&line, columns);
  for (guint i = 0; i < wrapped->len; i++)
    g_ptr_array_add(rows, g_strchomp(g_strdup(wrapped->pdata[i])));
}

static void
add_piece(GPtrArray *rows, const char *piece, int columns)
{
  char *last = rows->len ? rows->pdata[rows->len - 1] : NULL;
  bool fits = last && document_width(last) + PIECE_GAP + document_width(piece) <= columns;
  if (!fits) {
    add_wrapped(rows, piece, columns);
    return;
  }
  rows->pdata[rows->len - 1] = g_strconcat(last, "  ", piece, NULL);
  g_free(last);
}

static GPtrArray *
rows_of(const Block *block, int width)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func(g_free);
  for (char **piece = block->texts; *piece; piece++)
    add_piece(rows, *piece, width * 2 / block->letter);
  return rows;
}

static int
count_rows(const Block *block, int width)
{
  g_autoptr(GPtrArray) rows = rows_of(block, width);
  return (int)rows->len;
}

/* Columns of the longest run that a row must not break. */
static int
longest_word(const Block *block)
{
  int longest = 0;
  for (char **piece = block->texts; *piece; piece++) {
    int run = 0;
    for (const char *p = *piece; *p; p = g_utf8_next_char(p)) {
      g_autofree char *one = g_strndup(p, (gsize)(g_utf8_next_char(p) - p));
      int columns = document_width(one);
      run = *p == ' ' || columns == 2 ? 0 : run + columns;
      longest = MAX(longest, run);
    }
  }
  return longest;
}

/* -- Modules of a bar code ---------------------------------------------------------- */

/* Code 128 with one character a symbol; a printer's own may be shorter. */
static int
code_modules(const char *code)
{
  static const int EAN[] = {[LABEL_EAN13] = 95, [LABEL_EAN8] = 67};
  LabelCodeKind kind = label_code_kind(code);
  return kind == LABEL_CODE128 ? (int)strlen(code) * 11 + 35 : EAN[kind];
}

static int
code_bar(const Block *block, int width)
{
  return (code_modules(block->texts[0]) + 2 * QUIET) * BAR <= width ? BAR : 1;
}

/* Dots that letters reach below their height, beyond the gap to the next block. */
static int
tails(const Block *block)
{
  for (char **piece = block->texts; *piece; piece++)
    if (strpbrk(*piece, "gjpqyQ,;_()[]{}|/$"))
      return MAX(pitch(block->letter) - block->letter - GAP, 0);
  return 0;
}

/* -- Sizes -------------------------------------------------------------------------- */

static bool
fits_across(const Block *block, int width)
{
  const char *const *texts = (const char *const *)block->texts;
  switch (block->kind) {
  case BLOCK_TEXT:
    return longest_word(block) * block->letter / 2 <= width;
  case BLOCK_HEAD:
    return mark_width(block, texts[0]) + 2 * PADDING +
               text_width(texts[1], block->letter) <=
           width;
  case BLOCK_PRICE:
    return text_width(texts[0], block->letter) +
               text_width(texts[1], unit_letter(block)) + 4 * PADDING +
               mark_width(block, texts[2]) <=
           width;
  case BLOCK_CODE:
    return (code_modules(texts[0]) + 2 * QUIET) * code_bar(block, width) <= width;
  case BLOCK_RULE:
    return true;
  }
  return false;
}

static int
height_of(const Block *block, int width)
{
  switch (block->kind) {
  case BLOCK_TEXT:
    return (count_rows(block, width) - 1) * pitch(block->letter) + block->letter +
           tails(block);
  case BLOCK_HEAD:
    return block->letter + 2 * PADDING;
  case BLOCK_CODE:
    return block->letter + PADDING + CODE_TEXT;
  case BLOCK_PRICE:
  case BLOCK_RULE:
    return block->letter;
  }
  return 0;
}

static int
next_letter(const Block *block)
{
  if (block->kind == BLOCK_CODE)
    return block->letter - CODE_STEP;
  for (gsize i = 0; i < G_N_ELEMENTS(LETTERS); i++)
    if (LETTERS[i] < block->letter)
      return LETTERS[i];
  return 0;
}

static bool
may_shrink(const Block *block)
{
  return next_letter(block) >= MAX(block->style.least, 1);
}

static void
prefer_one_row(Block *block, int width)
{
  if (block->kind != BLOCK_TEXT || block->style.single == 0)
    return;
  while (count_rows(block, width) > 1 && next_letter(block) >= block->style.single)
    block->letter = next_letter(block);
}

static int
total_height(const LabelLayout *layout)
{
  int height = 0;
  for (guint i = 0; i < layout->blocks->len; i++)
    height += height_of(layout->blocks->pdata[i], room(layout)) + (i > 0 ? GAP : 0);
  return height;
}

/* The least important that can, the largest of several. */
static Block *
next_to_shrink(const LabelLayout *layout)
{
  Block *chosen = NULL;
  for (guint i = 0; i < layout->blocks->len; i++) {
    Block *block = layout->blocks->pdata[i];
    bool before =
        !chosen || block->style.rank < chosen->style.rank ||
        (block->style.rank == chosen->style.rank && block->letter > chosen->letter);
    if (may_shrink(block) && before)
      chosen = block;
  }
  return chosen;
}

static bool
fit(LabelLayout *layout)
{
  for (guint i = 0; i < layout->blocks->len; i++) {
    Block *block = layout->blocks->pdata[i];
    prefer_one_row(block, room(layout));
    while (!fits_across(block, room(layout)) && may_shrink(block))
      block->letter = next_letter(block);
    if (!fits_across(block, room(layout)))
      return false;
  }
  while (total_height(layout) > layout->label->height - 2 * MARGIN) {
    Block *block = next_to_shrink(layout);
    if (!block)
      return false;
    block->letter = next_letter(block);
  }
  return true;
}

/* -- Placing ------------------------------------------------------------------------ */

static LabelItem *
place(LabelLayout *layout, LabelItemKind kind, int x, int y, const char *text, int letter)
{
  LabelItem *item = g_new0(LabelItem, 1);
  *item = (LabelItem){.kind = kind,
                      .x = x,
                      .y = y,
                      .width = text_width(text, letter),
                      .height = letter,
                      .letter = letter,
                      .text = g_strdup(text)};
  g_ptr_array_add(layout->label->items, item);
  return item;
}

static void
place_mark(LabelLayout *layout, const Block *block, int x, int y, const char *mark)
{
  if (!*mark)
    return;
  LabelItem *item = place(layout, LABEL_MARK, x, y, mark, mark_letter(block));
  item->bold = true;
  item->width = mark_width(block, mark);
  item->height = item->letter + 2 * PADDING;
}

static void
place_text(LabelLayout *layout, const Block *block, int y)
{
  g_autoptr(GPtrArray) rows = rows_of(block, room(layout));
  for (guint i = 0; i < rows->len; i++) {
    int left = room(layout) - text_width(rows->pdata[i], block->letter);
    int indent = block->style.align == ALIGN_RIGHT    ? left
                 : block->style.align == ALIGN_CENTER ? left / 2
                                                      : 0;
    place(layout,
          LABEL_TEXT,
          MARGIN + indent,
          y + (int)i * pitch(block->letter),
          rows->pdata[i],
          block->letter)
        ->bold = block->style.bold;
  }
}

static void
place_head(LabelLayout *layout, const Block *block, int y)
{
  int x = MARGIN + mark_width(block, block->texts[0]) + 2 * PADDING;
  place_mark(layout, block, MARGIN, y, block->texts[0]);
  if (*block->texts[1])
    place(layout, LABEL_TEXT, x, y + PADDING, block->texts[1], block->letter)->bold =
        block->style.bold;
}

static void
place_price(LabelLayout *layout, const Block *block, int y)
{
  int right = MARGIN + room(layout) - mark_width(block, block->texts[2]);
  LabelItem *figure =
      place(layout, LABEL_TEXT, MARGIN, y, block->texts[0], block->letter);
  figure->bold = true;
  int x = MARGIN + figure->width + PADDING;
  if (*block->texts[1])
    place(layout,
          LABEL_TEXT,
          x,
          y + block->letter * 7 / 8 - unit_letter(block) * 7 / 8,
          block->texts[1],
          unit_letter(block));
  place_mark(layout, block, right, y + PADDING, block->texts[2]);
}

static void
place_code(LabelLayout *layout, const Block *block, int y)
{
  int bar = code_bar(block, room(layout));
  int width = code_modules(block->texts[0]) * bar;
  LabelItem *code =
      place(layout, LABEL_CODE, MARGIN + QUIET * bar, y, block->texts[0], bar);
  code->width = width;
  code->height = block->letter;
  int indent = MAX(width - text_width(block->texts[0], CODE_TEXT), 0) / 2;
  place(layout,
        LABEL_TEXT,
        code->x + indent,
        y + block->letter + PADDING,
        block->texts[0],
        CODE_TEXT);
}

static void
place_block(LabelLayout *layout, const Block *block, int y)
{
  switch (block->kind) {
  case BLOCK_TEXT:
    place_text(layout, block, y);
    break;
  case BLOCK_HEAD:
    place_head(layout, block, y);
    break;
  case BLOCK_PRICE:
    place_price(layout, block, y);
    break;
  case BLOCK_CODE:
    place_code(layout, block, y);
    break;
  case BLOCK_RULE: {
    LabelItem *rule = place(layout, LABEL_RULE, MARGIN, y, "", RULE);
    rule->width = room(layout);
    break;
  }
  }
}

static void
place_all(LabelLayout *layout)
{
  int n = (int)layout->blocks->len, y = MARGIN;
  int left = layout->label->height - 2 * MARGIN - total_height(layout);
  int gap = GAP + MIN(n > 1 ? left / (n - 1) : 0, MOST_GAP);

  for (int i = 0; i < n; i++) {
    const Block *block = layout->blocks->pdata[i];
    place_block(layout, block, y);
    y += height_of(block, room(layout)) + gap;
  }
}

Label *
label_layout_settle(LabelLayout *layout)
{
  Label *label = layout->label;

  if (fit(layout))
    place_all(layout);
  else
    g_clear_pointer(&label, label_free);
  g_ptr_array_unref(layout->blocks);
  g_free(layout);
  return label;
}
