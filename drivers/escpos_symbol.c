#include "drivers/escpos_symbol.h"

#include <string.h>

#include "app/domain/barcode.h"

#define QR_DOTS    6   /* of a module, 0.75 mm */
#define QR_MOST    200 /* bytes of content that every printer's own QR code takes */
#define BAR_HEIGHT 80
#define BAR_WIDTH  2
#define CODE_MOST  100 /* characters of a bar code */

/* GS ( k with function 49, 67 … of symbol 49: QR code. */
static void
put_qr_function(EscposJob *job, int function, const void *parameters, gsize length)
{
  ESCPOS_PUT(job, GS "(k");
  escpos_put_le16(job, length + 2);
  escpos_put_byte(job, '1');
  escpos_put_byte(job, function);
  escpos_put(job, parameters, length);
}

static void
put_own_qr(EscposJob *job, const char *content, gsize length)
{
  static const guint8 SIZE = QR_DOTS;

  ESCPOS_PUT(job, ESC "a\x01");
  put_qr_function(job, 65, "2\0", 2);
  put_qr_function(job, 67, &SIZE, 1);
  put_qr_function(job, 69, "1", 1);
  ESCPOS_PUT(job, GS "(k");
  escpos_put_le16(job, length + 3);
  ESCPOS_PUT(job, "1P0");
  escpos_put(job, content, length);
  put_qr_function(job, 81, "0", 1);
  ESCPOS_PUT(job, ESC "a\0");
}

/* @return what is to be printed under it as text, NULL: nothing. */
static const char *
put_qr(EscposJob *job, const char *content)
{
  gsize length = strlen(content);

  if (job->profile->has_qr && length && length <= QR_MOST) {
    put_own_qr(job, content, length);
    return NULL;
  }
  Raster *picture = raster_symbol(RASTER_QR, content, job->profile->dots);
  if (!picture)
    return content;
  escpos_put_picture(job, picture);
  return NULL;
}

static bool
is_set_b(const char *content, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (content[i] < 0x20 || content[i] > 0x7e)
      return false;
  return length > 0 && length < CODE_MOST;
}

static bool
is_code39(const char *content, gsize length)
{
  return length > 0 &&
         strspn(content, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ -.$/+%") == length;
}

static bool
is_itf(const char *content, gsize length)
{
  return length > 0 && length % 2 == 0 && strspn(content, "0123456789") == length;
}

static bool
is_trade_code(const char *content, gsize length, gsize digits)
{
  return length == digits && strspn(content, "0123456789") == digits &&
         barcode_check_digit(content, (int)digits - 1) == content[digits - 1];
}

static bool
is_ean13(const char *content, gsize length)
{
  return is_trade_code(content, length, 13);
}

static bool
is_ean8(const char *content, gsize length)
{
  return is_trade_code(content, length, 8);
}

static bool
is_upca(const char *content, gsize length)
{
  return is_trade_code(content, length, 12);
}

/* GS k m; a symbol's width is @each modules a character and @more. */
static const struct {
  guint8 system;
  int each, more;
  RasterSymbol drawn;
  bool (*can_say)(const char *content, gsize length);
} CODES[N_DOC_CODES] = {
    [DOC_CODE128] = {73, 11, 35, RASTER_CODE128, is_set_b},
    [DOC_EAN13] = {67, 0, 95, RASTER_EAN13, is_ean13},
    [DOC_EAN8] = {68, 0, 67, RASTER_EAN8, is_ean8},
    [DOC_UPCA] = {65, 0, 95, RASTER_UPCA, is_upca},
    [DOC_CODE39] = {69, 16, 32, RASTER_CODE39, is_code39},
    [DOC_ITF] = {70, 9, 9, RASTER_ITF, is_itf},
};

/* In a Code 128 a lone { starts a command, so it is sent twice. */
static char *
in_set_b(const char *content)
{
  g_auto(GStrv) parts = g_strsplit(content, "{", -1);
  g_autofree char *doubled = g_strjoinv("{{", parts);
  return g_strconcat("{B", doubled, NULL);
}

static void
put_own_bars(EscposJob *job, DocCode code, const char *content)
{
  g_autofree char *data = code == DOC_CODE128 ? in_set_b(content) : g_strdup(content);
  gsize length = strlen(data);

  ESCPOS_PUT(job, ESC "a\x01" GS "H\x02" GS "h");
  escpos_put_byte(job, BAR_HEIGHT);
  ESCPOS_PUT(job, GS "w");
  escpos_put_byte(job, BAR_WIDTH);
  ESCPOS_PUT(job, GS "k");
  escpos_put_byte(job, CODES[code].system);
  escpos_put_byte(job, (int)length);
  escpos_put(job, data, length);
  ESCPOS_PUT(job, ESC "a\0");
}

static const char *
put_drawn_bars(EscposJob *job, DocCode code, const char *content)
{
  Raster *picture = raster_symbol(CODES[code].drawn, content, job->profile->dots);
  if (!picture)
    return put_qr(job, content);
  escpos_put_picture(job, picture);
  return content;
}

/* Drawn bars may change to pairs of digits and fit where the printer's do not; what no
 * bar code can say, or the paper is too narrow for, becomes a QR code. */
static const char *
put_bars(EscposJob *job, DocCode code, const char *content)
{
  gsize length = strlen(content);

  if (!CODES[code].can_say(content, length))
    code = DOC_CODE128;
  if (!CODES[code].can_say(content, length))
    return put_qr(job, content);
  int width = ((int)length * CODES[code].each + CODES[code].more) * BAR_WIDTH;
  if (!job->profile->has_bars || width > job->profile->dots)
    return put_drawn_bars(job, code, content);
  put_own_bars(job, code, content);
  return NULL;
}

const char *
escpos_put_symbol(EscposJob *job, const DocLine *line)
{
  const char *content = line->cells[0].text;
  ESCPOS_PUT(job, ESC "J\x10");
  return line->kind == DOC_QR ? put_qr(job, content) : put_bars(job, line->code, content);
}
