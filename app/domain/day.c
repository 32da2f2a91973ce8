#include "app/domain/day.h"

#include <glib.h>

#define US_PER_S  G_GINT64_CONSTANT(1000000)
#define S_PER_DAY 86400

static bool
is_leap(int year)
{
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int
days_in_month(int year, int month)
{
  static const int DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return DAYS[month - 1] + (month == 2 && is_leap(year) ? 1 : 0);
}

static bool
is_month(int year, int month)
{
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12;
}

/* Days since 1970-01-01, with years that begin in March so that the leap day comes last.
 */
static int64_t
day_number(Day day)
{
  int year = day / 10000;
  int month = day / 100 % 100;
  if (month <= 2)
    year--;
  int64_t era = year / 400;
  int64_t year_of_era = year - era * 400;
  int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day % 100 - 1;
  int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

static Day
day_from_number(int64_t number)
{
  number += 719468;
  if (number < 0)
    return DAY_NONE;
  int64_t era = number / 146097;
  int64_t day_of_era = number % 146097;
  int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int64_t march_month = (5 * day_of_year + 2) / 153;
  int64_t month = march_month + (march_month < 10 ? 3 : -9);
  int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  int64_t day = day_of_year - (153 * march_month + 2) / 5 + 1;
  return year > 9999 ? DAY_NONE : day_make((int)year, (int)month, (int)day);
}

Day
day_make(int year, int month, int day)
{
  if (!is_month(year, month) || day < 1 || day > days_in_month(year, month))
    return DAY_NONE;
  return year * 10000 + month * 100 + day;
}

bool
day_is_valid(Day day)
{
  return day > 0 && day_make(day / 10000, day / 100 % 100, day % 100) == day;
}

Day
day_end_of_month(Day day)
{
  int year = day / 10000;
  int month = day / 100 % 100;
  if (day <= 0 || !is_month(year, month))
    return DAY_NONE;
  return day_make(year, month, days_in_month(year, month));
}

Day
day_add(Day day, int days)
{
  return day_is_valid(day) ? day_from_number(day_number(day) + days) : DAY_NONE;
}

int
day_until(Day from, Day to)
{
  return (int)(day_number(to) - day_number(from));
}

Day
day_at(int64_t utc_us, int32_t offset_s)
{
  int64_t seconds = utc_us / US_PER_S - (utc_us % US_PER_S < 0 ? 1 : 0) + offset_s;
  int64_t number = seconds / S_PER_DAY - (seconds % S_PER_DAY < 0 ? 1 : 0);
  return day_from_number(number);
}

char *
day_text(Day day)
{
  if (day == DAY_NONE)
    return g_strdup("");
  return g_strdup_printf("%04d-%02d-%02d", day / 10000, day / 100 % 100, day % 100);
}

char *
day_short_text(Day day)
{
  if (day == DAY_NONE)
    return g_strdup("");
  return g_strdup_printf("%02d-%02d", day / 10000 % 100, day / 100 % 100);
}

/* @return how many digits were read, at most @max. */
static int
read_number(const char **p, int max, int *ret_number)
{
  int n = 0;
  int number = 0;
  for (; n < max && g_ascii_isdigit(**p); n++, (*p)++)
    number = number * 10 + (**p - '0');
  *ret_number = number;
  return n;
}

Day
day_parse(const char *text)
{
  if (!text)
    return DAY_NONE;
  const char *p = text;
  int year, month, day;
  if (read_number(&p, 4, &year) != 4)
    return DAY_NONE;

  char separator = *p;
  if (g_ascii_isdigit(separator)) {
    bool compact =
        read_number(&p, 2, &month) == 2 && read_number(&p, 2, &day) == 2 && !*p;
    return compact ? day_make(year, month, day) : DAY_NONE;
  }
  if (separator != '-' && separator != '/' && separator != '.')
    return DAY_NONE;
  p++;
  if (read_number(&p, 2, &month) == 0)
    return DAY_NONE;
  if (!*p)
    return day_end_of_month(year * 10000 + month * 100);
  if (*p++ != separator || read_number(&p, 2, &day) == 0 || *p)
    return DAY_NONE;
  return day_make(year, month, day);
}
