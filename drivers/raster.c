#include "drivers/raster.h"

#include <cairo.h>
#include <string.h>

#include "drivers/decode.h"
#include "drivers/glyphs.h"

#define LINE      30  /* dots of a line of text; tall ones touch */
#define INK       100 /* of 255; from here a dot is black */
#define QR_MODULE 6   /* dots; 0.75 mm, what phones read at arm's length */
#define BAR_WIDTH 2   /* dots of the narrowest bar */
#define BAR_TALL  80

Raster *
raster_new(int width, int height)
{
  Raster *raster = g_new(Raster, 1);
  int stride = (width + 7) / 8;
  *raster = (Raster){width, height, stride, g_malloc0((gsize)stride * (gsize)height)};
  return raster;
}

void
raster_free(Raster *raster)
{
  if (!raster)
    return;
  g_free(raster->bits);
  g_free(raster);
}

bool
raster_is_black(const Raster *raster, int x, int y)
{
  if (x < 0 || y < 0 || x >= raster->width || y >= raster->height)
    return false;
  return raster->bits[y * raster->stride + x / 8] >> (7 - x % 8) & 1;
}

void
raster_blacken(Raster *raster, int x, int y, int width, int height)
{
  int right = MIN(x + width, raster->width), bottom = MIN(y + height, raster->height);

  for (int row = MAX(y, 0); row < bottom; row++)
    for (int dot = MAX(x, 0); dot < right; dot++)
      raster->bits[row * raster->stride + dot / 8] |= (guint8)(0x80 >> dot % 8);
}

static bool
is_mark(gunichar c)
{
  return g_unichar_combining_class(c) ||
         g_unichar_type(c) == G_UNICODE_NON_SPACING_MARK ||
         g_unichar_type(c) == G_UNICODE_ENCLOSING_MARK;
}

/* The next character with its combining marks. @return where the one after begins. */
static const char *
take_character(const char *text, char *ret, gsize room)
{
  const char *end = g_utf8_next_char(text);
  while (*end && is_mark(g_utf8_get_char(end)) &&
         (gsize)(g_utf8_next_char(end) - text) < room)
    end = g_utf8_next_char(end);
  gsize length = (gsize)(end - text);
  memcpy(ret, text, length);
  ret[length] = '\0';
  return end;
}

static void
draw_row(cairo_t *cr, const char *row, DocStyle style)
{
  Glyphs *glyphs = glyphs_new(cr);
  bool is_tall = style & DOC_TALL;
  GlyphCell cell = {.y = is_tall ? 0 : (LINE - GLYPH_HEIGHT) / 2,
                    .across = style & DOC_WIDE ? 2 : 1,
                    .down = is_tall ? 2 : 1,
                    .bold = style & DOC_BOLD};
  char character[64];

  while (*row) {
    row = take_character(row, character, sizeof character);
    cell.columns = document_width(character);
    if (cell.columns > 0 && strcmp(character, " ") != 0)
      glyphs_draw(glyphs, character, cell);
    cell.x += cell.columns * GLYPH_WIDTH * cell.across;
  }
  glyphs_free(glyphs);
}

/* Ink of a grey picture that is dark enough becomes dots. */
static Raster *
of_surface(cairo_surface_t *surface)
{
  cairo_surface_flush(surface);
  const guint8 *ink = cairo_image_surface_get_data(surface);
  int stride = cairo_image_surface_get_stride(surface);
  Raster *raster = raster_new(cairo_image_surface_get_width(surface),
                              cairo_image_surface_get_height(surface));

  for (int y = 0; y < raster->height; y++)
    for (int x = 0; x < raster->width; x++)
      if (ink[y * stride + x] >= INK)
        raster->bits[y * raster->stride + x / 8] |= (guint8)(0x80 >> x % 8);
  return raster;
}

Raster *
raster_text(const char *row, DocStyle style, int width)
{
  int height = MAX(GLYPH_HEIGHT * (style & DOC_TALL ? 2 : 1), LINE);
  cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, width, height);
  cairo_t *cr = cairo_create(surface);

  draw_row(cr, row, style);
  Raster *raster = of_surface(surface);
  cairo_destroy(cr);
  cairo_surface_destroy(surface);
  return raster;
}

static Raster *
enlarged(const SymbolModules *symbol, int width, int across, int down)
{
  Raster *raster = raster_new(width, symbol->height * down);
  int left = (width - symbol->width * across) / 2;

  for (int y = 0; y < symbol->height; y++)
    for (int x = 0; x < symbol->width; x++)
      if (symbol->modules[y * symbol->width + x])
        raster_blacken(raster, left + x * across, y * down, across, down);
  return raster;
}

Raster *
raster_symbol(RasterSymbol kind, const char *content, int width)
{
  static const char *const NAMES[] = {
      "QRCode", "Code128", "EAN-13", "EAN-8", "UPC-A", "Code39", "ITF"};
  bool is_qr = kind == RASTER_QR;
  g_autoptr(SymbolModules) symbol = symbol_encode(NAMES[kind], content, strlen(content));

  if (!symbol)
    return NULL;
  int module = MIN(width / symbol->width, is_qr ? QR_MODULE : BAR_WIDTH);
  if (module < (is_qr ? 2 : BAR_WIDTH))
    return NULL;
  return enlarged(symbol, width, module, is_qr ? module : BAR_TALL);
}

void
raster_disarm(Raster *raster)
{
  gsize length = (gsize)raster->stride * (gsize)raster->height;

  for (gsize i = 0; i + 1 < length; i++)
    if (raster->bits[i] == 0x10 &&
        (raster->bits[i + 1] == 0x04 || raster->bits[i + 1] == 0x05 ||
         raster->bits[i + 1] == 0x14))
      raster->bits[i] = 0x18;
}
