#include "sync/hub/cell.h"

#include <string.h>

#define MAX_FEN G_GINT64_CONSTANT(9999999999)

static bool
is_invisible(gunichar c)
{
  return c == 0xfeff || c == 0x2060 || c == 0x00ad || (c >= 0x200b && c <= 0x200f) ||
         (c >= 0x202a && c <= 0x202e) || g_unichar_iscntrl(c);
}

static bool
is_blank(gunichar c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || g_unichar_isspace(c);
}

char *
cell_clean(const char *text, bool *ret_odd)
{
  g_autoptr(GString) out = g_string_sized_new(strlen(text));
  bool is_odd = false;
  bool is_gap = false;
  for (const char *p = text; *p; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    if (is_blank(c)) {
      is_gap = true;
      is_odd = is_odd || (c != ' ' && c != '\n' && c != '\r' && c != '\t');
      continue;
    }
    if (is_invisible(c)) {
      is_odd = true;
      continue;
    }
    if (is_gap && out->len)
      g_string_append_c(out, ' ');
    is_gap = false;
    g_string_append_unichar(out, c);
  }
  if (is_odd && ret_odd)
    *ret_odd = true;
  return g_string_free(g_steal_pointer(&out), FALSE);
}

static gunichar
to_ascii(gunichar c)
{
  if (c >= 0xff01 && c <= 0xff5e)
    return c - 0xff01 + '!';
  if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212)
    return '-';
  return c == 0x3002 ? '.' : c;
}

char *
cell_plain(const char *text, bool *ret_odd)
{
  g_autofree char *clean = cell_clean(text, ret_odd);
  g_autoptr(GString) out = g_string_sized_new(strlen(clean));
  for (const char *p = clean; *p; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    gunichar plain = to_ascii(c);
    if (plain != c && ret_odd)
      *ret_odd = true;
    g_string_append_unichar(out, plain);
  }
  return g_string_free(g_steal_pointer(&out), FALSE);
}

/* Without currency words and signs, and without blanks (transfer full). */
static char *
bare_amount(const char *text)
{
  static const char *const SIGNS[] = {"¥", "€", "$", "元", "圆", "RMB", "CNY", "EUR"};
  g_autofree char *plain = cell_plain(text, NULL);
  g_autoptr(GString) out = g_string_new(NULL);
  for (const char *p = plain; *p;) {
    gsize taken = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(SIGNS) && !taken; i++)
      taken =
          g_ascii_strncasecmp(p, SIGNS[i], strlen(SIGNS[i])) == 0 ? strlen(SIGNS[i]) : 0;
    /* U+FFE5 is no full-width form of an ASCII character, and yet the yen sign. */
    if (!taken && g_str_has_prefix(p, "￥"))
      taken = strlen("￥");
    if (!taken && *p != ' ' && *p != '\'')
      g_string_append_c(out, *p);
    p += taken ? taken : 1;
  }
  return g_string_free(g_steal_pointer(&out), FALSE);
}

static bool
are_digits(const char *text)
{
  return *text && strspn(text, "0123456789") == strlen(text);
}

/* Are all but the first of @parts groups of three, and the first one of one to three? */
static bool
is_grouping(char **parts)
{
  if (strlen(parts[0]) < 1 || strlen(parts[0]) > 3 || parts[0][0] == '0')
    return false;
  for (char **part = parts + 1; *part; part++) {
    if (strlen(*part) != 3)
      return false;
  }
  return true;
}

/* Splits "1.234,5" into "1234" and "5" by the rules of cell.h; both (transfer full). */
static CellFault
split_amount(const char *text, char **ret_whole, char **ret_part)
{
  const char *comma = strrchr(text, ',');
  const char *point = strrchr(text, '.');
  char mark = comma && (!point || comma > point) ? ',' : '.';
  char other = mark == ',' ? '.' : ',';
  const char *last = mark == ',' ? comma : point;
  const char separators[] = {mark, '\0'};
  const char others[] = {other, '\0'};
  g_auto(GStrv) parts = g_strsplit(text, separators, -1);
  guint n = g_strv_length(parts);
  if (!last || n == 1) {
    *ret_whole = g_strdup(text);
    *ret_part = g_strdup("");
    return CELL_OK;
  }
  gsize places = strlen(last + 1);
  bool is_grouped = is_grouping(parts);
  bool has_other = strchr(text, other) != NULL;
  if (n == 2 && mark == ',' && places == 3 && is_grouped && !has_other)
    return CELL_AMBIGUOUS;
  if (n > 2 && is_grouped && !has_other) {
    *ret_whole = g_strjoinv("", parts);
    *ret_part = g_strdup("");
    return CELL_OK;
  }
  /* The last mark is the decimal one; what stands before it may be grouped. */
  g_autofree char *before = g_strndup(text, (gsize)(last - text));
  g_auto(GStrv) groups = g_strsplit(before, n > 2 ? separators : others, -1);
  if (g_strv_length(groups) > 1 && !is_grouping(groups))
    return CELL_UNREADABLE;
  *ret_whole = g_strjoinv("", groups);
  *ret_part = g_strdup(last + 1);
  return CELL_OK;
}

CellFault
cell_price(const char *text, Money *ret_fen)
{
  g_autofree char *whole = NULL;
  g_autofree char *part = NULL;
  g_autofree char *amount = bare_amount(text);
  if (!*amount)
    return CELL_EMPTY;
  if (*amount == '-' || *amount == '(')
    return CELL_NEGATIVE;
  CellFault fault = split_amount(amount, &whole, &part);
  if (fault != CELL_OK)
    return fault;
  if (!are_digits(*whole ? whole : "0") || (*part && !are_digits(part)) ||
      (!*whole && !*part))
    return CELL_UNREADABLE;
  gint64 units = 0;
  if (*whole && !g_ascii_string_to_signed(whole, 10, 0, MAX_FEN / 100, &units, NULL))
    return CELL_TOO_LARGE;
  gsize places = strlen(part);
  Money fen = units * 100 + (places > 0 ? (part[0] - '0') * 10 : 0) +
              (places > 1 ? part[1] - '0' : 0);
  bool is_fine = places > 2 && strspn(part + 2, "0") != places - 2;
  *ret_fen = fen + (places > 2 && part[2] >= '5' ? 1 : 0);
  return is_fine ? CELL_ROUNDED : CELL_OK;
}

/* 年 and 月 become '-', 日 goes, a time of day after a blank goes (transfer full). */
static char *
bare_date(const char *text)
{
  g_autofree char *plain = cell_plain(text, NULL);
  g_autoptr(GString) out = g_string_new(plain);
  g_string_replace(out, "年", "-", 0);
  g_string_replace(out, "月", "-", 0);
  g_string_replace(out, "日", "", 0);
  char *blank = strpbrk(out->str, " T");
  if (blank && strchr(blank, ':'))
    g_string_truncate(out, (gsize)(blank - out->str));
  g_string_replace(out, " ", "", 0);
  if (out->len && out->str[out->len - 1] == '-')
    g_string_truncate(out, out->len - 1);
  return g_string_free(g_steal_pointer(&out), FALSE);
}

static CellFault
date_of(int year, int month, int day, Day *ret_day)
{
  Day made = day_make(year, month, day);
  if (made == DAY_NONE || year < 1990 || year > 2199)
    return CELL_NO_SUCH_DAY;
  *ret_day = made;
  return CELL_OK;
}

/* @return how many numbers stand in @text, at most three, apart by one kind of mark. */
static int
read_numbers(const char *text, int ret[3])
{
  char mark = '\0';
  int n = 0;
  for (const char *p = text; n < 3; n++) {
    int digits = 0;
    ret[n] = 0;
    for (; g_ascii_isdigit(*p) && digits < 4; digits++, p++)
      ret[n] = ret[n] * 10 + (*p - '0');
    if (digits == 0 || g_ascii_isdigit(*p))
      return 0;
    if (!*p)
      return n + 1;
    if (!strchr("-/.", *p) || (mark && *p != mark))
      return 0;
    mark = *p++;
  }
  return 0;
}

/* Day and month come first. */
static CellFault
western_date(const int numbers[3], CellDates dates, Day *ret_day)
{
  int first = numbers[0];
  int second = numbers[1];
  bool is_dmy = first > 12 || dates == CELL_DATES_DMY || first == second;
  bool is_mdy = second > 12 || dates == CELL_DATES_MDY;
  if (!is_dmy && !is_mdy)
    return CELL_AMBIGUOUS;
  return first > 12 || !is_mdy ? date_of(numbers[2], second, first, ret_day)
                               : date_of(numbers[2], first, second, ret_day);
}

static CellFault
compact_date(const char *text, Day *ret_day)
{
  gsize length = strlen(text);
  int number = length <= 8 ? (int)g_ascii_strtoll(text, NULL, 10) : 0;
  if (length == 5)
    return CELL_SERIAL;
  if (length == 8)
    return date_of(number / 10000, number / 100 % 100, number % 100, ret_day);
  if (length != 6)
    return CELL_UNREADABLE;
  /* 202708 is a month; 270831 may be either way round. */
  Day end = number / 100 >= 1990 ? day_end_of_month(number * 100) : DAY_NONE;
  return end == DAY_NONE ? CELL_AMBIGUOUS
                         : date_of(end / 10000, end / 100 % 100, end % 100, ret_day);
}

CellFault
cell_date(const char *text, CellDates dates, Day *ret_day)
{
  int numbers[3] = {0};
  g_autofree char *date = bare_date(text);
  if (!*date)
    return CELL_EMPTY;
  if (are_digits(date))
    return compact_date(date, ret_day);
  int n = read_numbers(date, numbers);
  if (n < 2)
    return CELL_UNREADABLE;
  if (n == 3 && numbers[0] > 1000)
    return date_of(numbers[0], numbers[1], numbers[2], ret_day);
  if (n == 3 && numbers[2] > 1000)
    return western_date(numbers, dates, ret_day);
  if (n == 2 && (numbers[0] > 1000 || numbers[1] > 1000)) {
    int year = MAX(numbers[0], numbers[1]);
    Day end = day_end_of_month(year * 10000 + MIN(numbers[0], numbers[1]) * 100);
    return date_of(end / 10000, end / 100 % 100, end % 100, ret_day);
  }
  return CELL_AMBIGUOUS; /* a year of two digits */
}

bool
cell_yes_no(const char *text, bool *ret)
{
  static const char *const YES[] = {"1",
                                    "y",
                                    "yes",
                                    "true",
                                    "是",
                                    "有",
                                    "√",
                                    "✓",
                                    "oui",
                                    "o",
                                    "甲",
                                    "乙",
                                    "甲类",
                                    "乙类",
                                    NULL};
  static const char *const NO[] = {
      "0", "n", "no", "false", "否", "无", "×", "x", "非", "non", "丙", "丙类", NULL};
  g_autofree char *plain = cell_plain(text, NULL);
  g_autofree char *lower = g_ascii_strdown(plain, -1);
  bool is_yes = g_strv_contains(YES, lower);
  if (!is_yes && !g_strv_contains(NO, lower))
    return false;
  *ret = is_yes;
  return true;
}

bool
cell_percent(const char *text, int *ret_bp)
{
  g_autofree char *plain = cell_plain(text, NULL);
  g_autoptr(GString) number = g_string_new(plain);
  Money hundredths = 0;
  g_string_replace(number, "%", "", 0);
  if (cell_price(number->str, &hundredths) != CELL_OK || hundredths > 10000)
    return false;
  *ret_bp = (int)hundredths;
  return true;
}

bool
cell_whole(const char *text, int64_t most, int64_t *ret)
{
  g_autofree char *plain = cell_plain(text, NULL);
  char *point = strchr(plain, '.');
  gint64 number = 0;
  if (point && point[1] && strspn(point + 1, "0") == strlen(point + 1))
    *point = '\0';
  if (!g_ascii_string_to_signed(plain, 10, 0, most, &number, NULL))
    return false;
  *ret = number;
  return true;
}
