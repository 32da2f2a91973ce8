#include "drivers/escpos.h"

#include <string.h>

#include "drivers/raster.h"

#define ESC "\x1b"
#define FS  "\x1c"
#define GS  "\x1d"

#define SLICE      255 /* rows of one picture command; more is too much for clones */
#define QR_DOTS    6   /* of a module, 0.75 mm */
#define QR_MOST    200 /* bytes of content that every printer's own QR code takes */
#define BAR_HEIGHT 80
#define BAR_WIDTH  2
#define CUT_FEED   24 /* dots of paper left under the last line */

static const EscposProfile GENERIC_80 = {
    .name = "generic-80",
    .columns = 48,
    .dots = 576,
    .has_gb18030 = true,
    .has_cutter = true,
    .has_qr = true,
    .has_status = true,
};
static const EscposProfile GENERIC_58 = {
    .name = "generic-58",
    .columns = 32,
    .dots = 384,
    .has_gb18030 = true,
    .has_qr = true,
    .has_status = true,
};
static const EscposProfile CLONE_80 = {
    .name = "clone-80",
    .columns = 48,
    .dots = 576,
    .has_cutter = true,
};
static const EscposProfile *const PROFILES[] = {
    &GENERIC_80, &GENERIC_58, &CLONE_80, NULL};

typedef struct {
  GByteArray *out; /* owned */
  const EscposProfile *profile;
  DocStyle style; /* as the printer has it now */
} Job;

static void
put(Job *job, const void *bytes, gsize length)
{
  g_byte_array_append(job->out, bytes, (guint)length);
}

#define PUT(job, literal) put(job, literal, sizeof(literal) - 1)

static void
put_byte(Job *job, int byte)
{
  guint8 b = (guint8)byte;
  put(job, &b, 1);
}

static void
put_le16(Job *job, gsize value)
{
  put_byte(job, value & 0xff);
  put_byte(job, value >> 8 & 0xff);
}

/* Rows A1-A9 of GB 2312: what is assigned there, as first and last trail byte. */
static const struct {
  guint8 lead, first, last;
} GB2312_SIGNS[] = {{0xa1, 0xa1, 0xfe},
                    {0xa2, 0xb1, 0xe2},
                    {0xa2, 0xe5, 0xee},
                    {0xa2, 0xf1, 0xfc},
                    {0xa3, 0xa1, 0xfe},
                    {0xa4, 0xa1, 0xf3},
                    {0xa5, 0xa1, 0xf6},
                    {0xa6, 0xa1, 0xb8},
                    {0xa6, 0xc1, 0xd8},
                    {0xa7, 0xa1, 0xc1},
                    {0xa7, 0xd1, 0xf1},
                    {0xa8, 0xa1, 0xba},
                    {0xa8, 0xc5, 0xe9},
                    {0xa9, 0xa4, 0xef}};

static bool
is_gb2312(guint8 lead, guint8 trail)
{
  for (gsize i = 0; i < G_N_ELEMENTS(GB2312_SIGNS); i++)
    if (lead == GB2312_SIGNS[i].lead && trail >= GB2312_SIGNS[i].first &&
        trail <= GB2312_SIGNS[i].last)
      return true;
  return lead >= 0xb0 && lead <= 0xf7 && trail >= 0xa1 && trail <= 0xfe &&
         !(lead == 0xd7 && trail >= 0xfa);
}

/* The Han characters that GBK has beyond GB 2312; its last row was re-assigned too often.
 */
static bool
is_gbk_han(guint8 lead, guint8 trail)
{
  if (trail < 0x40 || trail == 0x7f || trail == 0xff)
    return false;
  return (lead >= 0x81 && lead <= 0xa0) ||
         (lead >= 0xaa && lead <= 0xfd && trail <= 0xa0);
}

/* One character of GB18030 bytes. @return its length when the printer has it, else 0. */
static gsize
printable(const EscposProfile *profile, const guint8 *at, gsize left)
{
  if (at[0] >= 0x20 && at[0] < 0x7f)
    return 1;
  if (at[0] < 0x81 || left < 2)
    return 0;
  if (is_gb2312(at[0], at[1]) || (profile->has_gb18030 && is_gbk_han(at[0], at[1])))
    return 2;
  return 0;
}

/* Every character is in the printer's font, and takes there the columns that the layout
 * counted for it: the fonts draw every two-byte character in a full cell. */
static bool
suits(const EscposProfile *profile, const char *row, const guint8 *gb, gsize length)
{
  gsize at = 0;

  for (; *row; row = g_utf8_next_char(row)) {
    gsize bytes = at < length ? printable(profile, gb + at, length - at) : 0;
    char character[7] = {0};
    g_unichar_to_utf8(g_utf8_get_char(row), character);
    if (!bytes || document_width(character) != (int)bytes)
      return false;
    at += bytes;
  }
  return at == length;
}

/* Text comes from people and from central: a control character in a name would be an
 * order to the printer. */
static char *
without_controls(const char *row)
{
  char *clean = g_utf8_make_valid(row, -1);

  for (char *c = clean; *c; c++)
    if ((guchar)*c < 0x20 || *c == 0x7f)
      *c = ' ';
  return clean;
}

static void
put_style(Job *job, DocStyle style)
{
  if ((style ^ job->style) & DOC_BOLD) {
    PUT(job, ESC "E");
    put_byte(job, style & DOC_BOLD ? 1 : 0);
  }
  if ((style ^ job->style) & (DOC_TALL | DOC_WIDE)) {
    PUT(job, GS "!");
    put_byte(job, (style & DOC_WIDE ? 0x10 : 0) | (style & DOC_TALL ? 0x01 : 0));
  }
  job->style = style;
}

/* GS v 0. Takes @picture. */
static void
put_picture(Job *job, Raster *picture)
{
  raster_disarm(picture);
  for (int row = 0; row < picture->height; row += SLICE) {
    int rows = MIN(SLICE, picture->height - row);
    gsize stride = (gsize)picture->stride;
    put(job, GS "v0\0", 4);
    put_le16(job, stride);
    put_le16(job, (gsize)rows);
    put(job, picture->bits + (gsize)row * stride, (gsize)rows * stride);
  }
  raster_free(picture);
}

static void
put_row(Job *job, const char *row, DocStyle style)
{
  g_autofree char *text = without_controls(row);
  gsize length = 0;
  g_autofree char *gb = g_convert(text, -1, "GB18030", "UTF-8", NULL, &length, NULL);

  g_strchomp(text);
  while (gb && length && gb[length - 1] == ' ')
    length--;
  if (!gb || !suits(job->profile, text, (const guint8 *)gb, length)) {
    put_picture(job, raster_text(text, style, job->profile->dots));
    return;
  }
  if (length)
    put_style(job, style);
  put(job, gb, length);
  PUT(job, "\n");
}

static void
put_rows(Job *job, const DocLine *line)
{
  g_autoptr(GPtrArray) rows = document_lay_out(line, job->profile->columns);
  for (guint i = 0; i < rows->len; i++)
    put_row(job, g_ptr_array_index(rows, i), line->style);
}

/* GS ( k with function 49, 67 … of symbol 49: QR code. */
static void
put_qr_function(Job *job, int function, const void *parameters, gsize length)
{
  PUT(job, GS "(k");
  put_le16(job, length + 2);
  put_byte(job, '1');
  put_byte(job, function);
  put(job, parameters, length);
}

static void
put_own_qr(Job *job, const char *content, gsize length)
{
  static const guint8 SIZE = QR_DOTS;

  PUT(job, ESC "a\x01");
  put_qr_function(job, 65, "2\0", 2);
  put_qr_function(job, 67, &SIZE, 1);
  put_qr_function(job, 69, "1", 1);
  PUT(job, GS "(k");
  put_le16(job, length + 3);
  PUT(job, "1P0");
  put(job, content, length);
  put_qr_function(job, 81, "0", 1);
  PUT(job, ESC "a\0");
}

static void
put_qr(Job *job, const char *content)
{
  gsize length = strlen(content);
  Raster *picture = NULL;

  if (job->profile->has_qr && length && length <= QR_MOST) {
    put_own_qr(job, content, length);
    return;
  }
  picture = raster_symbol(RASTER_QR, content, job->profile->dots);
  if (picture)
    put_picture(job, picture);
  else
    put_row(job, content, DOC_NORMAL);
}

/* Width in dots of a Code 128 that uses set B only: start, check and stop take 35
 * modules. */
static int
code128_width(gsize length)
{
  return (int)(length * 11 + 35) * BAR_WIDTH;
}

static bool
is_set_b(const char *content, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (content[i] < 0x20 || content[i] > 0x7e)
      return false;
  return length > 0 && length < 100;
}

/* In a Code 128 a lone { starts a command, so it is sent twice. */
static void
put_own_code128(Job *job, const char *content, gsize length)
{
  g_autoptr(GString) set_b = g_string_new("{B");

  for (gsize i = 0; i < length; i++) {
    g_string_append_c(set_b, content[i]);
    if (content[i] == '{')
      g_string_append_c(set_b, '{');
  }
  PUT(job, ESC "a\x01" GS "H\x02" GS "h");
  put_byte(job, BAR_HEIGHT);
  PUT(job, GS "w");
  put_byte(job, BAR_WIDTH);
  PUT(job, GS "kI");
  put_byte(job, (int)set_b->len);
  put(job, set_b->str, set_b->len);
  PUT(job, ESC "a\0");
}

/* Drawn bars may change to pairs of digits and fit where the printer's do not; what no
 * bar code can say, or the paper is too narrow for, becomes a QR code. */
static void
put_code128(Job *job, const DocLine *line)
{
  const char *content = line->cells[0].text;
  gsize length = strlen(content);

  if (is_set_b(content, length) && code128_width(length) <= job->profile->dots) {
    put_own_code128(job, content, length);
    return;
  }
  Raster *picture = is_set_b(content, length)
                        ? raster_symbol(RASTER_CODE128, content, job->profile->dots)
                        : NULL;
  if (!picture) {
    put_qr(job, content);
    return;
  }
  put_picture(job, picture);
  DocLine below = {
      .kind = DOC_TEXT, .n_cells = 1, .cells = {{line->cells[0].text, ALIGN_CENTER, 0}}};
  put_rows(job, &below);
}

/* White above and below, which scanners need. */
static void
put_symbol(Job *job, const DocLine *line)
{
  PUT(job, ESC "J\x10");
  if (line->kind == DOC_QR)
    put_qr(job, line->cells[0].text);
  else
    put_code128(job, line);
  PUT(job, ESC "J\x10");
}

static void
put_line(Job *job, const DocLine *line)
{
  switch (line->kind) {
  case DOC_QR:
  case DOC_BARCODE:
    put_symbol(job, line);
    break;
  case DOC_FEED:
    PUT(job, "\n");
    break;
  case DOC_TEXT:
  case DOC_RULE:
    put_rows(job, line);
    break;
  }
}

/* Pin 2 of the drawer's socket, 50 ms on, 500 ms off. */
#define PULSE ESC "p\x00\x19\xfa"

static void
put_end(Job *job)
{
  put_style(job, DOC_NORMAL);
  if (job->profile->has_cutter) {
    PUT(job, GS "VB");
    put_byte(job, CUT_FEED);
  } else {
    PUT(job, ESC "d\x04");
  }
}

const EscposProfile *
escpos_profile(const char *name)
{
  for (int i = 0; PROFILES[i]; i++)
    if (g_strcmp0(PROFILES[i]->name, name) == 0)
      return PROFILES[i];
  return NULL;
}

const EscposProfile *const *
escpos_profiles(void)
{
  return PROFILES;
}

GBytes *
escpos_encode(const Document *document, const EscposProfile *profile)
{
  Job job = {g_byte_array_new(), profile, DOC_NORMAL};

  PUT(&job, ESC "@");
  if (document->open_drawer)
    PUT(&job, PULSE);
  PUT(&job, FS "&");
  for (guint i = 0; i < document->lines->len; i++)
    put_line(&job, g_ptr_array_index(document->lines, i));
  put_end(&job);
  return g_byte_array_free_to_bytes(job.out);
}

GBytes *
escpos_drawer_pulse(void)
{
  return g_bytes_new_static(PULSE, sizeof PULSE - 1);
}
