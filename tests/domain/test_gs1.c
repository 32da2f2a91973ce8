#include "app/domain/gs1.h"

#include <string.h>

#include "tests/test.h"

#define GTIN "0109521234543213"
#define GS   "\x1d"

static const struct {
  const char *text;
  Gs1Form form;
  const char *human;
  const char *bad_ai;
} STRINGS[] = {
    {GTIN "17270831"
          "10ABC1",
     GS1_MARKED,
     "(01)09521234543213(17)270831(10)ABC1",
     ""},
    {GS GTIN "10ABC1" GS "17270831",
     GS1_MARKED,
     "(01)09521234543213(10)ABC1(17)270831",
     ""},
    {GTIN GS "17270831" GS "21S9", GS1_MARKED, "(01)09521234543213(17)270831(21)S9", ""},
    {"3103000195" GTIN, GS1_MARKED, "(3103)000195(01)09521234543213", ""},
    {GTIN "7003"
          "2708311345",
     GS1_MARKED,
     "(01)09521234543213(7003)2708311345",
     ""},
    {GTIN "8008"
          "27083113" GS "20"
          "01",
     GS1_MARKED,
     "(01)09521234543213(8008)27083113(20)01",
     ""},
    {"(01)09521234543213(17)270831(10)ABC1",
     GS1_HUMAN,
     "(01)09521234543213(17)270831(10)ABC1",
     ""},
    {"(10)A(B)1(21)7", GS1_HUMAN, "(10)A(B)1(21)7", ""},
    {"10A1", GS1_UNMARKED, "", ""},
    {GTIN "17270831"
          "10ABC1",
     GS1_UNMARKED,
     "(01)09521234543213(17)270831",
     ""},
    {GTIN GS GTIN, GS1_MARKED, "(01)09521234543213(01)09521234543213", ""},
    /* broken ones */
    {"0109521234543214", GS1_MARKED, "", "01"}, /* check digit */
    {"010952123454321", GS1_MARKED, "", "01"},  /* too short */
    {"010952123454321A", GS1_MARKED, "", "01"}, /* letter */
    {"0209521234543214", GS1_MARKED, "", "02"},
    {GTIN "17271301", GS1_MARKED, "(01)09521234543213", "17"},
    {GTIN "17270230", GS1_MARKED, "(01)09521234543213", "17"},
    {GTIN "7006270800", GS1_MARKED, "(01)09521234543213", "7006"}, /* needs a day */
    {GTIN "10", GS1_MARKED, "(01)09521234543213", "10"},
    {GTIN "10"
          "123456789012345678901",
     GS1_MARKED,
     "(01)09521234543213",
     "10"},
    {GTIN "10A B", GS1_MARKED, "(01)09521234543213", "10"},
    {GTIN "10药", GS1_MARKED, "(01)09521234543213", "10"},
    {GTIN "7003"
          "2708312500",
     GS1_MARKED,
     "(01)09521234543213",
     "7003"},
    {GTIN "10A" GS "10B", GS1_MARKED, "(01)09521234543213(10)A", "10"},
    {GTIN "05", GS1_MARKED, "(01)09521234543213", "05"},
    {GTIN "4", GS1_MARKED, "(01)09521234543213", "4"},
    {"hello", GS1_MARKED, "", "hell"},
    {"(01)09521234543213(05)1", GS1_HUMAN, "", "01"}, /* 05 is no AI: part of the value */
    {"(17)270831x", GS1_HUMAN, "", "17"},
};

static void
element_strings_are_read_by_the_dictionary(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(STRINGS); i++) {
    char bad_ai[5] = "zzzz";
    g_autoptr(GPtrArray) fields = gs1_read(STRINGS[i].text, STRINGS[i].form, bad_ai);
    g_autofree char *human = gs1_to_text(fields);
    CU_ASSERT_STRING_EQUAL(human, STRINGS[i].human);
    CU_ASSERT_STRING_EQUAL(bad_ai, STRINGS[i].bad_ai);
  }
}

static void
a_field_is_found_by_its_identifier_and_carries_its_title(void)
{
  char bad_ai[5];
  g_autoptr(GPtrArray) fields = gs1_read(GTIN "17270831"
                                              "21S9",
                                         GS1_MARKED,
                                         bad_ai);
  CU_ASSERT_STRING_EQUAL(gs1_value(fields, "17"), "270831");
  CU_ASSERT_STRING_EQUAL(gs1_value(fields, "21"), "S9");
  CU_ASSERT_PTR_NULL(gs1_value(fields, "10"));
  CU_ASSERT_STRING_EQUAL(((Gs1Field *)fields->pdata[0])->title, "GTIN");
  CU_ASSERT_STRING_EQUAL(((Gs1Field *)fields->pdata[1])->title, "USE BY or EXPIRY");
}

static void
a_short_year_and_day_nought_are_resolved(void)
{
  static const struct {
    const char *text;
    Day day;
  } CASES[] = {
      {"270831", 20270831},
      {"270800", 20270831},
      {"240200", 20240229},
      {"000101", 20000101},
      {"790101", 20790101},
      {"800101", 19800101},
      {"991231", 19991231},
      {"270832", DAY_NONE},
      {"271300", DAY_NONE},
      {"2708", DAY_NONE},
      {"27083x", DAY_NONE},
      {"", DAY_NONE},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++)
    CU_ASSERT_EQUAL(gs1_day(CASES[i].text), CASES[i].day);
}

static void
every_rule_of_the_table_can_be_read(void)
{
  CU_ASSERT_TRUE(GS1_N_RULES > 200);
  for (int i = 0; i < GS1_N_RULES; i++) {
    const Gs1Rule *rule = &GS1_RULES[i];
    CU_ASSERT_EQUAL(strlen(rule->first), strlen(rule->last));
    CU_ASSERT_TRUE(strcmp(rule->first, rule->last) <= 0);
    for (const char *p = rule->components; *p;) {
      p += *p == '[';
      CU_ASSERT_PTR_NOT_NULL(strchr("NXYZ", *p));
      CU_ASSERT_TRUE(g_ascii_isdigit(p[1]) || g_str_has_prefix(p + 1, ".."));
      p += strcspn(p, " ");
      p += strspn(p, " ");
    }
    /* A predefined length is the length of one component. */
    if (rule->is_predefined)
      CU_ASSERT_PTR_NULL(strpbrk(rule->components, " .["));
  }
}

static void
lengths_that_gs1_predefines_are_the_published_ones(void)
{
  /* First two digits of the AI, all that a decoder needs (GS1 General Specifications). */
  static const char *const PREFIXES[] = {
      "00",
      "01",
      "02",
      "03",
      "11",
      "12",
      "13",
      "15",
      "16",
      "17",
      "20",
      "31",
      "32",
      "33",
      "34",
      "35",
      "36",
      "41",
  };
  for (int i = 0; i < GS1_N_RULES; i++) {
    bool is_listed = false;
    for (gsize p = 0; p < G_N_ELEMENTS(PREFIXES); p++)
      is_listed |= g_str_has_prefix(GS1_RULES[i].first, PREFIXES[p]);
    CU_ASSERT_EQUAL(GS1_RULES[i].is_predefined, is_listed);
  }
}

TESTS("gs1",
      TEST(element_strings_are_read_by_the_dictionary),
      TEST(a_field_is_found_by_its_identifier_and_carries_its_title),
      TEST(a_short_year_and_day_nought_are_resolved),
      TEST(every_rule_of_the_table_can_be_read),
      TEST(lengths_that_gs1_predefines_are_the_published_ones))
