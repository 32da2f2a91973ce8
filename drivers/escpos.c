#include "drivers/escpos.h"

#include <string.h>

#include "drivers/escpos_job.h"
#include "drivers/escpos_symbol.h"
#include "drivers/raster_picture.h"

#define CUT_FEED     24  /* dots of paper left under the last line */
#define PICTURE_TALL 240 /* dots; 30 mm of paper for a shop's picture at most */

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
  if (at[0] < 0x81 || left < 2 || !profile->has_chinese)
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
put_style(EscposJob *job, DocStyle style)
{
  if ((style ^ job->style) & DOC_BOLD) {
    ESCPOS_PUT(job, ESC "E");
    escpos_put_byte(job, style & DOC_BOLD ? 1 : 0);
  }
  if ((style ^ job->style) & (DOC_TALL | DOC_WIDE)) {
    ESCPOS_PUT(job, GS "!");
    escpos_put_byte(job, (style & DOC_WIDE ? 0x10 : 0) | (style & DOC_TALL ? 0x01 : 0));
  }
  job->style = style;
}

static void
put_row(EscposJob *job, const char *row, DocStyle style)
{
  g_autofree char *text = without_controls(row);
  gsize length = 0;
  g_autofree char *gb = g_convert(text, -1, "GB18030", "UTF-8", NULL, &length, NULL);

  g_strchomp(text);
  while (gb && length && gb[length - 1] == ' ')
    length--;
  if (!gb || !suits(job->profile, text, (const guint8 *)gb, length)) {
    escpos_put_picture(job, raster_text(text, style, job->profile->dots));
    return;
  }
  if (length)
    put_style(job, style);
  escpos_put(job, gb, length);
  ESCPOS_PUT(job, "\n");
}

static void
put_rows(EscposJob *job, const DocLine *line)
{
  g_autoptr(GPtrArray) rows = document_lay_out(line, job->profile->columns);
  for (guint i = 0; i < rows->len; i++)
    put_row(job, g_ptr_array_index(rows, i), line->style);
}

/* White above and below, which scanners need. */
static void
put_symbol(EscposJob *job, const DocLine *line)
{
  const char *under = escpos_put_symbol(job, line);
  DocLine below = {.kind = DOC_TEXT, .n_cells = 1, .cells = {{under, ALIGN_CENTER, 0}}};

  if (under)
    put_rows(job, &below);
  ESCPOS_PUT(job, ESC "J\x10");
}

static void
put_shops_picture(EscposJob *job, GBytes *file)
{
  Raster *picture = raster_picture(file, job->profile->dots, PICTURE_TALL);
  if (picture)
    escpos_put_picture(job, picture);
}

static void
put_line(EscposJob *job, const DocLine *line)
{
  switch (line->kind) {
  case DOC_QR:
  case DOC_BARCODE:
    put_symbol(job, line);
    break;
  case DOC_FEED:
    ESCPOS_PUT(job, "\n");
    break;
  case DOC_PICTURE:
    put_shops_picture(job, line->picture);
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
put_end(EscposJob *job)
{
  put_style(job, DOC_NORMAL);
  if (job->profile->has_cutter) {
    escpos_put(job, job->profile->cuts_whole ? GS "VA" : GS "VB", 3);
    escpos_put_byte(job, CUT_FEED);
  } else {
    ESCPOS_PUT(job, ESC "d\x04");
  }
}

const EscposProfile *
escpos_profile(const char *name)
{
  for (int i = 0; ESCPOS_PROFILES[i]; i++)
    if (g_strcmp0(ESCPOS_PROFILES[i]->name, name) == 0)
      return ESCPOS_PROFILES[i];
  return NULL;
}

/* @said begins with @name, and its next character begins another word. @return how long
 * the match is. */
static gsize
names(const char *said, const char *name)
{
  gsize length = strlen(name);
  bool is_it = length && g_ascii_strncasecmp(said, name, length) == 0 &&
               !g_ascii_isalnum(said[length]);
  return is_it ? length : 0;
}

const EscposProfile *
escpos_profile_for(const char *maker, const char *model)
{
  const EscposProfile *best = NULL;
  gsize most = 0;

  for (int i = 0; ESCPOS_PROFILES[i]; i++) {
    const EscposProfile *one = ESCPOS_PROFILES[i];
    gsize length = MAX(names(model, one->name), names(model, one->model));
    bool is_theirs = !*maker || names(maker, one->vendor) || names(one->vendor, maker);
    if (*one->vendor && is_theirs && length > most) {
      best = one;
      most = length;
    }
  }
  return best;
}

const EscposProfile *const *
escpos_profiles(void)
{
  return ESCPOS_PROFILES;
}

GBytes *
escpos_encode(const Document *document, const EscposProfile *profile)
{
  EscposJob job = {g_byte_array_new(), profile, DOC_NORMAL};

  ESCPOS_PUT(&job, ESC "@");
  if (document->open_drawer)
    ESCPOS_PUT(&job, PULSE);
  if (profile->has_chinese)
    ESCPOS_PUT(&job, FS "&");
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
