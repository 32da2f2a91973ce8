#include "db/search_index.h"

#include "tests/db/market.h"

static const MarketArticle SHELF[] = {
    {1,
     1,
     "阿莫西林胶囊",
     "阿莫仙",
     "珠海联邦制药",
     "国药准字H20013062",
     "6901234567892"},
    {2,
     2,
     "布洛芬缓释胶囊",
     "芬必得",
     "中美天津史克",
     "国药准字H10900089",
     "6924147659034"},
    {3, 3, "阿司匹林肠溶片", "拜阿司匹灵", "拜耳医药", "国药准字J20171021", NULL},
    {4, 4, "阿莫西林克拉维酸钾片", "", "石药集团", "国药准字H20041109", NULL},
    {5, 5, "党参", "", "亳州饮片厂", "", NULL},
    {6, 6, "长春西汀片", "", "联邦制药", "国药准字H20000001", NULL},
    {7, 0, "PARACÉTAMOL BIOGARAN 500 mg, comprimé", "", "BIOGARAN", "34009", NULL},
    {8, 7, "999感冒灵颗粒", "", "华润三九", "国药准字Z44021940", NULL},
    {9, 8, "板蓝根颗粒", "", "白云山", "", NULL, "[\"gmy\",\"备用 名\"]"},
    {10, 9, "停产药", "", "", "", NULL, NULL, 0, true},
};

static Db *
shelf(void)
{
  Db *catalogue = db_open(":memory:", "catalogue", DB_WRITER, NULL);
  market_bring(catalogue, SHELF, G_N_ELEMENTS(SHELF));
  return catalogue;
}

/* "1,4": what @text finds. */
static char *
find(Db *catalogue, const char *text, int max)
{
  g_autoptr(GArray) ids = NULL;
  g_autoptr(GError) error = NULL;
  GString *list = g_string_new(NULL);
  bool found = search_index_find(catalogue, catalogue, text, max, &ids, &error);
  CU_ASSERT_TRUE_FATAL(found);
  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf(
        list, "%s%d", i ? "," : "", (int)g_array_index(ids, int64_t, i));
  return g_string_free(list, FALSE);
}

static void
an_article_is_found_by_whatever_a_clerk_types(void)
{
  g_autoptr(Db) catalogue = shelf();
  const struct {
    const char *typed, *found;
  } cases[] = {
      {"amxl", "1,4"},
      {"AMXLJN", "1"},
      {"amxljnx", ""},
      {"a", "1,3,4"},
      {"阿", "1,3,4"},
      {"阿莫", "1,4"},
      {"莫西林", "1,4"},
      {"西林胶", "1"},
      {"缓释", "2"},
      {"芬必得", "2"},
      {"fbd", "2"},
      {"必得", "2"},
      {"联邦", "1,6"},
      {"阿莫 联邦", "1"},
      {"联邦 cc", "6"},
      {"ds", "5"},
      {"ccxt", "6"},
      {"999", "8"},
      {"gmy", "9"},
      {"备用", "9"},
      {"名", "9"},
      {"paracetamol", "7"},
      {"Paracé", "7"},
      {"cetam", "7"},
      {"500 bio", "7"},
      {"国药准字H20013062", "1"},
      {"h20013062", "1"},
      {"H20013", "1"},
      {"阿莫 7892", "1"},
      {"联邦 H200130", "1"},
      {"A00003", "3"},
      {"a0000", "1,2,3,4,5,6,8,9,7"},
      {"6901234567892", "1"},
      {"06901234567892", "1"},
      {"7892", "1"},
      {"9034", "2"},
      {"903", ""},
      {"停产药", ""},
      {"A00010", "10"},
      {"zzzz", ""},
      {"", ""},
      {"  ", ""},
      {"，。！", ""},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *found = find(catalogue, cases[i].typed, 50);
    CU_ASSERT_STRING_EQUAL(found, cases[i].found);
    if (strcmp(found, cases[i].found) != 0)
      g_printerr("\"%s\" finds %s\n", cases[i].typed, found);
  }
}

static void
best_sellers_at_hand_come_first(void)
{
  g_autoptr(Db) catalogue = shelf();
  const int64_t here[] = {4, 3};
  CU_ASSERT_TRUE(catalogue_store_mark_stocked(catalogue, here, 2, true, NULL));
  g_autofree char *found = find(catalogue, "阿", 50);
  CU_ASSERT_STRING_EQUAL(found, "3,4,1");
  g_autofree char *best = find(catalogue, "阿", 2);
  CU_ASSERT_STRING_EQUAL(best, "3,4");
  g_autoptr(GArray) by_rank = NULL;
  CU_ASSERT_TRUE(search_index_find(catalogue, NULL, "阿", 50, &by_rank, NULL));
  CU_ASSERT_EQUAL_FATAL(by_rank->len, 3);
  CU_ASSERT_EQUAL(g_array_index(by_rank, int64_t, 0), 1);
  CU_ASSERT_EQUAL(g_array_index(by_rank, int64_t, 2), 4);
  CU_ASSERT_TRUE(catalogue_store_mark_stocked(catalogue, here, 2, false, NULL));
  g_autofree char *again = find(catalogue, "阿", 50);
  CU_ASSERT_STRING_EQUAL(again, "1,3,4");
}

static void
an_article_marked_before_it_came_stands_right_when_it_comes(void)
{
  g_autoptr(Db) catalogue = db_open(":memory:", "catalogue", DB_WRITER, NULL);
  const int64_t here[] = {4, 4711};
  CU_ASSERT_TRUE(catalogue_store_mark_stocked(catalogue, here, 2, true, NULL));
  market_bring(catalogue, SHELF, G_N_ELEMENTS(SHELF));
  g_autofree char *found = find(catalogue, "阿", 50);
  CU_ASSERT_STRING_EQUAL(found, "4,1,3");
}

static void
an_article_that_changes_is_found_by_its_new_words_only(void)
{
  g_autoptr(Db) catalogue = shelf();
  const MarketArticle changed = {1,
                                 1,
                                 "头孢克肟胶囊",
                                 "达力芬",
                                 "珠海联邦制药",
                                 "国药准字H9",
                                 "6900000000007",
                                 NULL,
                                 2};
  market_bring(catalogue, &changed, 1);
  const struct {
    const char *typed, *found;
  } cases[] = {{"amxl", "4"},
               {"阿莫仙", ""},
               {"tbkw", "1"},
               {"达力", "1"},
               {"h20013062", ""},
               {"6901234567892", ""},
               {"7892", ""},
               {"6900000000007", "1"},
               {"联邦", "1,6"}};
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *found = find(catalogue, cases[i].typed, 50);
    CU_ASSERT_STRING_EQUAL(found, cases[i].found);
  }
}

static void
a_new_rank_moves_an_article(void)
{
  g_autoptr(Db) catalogue = shelf();
  MarketArticle last = SHELF[0];
  last.rank = 100;
  last.ver = 2;
  market_bring(catalogue, &last, 1);
  g_autofree char *found = find(catalogue, "阿", 50);
  CU_ASSERT_STRING_EQUAL(found, "3,4,1");
}

static void
articles_of_one_rank_and_of_none_are_all_found(void)
{
  g_autoptr(Db) catalogue = db_open(":memory:", "catalogue", DB_WRITER, NULL);
  for (int i = 0; i < 300; i++) {
    MarketArticle article = {i + 1, i % 2 ? 5 : 0, "同名药", "", "", "", NULL};
    market_bring(catalogue, &article, 1);
  }
  g_autoptr(GArray) ids = NULL;
  CU_ASSERT_TRUE(search_index_find(catalogue, catalogue, "tmy", 1000, &ids, NULL));
  CU_ASSERT_EQUAL(ids->len, 300);
  CU_ASSERT_EQUAL(g_array_index(ids, int64_t, 0) % 2, 0); /* ids with a rank come first */
}

static void
garbage_is_answered_with_nothing_or_something_but_never_an_error(void)
{
  g_autoptr(Db) catalogue = shelf();
  const char *garbage[] = {
      "\"",       "*",     "a*",         "words:a", "a AND",    "NEAR(a b)",
      "(((",      "-",     "^a",         "{x}:y",   "' OR 1=1", ";--",
      "\x01\x02", "\xff",  "a\xc3",      "%",       "_",        "‹a",
      "‹",        "+ + +", "AND OR NOT", "\\",      "<2987",    "\xf4\x90\x80\x80"};
  for (gsize i = 0; i < G_N_ELEMENTS(garbage); i++)
    g_free(find(catalogue, garbage[i], 50));
  GRand *random = g_rand_new_with_seed(4711);
  for (int i = 0; i < 3000; i++) {
    char bytes[64];
    int n = g_rand_int_range(random, 0, 63);
    for (int k = 0; k < n; k++)
      bytes[k] = (char)g_rand_int_range(random, 1, 256);
    bytes[n] = '\0';
    g_free(find(catalogue, bytes, 5));
  }
  g_rand_free(random);
  g_autofree char *long_one = g_strnfill(10000, '7');
  g_free(find(catalogue, long_one, 50));
  g_autofree char *none = find(catalogue, "阿", 0);
  CU_ASSERT_STRING_EQUAL(none, "");
}

static void
a_disk_that_fails_is_an_error(void)
{
  g_autoptr(Db) catalogue = shelf();
  int n = 1;
  for (;; n++) {
    g_autoptr(GArray) ids = NULL;
    g_autoptr(GError) error = NULL;
    query_fail_at(n);
    bool found = search_index_find(catalogue, catalogue, "7892", 50, &ids, &error);
    query_fail_at(0);
    if (found)
      break;
    CU_ASSERT_PTR_NULL(ids);
    CU_ASSERT_TRUE(g_error_matches(error, DB_ERROR, DB_ERROR_FULL));
  }
  CU_ASSERT_TRUE(n > 4);
}

TESTS("search_index",
      TEST(an_article_is_found_by_whatever_a_clerk_types),
      TEST(best_sellers_at_hand_come_first),
      TEST(an_article_marked_before_it_came_stands_right_when_it_comes),
      TEST(an_article_that_changes_is_found_by_its_new_words_only),
      TEST(a_new_rank_moves_an_article),
      TEST(articles_of_one_rank_and_of_none_are_all_found),
      TEST(garbage_is_answered_with_nothing_or_something_but_never_an_error),
      TEST(a_disk_that_fails_is_an_error))
