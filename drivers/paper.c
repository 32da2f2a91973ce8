#include "drivers/paper.h"

#include <string.h>

#include "drivers/byte_decoder.h"
#include "drivers/escpos_stream.h"
#include "drivers/glyphs.h"
#include "drivers/paper_picture.h"
#include "drivers/paper_roll.h"
#include "drivers/paper_state.h"
#include "drivers/paper_symbol.h"

#define ESC 0x1b
#define FS  0x1c
#define GS  0x1d
#define DLE 0x10

#define FONT_B_WIDTH  9
#define FONT_B_HEIGHT 17
#define MOST_CELLS    1024 /* of one row; overprinting could go on for ever */
#define MOST_CONTENT  8192 /* bytes of a QR code */

struct Paper {
  PaperRoll *roll;      /* owned */
  EscposStream *stream; /* owned */
  PaperState state;
  GArray *row;         /* owned; the cells not yet ended by a line feed */
  int x;               /* dots, from the left margin */
  ByteDecoder *bytes;  /* owned */
  GByteArray *content; /* owned; of the matrix symbol stored last */
  Raster *graphics;    /* owned (nullable); stored by GS ( L */
  PaperWatch watch;
  gpointer data;
  int pulses;
};

static bool
tell(Paper *paper, PaperSign sign, int n)
{
  return !paper->watch || paper->watch(sign, n, paper->data);
}

static int
tallest(const GArray *row)
{
  int height = 0;
  for (guint i = 0; i < row->len; i++)
    height = MAX(height, g_array_index(row, PaperCell, i).height);
  return height;
}

static void
align_row(const PaperState *state, GArray *row)
{
  int end = 0;

  for (guint i = 0; i < row->len; i++) {
    const PaperCell *cell = &g_array_index(row, PaperCell, i);
    end = MAX(end, cell->x + cell->width);
  }
  int room = MAX(state->area - end, 0);
  int shift = state->left + (state->align == ALIGN_CENTER  ? room / 2
                             : state->align == ALIGN_RIGHT ? room
                                                           : 0);
  for (guint i = 0; i < row->len; i++)
    g_array_index(row, PaperCell, i).x += shift;
}

/* Prints the row and moves the paper by @feed dots or the row's own height. */
static void
end_row(Paper *paper, int feed, int empty_lines)
{
  if (paper->row->len) {
    align_row(&paper->state, paper->row);
    paper_roll_row(paper->roll, paper->row, MAX(feed, tallest(paper->row)));
    paper->row = paper_roll_cells_new();
  } else if (feed > 0 || empty_lines > 0) {
    paper_roll_feed(paper->roll, feed, empty_lines);
  }
  paper->x = 0;
}

static void
feed_line(Paper *paper)
{
  end_row(paper, paper->state.line_spacing, 1);
}

/* Takes the cell's picture. */
static void
place(Paper *paper, PaperCell cell)
{
  bool is_full = paper->x + cell.width > paper->state.area;

  if (paper->row->len && (is_full || paper->row->len >= MOST_CELLS))
    feed_line(paper);
  cell.x = paper->x;
  g_array_append_val(paper->row, cell);
  paper->x += cell.width + paper->state.letter_spacing;
}

static void
place_character(Paper *paper, gunichar character, bool is_full)
{
  const PaperState *state = &paper->state;
  bool is_small = state->is_font_b && !is_full;
  int across = is_full ? MAX(state->across, state->chinese_across) : state->across;
  int down = is_full ? MAX(state->down, state->chinese_down) : state->down;
  int width = is_small ? FONT_B_WIDTH : is_full ? GLYPH_WIDTH * 2 : GLYPH_WIDTH;

  place(paper,
        (PaperCell){
            .character = character,
            .width = width * across,
            .height = (is_small ? FONT_B_HEIGHT : GLYPH_HEIGHT) * down,
            .is_full = is_full,
            .is_bold = state->is_bold,
            .is_underlined = state->is_underlined,
            .is_white_on_black = state->is_white_on_black,
        });
}

static void
on_character(guint8 byte, gpointer data)
{
  Paper *paper = data;
  ByteCharacter found[2];
  int n = byte_decoder_feed(
      paper->bytes, byte, paper->state.is_chinese, paper->state.code_page, found);

  for (int i = 0; i < n; i++)
    place_character(paper, found[i].character, found[i].is_full);
}

/* Below, @p is what follows the two bytes of a command. */
static int
le16(const guint8 *p)
{
  return p[0] | p[1] << 8;
}

static bool
esc_style(PaperState *state, guint8 code, const guint8 *p)
{
  switch (code) {
  case '!':
    state->is_font_b = p[0] & 0x01;
    state->is_bold = p[0] & 0x08;
    state->is_underlined = p[0] & 0x80;
    state->across = p[0] & 0x20 ? 2 : 1;
    state->down = p[0] & 0x10 ? 2 : 1;
    return true;
  case 'E':
  case 'G':
    state->is_bold = p[0] & 1;
    return true;
  case '-':
    state->is_underlined = p[0] % 48 != 0;
    return true;
  case 'M':
    state->is_font_b = p[0] % 48 == 1;
    return true;
  case 't':
    state->code_page = p[0];
    return true;
  case 'a':
    state->align = p[0] % 48 <= ALIGN_RIGHT ? (DocAlign)(p[0] % 48) : state->align;
    return true;
  case '2':
    state->line_spacing = 30;
    return true;
  case '3':
    state->line_spacing = p[0];
    return true;
  case ' ':
    state->letter_spacing = p[0];
    return true;
  default:
    return false;
  }
}

static void
set_tabs(PaperState *state, const guint8 *p, gsize length)
{
  state->n_tabs = 0;
  for (gsize i = 0; i < length && p[i] && state->n_tabs < PAPER_TABS; i++)
    state->tabs[state->n_tabs++] = p[i];
}

static void
move_to(Paper *paper, int x)
{
  if (x >= 0 && x <= paper->state.area)
    paper->x = x;
}

static void
cut(Paper *paper, int feed)
{
  end_row(paper, 0, 0);
  paper_roll_feed(paper->roll, feed, 0);
  if (tell(paper, PAPER_CUTS, 0))
    paper_roll_cut(paper->roll);
}

static void
on_esc(Paper *paper, guint8 code, const guint8 *p, gsize length)
{
  PaperState *state = &paper->state;

  if (esc_style(state, code, p))
    return;
  switch (code) {
  case '@':
    g_array_set_size(paper->row, 0);
    paper->x = 0;
    paper_state_reset(state, paper->roll->dots);
    break;
  case 'J':
    end_row(paper, p[0], 0);
    break;
  case 'd':
    for (int i = 0; i < p[0]; i++)
      feed_line(paper);
    break;
  case '$':
    move_to(paper, le16(p));
    break;
  case '\\':
    move_to(paper, paper->x + (gint16)le16(p));
    break;
  case 'D':
    set_tabs(state, p, length);
    break;
  case '*':
    if (length > 3) {
      gsize columns = (gsize)le16(p + 1);
      Raster *picture = paper_symbol_columns(state, p[0], p + 3, columns);
      place(paper,
            (PaperCell){.picture = picture, .width = picture->width, .height = 24});
    }
    break;
  case 'i':
  case 'm':
    cut(paper, 0);
    break;
  case 'p':
    paper->pulses++;
    tell(paper, PAPER_PULSES, p[0] % 48);
    break;
  default:
    break;
  }
}

static void
on_fs(PaperState *state, guint8 code, const guint8 *p)
{
  switch (code) {
  case '&':
  case '.':
    state->is_chinese = code == '&';
    break;
  case '!':
    state->chinese_across = p[0] & 0x04 ? 2 : 1;
    state->chinese_down = p[0] & 0x08 ? 2 : 1;
    break;
  case 'W':
    state->chinese_across = state->chinese_down = p[0] & 1 ? 2 : 1;
    break;
  default:
    break;
  }
}

/* GS ( k: symbol, function, parameters. */
static void
on_matrix(Paper *paper, const guint8 *p, gsize length)
{
  if (length < 2)
    return;
  bool is_qr = p[0] == 49;
  if (is_qr && p[1] == 67 && length >= 3) {
    paper->state.qr_module = CLAMP(p[2], 1, 16);
  } else if (p[1] == 80 && length >= 3) {
    g_byte_array_set_size(paper->content, 0);
    g_byte_array_append(paper->content, p + 3, (guint)MIN(length - 3, MOST_CONTENT));
  } else if (p[1] == 81 && paper->content->len && (is_qr || p[0] == 48)) {
    end_row(paper, 0, 0);
    paper_symbol_matrix(paper->roll,
                        &paper->state,
                        p[0],
                        (const char *)paper->content->data,
                        paper->content->len);
  }
}

/* Takes @picture. */
static void
print_picture(Paper *paper, Raster *picture)
{
  end_row(paper, 0, 0);
  paper_symbol_picture(paper->roll, &paper->state, picture);
}

/* GS v 0: m xL xH yL yH data. */
static void
on_raster(Paper *paper, const guint8 *p)
{
  gsize stride = (gsize)le16(p + 2), rows = (gsize)le16(p + 4);
  int across = p[1] & 1 ? 2 : 1, down = p[1] & 2 ? 2 : 1;

  if (p[0] == '0' && stride && rows)
    print_picture(paper,
                  paper_symbol_rows(&paper->state, p + 6, stride, rows, across, down));
}

/* GS ( L and GS 8 L: m fn, then 112: a bx by c xL xH yL yH data; 2 or 50: print it. */
static void
on_graphics(Paper *paper, const guint8 *p, gsize length)
{
  if (length < 2)
    return;
  if ((p[1] == 2 || p[1] == 50) && paper->graphics)
    print_picture(paper, g_steal_pointer(&paper->graphics));
  if (p[1] != 112 || length < 10)
    return;
  gsize stride = ((gsize)le16(p + 6) + 7) / 8, rows = (gsize)le16(p + 8);
  if (!stride || !rows || stride * rows > length - 10)
    return;
  g_clear_pointer(&paper->graphics, raster_free);
  paper->graphics = paper_symbol_rows(
      &paper->state, p + 10, stride, rows, p[3] == 2 ? 2 : 1, p[4] == 2 ? 2 : 1);
}

static void
on_bars(Paper *paper, const guint8 *p, gsize length)
{
  gsize from = p[0] <= 6 ? 1 : 2;
  end_row(paper, 0, 0);
  if (length > from)
    paper_symbol_bars(
        paper->roll, &paper->state, p[0], p + from, length - from - (p[0] <= 6 ? 1 : 0));
}

static bool
gs_style(PaperState *state, guint8 code, const guint8 *p, int dots)
{
  switch (code) {
  case '!':
    state->across = (p[0] >> 4 & 7) + 1;
    state->down = (p[0] & 7) + 1;
    return true;
  case 'B':
    state->is_white_on_black = p[0] & 1;
    return true;
  case 'L':
    state->left = MIN(le16(p), dots);
    state->area = MIN(state->area, dots - state->left);
    return true;
  case 'W':
    state->area = CLAMP(le16(p), 1, MAX(dots - state->left, 1));
    return true;
  case 'H':
    state->caption = p[0] % 48;
    return true;
  case 'h':
    state->bar_height = MAX(p[0], 1);
    return true;
  case 'w':
    state->bar_width = CLAMP(p[0], 1, 8);
    return true;
  default:
    return false;
  }
}

static void
on_gs(Paper *paper, guint8 code, const guint8 *p, gsize length)
{
  if (gs_style(&paper->state, code, p, paper->roll->dots))
    return;
  switch (code) {
  case 'V':
    cut(paper, length > 1 ? p[1] : 0);
    break;
  case 'v':
    on_raster(paper, p);
    break;
  case '(':
    if (p[0] == 'k')
      on_matrix(paper, p + 3, length - 3);
    else if (p[0] == 'L')
      on_graphics(paper, p + 3, length - 3);
    break;
  case '8':
    if (p[0] == 'L')
      on_graphics(paper, p + 5, length - 5);
    break;
  case 'k':
    on_bars(paper, p, length);
    break;
  case 'r':
    tell(paper, PAPER_ASKS_SENSOR, p[0] % 48);
    break;
  case 'I':
    tell(paper, PAPER_ASKS_NAME, p[0]);
    break;
  case 'a':
    tell(paper, PAPER_WANTS_NEWS, p[0]);
    break;
  default:
    break;
  }
}

static void
next_tab(Paper *paper)
{
  for (int i = 0; i < paper->state.n_tabs; i++)
    if (paper->state.tabs[i] * GLYPH_WIDTH > paper->x) {
      move_to(paper, paper->state.tabs[i] * GLYPH_WIDTH);
      return;
    }
}

static void
on_control(Paper *paper, guint8 byte)
{
  switch (byte) {
  case '\n':
  case '\f':
    feed_line(paper);
    break;
  case '\t':
    next_tab(paper);
    break;
  case 0x18:
    g_array_set_size(paper->row, 0);
    paper->x = 0;
    break;
  default:
    break;
  }
}

static void
on_command(const guint8 *bytes, gsize length, gpointer data)
{
  Paper *paper = data;

  if (byte_decoder_drop(paper->bytes))
    place_character(paper, BYTE_DECODER_UNKNOWN, true);
  if (length == 1)
    on_control(paper, bytes[0]);
  else if (bytes[0] == ESC)
    on_esc(paper, bytes[1], bytes + 2, length - 2);
  else if (bytes[0] == FS)
    on_fs(&paper->state, bytes[1], bytes + 2);
  else if (bytes[0] == GS)
    on_gs(paper, bytes[1], bytes + 2, length - 2);
  else if (bytes[0] == DLE && bytes[1] == 0x14 && bytes[2] == 1)
    paper->pulses++;
}

static const EscposStreamWatch STREAM = {on_character, on_command};

Paper *
paper_new(int columns, int dots)
{
  Paper *paper = g_new0(Paper, 1);

  paper->roll = paper_roll_new(columns, dots);
  paper->stream = escpos_stream_new(&STREAM, paper);
  paper->row = paper_roll_cells_new();
  paper->bytes = byte_decoder_new();
  paper->content = g_byte_array_new();
  paper_state_reset(&paper->state, dots);
  return paper;
}

void
paper_free(Paper *paper)
{
  if (!paper)
    return;
  paper_roll_free(paper->roll);
  escpos_stream_free(paper->stream);
  g_array_unref(paper->row);
  byte_decoder_free(paper->bytes);
  g_byte_array_unref(paper->content);
  raster_free(paper->graphics);
  g_free(paper);
}

void
paper_watch(Paper *paper, PaperWatch watch, gpointer data)
{
  paper->watch = watch;
  paper->data = data;
}

void
paper_feed(Paper *paper, const guint8 *bytes, gsize length)
{
  escpos_stream_feed(paper->stream, bytes, length);
}

char *
paper_text(const Paper *paper)
{
  return paper_roll_text(paper->roll);
}

int
paper_pulses(const Paper *paper)
{
  return paper->pulses;
}

int
paper_cuts(const Paper *paper)
{
  return (int)paper->roll->cuts;
}

void
paper_tear(Paper *paper)
{
  paper_roll_tear(paper->roll);
  paper->pulses = 0;
}

gint64
paper_length(const Paper *paper)
{
  return paper->roll->length;
}

void
paper_reset(Paper *paper)
{
  escpos_stream_reset(paper->stream);
  g_array_set_size(paper->row, 0);
  paper->x = 0;
  byte_decoder_drop(paper->bytes);
  g_byte_array_set_size(paper->content, 0);
  g_clear_pointer(&paper->graphics, raster_free);
  paper_state_reset(&paper->state, paper->roll->dots);
}

bool
paper_save_png(const Paper *paper, const char *path, GError **error)
{
  return paper_picture_save(paper->roll, path, error);
}
