#include "db/catalogue_store.h"

#include <sodium.h>

#include "db/people_store.h"
#include "db/product_store.h"
#include "db/search_index.h"
#include "tests/db/market.h"

static const MarketArticle TWO[] = {
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
};

#define PRICE                                                                            \
  "{\"product\":1,\"unit\":\"10g/袋\",\"tier\":\"shelf\",\"fen\":1280,\"from\":5,"      \
  "\"to\":null,\"reason\":\"\"}"

static int64_t
rows(Db *catalogue)
{
  return number(catalogue,
                "SELECT (SELECT count(*) FROM article) + (SELECT count(*) FROM code)"
                " + (SELECT count(*) FROM price)"
                " + (SELECT count(*) FROM staff) + (SELECT count(*) FROM raw_change)"
                " /* scan */");
}

static char *
mixed_page(void)
{
  char *changes[] = {
      market_article(1, &TWO[0]),
      g_strdup(
          "{\"pos\":2,\"type\":\"price\",\"op\":\"put\",\"key\":\"1/10g/袋/shelf/5\","
          "\"ver\":1,\"body\":" PRICE "}"),
      market_article(3, &TWO[1]),
      g_strdup("{\"pos\":4,\"type\":\"staff\",\"op\":\"put\",\"key\":\"0312\",\"ver\":1,"
               "\"body\":{\"id\":1,\"number\":\"0312\",\"name\":\"张三\",\"role\":3,"
               "\"rights\":7,\"discount_limit_bp\":1000,\"active\":true,"
               "\"badge\":\"S1\"}}"),
      g_strdup("{\"pos\":5,\"type\":\"weather\",\"op\":\"put\",\"key\":\"w\",\"ver\":1,"
               "\"body\":{}}"),
  };
  return market_page(0, changes, 5);
}

static void
whatever_step_fails_nothing_of_the_page_is_kept(void)
{
  g_autoptr(Db) catalogue = db_open(":memory:", "catalogue", DB_WRITER, NULL);
  g_autofree char *page = mixed_page();
  int n = 1;
  for (;; n++) {
    g_autoptr(GError) error = NULL;
    int changes = -1;
    query_fail_at(n);
    bool done =
        catalogue_store_apply(catalogue, NULL, page, strlen(page), &changes, &error);
    query_fail_at(0);
    if (done)
      break;
    CU_ASSERT_STRING_EQUAL_FATAL(error->message, "asked to fail");
    CU_ASSERT_EQUAL(rows(catalogue), 0);
    CU_ASSERT_EQUAL(catalogue_store_position(catalogue), 0);
    CU_ASSERT_EQUAL(changes, -1);
    g_autoptr(GArray) ids = NULL;
    CU_ASSERT_TRUE(search_index_find(catalogue, NULL, "amxl", 9, &ids, NULL));
    CU_ASSERT_EQUAL(ids->len, 0);
  }
  CU_ASSERT_TRUE(n > 30);
  CU_ASSERT_EQUAL(catalogue_store_position(catalogue), 5);
}

static void
a_page_again_or_out_of_order_is_refused(void)
{
  g_autoptr(Db) catalogue = db_open(":memory:", "catalogue", DB_WRITER, NULL);
  g_autofree char *page = mixed_page();
  market_apply(catalogue, page);
  int64_t before = rows(catalogue);
  g_autoptr(GError) error = NULL;
  CU_ASSERT_FALSE(
      catalogue_store_apply(catalogue, NULL, page, strlen(page), NULL, &error));
  CU_ASSERT_TRUE(g_error_matches(error, FEED_ERROR, FEED_ERROR_GAP));
  CU_ASSERT_EQUAL(rows(catalogue), before);
}

static void
changes_that_are_not_newer_do_nothing(void)
{
  g_autoptr(Db) catalogue = db_open(":memory:", "catalogue", DB_WRITER, NULL);
  MarketArticle newer = TWO[0], older = TWO[0];
  newer.ver = 5;
  newer.generic_name = "新名字";
  older.ver = 4;
  market_bring(catalogue, &newer, 1);
  market_bring(catalogue, &older, 1);
  g_autoptr(Product) product = NULL;
  CU_ASSERT_TRUE(product_store_find(catalogue, 1, NOON, &product, NULL));
  CU_ASSERT_STRING_EQUAL(product->generic_name, "新名字");
  CU_ASSERT_EQUAL(product->version, 5);
  CU_ASSERT_TRUE(market_change(catalogue, NULL, "price", "put", "", 3, PRICE, NULL));
  CU_ASSERT_TRUE(market_change(catalogue,
                               NULL,
                               "price",
                               "put",
                               "",
                               2,
                               "{\"product\":1,\"unit\":\"10g/袋\",\"tier\":\"shelf\","
                               "\"fen\":1,\"from\":5,\"to\":null}",
                               NULL));
  CU_ASSERT_EQUAL(number(catalogue, "SELECT fen FROM price WHERE product = 1"), 1280);
  CU_ASSERT_EQUAL(catalogue_store_position(catalogue), 4);
}

static void
articles_prices_and_staff_can_go(void)
{
  g_autoptr(Db) catalogue = db_open(":memory:", "catalogue", DB_WRITER, NULL);
  g_autofree char *page = mixed_page();
  market_apply(catalogue, page);
  CU_ASSERT_TRUE(market_change(catalogue, NULL, "article", "del", "1", 9, "{}", NULL));
  CU_ASSERT_TRUE(market_change(catalogue, NULL, "article", "del", "77", 9, "{}", NULL));
  CU_ASSERT_TRUE(
      market_change(catalogue, NULL, "price", "del", "1/10g/袋/shelf/5", 9, "{}", NULL));
  CU_ASSERT_TRUE(market_change(catalogue, NULL, "staff", "del", "0312", 9, "{}", NULL));
  g_autoptr(Product) product = NULL;
  CU_ASSERT_TRUE(product_store_find(catalogue, 1, NOON, &product, NULL));
  CU_ASSERT_PTR_NOT_NULL_FATAL(product); /* sales refer to it */
  CU_ASSERT_FALSE(product->active);
  g_autoptr(GArray) ids = NULL;
  CU_ASSERT_TRUE(search_index_find(catalogue, NULL, "amxl", 9, &ids, NULL));
  CU_ASSERT_EQUAL(ids->len, 0);
  CU_ASSERT_EQUAL(number(catalogue, "SELECT count(*) FROM price /* scan */"), 0);
  g_autoptr(Staff) staff = NULL;
  CU_ASSERT_TRUE(people_store_find(catalogue, "0312", &staff, NULL));
  CU_ASSERT_FALSE(staff->active);
  MarketArticle back = TWO[0];
  back.ver = 10;
  market_bring(catalogue, &back, 1);
  g_autoptr(GArray) again = NULL;
  CU_ASSERT_TRUE(search_index_find(catalogue, NULL, "amxl", 9, &again, NULL));
  CU_ASSERT_EQUAL(again->len, 1);
}

static void
changes_that_make_no_sense_are_garbage(void)
{
  g_autoptr(Db) catalogue = db_open(":memory:", "catalogue", DB_WRITER, NULL);
  const struct {
    const char *type, *op, *key, *body;
  } cases[] = {
      {"article", "put", "1", "{}"},
      {"article", "put", "1", "{\"id\":0,\"code\":\"a\",\"generic_name\":\"b\"}"},
      {"article", "put", "1", "{\"id\":1,\"generic_name\":\"b\"}"},
      {"article",
       "put",
       "1",
       "{\"id\":1,\"code\":\"a\",\"generic_name\":\"b\","
       "\"class\":\"many\"}"},
      {"price", "put", "1", "{\"product\":1,\"unit\":\"盒\"}"},
      {"price", "put", "1", "{\"product\":1,\"unit\":\"盒\",\"fen\":-1}"},
      {"price", "put", "1", "{\"product\":1,\"unit\":\"盒\",\"fen\":12.5}"},
      {"price", "del", "1", "{}"},
      {"price", "del", "1/盒", "{}"},
      {"staff", "put", "1", "{\"name\":\"x\"}"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    CU_ASSERT_FALSE(market_change(catalogue,
                                  NULL,
                                  cases[i].type,
                                  cases[i].op,
                                  cases[i].key,
                                  1,
                                  cases[i].body,
                                  &error));
    CU_ASSERT_TRUE(g_error_matches(error, FEED_ERROR, FEED_ERROR_GARBAGE));
    CU_ASSERT_EQUAL(rows(catalogue), 0);
  }
}

static void
of_a_pin_only_the_mark_is_kept_and_it_works(void)
{
  char *folder = fixture_folder();
  g_autofree char *path = g_build_filename(folder, "catalogue.db", NULL);
  g_autoptr(Seal) seal = fixture_seal(folder);
  g_autoptr(Db) store = fixture_store(":memory:");
  unsigned char verifier[32], salt[16] = "0123456789abcde";
  char verifier_hex[65], salt_hex[33];
  CU_ASSERT_EQUAL_FATAL(
      crypto_pwhash(verifier, 32, "4711", 4, salt, 1, 8192, crypto_pwhash_ALG_ARGON2ID13),
      0);
  sodium_bin2hex(verifier_hex, 65, verifier, 32);
  sodium_bin2hex(salt_hex, 33, salt, 16);
  g_autofree char *body = g_strdup_printf(
      "{\"id\":1,\"number\":\"0312\",\"name\":\"张三\",\"role\":0,\"rights\":1,"
      "\"discount_limit_bp\":0,\"active\":true,\"badge\":\"\",\"pin\":{\"salt\":\"%s\","
      "\"verifier\":\"%s\",\"ops\":1,\"mem\":8192}}",
      salt_hex,
      verifier_hex);
  {
    g_autoptr(Db) catalogue = db_open(path, "catalogue", DB_WRITER, NULL);
    CU_ASSERT_TRUE(market_change(catalogue, seal, "staff", "put", "0312", 1, body, NULL));
    g_autoptr(Staff) staff = NULL;
    CU_ASSERT_TRUE(people_store_find(catalogue, "0312", &staff, NULL));
    PinAnswer answer = PIN_WRONG;
    int64_t wait_s = 0;
    CU_ASSERT_TRUE(people_store_check_pin(
        catalogue, store, seal, staff, "4711", NOON, &answer, &wait_s, NULL));
    CU_ASSERT_EQUAL(answer, PIN_RIGHT);
  }
  g_autofree char *bytes = NULL;
  gsize length = 0;
  CU_ASSERT_TRUE(g_file_get_contents(path, &bytes, &length, NULL));
  CU_ASSERT_PTR_NULL(memmem(bytes, length, verifier, 32));
  CU_ASSERT_PTR_NULL(memmem(bytes, length, verifier_hex, 64));
  fixture_remove(folder);
}

static void
a_catalogue_that_was_written_survives_and_can_be_read_beside(void)
{
  char *folder = fixture_folder();
  g_autofree char *path = g_build_filename(folder, "catalogue.db", NULL);
  g_autoptr(Db) writer = db_open(path, "catalogue", DB_WRITER, NULL);
  g_autoptr(Db) reader = db_open(path, "catalogue", DB_READER, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(reader);
  for (int i = 0; i < 20; i++) {
    MarketArticle article = TWO[i % 2];
    article.ver = i + 1;
    article.trade_name = i % 4 < 2 ? "甲牌" : "乙牌";
    market_bring(writer, &article, 1);
    g_autoptr(GArray) ids = NULL;
    CU_ASSERT_TRUE(search_index_find(reader, reader, article.trade_name, 9, &ids, NULL));
    CU_ASSERT_TRUE(ids->len >= 1);
  }
  CU_ASSERT_PTR_NULL(db_integrity(writer));
  fixture_remove(folder);
}

TESTS("catalogue_store",
      TEST(whatever_step_fails_nothing_of_the_page_is_kept),
      TEST(a_page_again_or_out_of_order_is_refused),
      TEST(changes_that_are_not_newer_do_nothing),
      TEST(articles_prices_and_staff_can_go),
      TEST(changes_that_make_no_sense_are_garbage),
      TEST(of_a_pin_only_the_mark_is_kept_and_it_works),
      TEST(a_catalogue_that_was_written_survives_and_can_be_read_beside))
