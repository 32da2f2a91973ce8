#include "app/domain/day.h"

#include <glib.h>

#include "tests/test.h"

static void
only_dates_of_the_calendar_are_made(void)
{
  CU_ASSERT_EQUAL(day_make(2027, 8, 31), 20270831);
  CU_ASSERT_EQUAL(day_make(2024, 2, 29), 20240229);
  CU_ASSERT_EQUAL(day_make(2000, 2, 29), 20000229);
  CU_ASSERT_EQUAL(day_make(2026, 2, 29), DAY_NONE);
  CU_ASSERT_EQUAL(day_make(2100, 2, 29), DAY_NONE);
  CU_ASSERT_EQUAL(day_make(2026, 4, 31), DAY_NONE);
  CU_ASSERT_EQUAL(day_make(2026, 13, 1), DAY_NONE);
  CU_ASSERT_EQUAL(day_make(2026, 0, 1), DAY_NONE);
  CU_ASSERT_EQUAL(day_make(2026, 1, 0), DAY_NONE);
  CU_ASSERT_TRUE(day_is_valid(20270831));
  CU_ASSERT_FALSE(day_is_valid(20270832));
  CU_ASSERT_FALSE(day_is_valid(DAY_NONE));
  CU_ASSERT_FALSE(day_is_valid(-20270831));
}

static void
a_month_ends_on_its_last_day(void)
{
  CU_ASSERT_EQUAL(day_end_of_month(20270800), 20270831);
  CU_ASSERT_EQUAL(day_end_of_month(20240215), 20240229);
  CU_ASSERT_EQUAL(day_end_of_month(20260200), 20260228);
  CU_ASSERT_EQUAL(day_end_of_month(20261300), DAY_NONE);
  CU_ASSERT_EQUAL(day_end_of_month(DAY_NONE), DAY_NONE);
}

static void
days_are_counted_over_months_and_leap_years(void)
{
  CU_ASSERT_EQUAL(day_until(20261122, 20261122), 0);
  CU_ASSERT_EQUAL(day_until(20261231, 20270101), 1);
  CU_ASSERT_EQUAL(day_until(20240228, 20240301), 2);
  CU_ASSERT_EQUAL(day_until(20230228, 20230301), 1);
  CU_ASSERT_EQUAL(day_until(20260101, 20270101), 365);
  CU_ASSERT_EQUAL(day_until(20270101, 20260101), -365);
  CU_ASSERT_EQUAL(day_until(19700101, 20000101), 10957);
  CU_ASSERT_EQUAL(day_add(20261231, 1), 20270101);
  CU_ASSERT_EQUAL(day_add(20240301, -1), 20240229);
  CU_ASSERT_EQUAL(day_add(20260831, 180), 20270227);
  CU_ASSERT_EQUAL(day_add(DAY_NONE, 5), DAY_NONE);
  CU_ASSERT_EQUAL(day_add(99991231, 1), DAY_NONE);
}

static void
adding_and_counting_agree_on_every_day_of_forty_years(void)
{
  Day day = 19950101;
  for (int i = 0; i < 40 * 365; i++) {
    Day next = day_add(day, 1);
    CU_ASSERT_TRUE(day_is_valid(next) && next > day);
    CU_ASSERT_EQUAL(day_until(19950101, next), i + 1);
    day = next;
  }
}

static void
the_business_date_follows_local_time(void)
{
  const int64_t eve = G_GINT64_CONSTANT(1795363199000000); /* 2026-11-22 15:59:59 UTC */
  CU_ASSERT_EQUAL(day_at(eve, 8 * 3600), 20261122);
  CU_ASSERT_EQUAL(day_at(eve + 1000000, 8 * 3600), 20261123);
  CU_ASSERT_EQUAL(day_at(eve, 0), 20261122);
  CU_ASSERT_EQUAL(day_at(0, 0), 19700101);
  CU_ASSERT_EQUAL(day_at(-1, 0), 19691231);
  CU_ASSERT_EQUAL(day_at(0, -3600), 19691231);
}

static void
a_day_is_written_whole_and_short(void)
{
  g_autofree char *whole = day_text(20270831);
  g_autofree char *brief = day_short_text(20270831);
  g_autofree char *none = day_text(DAY_NONE);
  g_autofree char *brief_none = day_short_text(DAY_NONE);
  CU_ASSERT_STRING_EQUAL(whole, "2027-08-31");
  CU_ASSERT_STRING_EQUAL(brief, "27-08");
  CU_ASSERT_STRING_EQUAL(none, "");
  CU_ASSERT_STRING_EQUAL(brief_none, "");
}

static void
dates_are_read_in_the_forms_lists_use(void)
{
  static const struct {
    const char *text;
    Day day;
  } CASES[] = {
      {"2027-08-31", 20270831},  {"20270831", 20270831},
      {"2027/8/31", 20270831},   {"2027.8.31", 20270831},
      {"2027-08", 20270831},     {"2027-2", 20270228},
      {"2027/8/1", 20270801},    {"2027-08-32", DAY_NONE},
      {"2027-13", DAY_NONE},     {"2027-8/31", DAY_NONE},
      {"202708", DAY_NONE},      {"27-08-31", DAY_NONE},
      {"2027-08-31 ", DAY_NONE}, {"20270831x", DAY_NONE},
      {"2027-", DAY_NONE},       {"", DAY_NONE},
      {"2027", DAY_NONE},        {"２０２７-08", DAY_NONE},
      {"2027-08-", DAY_NONE},    {"20270230", DAY_NONE},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++)
    CU_ASSERT_EQUAL(day_parse(CASES[i].text), CASES[i].day);
  CU_ASSERT_EQUAL(day_parse(NULL), DAY_NONE);
}

TESTS("day",
      TEST(only_dates_of_the_calendar_are_made),
      TEST(a_month_ends_on_its_last_day),
      TEST(days_are_counted_over_months_and_leap_years),
      TEST(adding_and_counting_agree_on_every_day_of_forty_years),
      TEST(the_business_date_follows_local_time),
      TEST(a_day_is_written_whole_and_short),
      TEST(dates_are_read_in_the_forms_lists_use))
