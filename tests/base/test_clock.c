#include "app/base/clock.h"

#include <glib.h>
#include <time.h>

#include "tests/test.h"

#define SECOND_US ((int64_t)G_USEC_PER_SEC)
#define HOUR_US   (3600 * SECOND_US)

static void
a_shift_moves_the_time_of_day_and_nothing_else(void)
{
  int64_t before = clock_now_us(), steady = clock_monotonic_us();
  clock_set_shift_us(24 * HOUR_US);
  CU_ASSERT_TRUE(clock_now_us() - before >= 24 * HOUR_US);
  CU_ASSERT_TRUE(clock_monotonic_us() - steady < HOUR_US);
  clock_set_shift_us(0);
  CU_ASSERT_TRUE(clock_now_us() - before < HOUR_US);
}

static void
local_time_follows_the_zone_of_the_process(void)
{
  g_setenv("TZ", "Asia/Shanghai", TRUE);
  tzset();
  CU_ASSERT_EQUAL(clock_utc_offset_s(1795300000 * SECOND_US), 8 * 3600);
  g_setenv("TZ", "Europe/Paris", TRUE);
  tzset();
  /* 2026-01-15 and 2026-07-15, noon UTC: winter and summer time */
  CU_ASSERT_EQUAL(clock_utc_offset_s(1768478400 * SECOND_US), 3600);
  CU_ASSERT_EQUAL(clock_utc_offset_s(1784116800 * SECOND_US), 7200);
}

static void
a_time_before_1970_has_an_offset_too(void)
{
  g_setenv("TZ", "UTC", TRUE);
  tzset();
  CU_ASSERT_EQUAL(clock_utc_offset_s(-1), 0);
}

TESTS("clock",
      TEST(a_shift_moves_the_time_of_day_and_nothing_else),
      TEST(local_time_follows_the_zone_of_the_process),
      TEST(a_time_before_1970_has_an_offset_too))
