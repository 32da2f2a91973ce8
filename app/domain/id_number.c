#include "app/domain/id_number.h"

#include <glib.h>
#include <string.h>

#define LENGTH 18

/* The provinces of GB/T 2260, and 81-83: residence permits of Hong Kong, Macao, Taiwan.
 */
static bool
is_province(int code)
{
  static const struct {
    int first, last;
  } RANGES[] = {
      {11, 15}, {21, 23}, {31, 37}, {41, 46}, {50, 54}, {61, 65}, {71, 71}, {81, 83}};
  for (gsize i = 0; i < G_N_ELEMENTS(RANGES); i++) {
    if (code >= RANGES[i].first && code <= RANGES[i].last)
      return true;
  }
  return false;
}

/* ISO 7064 MOD 11-2 as GB 11643 prints it. */
static char
check_character(const char *number)
{
  static const int WEIGHTS[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(WEIGHTS); i++)
    sum += (number[i] - '0') * WEIGHTS[i];
  return "10X98765432"[sum % 11];
}

static int
number_at(const char *digits, int n)
{
  int number = 0;
  for (int i = 0; i < n; i++)
    number = number * 10 + (digits[i] - '0');
  return number;
}

static bool
has_right_characters(const char *number)
{
  return strspn(number, "0123456789") >= LENGTH - 1 &&
         strchr("0123456789Xx", number[LENGTH - 1]);
}

IdFault
id_number_check(const char *number, Day *ret_birth, bool *ret_is_female)
{
  if (!number || strnlen(number, LENGTH + 1) != LENGTH)
    return ID_BAD_LENGTH;
  if (!has_right_characters(number))
    return ID_BAD_CHARACTER;
  if (!is_province(number_at(number, 2)))
    return ID_BAD_REGION;
  int year = number_at(number + 6, 4);
  Day birth = day_make(year, number_at(number + 10, 2), number_at(number + 12, 2));
  if (birth == DAY_NONE || year < 1900 || year > 2099)
    return ID_BAD_DATE;
  if (check_character(number) != g_ascii_toupper(number[LENGTH - 1]))
    return ID_BAD_CHECK;

  if (ret_birth)
    *ret_birth = birth;
  if (ret_is_female)
    *ret_is_female = (number[LENGTH - 2] - '0') % 2 == 0;
  return ID_OK;
}

bool
id_number_adds_up(const char *number)
{
  return number && strnlen(number, LENGTH + 1) == LENGTH &&
         has_right_characters(number) &&
         check_character(number) == g_ascii_toupper(number[LENGTH - 1]);
}

char *
id_number_mask_name(const char *name)
{
  glong n = name ? g_utf8_strlen(name, -1) : 0;
  GString *masked = g_string_new(NULL);

  if (n > 0)
    g_string_append_unichar(masked, g_utf8_get_char(name));
  for (glong i = 1; i < MAX(n, 2) && i < 4 && n > 0; i++)
    g_string_append_c(masked, '*');
  return g_string_free(masked, FALSE);
}

char *
id_number_mask(const char *number)
{
  gsize n = number ? strlen(number) : 0;
  bool may_show = n >= 15 && g_str_is_ascii(number);
  char *masked = g_strnfill(n, '*');
  if (may_show) {
    memcpy(masked, number, 3);
    memcpy(masked + n - 4, number + n - 4, 4);
  }
  return masked;
}
