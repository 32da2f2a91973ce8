#include "drivers/paper_symbol.h"

#include <string.h>

#include "drivers/decode.h"

static int
left_of(const PaperState *state, int width)
{
  int room = MAX(state->area - width, 0);
  return state->left + (state->align == ALIGN_CENTER  ? room / 2
                        : state->align == ALIGN_RIGHT ? room
                                                      : 0);
}

/* NULL when the printer could not draw it: wrong content, or wider than the paper. */
static Raster *
drawn(const PaperState *state, const SymbolModules *symbol, int across, int down)
{
  if (!symbol || symbol->width * across > state->area)
    return NULL;
  Raster *raster = raster_new(symbol->width * across, symbol->height * down);
  for (int y = 0; y < symbol->height; y++)
    for (int x = 0; x < symbol->width; x++)
      if (symbol->modules[y * symbol->width + x])
        raster_blacken(raster, x * across, y * down, across, down);
  return raster;
}

/* Takes @symbol (nullable). */
static void
add(PaperRoll *roll, const PaperState *state, Raster *symbol, char *text, char *caption)
{
  int x = left_of(state, symbol ? symbol->width : 0);
  paper_roll_symbol(roll, symbol, x, text, caption);
}

void
paper_symbol_matrix(PaperRoll *roll,
                    const PaperState *state,
                    int symbol,
                    const char *content,
                    gsize length)
{
  const char *name = symbol == 49 ? "QRCode" : "PDF417";
  g_autofree char *valid = g_utf8_make_valid(content, (gssize)length);
  g_autoptr(SymbolModules) modules = symbol_encode(name, valid, strlen(valid));

  add(roll,
      state,
      drawn(state, modules, state->qr_module, state->qr_module),
      g_strdup_printf("[%s %s]", symbol == 49 ? "QR" : "PDF417", valid),
      NULL);
}

static const char *
symbology_of(int system)
{
  static const char *const NAMES[] = {"UPC-A",
                                      "UPC-E",
                                      "EAN-13",
                                      "EAN-8",
                                      "Code39",
                                      "ITF",
                                      "Codabar",
                                      "Code93",
                                      "Code128"};
  int i = system >= 65 ? system - 65 : system;
  return i < (int)G_N_ELEMENTS(NAMES) ? NAMES[i] : "Code128";
}

/* "{B" chooses a code set, "{{" is a brace; in set C a byte is a pair of digits. */
static char *
code128_content(const guint8 *data, gsize length)
{
  GString *content = g_string_new(NULL);
  bool is_pairs = false;

  for (gsize i = 0; i < length; i++) {
    if (data[i] == '{' && i + 1 < length) {
      i++;
      is_pairs = data[i] == 'C' || (is_pairs && data[i] != 'A' && data[i] != 'B');
      if (data[i] == '{')
        g_string_append_c(content, '{');
    } else if (is_pairs && data[i] < 100) {
      g_string_append_printf(content, "%02d", data[i]);
    } else {
      g_string_append_c(content, (char)data[i]);
    }
  }
  return g_string_free(content, FALSE);
}

void
paper_symbol_bars(PaperRoll *roll,
                  const PaperState *state,
                  int system,
                  const guint8 *data,
                  gsize length)
{
  g_autofree char *raw = system == 73 ? code128_content(data, length)
                                      : g_strndup((const char *)data, length);
  g_autofree char *content = g_utf8_make_valid(raw, -1);
  g_autoptr(SymbolModules) bars =
      symbol_encode(symbology_of(system), content, strlen(content));

  for (char *c = content; *c; c++)
    if ((guchar)*c < 0x20)
      *c = ' ';
  add(roll,
      state,
      drawn(state, bars, state->bar_width, state->bar_height),
      g_strdup_printf("[BARCODE %s]", content),
      state->caption ? g_strdup(content) : NULL);
}

Raster *
paper_symbol_rows(const PaperState *state,
                  const guint8 *bits,
                  gsize stride,
                  gsize height,
                  int across,
                  int down)
{
  int width = (int)MIN(stride * 8 * (gsize)across, (gsize)MAX(state->area, 1));
  Raster *raster = raster_new(width, (int)height * down);

  for (int y = 0; y < raster->height; y++)
    for (int x = 0; x < width; x++) {
      int dot = x / across;
      if (bits[(gsize)(y / down) * stride + (gsize)dot / 8] >> (7 - dot % 8) & 1)
        raster_blacken(raster, x, y, 1, 1);
    }
  return raster;
}

/* Modes 0 and 1 have eight dots in a column, each three high; 0 and 32 are half as dense.
 */
Raster *
paper_symbol_columns(const PaperState *state, int mode, const guint8 *bits, gsize columns)
{
  int bytes = mode < 32 ? 1 : 3, down = mode < 32 ? 3 : 1, across = mode & 1 ? 1 : 2;
  int width = (int)MIN(columns * (gsize)across, (gsize)MAX(state->area, 1));
  Raster *raster = raster_new(width, 24);

  for (int x = 0; x < width; x++)
    for (int dot = 0; dot < bytes * 8; dot++) {
      const guint8 *column = bits + (gsize)(x / across) * (gsize)bytes;
      if (column[dot / 8] >> (7 - dot % 8) & 1)
        raster_blacken(raster, x, dot * down, 1, down);
    }
  return raster;
}

void
paper_symbol_picture(PaperRoll *roll, const PaperState *state, Raster *picture)
{
  add(roll,
      state,
      picture,
      g_strdup_printf("[picture %dx%d]", picture->width, picture->height),
      NULL);
}
