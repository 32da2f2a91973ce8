#include "ui/format.h"

#include <glib.h>
#include <string.h>

#define MINUS "\u2212"

static char *
grouped(uint64_t number)
{
  char digits[24];
  int n = g_snprintf(digits, sizeof digits, "%" G_GUINT64_FORMAT, number);
  GString *text = g_string_sized_new(32);
  for (int i = 0; i < n; i++) {
    if (i > 0 && (n - i) % 3 == 0)
      g_string_append_c(text, ',');
    g_string_append_c(text, digits[i]);
  }
  return g_string_free(text, FALSE);
}

static uint64_t
size_of(int64_t number)
{
  return number < 0 ? -(uint64_t)number : (uint64_t)number;
}

char *
format_money(Money amount)
{
  uint64_t size = size_of(amount);
  g_autofree char *whole = grouped(size / 100);
  return g_strdup_printf("%s%s.%02d", amount < 0 ? MINUS : "", whole, (int)(size % 100));
}

char *
format_money_or_blank(Money amount)
{
  return amount == 0 ? g_strdup("") : format_money(amount);
}

char *
format_taken_off(Money amount)
{
  return format_money(-amount);
}

char *
format_note(Money amount)
{
  char *text = format_money(amount);
  if (g_str_has_suffix(text, ".00"))
    text[strlen(text) - 3] = '\0';
  return text;
}

char *
format_count(int64_t count)
{
  g_autofree char *whole = grouped(size_of(count));
  return g_strconcat(count < 0 ? MINUS : "", whole, NULL);
}

char *
format_quantity(Quantity quantity, Quantity unit_base)
{
  if (quantity >= 0)
    return quantity_text(quantity, unit_base);
  g_autofree char *size = quantity_text(-quantity, unit_base);
  return g_strconcat(MINUS, size, NULL);
}

char *
format_expiry(Day day)
{
  return day_short_text(day);
}

char *
format_day(Day day)
{
  return day_text(day);
}

static char *
format_at(int64_t utc_us, int32_t offset_s, const char *pattern)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(utc_us / G_USEC_PER_SEC);
  g_autoptr(GDateTime) local = utc ? g_date_time_add_seconds(utc, offset_s) : NULL;
  return local ? g_date_time_format(local, pattern) : g_strdup("");
}

char *
format_clock(int64_t utc_us, int32_t offset_s)
{
  return format_at(utc_us, offset_s, "%H:%M");
}

char *
format_time(int64_t utc_us, int32_t offset_s)
{
  return format_at(utc_us, offset_s, "%Y-%m-%d %H:%M");
}

char *
format_span(int64_t us)
{
  int64_t s = MAX(us, 0) / G_USEC_PER_SEC;
  int hours = (int)(s / 3600), minutes = (int)(s / 60 % 60), seconds = (int)(s % 60);
  if (hours > 0)
    return g_strdup_printf("%d:%02d:%02d", hours, minutes, seconds);
  return g_strdup_printf("%d:%02d", minutes, seconds);
}

char *
format_percent(int basis_points)
{
  if (basis_points % 100 == 0)
    return g_strdup_printf("%d%%", basis_points / 100);
  if (basis_points % 10 == 0)
    return g_strdup_printf("%d.%d%%", basis_points / 100, basis_points / 10 % 10);
  return g_strdup_printf("%d.%02d%%", basis_points / 100, basis_points % 100);
}
