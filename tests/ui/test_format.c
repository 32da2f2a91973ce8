#include "tests/test.h"
#include "ui/format.h"

#include <glib.h>

static void
check(char *seen, const char *expected)
{
  CU_ASSERT_STRING_EQUAL(seen, expected);
  g_free(seen);
}

static void
amounts_have_groups_two_decimals_and_a_true_minus(void)
{
  static const struct {
    Money amount;
    const char *text;
  } cases[] = {
      {0, "0.00"},
      {5, "0.05"},
      {21350, "213.50"},
      {99999, "999.99"},
      {100000, "1,000.00"},
      {111811110, "1,118,111.10"},
      {-550, "−5.50"},
      {-123456789, "−1,234,567.89"},
      {INT64_MIN, "−92,233,720,368,547,758.08"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
    check(format_money(cases[i].amount), cases[i].text);
}

static void
an_empty_amount_leaves_its_column_blank(void)
{
  check(format_money_or_blank(0), "");
  check(format_money_or_blank(250), "2.50");
}

static void
what_is_taken_off_carries_a_minus_and_nothing_is_plain_nothing(void)
{
  check(format_taken_off(550), "−5.50");
  check(format_taken_off(0), "0.00");
}

static void
whole_notes_are_written_without_decimals(void)
{
  check(format_note(12000), "120");
  check(format_note(11350), "113.50");
  check(format_note(100000), "1,000");
}

static void
quantities_are_counted_in_their_unit(void)
{
  check(format_quantity(48, 24), "2");
  check(format_quantity(70000, 1000), "70");
  check(format_quantity(500, 1000), "0.5");
  check(format_quantity(-72, 24), "−3");
}

static void
counts_have_groups(void)
{
  check(format_count(0), "0");
  check(format_count(1230), "1,230");
  check(format_count(-1230), "−1,230");
}

static void
times_are_local(void)
{
  /* 2026-11-22 01:41:30 UTC */
  int64_t morning_us = G_GINT64_CONSTANT(1795311690000000);
  check(format_clock(morning_us, 8 * 3600), "09:41");
  check(format_time(morning_us, 8 * 3600), "2026-11-22 09:41");
  check(format_clock(morning_us, -2 * 3600), "23:41");
  check(format_time(morning_us, -2 * 3600), "2026-11-21 23:41");
}

static void
spans_grow_hours_when_they_need_them(void)
{
  check(format_span(0), "0:00");
  check(format_span(-5), "0:00");
  check(format_span((int64_t)80 * G_USEC_PER_SEC), "1:20");
  check(format_span((int64_t)3729 * G_USEC_PER_SEC), "1:02:09");
}

static void
percents_show_only_the_digits_they_have(void)
{
  check(format_percent(1000), "10%");
  check(format_percent(250), "2.5%");
  check(format_percent(125), "1.25%");
  check(format_percent(0), "0%");
}

static void
expiry_is_year_and_month_as_on_the_pack(void)
{
  check(format_expiry(20270831), "27-08");
  check(format_expiry(DAY_NONE), "");
  check(format_day(20270831), "2027-08-31");
}

TESTS("format",
      TEST(amounts_have_groups_two_decimals_and_a_true_minus),
      TEST(an_empty_amount_leaves_its_column_blank),
      TEST(what_is_taken_off_carries_a_minus_and_nothing_is_plain_nothing),
      TEST(whole_notes_are_written_without_decimals),
      TEST(quantities_are_counted_in_their_unit),
      TEST(counts_have_groups),
      TEST(times_are_local),
      TEST(spans_grow_hours_when_they_need_them),
      TEST(percents_show_only_the_digits_they_have),
      TEST(expiry_is_year_and_month_as_on_the_pack))
