#include "sync/pace.h"

#include "tests/test.h"

#define SECOND ((int64_t)G_USEC_PER_SEC)

static uint32_t
dice(gpointer data)
{
  return g_rand_int(data);
}

static uint32_t
most(gpointer data)
{
  return G_MAXUINT32;
}

static void
waits_grow_with_jitter_and_stay_within_their_limits(void)
{
  const struct {
    PaceKind kind;
    int64_t low, high;
  } cases[] = {{PACE_USUAL, SECOND / 2, 60 * SECOND},
               {PACE_SLOW, 20 * SECOND, 120 * SECOND}};
  g_autoptr(GRand) rand = g_rand_new_with_seed(1);
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    Pace pace = {.size = 8, .most = 8};
    int64_t before = 0, longest = 0;
    bool differ = false;
    for (int n = 0; n < 10000; n++) {
      pace_bad(&pace, cases[i].kind, 0, 1000, dice, rand);
      CU_ASSERT_TRUE(pace.wait_us >= cases[i].low && pace.wait_us <= cases[i].high);
      CU_ASSERT_TRUE(pace.wait_us <= MAX(before, cases[i].low) * 3);
      CU_ASSERT_EQUAL(pace.not_before_us, 1000 + pace.wait_us);
      differ |= n > 0 && pace.wait_us != before;
      before = pace.wait_us;
      longest = MAX(longest, before);
    }
    CU_ASSERT_TRUE(differ);
    CU_ASSERT_TRUE(longest > cases[i].high * 9 / 10);
  }
}

static void
one_success_forgets_the_waits(void)
{
  Pace pace = {.size = 8, .most = 8};

  for (int i = 0; i < 20; i++)
    pace_bad(&pace, PACE_USUAL, 0, 0, most, NULL);
  pace_good(&pace);
  CU_ASSERT_EQUAL(pace.not_before_us, 0);
  pace_bad(&pace, PACE_USUAL, 0, 0, most, NULL);
  CU_ASSERT_TRUE(pace.wait_us <= 3 * SECOND / 2);
}

static void
sizes_halve_and_grow_by_steps(void)
{
  Pace pace = {.size = 256, .most = 256};
  const int down[] = {128, 64, 32, 16, 8, 4, 2, 1, 1, 1};
  const int up[] = {18, 35, 52, 69};

  for (gsize i = 0; i < G_N_ELEMENTS(down); i++) {
    pace_bad(&pace, PACE_USUAL, 0, 0, most, NULL);
    CU_ASSERT_EQUAL(pace.size, down[i]);
  }
  for (gsize i = 0; i < G_N_ELEMENTS(up); i++) {
    pace_good(&pace);
    CU_ASSERT_EQUAL(pace.size, up[i]);
  }
  for (int i = 0; i < 99; i++)
    pace_good(&pace);
  CU_ASSERT_EQUAL(pace.size, 256);
}

static void
who_asks_for_quiet_gets_it_within_reason(void)
{
  const struct {
    int asked_s;
    int64_t least_s, most_s;
  } cases[] = {{0, 0, 2}, {30, 30, 30}, {86400, 600, 600}, {-5, 0, 2}};
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    Pace pace = {.size = 1, .most = 1};
    pace_bad(&pace, PACE_USUAL, cases[i].asked_s, 0, most, NULL);
    CU_ASSERT_TRUE(pace.not_before_us >= cases[i].least_s * SECOND);
    CU_ASSERT_TRUE(pace.not_before_us <= cases[i].most_s * SECOND);
  }
}

TESTS("pace",
      TEST(waits_grow_with_jitter_and_stay_within_their_limits),
      TEST(one_success_forgets_the_waits),
      TEST(sizes_halve_and_grow_by_steps),
      TEST(who_asks_for_quiet_gets_it_within_reason))
