#include "ui/burst.h"

#include <string.h>

#include "tests/test.h"

#define MS 1000

static void
feed(Burst *burst, const char *text, gint64 *now_us, gint64 gap_us)
{
  for (; *text; text++, *now_us += gap_us)
    burst_add(burst, (gunichar)*text, *now_us);
  *now_us -= gap_us;
}

static void
a_scanner_is_told_from_a_hand(void)
{
  static const struct {
    const char *text;
    gint64 gap_us, enter_after_us;
    bool scan;
  } cases[] = {
      {"6901234567892", 1 * MS, 1 * MS, true},
      {"6901234567892", 20 * MS, 20 * MS, true},
      {"6901234567892", 1 * MS, 79 * MS, true},
      {"6901234567892", 1 * MS, 200 * MS, false}, /* somebody pressed Enter later */
      {"6901234567892", 120 * MS, 20 * MS, false},
      {"amx", 5 * MS, 5 * MS, false}, /* too short to be a code */
      {"", 1 * MS, 1 * MS, false},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    Burst burst;
    burst_init(&burst);
    gint64 now_us = 1000 * MS;
    feed(&burst, cases[i].text, &now_us, cases[i].gap_us);
    CU_ASSERT_EQUAL(burst_ends_scan(&burst, now_us + cases[i].enter_after_us),
                    cases[i].scan);
    burst_clear(&burst);
  }
}

static void
what_a_hand_typed_before_is_no_part_of_the_scan(void)
{
  Burst burst;
  burst_init(&burst);
  gint64 now_us = 1000 * MS;
  feed(&burst, "ab", &now_us, 150 * MS);
  now_us += 300 * MS;
  feed(&burst, "6901234567892", &now_us, 2 * MS);
  CU_ASSERT_TRUE(burst_ends_scan(&burst, now_us + 2 * MS));
  CU_ASSERT_STRING_EQUAL(burst.text->str, "6901234567892");
  burst_clear(&burst);
}

static void
a_used_burst_is_forgotten(void)
{
  Burst burst;
  burst_init(&burst);
  gint64 now_us = 1000 * MS;
  feed(&burst, "6901234567892", &now_us, 2 * MS);
  burst_reset(&burst);
  CU_ASSERT_FALSE(burst_ends_scan(&burst, now_us + 2 * MS));
  burst_clear(&burst);
}

TESTS("burst",
      TEST(a_scanner_is_told_from_a_hand),
      TEST(what_a_hand_typed_before_is_no_part_of_the_scan),
      TEST(a_used_burst_is_forgotten))
