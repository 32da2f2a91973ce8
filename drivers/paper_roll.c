#include "drivers/paper_roll.h"

#include <string.h>

#include "drivers/glyphs.h"

#define LONGEST    240000 /* dots kept: 30 m */
#define MOST_LINES 1000   /* empty ones in one strip */
#define CAPTION    30     /* dots */

static void
cell_clear(gpointer pointer)
{
  PaperCell *cell = pointer;
  raster_free(cell->picture);
}

GArray *
paper_roll_cells_new(void)
{
  GArray *cells = g_array_new(FALSE, FALSE, sizeof(PaperCell));
  g_array_set_clear_func(cells, cell_clear);
  return cells;
}

static void
strip_free(gpointer pointer)
{
  PaperStrip *strip = pointer;
  if (strip->cells)
    g_array_unref(strip->cells);
  raster_free(strip->symbol);
  g_free(strip->text);
  g_free(strip->caption);
  g_free(strip);
}

PaperRoll *
paper_roll_new(int columns, int dots)
{
  PaperRoll *roll = g_new0(PaperRoll, 1);
  roll->columns = columns;
  roll->dots = dots;
  return roll;
}

void
paper_roll_tear(PaperRoll *roll)
{
  g_queue_clear_full(&roll->strips, strip_free);
  roll->kept = roll->length = roll->cuts = 0;
}

void
paper_roll_free(PaperRoll *roll)
{
  if (!roll)
    return;
  paper_roll_tear(roll);
  g_free(roll);
}

/* Even a strip without height counts, or a stream of them would fill the memory. */
static int
weight(const PaperStrip *strip)
{
  return MAX(strip->height, 1);
}

static PaperStrip *
add_strip(PaperRoll *roll, StripKind kind, int height)
{
  PaperStrip *strip = g_new0(PaperStrip, 1);

  strip->kind = kind;
  strip->height = height;
  roll->kept += weight(strip);
  roll->length += height;
  g_queue_push_tail(&roll->strips, strip);
  while (roll->kept > LONGEST && roll->strips.length > 1) {
    PaperStrip *first = g_queue_pop_head(&roll->strips);
    roll->kept -= weight(first);
    strip_free(first);
  }
  return strip;
}

void
paper_roll_row(PaperRoll *roll, GArray *cells, int height)
{
  add_strip(roll, STRIP_ROW, height)->cells = cells;
}

void
paper_roll_feed(PaperRoll *roll, int height, int n_lines)
{
  PaperStrip *last = g_queue_peek_tail(&roll->strips);

  if (last && last->kind == STRIP_FEED && last->n_lines + n_lines <= MOST_LINES) {
    roll->kept -= weight(last);
    last->height += height;
    last->n_lines += n_lines;
    roll->kept += weight(last);
    roll->length += height;
    return;
  }
  add_strip(roll, STRIP_FEED, height)->n_lines = n_lines;
}

void
paper_roll_symbol(PaperRoll *roll, Raster *symbol, int x, char *text, char *caption)
{
  int height = (symbol ? symbol->height : 0) + (caption ? CAPTION : 0);
  PaperStrip *strip = add_strip(roll, STRIP_SYMBOL, height);

  strip->symbol = symbol;
  strip->x = x;
  strip->text = text;
  strip->caption = caption;
}

void
paper_roll_cut(PaperRoll *roll)
{
  add_strip(roll, STRIP_CUT, 0);
  roll->cuts++;
}

static void
add_blanks(GString *text, int n)
{
  for (int i = 0; i < n; i++)
    g_string_append_c(text, ' ');
}

static int
column_at(int dots)
{
  return (dots + GLYPH_WIDTH / 2) / GLYPH_WIDTH;
}

static int
add_cell(GString *text, const PaperCell *cell)
{
  if (!cell->picture) {
    g_string_append_unichar(text, cell->character);
    return cell->is_full ? 2 : 1;
  }
  g_string_append_printf(
      text, "[picture %dx%d]", cell->picture->width, cell->picture->height);
  return column_at(cell->width);
}

/* Columns of the text between what is there and @cell. Wide letters take more columns on
 * paper than in the text: inside a sentence they stay together; a larger gap leads to
 * where the next word stands on paper. @gap: dots, @blanks: characters between them. */
static int
columns_between(int column, const PaperCell *cell, int gap, int blanks)
{
  int missing = column_at(cell->x) - column;

  if (column == 0)
    return MAX(missing, 0);
  if (blanks == 1 || gap < GLYPH_WIDTH / 2)
    return blanks;
  return MAX(missing, 1);
}

static void
add_row(GString *text, const GArray *cells)
{
  int column = 0, end = 0, blanks = 0;

  for (guint i = 0; i < cells->len; i++) {
    const PaperCell *cell = &g_array_index(cells, PaperCell, i);
    if (cell->character == ' ') {
      blanks++;
      continue;
    }
    int missing = columns_between(column, cell, cell->x - end, blanks);
    add_blanks(text, missing);
    column += missing + add_cell(text, cell);
    end = cell->x + cell->width;
    blanks = 0;
  }
}

static void
add_cut(GString *text, int columns)
{
  for (int i = 0; i + 3 <= columns; i += 3)
    g_string_append(text, i ? " 8<" : "8<");
}

char *
paper_roll_text(const PaperRoll *roll)
{
  GString *text = g_string_new(NULL);

  for (GList *link = roll->strips.head; link; link = link->next) {
    const PaperStrip *strip = link->data;
    if (strip->kind == STRIP_FEED) {
      for (int i = 0; i < strip->n_lines; i++)
        g_string_append_c(text, '\n');
      continue;
    }
    if (strip->kind == STRIP_ROW)
      add_row(text, strip->cells);
    else if (strip->kind == STRIP_SYMBOL)
      g_string_append(text, strip->text);
    else
      add_cut(text, roll->columns);
    g_string_append_c(text, '\n');
  }
  return g_string_free(text, FALSE);
}
