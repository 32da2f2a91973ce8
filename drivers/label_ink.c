#include "drivers/label_ink.h"

#include <cairo.h>
#include <string.h>

#include "app/domain/document.h"
#include "drivers/glyphs.h"

#define INK  110 /* of 255; from here a dot is black */
#define ROOM 64  /* bytes of a character with its marks */

static const char *
take_character(const char *text, char ret[ROOM])
{
  const char *end = g_utf8_next_char(text);
  while (*end && g_unichar_combining_class(g_utf8_get_char(end)) &&
         g_utf8_next_char(end) - text < ROOM)
    end = g_utf8_next_char(end);
  g_strlcpy(ret, text, (gsize)(end - text) + 1);
  return end;
}

static void
draw(cairo_t *cr, const char *text, int letter, bool bold)
{
  Glyphs *glyphs = glyphs_new(cr);
  double size = (double)letter / GLYPH_HEIGHT;
  GlyphCell cell = {.across = size, .down = size, .bold = bold};
  char character[ROOM];

  while (*text) {
    text = take_character(text, character);
    cell.columns = document_width(character);
    if (cell.columns > 0 && strcmp(character, " ") != 0)
      glyphs_draw(glyphs, character, cell);
    cell.x += cell.columns * letter / 2.0;
  }
  glyphs_free(glyphs);
}

static bool
is_blank(const guint8 *ink, int width)
{
  for (int x = 0; x < width; x++)
    if (ink[x] >= INK)
      return false;
  return true;
}

static Raster *
of_surface(cairo_surface_t *surface, int least_height)
{
  cairo_surface_flush(surface);
  const guint8 *ink = cairo_image_surface_get_data(surface);
  int stride = cairo_image_surface_get_stride(surface);
  int width = cairo_image_surface_get_width(surface);
  int height = cairo_image_surface_get_height(surface);

  while (height > least_height &&
         is_blank(ink + (gsize)(height - 1) * (gsize)stride, width))
    height--;
  Raster *raster = raster_new(width, height);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      if (ink[y * stride + x] >= INK)
        raster_blacken(raster, x, y, 1, 1);
  return raster;
}

Raster *
label_ink_text(const char *text, int letter, bool bold)
{
  cairo_surface_t *surface =
      cairo_image_surface_create(CAIRO_FORMAT_A8,
                                 MAX(document_width(text) * letter / 2, 1),
                                 letter + MAX(letter / 6, 3));
  cairo_t *cr = cairo_create(surface);

  draw(cr, text, letter, bold);
  Raster *raster = of_surface(surface, letter);
  cairo_destroy(cr);
  cairo_surface_destroy(surface);
  return raster;
}

Raster *
label_ink_mark(const char *text, int letter, int width, int height)
{
  g_autoptr(Raster) ink = label_ink_text(text, letter, true);
  Raster *field = raster_new(width, height);
  int left = (width - ink->width) / 2, top = (height - letter) / 2;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      if (!raster_is_black(ink, x - left, y - top))
        raster_blacken(field, x, y, 1, 1);
  return field;
}

void
label_ink_lay(Raster *on, const Raster *ink, int x, int y, int quarters)
{
  for (int row = 0; row < ink->height; row++)
    for (int dot = 0; dot < ink->width; dot++) {
      if (!raster_is_black(ink, dot, row))
        continue;
      const int across[] = {dot, -row, -dot, row}, down[] = {row, dot, -row, -dot};
      raster_blacken(on, x + across[quarters & 3], y + down[quarters & 3], 1, 1);
    }
}
