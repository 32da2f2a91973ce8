#include "drivers/pole.h"

#include <string.h>

#define ESC    0x1b
#define DIGITS 8

static const char *const NAMES[N_POLE_SHOWS] = {[POLE_GREETING] = "WELCOME",
                                                [POLE_CLOSED] = "CLOSED",
                                                [POLE_PRICE] = "PRICE",
                                                [POLE_TOTAL] = "TOTAL",
                                                [POLE_PAID] = "PAID",
                                                [POLE_CHANGE] = "CHANGE"};

#define FIELDS 6

static char *
plain(const char *text)
{
  return g_strdelimit(g_strdup(text ? text : ""), "\t\n\r", ' ');
}

/* "shows\tfigure\tleft\tright\tleft\tright" */
GBytes *
pole_command(const PoleText *text)
{
  GString *line = g_string_new(NULL);
  g_string_append_printf(line, "%d\t%" G_GINT64_FORMAT, text->shows, text->figure);
  for (int i = 0; i < 2; i++) {
    g_autofree char *left = plain(text->rows[i].left);
    g_autofree char *right = plain(text->rows[i].right);
    g_string_append_printf(line, "\t%s\t%s", left, right);
  }
  return g_string_free_to_bytes(line);
}

/* @return the fields (transfer full); NULL: no command. */
static char **
read_command(GBytes *command, PoleText *ret)
{
  gsize length;
  const char *bytes = g_bytes_get_data(command, &length);
  g_autofree char *line = g_utf8_make_valid(bytes ? bytes : "", (gssize)length);
  g_auto(GStrv) fields = g_strsplit(line, "\t", FIELDS);

  if (g_strv_length(fields) != FIELDS)
    return NULL;
  gint64 shows = g_ascii_strtoll(fields[0], NULL, 10);
  if (shows < 0 || shows >= N_POLE_SHOWS)
    return NULL;
  *ret = (PoleText){(PoleShows)shows,
                    g_ascii_strtoll(fields[1], NULL, 10),
                    {{fields[2], fields[3]}, {fields[4], fields[5]}}};
  return g_steal_pointer(&fields);
}

/* A character as bytes for the display. @return how many columns it takes, 0: none. */
static int
column_bytes(PoleKind kind, gunichar c, char ret[2])
{
  if (c >= 0xff01 && c <= 0xff5e && kind == POLE_CD5220)
    c -= 0xfee0; /* a full-width form of an ASCII character */
  if (c >= ' ' && c < 0x7f) {
    ret[0] = (char)c;
    return 1;
  }
  if (c == 0xa5 || c == 0xffe5 || kind != POLE_CD5220_GBK)
    return 0;
  char utf8[6];
  gsize length = 0;
  g_autofree char *gbk =
      g_convert(utf8, g_unichar_to_utf8(c, utf8), "GBK", "UTF-8", NULL, &length, NULL);
  if (!gbk || length != 2)
    return 0;
  memcpy(ret, gbk, 2);
  return 2;
}

/* @text as bytes for the display, at most @room of them; blanks before the first
 * character are left out. */
static GString *
row_bytes(PoleKind kind, const char *text, gsize room)
{
  GString *row = g_string_new(NULL);
  for (const char *p = text; *p; p = g_utf8_next_char(p)) {
    char bytes[2];
    int columns = column_bytes(kind, g_utf8_get_char(p), bytes);
    if (row->len + (gsize)columns > room)
      break;
    bool is_leading_blank = columns == 1 && bytes[0] == ' ' && row->len == 0;
    if (!is_leading_blank)
      g_string_append_len(row, bytes, columns);
  }
  return row;
}

static bool
has_ink(const GString *row)
{
  for (gsize i = 0; i < row->len; i++)
    if ((guchar)row->str[i] >= 0x80 || g_ascii_isalnum(row->str[i]))
      return true;
  return false;
}

/* @name: stands at the left when nothing else does; may be "". */
static void
fill_row(PoleKind kind,
         const char *left_text,
         const char *right_text,
         const char *name,
         char ret_row[POLE_COLUMNS])
{
  GString *right = row_bytes(kind, right_text, POLE_COLUMNS);
  gsize room = POLE_COLUMNS - right->len - (right->len > 0 && right->len < POLE_COLUMNS);
  GString *left = row_bytes(kind, left_text, room);

  if (!has_ink(left))
    g_string_assign(left, strlen(name) <= room ? name : "");
  memset(ret_row, ' ', POLE_COLUMNS);
  memcpy(ret_row, left->str, left->len);
  memcpy(ret_row + POLE_COLUMNS - right->len, right->str, right->len);
  g_string_free(left, TRUE);
  g_string_free(right, TRUE);
}

static void
add_row(GByteArray *out, char row_name, const char row[POLE_COLUMNS])
{
  const guint8 begin[] = {ESC, 'Q', (guint8)row_name}, end = '\r';
  g_byte_array_append(out, begin, sizeof begin);
  g_byte_array_append(out, (const guint8 *)row, POLE_COLUMNS);
  g_byte_array_append(out, &end, 1);
}

static GBytes *
encode_rows(PoleKind kind, const PoleText *text)
{
  GByteArray *out = g_byte_array_new();
  char row[POLE_COLUMNS];

  fill_row(kind, text->rows[0].left, text->rows[0].right, NAMES[text->shows], row);
  add_row(out, 'A', row);
  fill_row(kind, text->rows[1].left, text->rows[1].right, "", row);
  add_row(out, 'B', row);
  return g_byte_array_free_to_bytes(out);
}

/* "46.80"; a figure that does not fit loses decimals that are 0, then becomes dashes. */
static char *
led_digits(Money figure)
{
  char *digits = money_text(figure);
  gsize count = strlen(digits) - 1;

  while (count > DIGITS && (g_str_has_suffix(digits, "0") && strchr(digits, '.'))) {
    digits[strlen(digits) - 1] = '\0';
    if (g_str_has_suffix(digits, "."))
      digits[strlen(digits) - 1] = '\0';
    count = strlen(digits) - (strchr(digits, '.') != NULL);
  }
  if (count <= DIGITS)
    return digits;
  g_free(digits);
  return g_strnfill(DIGITS, '-');
}

static GBytes *
encode_digits(const PoleText *text)
{
  static const PoleShows LAMPS[] = {POLE_PRICE, POLE_TOTAL, POLE_PAID, POLE_CHANGE};
  GByteArray *out = g_byte_array_new();
  bool is_idle = text->shows == POLE_GREETING || text->shows == POLE_CLOSED;
  g_autofree char *digits = is_idle ? g_strdup("0.00") : led_digits(text->figure);
  guint8 lamps[6] = {0x02, 'L'};
  const guint8 begin[] = {ESC, 'Q', 'A'}, end = '\r';

  for (gsize i = 0; i < G_N_ELEMENTS(LAMPS); i++)
    lamps[2 + i] = text->shows == LAMPS[i] ? '1' : '0';
  g_byte_array_append(out, lamps, sizeof lamps);
  g_byte_array_append(out, begin, sizeof begin);
  g_byte_array_append(out, (const guint8 *)digits, (guint)strlen(digits));
  g_byte_array_append(out, &end, 1);
  return g_byte_array_free_to_bytes(out);
}

GBytes *
pole_begin(PoleKind kind)
{
  static const guint8 CLEAR[] = {0x0c}, INIT[] = {ESC, '@', 0x0c};
  return kind == POLE_LED8 ? g_bytes_new_static(CLEAR, sizeof CLEAR)
                           : g_bytes_new_static(INIT, sizeof INIT);
}

GBytes *
pole_encode(PoleKind kind, GBytes *command)
{
  PoleText text;
  g_auto(GStrv) fields = read_command(command, &text);
  if (!fields)
    return NULL;
  return kind == POLE_LED8 ? encode_digits(&text) : encode_rows(kind, &text);
}
