#include "app/domain/money.h"

#include "tests/test.h"

static void
a_share_is_rounded_once_half_away_from_zero(void)
{
  static const struct {
    Money amount, numerator, denominator, share;
  } CASES[] = {
      {1, 1, 2, 1},
      {-1, 1, 2, -1},
      {1, 1, 3, 0},
      {2, 1, 3, 1},
      {5, 1, 2, 3},
      {-5, 1, 2, -3},
      {0, 7, 9, 0},
      {2855, 63000, 1000000, 180}, /* 9 g x 7 at 28.55 a kilogram */
      {9999999999,
       99999000000,
       1000000,
       999989999900001}, /* wider than 64 bits between */
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++)
    CU_ASSERT_EQUAL(
        money_share(CASES[i].amount, CASES[i].numerator, CASES[i].denominator),
        CASES[i].share);
}

static void
a_discount_is_allocated_by_largest_remainder(void)
{
  const Money weights[] = {1999, 350, 1251};
  Money parts[3];
  money_allocate(1000, weights, 3, parts);
  CU_ASSERT_EQUAL(parts[0], 555);
  CU_ASSERT_EQUAL(parts[1], 97);
  CU_ASSERT_EQUAL(parts[2], 348);
}

static void
the_first_part_wins_a_tie_and_nothing_goes_to_no_weight(void)
{
  const Money weights[] = {0, 1, 1, 1};
  Money parts[4];
  money_allocate(2, weights, 4, parts);
  CU_ASSERT_EQUAL(parts[0], 0);
  CU_ASSERT_EQUAL(parts[1], 1);
  CU_ASSERT_EQUAL(parts[2], 1);
  CU_ASSERT_EQUAL(parts[3], 0);
}

static void
a_negative_total_mirrors_the_positive_one(void)
{
  const Money weights[] = {1999, 350, 1251};
  Money parts[3];
  money_allocate(-1000, weights, 3, parts);
  CU_ASSERT_EQUAL(parts[0], -555);
  CU_ASSERT_EQUAL(parts[1], -97);
  CU_ASSERT_EQUAL(parts[2], -348);
}

static void
parts_always_add_up_and_stay_within_a_fen_of_their_due(void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed(20261122);
  for (int round = 0; round < 2000; round++) {
    Money weights[20], parts[20], sum = 0, weight_sum = 0;
    int n = g_rand_int_range(rand, 1, 21);
    for (int i = 0; i < n; i++)
      weight_sum += weights[i] = g_rand_int_range(rand, i == 0 ? 1 : 0, 100000);
    Money total = g_rand_int_range(rand, 0, 1000000);
    money_allocate(total, weights, n, parts);
    for (int i = 0; i < n; i++) {
      sum += parts[i];
      Money off = parts[i] * weight_sum - total * weights[i];
      CU_ASSERT_TRUE(ABS(off) < weight_sum);
    }
    CU_ASSERT_EQUAL(sum, total);
  }
}

static void
rounding_goes_down_only(void)
{
  static const struct {
    Money amount, step, rounded;
  } CASES[] = {
      {4687, 10, 4680},
      {4680, 10, 4680},
      {4699, 100, 4600},
      {4687, 1, 4687},
      {9, 10, 0},
      {0, 100, 0},
      {-5, 10, -10},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++)
    CU_ASSERT_EQUAL(money_round_down(CASES[i].amount, CASES[i].step), CASES[i].rounded);
}

static void
an_amount_is_written_with_two_places(void)
{
  static const struct {
    Money amount;
    const char *text;
  } CASES[] = {
      {1234, "12.34"},
      {-5, "-0.05"},
      {0, "0.00"},
      {7, "0.07"},
      {100000000, "1000000.00"},
      {-12345, "-123.45"},
      {INT64_MIN, "-92233720368547758.08"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autofree char *text = money_text(CASES[i].amount);
    CU_ASSERT_STRING_EQUAL(text, CASES[i].text);
  }
}

static void
an_amount_is_read_as_people_type_it(void)
{
  static const struct {
    const char *text;
    Money amount;
  } CASES[] = {
      {"12", 1200},
      {"12.3", 1230},
      {"12.34", 1234},
      {".5", 50},
      {"0", 0},
      {"０１２．５０", 1250},
      {"12。5", 1250}, /* the point key of a Chinese input method */
      {" 7 ", 700},
      {"99999999.99", 9999999999},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    Money amount = -1;
    CU_ASSERT_TRUE(money_parse(CASES[i].text, &amount));
    CU_ASSERT_EQUAL(amount, CASES[i].amount);
  }
}

static void
what_is_no_amount_is_refused_and_touches_nothing(void)
{
  static const char *const TEXTS[] = {
      "",
      " ",
      ".",
      "12.",
      "1.234",
      "-1",
      "+1",
      "1e3",
      "1,000",
      "12.3.4",
      "十二",
      "1 2",
      "100000000",
      "1.2x",
      "￥5",
      "0x1",
      "\xff\xfe",
      "999999999999999999999",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(TEXTS); i++) {
    Money amount = 77;
    CU_ASSERT_FALSE(money_parse(TEXTS[i], &amount));
    CU_ASSERT_EQUAL(amount, 77);
  }
  Money amount = 77;
  CU_ASSERT_FALSE(money_parse(NULL, &amount));
}

TESTS("money",
      TEST(a_share_is_rounded_once_half_away_from_zero),
      TEST(a_discount_is_allocated_by_largest_remainder),
      TEST(the_first_part_wins_a_tie_and_nothing_goes_to_no_weight),
      TEST(a_negative_total_mirrors_the_positive_one),
      TEST(parts_always_add_up_and_stay_within_a_fen_of_their_due),
      TEST(rounding_goes_down_only),
      TEST(an_amount_is_written_with_two_places),
      TEST(an_amount_is_read_as_people_type_it),
      TEST(what_is_no_amount_is_refused_and_touches_nothing))
