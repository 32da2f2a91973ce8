#include "app/domain/id_number.h"

#include <glib.h>

#include "tests/test.h"

static void
a_right_number_gives_birth_and_sex(void)
{
  static const struct {
    const char *number;
    Day birth;
    bool is_female;
  } CASES[] = {
      {"11010519491231002X", 19491231, true},
      {"11010519491231002x", 19491231, true},
      {"110101199003077758", 19900307, false},
      {"440305200002290010", 20000229, false},
      {"810000199105010021", 19910501, true}, /* residence permit, Hong Kong */
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    Day birth = DAY_NONE;
    bool is_female = !CASES[i].is_female;
    CU_ASSERT_EQUAL(id_number_check(CASES[i].number, &birth, &is_female), ID_OK);
    CU_ASSERT_EQUAL(birth, CASES[i].birth);
    CU_ASSERT_EQUAL(is_female, CASES[i].is_female);
  }
  CU_ASSERT_EQUAL(id_number_check("11010519491231002X", NULL, NULL), ID_OK);
}

static void
a_wrong_number_says_why_and_gives_nothing(void)
{
  static const struct {
    const char *number;
    IdFault fault;
  } CASES[] = {
      {"", ID_BAD_LENGTH},
      {"110105491231002", ID_BAD_LENGTH}, /* the old 15 digits */
      {"11010519491231002X0", ID_BAD_LENGTH},
      {"1101051949123100XX", ID_BAD_CHARACTER},
      {"11010519491231 02X", ID_BAD_CHARACTER},
      {"11010519491231002A", ID_BAD_CHARACTER},
      {"X1010519491231002X", ID_BAD_CHARACTER},
      {"990101199003077751", ID_BAD_REGION},
      {"110101199002317756", ID_BAD_DATE}, /* 31 February */
      {"110101189912310028", ID_BAD_DATE}, /* 1899 */
      {"110105194912310021", ID_BAD_CHECK},
      {"110105194912310029", ID_BAD_CHECK},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    Day birth = 77;
    bool is_female = true;
    CU_ASSERT_EQUAL(id_number_check(CASES[i].number, &birth, &is_female), CASES[i].fault);
    CU_ASSERT_EQUAL(birth, 77);
    CU_ASSERT_TRUE(is_female);
  }
  CU_ASSERT_EQUAL(id_number_check(NULL, NULL, NULL), ID_BAD_LENGTH);
}

static void
every_single_slip_of_a_digit_is_found(void)
{
  const char *right = "11010519491231002X";
  for (int place = 0; place < 17; place++) {
    for (int digit = 0; digit < 10; digit++) {
      g_autofree char *slipped = g_strdup(right);
      if (slipped[place] == (char)('0' + digit))
        continue;
      slipped[place] = (char)('0' + digit);
      CU_ASSERT_NOT_EQUAL(id_number_check(slipped, NULL, NULL), ID_OK);
    }
  }
}

static void
a_mask_shows_three_and_four_and_of_short_texts_nothing(void)
{
  static const struct {
    const char *number;
    const char *mask;
  } CASES[] = {
      {"110101199003070020", "110***********0020"},
      {"11010519491231002X", "110***********002X"},
      {"110105491231002", "110********1002"},
      {"E12345678", "*********"},
      {"", ""},
      {NULL, ""},
      {"十一十一十一十一", "************************"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autofree char *mask = id_number_mask(CASES[i].number);
    CU_ASSERT_STRING_EQUAL(mask, CASES[i].mask);
  }
}

static void
a_name_shows_its_first_character_only(void)
{
  static const struct {
    const char *name, *masked;
  } NAMES[] = {{"王小明", "王**"},
               {"刘䶮", "刘*"},
               {"李", "李*"},
               {"阿依古丽·艾合买提", "阿***"},
               {"EXAMPLE, ANNA", "E***"},
               {"", ""}};
  for (gsize i = 0; i < G_N_ELEMENTS(NAMES); i++) {
    g_autofree char *masked = id_number_mask_name(NAMES[i].name);
    CU_ASSERT_STRING_EQUAL(masked, NAMES[i].masked);
  }
  g_autofree char *none = id_number_mask_name(NULL);
  CU_ASSERT_STRING_EQUAL(none, "");
}

static void
a_number_may_add_up_whatever_place_it_names(void)
{
  CU_ASSERT(id_number_adds_up("11010519491231002X"));
  CU_ASSERT(id_number_adds_up("911000197902150073"));
  CU_ASSERT(!id_number_adds_up("911000197902150074"));
  CU_ASSERT(!id_number_adds_up("91100019790215007"));
  CU_ASSERT(!id_number_adds_up(NULL));
}

TESTS("id_number",
      TEST(a_right_number_gives_birth_and_sex),
      TEST(a_wrong_number_says_why_and_gives_nothing),
      TEST(every_single_slip_of_a_digit_is_found),
      TEST(a_mask_shows_three_and_four_and_of_short_texts_nothing),
      TEST(a_name_shows_its_first_character_only),
      TEST(a_number_may_add_up_whatever_place_it_names))
