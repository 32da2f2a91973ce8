#include "db/sample_store.h"

#include "tests/db/market.h"

static const MarketArticle ARTICLES[] = {
    {1, 9, "阿莫西林胶囊", NULL, NULL, NULL, "6901234567892"},
    {2, 1, "布洛芬缓释胶囊", NULL, NULL, NULL, "6901234567885"},
    {3, 2, "去痛片", NULL, NULL, NULL, "6901234567878", .inactive = true},
    {4, 3, "炙黄芪"},
};

static void
stock(Db *catalogue, int64_t id)
{
  CU_ASSERT_TRUE(catalogue_store_mark_stocked(catalogue, &id, 1, true, NULL));
}

static void
while_nothing_is_at_hand_any_article_with_a_barcode_will_do(void)
{
  g_autoptr(Db) catalogue = db_open(":memory:", "catalogue", DB_WRITER, NULL);
  g_autoptr(GPtrArray) codes = NULL;
  market_bring(catalogue, ARTICLES, 4);
  CU_ASSERT_TRUE(sample_store_articles(catalogue, 9, &codes, NULL));
  CU_ASSERT_EQUAL_FATAL(codes->len, 2);
  const SampleCode *best = codes->pdata[0];
  CU_ASSERT_EQUAL(best->product_id, 2);
  CU_ASSERT_STRING_EQUAL(best->name, "布洛芬缓释胶囊");
  CU_ASSERT_STRING_EQUAL(best->code, "6901234567885");
}

static void
what_is_at_hand_comes_alone(void)
{
  g_autoptr(Db) catalogue = db_open(":memory:", "catalogue", DB_WRITER, NULL);
  g_autoptr(GPtrArray) codes = NULL;
  market_bring(catalogue, ARTICLES, 4);
  stock(catalogue, 1);
  CU_ASSERT_TRUE(sample_store_articles(catalogue, 9, &codes, NULL));
  CU_ASSERT_EQUAL_FATAL(codes->len, 1);
  CU_ASSERT_EQUAL(((SampleCode *)codes->pdata[0])->product_id, 1);
}

static void
no_more_come_than_were_asked_for(void)
{
  g_autoptr(Db) catalogue = db_open(":memory:", "catalogue", DB_WRITER, NULL);
  g_autoptr(GPtrArray) codes = NULL;
  market_bring(catalogue, ARTICLES, 4);
  CU_ASSERT_TRUE(sample_store_articles(catalogue, 1, &codes, NULL));
  CU_ASSERT_EQUAL(codes->len, 1);
}

static void
hire(Db *catalogue, const char *number, const char *badge, bool active)
{
  g_auto(Query) q =
      query(catalogue,
            "INSERT INTO staff (number, id, name, role, rights, discount_limit_bp,"
            "  active, badge, pin_salt, pin_mark, pin_ops, pin_mem, ver) VALUES "
            "(:number, :number, '张三', 0, 7, 0,"
            " :active, :badge, NULL, NULL, 1, 8192, 1)");
  query_bind_text(&q, ":number", number);
  query_bind_int(&q, ":active", active);
  query_bind_text(&q, ":badge", badge);
  query_run(&q);
  CU_ASSERT_TRUE(query_done(&q, NULL));
}

static void
badges_are_those_of_people_who_work_here(void)
{
  g_autoptr(Db) catalogue = db_open(":memory:", "catalogue", DB_WRITER, NULL);
  g_autoptr(GPtrArray) badges = NULL;
  hire(catalogue, "0312", "S90312", true);
  hire(catalogue, "0313", "", true);
  hire(catalogue, "0314", "S90314", false);
  CU_ASSERT_TRUE(sample_store_badges(catalogue, 9, &badges, NULL));
  CU_ASSERT_EQUAL_FATAL(badges->len, 1);
  CU_ASSERT_STRING_EQUAL(((SampleCode *)badges->pdata[0])->code, "S90312");
}

static void
whatever_step_fails_it_says_so(void)
{
  g_autoptr(Db) catalogue = db_open(":memory:", "catalogue", DB_WRITER, NULL);
  market_bring(catalogue, ARTICLES, 4);
  for (int n = 1;; n++) {
    g_autoptr(GPtrArray) codes = NULL;
    g_autoptr(GError) error = NULL;
    query_fail_at(n);
    bool done = sample_store_articles(catalogue, 9, &codes, &error);
    query_fail_at(0);
    if (done)
      break;
    CU_ASSERT_PTR_NOT_NULL(error);
    CU_ASSERT_PTR_NULL(codes);
  }
}

TESTS("sample_store",
      TEST(while_nothing_is_at_hand_any_article_with_a_barcode_will_do),
      TEST(what_is_at_hand_comes_alone),
      TEST(no_more_come_than_were_asked_for),
      TEST(badges_are_those_of_people_who_work_here),
      TEST(whatever_step_fails_it_says_so))
