#include "drivers/paper_picture.h"

#include <cairo.h>

#include "drivers/glyphs.h"

#define MARGIN  32    /* dots at the sides, where no head reaches */
#define TOP     24    /* above the first and below the last row */
#define LONGEST 32000 /* cairo's limit for a picture, and a bit to spare */
#define WHITE   0.995
#define INK     0.10

static void
draw_raster(cairo_t *cr, const Raster *raster, int left, int top)
{
  cairo_surface_t *mask =
      cairo_image_surface_create(CAIRO_FORMAT_A8, raster->width, raster->height);
  guint8 *ink = cairo_image_surface_get_data(mask);
  int stride = cairo_image_surface_get_stride(mask);

  cairo_surface_flush(mask);
  for (int y = 0; ink && y < raster->height; y++)
    for (int x = 0; x < raster->width; x++)
      ink[y * stride + x] = raster_is_black(raster, x, y) ? 0xff : 0;
  cairo_surface_mark_dirty(mask);
  cairo_mask_surface(cr, mask, left, top);
  cairo_surface_destroy(mask);
}

static void
draw_character(cairo_t *cr, Glyphs *glyphs, const PaperCell *cell, int x, int y)
{
  char utf8[7] = {0};
  int columns = cell->is_full ? 2 : 1;

  if (cell->is_white_on_black) {
    cairo_rectangle(cr, x, y, cell->width, cell->height);
    cairo_fill(cr);
    cairo_set_source_rgb(cr, WHITE, WHITE, WHITE);
  }
  g_unichar_to_utf8(cell->character, utf8);
  if (cell->character != ' ')
    glyphs_draw(glyphs,
                utf8,
                (GlyphCell){.x = x,
                            .y = y,
                            .columns = columns,
                            .across = cell->width / (double)(columns * GLYPH_WIDTH),
                            .down = cell->height / (double)GLYPH_HEIGHT,
                            .bold = cell->is_bold});
  cairo_set_source_rgb(cr, INK, INK, INK);
  if (cell->is_underlined) {
    cairo_rectangle(cr, x, y + cell->height, cell->width, 1);
    cairo_fill(cr);
  }
}

static void
draw_row(cairo_t *cr, Glyphs *glyphs, const PaperStrip *strip, int top)
{
  int tallest = 0;
  for (guint i = 0; i < strip->cells->len; i++)
    tallest = MAX(tallest, g_array_index(strip->cells, PaperCell, i).height);
  int foot = top + (strip->height + tallest) / 2;

  for (guint i = 0; i < strip->cells->len; i++) {
    const PaperCell *cell = &g_array_index(strip->cells, PaperCell, i);
    int y = foot - cell->height;
    if (cell->picture)
      draw_raster(cr, cell->picture, MARGIN + cell->x, y);
    else
      draw_character(cr, glyphs, cell, MARGIN + cell->x, y);
  }
}

static void
draw_caption(cairo_t *cr, Glyphs *glyphs, const PaperStrip *strip, int top)
{
  int width = (int)g_utf8_strlen(strip->caption, -1) * GLYPH_WIDTH;
  int middle = strip->x + (strip->symbol ? strip->symbol->width / 2 : 0);
  GlyphCell cell = {.x = MARGIN + MAX(middle - width / 2, 0),
                    .y = top + 3,
                    .columns = 1,
                    .across = 1,
                    .down = 1};

  for (const char *c = strip->caption; *c; c = g_utf8_next_char(c)) {
    char utf8[7] = {0};
    g_unichar_to_utf8(g_utf8_get_char(c), utf8);
    glyphs_draw(glyphs, utf8, cell);
    cell.x += GLYPH_WIDTH;
  }
}

static void
draw_cut(cairo_t *cr, int width, int y)
{
  static const double DASHES[] = {10, 6};

  cairo_save(cr);
  cairo_set_source_rgb(cr, 0.6, 0.6, 0.6);
  cairo_set_dash(cr, DASHES, G_N_ELEMENTS(DASHES), 0);
  cairo_set_line_width(cr, 2);
  cairo_move_to(cr, 0, y);
  cairo_line_to(cr, width, y);
  cairo_stroke(cr);
  cairo_restore(cr);
}

static void
draw_strip(cairo_t *cr, Glyphs *glyphs, const PaperStrip *strip, int top, int width)
{
  switch (strip->kind) {
  case STRIP_ROW:
    draw_row(cr, glyphs, strip, top);
    break;
  case STRIP_SYMBOL:
    if (strip->symbol)
      draw_raster(cr, strip->symbol, MARGIN + strip->x, top);
    if (strip->caption)
      draw_caption(cr, glyphs, strip, top + (strip->symbol ? strip->symbol->height : 0));
    break;
  case STRIP_CUT:
    draw_cut(cr, width, top);
    break;
  case STRIP_FEED:
    break;
  }
}

/* From the end, so that of a very long paper the newest part is seen. */
static void
draw(cairo_t *cr, const PaperRoll *roll, int width, int height)
{
  Glyphs *glyphs = glyphs_new(cr);
  int bottom = height - TOP;

  cairo_set_source_rgb(cr, WHITE, WHITE, WHITE);
  cairo_paint(cr);
  cairo_set_source_rgb(cr, INK, INK, INK);
  for (GList *link = roll->strips.tail; link && bottom > 0; link = link->prev) {
    const PaperStrip *strip = link->data;
    bottom -= strip->height;
    draw_strip(cr, glyphs, strip, bottom, width);
  }
  glyphs_free(glyphs);
}

bool
paper_picture_save(const PaperRoll *roll, const char *path, GError **error)
{
  gint64 length = 0;
  for (GList *link = roll->strips.head; link; link = link->next)
    length += ((const PaperStrip *)link->data)->height;
  int width = roll->dots + 2 * MARGIN;
  int height = (int)MIN(length + 2L * TOP, LONGEST);

  cairo_surface_t *surface =
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create(surface);
  draw(cr, roll, width, height);
  cairo_destroy(cr);
  cairo_status_t status = cairo_surface_write_to_png(surface, path);
  cairo_surface_destroy(surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return true;
  g_set_error(error,
              G_FILE_ERROR,
              G_FILE_ERROR_FAILED,
              "%s: %s",
              path,
              cairo_status_to_string(status));
  return false;
}
