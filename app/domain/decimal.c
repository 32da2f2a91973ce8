#include "app/domain/decimal.h"

#include <glib.h>

#define POINT (-2)
#define OTHER (-1)

static int
digit_or_point(gunichar c)
{
  if (c >= '0' && c <= '9')
    return (int)(c - '0');
  if (c >= 0xFF10 && c <= 0xFF19)
    return (int)(c - 0xFF10);
  /* An input method in Chinese mode turns the point key into U+3002. */
  return c == '.' || c == 0xFF0E || c == 0x3002 ? POINT : OTHER;
}

static bool
is_blank(gunichar c)
{
  return c == ' ' || c == 0x3000;
}

static const char *
skip_blanks(const char *p)
{
  while (is_blank(g_utf8_get_char(p)))
    p = g_utf8_next_char(p);
  return p;
}

/* Reads digits into *value, at most @max_digits. @return how many, -1 for too many. */
static int
read_digits(const char **p, int max_digits, int64_t *value)
{
  int n = 0;
  for (int digit; (digit = digit_or_point(g_utf8_get_char(*p))) >= 0; n++) {
    if (n == max_digits)
      return -1;
    *value = *value * 10 + digit;
    *p = g_utf8_next_char(*p);
  }
  return n;
}

bool
decimal_parse(const char *text, int decimals, int64_t max_whole, int64_t *ret_scaled)
{
  if (!text || !g_utf8_validate(text, -1, NULL))
    return false;

  const char *p = skip_blanks(text);
  int64_t value = 0;
  int whole = read_digits(&p, 12, &value);
  if (whole < 0 || value > max_whole)
    return false;

  int places = 0;
  bool has_point = digit_or_point(g_utf8_get_char(p)) == POINT;
  if (has_point) {
    p = g_utf8_next_char(p);
    places = read_digits(&p, decimals, &value);
  }
  if (places < 0 || (has_point && places == 0) || whole + places == 0)
    return false;
  if (*skip_blanks(p))
    return false;

  for (; places < decimals; places++)
    value *= 10;
  *ret_scaled = value;
  return true;
}

char *
decimal_text(int64_t scaled, int decimals, int least_places)
{
  uint64_t rest = scaled < 0 ? 0 - (uint64_t)scaled : (uint64_t)scaled;
  GString *text = g_string_new(NULL);
  for (int place = decimals; place > 0; place--, rest /= 10) {
    bool needed = text->len > 0 || rest % 10 != 0 || place <= least_places;
    if (needed)
      g_string_prepend_c(text, (char)('0' + rest % 10));
  }
  if (text->len > 0)
    g_string_prepend_c(text, '.');
  g_autofree char *whole =
      g_strdup_printf("%s%" G_GUINT64_FORMAT, scaled < 0 ? "-" : "", rest);
  g_string_prepend(text, whole);
  return g_string_free(text, FALSE);
}
