#include "db/search_text.h"

#include <string.h>

#include "tests/test.h"

static void
text_is_folded_to_what_a_clerk_would_type(void)
{
  const struct {
    const char *text, *folded;
  } cases[] = {
      {"", ""},
      {NULL, ""},
      {"  ", ""},
      {"阿莫西林胶囊", "阿莫西林胶囊"},
      {"阿莫西林 （联邦）胶囊", "阿莫西林 联邦 胶囊"},
      {"ＡＢＣ１２３", "abc123"},
      {"PARACÉTAMOL Biogaran 500 mg, comprimé", "paracetamol biogaran 500 mg comprime"},
      {"œstrogène", "oestrogene"},
      {"维生素C片", "维生素c片"},
      {"\"AND\" OR (NEAR*", "and or near"},
      {"\xff\xfe阿", "阿"},
      {"a\tb\nc\x1f"
       "d",
       "a b c d"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *folded = search_text_fold(cases[i].text);
    CU_ASSERT_STRING_EQUAL(folded, cases[i].folded);
  }
}

static void
initials_are_of_both_names_each_once(void)
{
  g_autoptr(GPtrArray) extra = g_ptr_array_new();
  g_ptr_array_add(extra, (gpointer) "AMXL");
  g_ptr_array_add(extra, (gpointer) "amxl");
  g_autofree char *some = search_text_initials("党参", "长春", extra);
  CU_ASSERT_PTR_NOT_NULL(strstr(some, "ds"));
  CU_ASSERT_PTR_NOT_NULL(strstr(some, "cc"));
  CU_ASSERT_PTR_NOT_NULL(strstr(some, "amxl"));
  CU_ASSERT_PTR_NULL(strstr(strstr(some, "amxl") + 4, "amxl"));
  g_autofree char *latin = search_text_initials("PARACÉTAMOL 500 mg", "Doliprane", NULL);
  CU_ASSERT_STRING_EQUAL(latin, "");
}

static void
a_document_holds_beginnings_and_neighbours(void)
{
  const SearchText article = {"维生素c片",
                              "",
                              "ABCD",
                              "wsscp",
                              "国药准字H20013062",
                              "[{\"code\":\"6901234567892\",\"unit\":\"12\"}]"};
  g_autofree char *document = search_text_document(&article);
  CU_ASSERT_STRING_EQUAL(document,
                         "‹维 维生 维生素 生素 生素c 素c 素c片 c片 ‹a ‹ab abc bcd "
                         "‹w ‹ws ‹wss ‹wssc ‹wsscp §h20013062 ›2987654321096");
}

static void
a_question_asks_for_tokens_that_documents_have(void)
{
  const struct {
    const char *typed, *expression;
    bool must_check;
  } cases[] = {
      {"a", "(\"‹a\")", false},
      {"AM", "(\"‹am\")", false},
      {"amx", "((\"amx\") OR \"‹amx\")", false},
      {"amxl", "((\"amx\" AND \"mxl\") OR \"‹amxl\")", true},
      {"阿", "(\"‹阿\")", false},
      {"莫西", "(\"莫西\")", false},
      {"莫西 hb", "(\"莫西\") AND (\"‹hb\")", false},
      {"西林胶", "((\"西林胶\"))", false},
      {"西林胶囊", "((\"西林胶\" AND \"林胶囊\"))", true},
      {"7892", "((\"789\" AND \"892\") OR \"‹7892\" OR (\"›2987\" *))", true},
      {"国药准字H20013",
       "((\"国药准\" AND \"药准字\" AND \"准字h\" AND \"字h2\" AND \"h20\" AND "
       "\"200\" AND \"001\" AND \"013\") OR (\"§h20013\" *))",
       true},
      {"", NULL, false},
      {"\"*()", NULL, false},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_auto(SearchQuestion) question;
    search_text_ask(cases[i].typed, &question);
    CU_ASSERT_EQUAL(g_strcmp0(question.expression, cases[i].expression), 0);
    CU_ASSERT_EQUAL(question.must_check, cases[i].must_check);
  }
}

static void
long_input_is_cut_and_never_fails(void)
{
  g_autofree char *letters = g_strnfill(10000, 'q');
  g_autofree char *blanks = g_strnfill(10000, ' ');
  g_auto(SearchQuestion) one, none;
  search_text_ask(letters, &one);
  CU_ASSERT_EQUAL(one.words->len, 1);
  CU_ASSERT_EQUAL(strlen(one.words->pdata[0]), SEARCH_TEXT_LONG);
  search_text_ask(blanks, &none);
  CU_ASSERT_PTR_NULL(none.expression);
  g_auto(SearchQuestion) many;
  search_text_ask("a b c d e f g h i j", &many);
  CU_ASSERT_EQUAL(many.words->len, SEARCH_TEXT_WORDS);
}

static void
neighbours_that_lie_apart_are_not_the_word(void)
{
  const SearchText apart = {"abcx bcd", "", "", "", "", "[]"};
  const SearchText together = {"XABCD", "", "", "", "", "[]"};
  g_auto(SearchQuestion) question;
  search_text_ask("abcd", &question);
  CU_ASSERT_FALSE(search_text_is_in(&question, &apart));
  CU_ASSERT_TRUE(search_text_is_in(&question, &together));
}

static void
the_end_of_a_code_counts_as_the_word(void)
{
  const SearchText article = {
      "药", "", "", "y", "国药准字H20013062", "[{\"code\":\"6901234567892\"}]"};
  const struct {
    const char *typed;
    bool is_in;
  } cases[] = {{"7892", true},
               {"6789", false},
               {"6901234567892", true},
               {"h20013", true},
               {"国药准字h200130", true},
               {"20013062", false}};
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_auto(SearchQuestion) question;
    search_text_ask(cases[i].typed, &question);
    CU_ASSERT_EQUAL(search_text_is_in(&question, &article), cases[i].is_in);
  }
}

TESTS("search_text",
      TEST(text_is_folded_to_what_a_clerk_would_type),
      TEST(initials_are_of_both_names_each_once),
      TEST(a_document_holds_beginnings_and_neighbours),
      TEST(a_question_asks_for_tokens_that_documents_have),
      TEST(long_input_is_cut_and_never_fails),
      TEST(neighbours_that_lie_apart_are_not_the_word),
      TEST(the_end_of_a_code_counts_as_the_word))
