#include "app/domain/decimal.h"

#include <glib.h>

#include "tests/test.h"

static void
places_are_filled_up_to_the_scale(void)
{
  int64_t scaled = 0;
  CU_ASSERT_TRUE(decimal_parse("12.3", 2, 99, &scaled));
  CU_ASSERT_EQUAL(scaled, 1230);
  CU_ASSERT_TRUE(decimal_parse("12.3", 6, 99, &scaled));
  CU_ASSERT_EQUAL(scaled, 12300000);
  CU_ASSERT_TRUE(decimal_parse("7", 0, 9, &scaled));
  CU_ASSERT_EQUAL(scaled, 7);
}

static void
the_whole_part_has_a_limit_and_whole_numbers_have_no_point(void)
{
  int64_t scaled = 77;
  CU_ASSERT_TRUE(decimal_parse("99.99", 2, 99, &scaled));
  CU_ASSERT_FALSE(decimal_parse("100", 2, 99, &scaled));
  CU_ASSERT_FALSE(decimal_parse("7.1", 0, 9, &scaled));
  CU_ASSERT_FALSE(decimal_parse("1234567890123", 6, INT64_MAX, &scaled));
  CU_ASSERT_EQUAL(scaled, 9999);
}

static void
text_has_the_places_it_needs_and_those_it_must(void)
{
  static const struct {
    int64_t scaled;
    int decimals, least;
    const char *text;
  } CASES[] = {
      {1230, 2, 0, "12.3"},
      {1230, 2, 2, "12.30"},
      {1200, 2, 0, "12"},
      {5, 3, 0, "0.005"},
      {-5, 3, 0, "-0.005"},
      {0, 2, 0, "0"},
      {7, 0, 0, "7"},
      {1000, 3, 1, "1.0"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autofree char *text =
        decimal_text(CASES[i].scaled, CASES[i].decimals, CASES[i].least);
    CU_ASSERT_STRING_EQUAL(text, CASES[i].text);
  }
}

TESTS("decimal",
      TEST(places_are_filled_up_to_the_scale),
      TEST(the_whole_part_has_a_limit_and_whole_numbers_have_no_point),
      TEST(text_has_the_places_it_needs_and_those_it_must))
