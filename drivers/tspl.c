#include "drivers/tspl.h"

#include <string.h>

#include "app/domain/document.h"
#include "drivers/label_ink.h"

#define FONT        "TSS24.BF2"
#define FONT_HEIGHT 24
#define MOST_TIMES  4

typedef struct {
  GByteArray *out;
  const Label *label;
} Job;

G_GNUC_PRINTF(2, 3)
static void
add(Job *job, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  g_autofree char *text = g_strdup_vprintf(format, args);
  va_end(args);
  g_byte_array_append(job->out, (const guint8 *)text, (guint)strlen(text));
}

/* A quotation mark ends a text and a backslash may begin an escape, also as the second
 * byte of a Chinese character. */
static bool
is_safe(const char *bytes, gsize length)
{
  return length > 0 && !memchr(bytes, '"', length) && !memchr(bytes, '\\', length);
}

static bool
font_has(gunichar c)
{
  char utf8[6];
  gsize length = 0;

  if (c >= ' ' && c < 0x7f)
    return c != '"' && c != '\\';
  int n = g_unichar_to_utf8(c, utf8);
  g_autofree char *one = g_strndup(utf8, (gsize)n);
  g_autofree char *gbk = g_convert(utf8, n, "GBK", "UTF-8", NULL, &length, NULL);
  return gbk && length == 2 && document_width(one) == 2 && is_safe(gbk, length);
}

bool
tspl_has_font(const char *text, int letter)
{
  if (letter % FONT_HEIGHT || letter / FONT_HEIGHT > MOST_TIMES)
    return false;
  for (const char *p = text; *p; p = g_utf8_next_char(p))
    if (!font_has(g_utf8_get_char(p)))
      return false;
  return true;
}

static void
add_font_text(Job *job, int x, int y, int letter, const char *text)
{
  gsize length = 0;
  g_autofree char *gbk = g_convert(text, -1, "GBK", "UTF-8", NULL, &length, NULL);
  int times = letter / FONT_HEIGHT;

  add(job, "TEXT %d,%d,\"" FONT "\",0,%d,%d,\"", x, y, times, times);
  g_byte_array_append(job->out, (const guint8 *)gbk, (guint)length);
  add(job, "\"\r\n");
}

/* A printer of this language burns what is 0. */
static void
add_picture(Job *job, int x, int y, const Raster *raster)
{
  add(job, "BITMAP %d,%d,%d,%d,0,", x, y, raster->stride, raster->height);
  for (int row = 0; row < raster->height; row++)
    for (int i = 0; i < raster->stride; i++) {
      guint8 byte = (guint8)~raster->bits[row * raster->stride + i];
      g_byte_array_append(job->out, &byte, 1);
    }
  add(job, "\r\n");
}

static void
add_text(Job *job, const LabelItem *item)
{
  if (!tspl_has_font(item->text, item->letter)) {
    g_autoptr(Raster) ink = label_ink_text(item->text, item->letter, item->bold);
    add_picture(job, item->x, item->y, ink);
    return;
  }
  add_font_text(job, item->x, item->y, item->letter, item->text);
  if (item->bold) /* struck twice, a dot apart */
    add_font_text(job, item->x + 1, item->y, item->letter, item->text);
}

static void
add_mark(Job *job, const LabelItem *item)
{
  if (!tspl_has_font(item->text, item->letter)) {
    g_autoptr(Raster) ink =
        label_ink_mark(item->text, item->letter, item->width, item->height);
    add_picture(job, item->x, item->y, ink);
    return;
  }
  int width = document_width(item->text) * item->letter / 2;
  add_font_text(job,
                item->x + (item->width - width) / 2,
                item->y + (item->height - item->letter) / 2,
                item->letter,
                item->text);
  add(job, "REVERSE %d,%d,%d,%d\r\n", item->x, item->y, item->width, item->height);
}

static void
add_code(Job *job, const LabelItem *item)
{
  static const char *const NAMES[] = {
      [LABEL_EAN13] = "EAN13", [LABEL_EAN8] = "EAN8", [LABEL_CODE128] = "128"};
  LabelCodeKind kind = label_code_kind(item->text);

  if (!is_safe(item->text, strlen(item->text)))
    return;
  add(job,
      "BARCODE %d,%d,\"%s\",%d,0,0,%d,%d,\"%s\"\r\n",
      item->x,
      item->y,
      NAMES[kind],
      item->height,
      item->letter,
      item->letter,
      item->text);
}

static void
add_item(Job *job, const LabelItem *item)
{
  switch (item->kind) {
  case LABEL_TEXT:
    add_text(job, item);
    break;
  case LABEL_MARK:
    add_mark(job, item);
    break;
  case LABEL_RULE:
    add(job, "BAR %d,%d,%d,%d\r\n", item->x, item->y, item->width, item->height);
    break;
  case LABEL_CODE:
    add_code(job, item);
    break;
  case LABEL_QR:
    if (is_safe(item->text, strlen(item->text)))
      add(job,
          "QRCODE %d,%d,M,%d,A,0,\"%s\"\r\n",
          item->x,
          item->y,
          item->letter,
          item->text);
    break;
  }
}

GBytes *
tspl_encode(const Label *label)
{
  Job job = {g_byte_array_new(), label};

  add(&job,
      "SIZE %d mm,%d mm\r\n",
      label->width / LABEL_DOTS_PER_MM,
      label->height / LABEL_DOTS_PER_MM);
  /* What was interrupted is sent again by us: the printer's own second try would double
   * it. */
  add(&job,
      "GAP %d mm,0 mm\r\nSET REPRINT OFF\r\nDIRECTION 1\r\nREFERENCE 0,0\r\nCLS\r\n",
      TSPL_GAP_MM);
  for (guint i = 0; i < label->items->len; i++)
    add_item(&job, label->items->pdata[i]);
  add(&job, "PRINT 1,1\r\n");
  return g_byte_array_free_to_bytes(job.out);
}
