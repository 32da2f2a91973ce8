#include "db/product_store.h"

#include "tests/db/market.h"

static const MarketArticle BOX = {
    7, 1, "阿莫西林胶囊", "阿莫仙", "珠海联邦制药", "国药准字H20013062", "6901234567892"};

static bool
price(Db *catalogue, int ver, const char *body)
{
  return market_change(catalogue, NULL, "price", "put", "7/盒/shelf/0", ver, body, NULL);
}

static Product *
seven(Db *catalogue, int64_t now_us)
{
  Product *product = NULL;
  CU_ASSERT_TRUE(product_store_find(catalogue, 7, now_us, &product, NULL));
  CU_ASSERT_PTR_NOT_NULL_FATAL(product);
  return product;
}

static void
an_article_reads_as_central_described_it(void)
{
  g_autoptr(Db) catalogue = db_open(":memory:", "catalogue", DB_WRITER, NULL);
  market_bring(catalogue, &BOX, 1);
  g_autoptr(Product) product = seven(catalogue, NOON);
  CU_ASSERT_STRING_EQUAL(product->code, "A00007");
  CU_ASSERT_STRING_EQUAL(product->generic_name, "阿莫西林胶囊");
  CU_ASSERT_STRING_EQUAL(product->trade_name, "阿莫仙");
  CU_ASSERT_STRING_EQUAL(product->spec, "0.25g×24粒");
  CU_ASSERT_STRING_EQUAL(product->approval_no, "国药准字H20013062");
  CU_ASSERT_STRING_EQUAL(product->origin, "");
  CU_ASSERT_STRING_EQUAL(product->shelf, "");
  CU_ASSERT_EQUAL(product->legal_class, CLASS_OTC_A);
  CU_ASSERT_EQUAL(product->storage, STORAGE_COOL);
  CU_ASSERT_EQUAL(product->near_days, 90);
  CU_ASSERT_EQUAL(product->tax_bp, 1300);
  CU_ASSERT_TRUE(product->insured && product->active && !product->trace_required);
  CU_ASSERT_EQUAL_FATAL(product->units->len, 2);
  const ProductUnit *box = product->units->pdata[0];
  CU_ASSERT_STRING_EQUAL(box->name, "盒");
  CU_ASSERT_TRUE(box->is_default && box->sale_allowed && !box->has_price);
  CU_ASSERT_EQUAL(box->base, 24);
  CU_ASSERT_FALSE(((ProductUnit *)product->units->pdata[1])->sale_allowed);
  Product *none = product_new();
  product_free(none);
  CU_ASSERT_TRUE(product_store_find(catalogue, 8, NOON, &none, NULL));
  CU_ASSERT_PTR_NULL(none);
}

static void
the_price_in_force_is_the_one_that_began_last(void)
{
  g_autoptr(Db) catalogue = db_open(":memory:", "catalogue", DB_WRITER, NULL);
  market_bring(catalogue, &BOX, 1);
  CU_ASSERT_TRUE(price(catalogue,
                       1,
                       "{\"product\":7,\"unit\":\"盒\",\"tier\":\"shelf\",\"fen\":1280,"
                       "\"from\":0,\"to\":null,\"reason\":\"\"}"));
  CU_ASSERT_TRUE(price(catalogue,
                       2,
                       "{\"product\":7,\"unit\":\"盒\",\"tier\":\"shelf\",\"fen\":990,"
                       "\"from\":100,\"to\":200,\"reason\":\"promotion 12\"}"));
  CU_ASSERT_TRUE(price(catalogue,
                       3,
                       "{\"product\":7,\"unit\":\"盒\",\"tier\":\"member\",\"fen\":1,"
                       "\"from\":0,\"to\":null}"));
  CU_ASSERT_TRUE(price(catalogue,
                       4,
                       "{\"product\":7,\"unit\":\"箱\",\"tier\":\"shelf\",\"fen\":5,"
                       "\"from\":0,\"to\":null}"));
  const struct {
    int64_t now_us;
    Money price;
    const char *source;
  } cases[] = {{0, 1280, "shelf"},
               {99, 1280, "shelf"},
               {100, 990, "promotion 12"},
               {199, 990, "promotion 12"},
               {200, 1280, "shelf"}};
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(Product) product = seven(catalogue, cases[i].now_us);
    const ProductUnit *box = product_default_unit(product);
    CU_ASSERT_TRUE(box->has_price);
    CU_ASSERT_EQUAL(box->price, cases[i].price);
    CU_ASSERT_STRING_EQUAL(box->price_source, cases[i].source);
  }
  g_autoptr(Product) before = seven(catalogue, -1);
  CU_ASSERT_FALSE(product_default_unit(before)->has_price);
}

static void
a_code_may_name_several_articles_active_ones_first(void)
{
  g_autoptr(Db) catalogue = db_open(":memory:", "catalogue", DB_WRITER, NULL);
  const MarketArticle same[] = {
      {1, 1, "旧包装", "", "", "", "6901234567892", NULL, 0, true},
      {2, 2, "新包装", "", "", "", "6901234567892"},
      {3, 3, "别的", "", "", "", "6901234567893"}, /* a wrong check digit, as printed */
  };
  market_bring(catalogue, same, 3);
  g_autoptr(GPtrArray) matches = NULL;
  CU_ASSERT_TRUE(
      product_store_find_code(catalogue, "06901234567892", NOON, &matches, NULL));
  CU_ASSERT_EQUAL_FATAL(matches->len, 2);
  const ProductMatch *first = matches->pdata[0];
  CU_ASSERT_EQUAL(first->product->id, 2);
  CU_ASSERT_STRING_EQUAL(first->unit_name, "盒");
  const struct {
    const char *code;
    guint found;
  } cases[] = {{"6901234567893", 1},
               {"06901234567893", 0},
               {"A00002", 1},
               {"a00002", 1},
               {"", 0},
               {"x", 0}};
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GPtrArray) found = NULL;
    CU_ASSERT_TRUE(product_store_find_code(catalogue, cases[i].code, NOON, &found, NULL));
    CU_ASSERT_EQUAL(found->len, cases[i].found);
    if (found->len > 0)
      CU_ASSERT_STRING_EQUAL(((ProductMatch *)found->pdata[0])->unit_name, "盒");
  }
}

TESTS("product_store",
      TEST(an_article_reads_as_central_described_it),
      TEST(the_price_in_force_is_the_one_that_began_last),
      TEST(a_code_may_name_several_articles_active_ones_first))
