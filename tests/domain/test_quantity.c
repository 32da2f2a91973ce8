#include "app/domain/quantity.h"

#include <glib.h>

#include "tests/test.h"

#define KG 1000000 /* mg */

static void
a_line_is_priced_once_on_its_whole_quantity(void)
{
  CU_ASSERT_EQUAL(quantity_price(63000, 2855, KG), 180); /* not 7 x 26 = 182 */
  CU_ASSERT_EQUAL(quantity_price(48, 1850, 24), 3700);
  CU_ASSERT_EQUAL(quantity_price(7, 1000, 24), 292); /* 291.67 */
  CU_ASSERT_EQUAL(quantity_price(12, 1, 24), 1);     /* half a fen */
}

static void
a_quantity_is_written_in_units_without_idle_zeros(void)
{
  static const struct {
    Quantity quantity, unit_base;
    const char *text;
  } CASES[] = {
      {48, 24, "2"},
      {12, 24, "0.5"},
      {70000, 1000, "70"},
      {63000, KG, "0.063"},
      {1, 3, "0.333"},
      {2, 3, "0.667"},
      {-24, 24, "-1"},
      {0, 24, "0"},
      {1000, 10, "100"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autofree char *text = quantity_text(CASES[i].quantity, CASES[i].unit_base);
    CU_ASSERT_STRING_EQUAL(text, CASES[i].text);
  }
}

static void
a_count_is_read_as_whole_base_units(void)
{
  static const struct {
    const char *text;
    Quantity unit_base, quantity;
  } CASES[] = {
      {"3", 24, 72},
      {"1.5", 24, 36},
      {"0.063", KG, 63000},
      {"0.000001", KG, 1},
      {"９", 1, 9},
      {"99999", 1, 99999},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    Quantity quantity = -1;
    CU_ASSERT_TRUE(quantity_parse(CASES[i].text, CASES[i].unit_base, &quantity));
    CU_ASSERT_EQUAL(quantity, CASES[i].quantity);
  }
}

static void
a_part_of_a_tablet_nothing_and_too_much_are_refused(void)
{
  static const struct {
    const char *text;
    Quantity unit_base;
  } CASES[] = {
      {"1.5", 1},  /* half a tablet */
      {"0.1", 24}, /* 2.4 tablets */
      {"0", 24},
      {"0.0", 24},
      {"-1", 24},
      {"abc", 24},
      {"", 24},
      {"100000", 24},
      {"99999.5", 24},
      {"1.0000001", KG},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    Quantity quantity = 77;
    CU_ASSERT_FALSE(quantity_parse(CASES[i].text, CASES[i].unit_base, &quantity));
    CU_ASSERT_EQUAL(quantity, 77);
  }
}

TESTS("quantity",
      TEST(a_line_is_priced_once_on_its_whole_quantity),
      TEST(a_quantity_is_written_in_units_without_idle_zeros),
      TEST(a_count_is_read_as_whole_base_units),
      TEST(a_part_of_a_tablet_nothing_and_too_much_are_refused))
