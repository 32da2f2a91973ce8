#include "db/product_store.h"
#include "db/search_index.h"
#include "tests/db/market.h"
#include "tests/db/shop.h"

#define PAGES 60

typedef struct {
  const char *path;
  gint done; /* pages */
} Courier;

/* Brings the same forty articles again and again, each time under another name. */
static gpointer
bring(gpointer pointer)
{
  Courier *courier = pointer;
  Db *catalogue = db_open(courier->path, "catalogue", DB_WRITER, NULL);
  for (int page = 1; catalogue && page <= PAGES; page++) {
    MarketArticle articles[40];
    for (int i = 0; i < 40; i++)
      articles[i] =
          (MarketArticle){.id = i + 1,
                          .rank = i + 1,
                          .generic_name = page % 2 ? "阿莫西林胶囊" : "头孢克肟片",
                          .barcode = "6901234567892",
                          .ver = page};
    market_bring(catalogue, articles, 40);
    db_checkpoint_if_large(catalogue);
    g_atomic_int_inc(&courier->done);
  }
  db_close(catalogue);
  return NULL;
}

/* One state of the catalogue: all forty have the old name or all have the new one. */
static void
look(Db *catalogue)
{
  const char *words[] = {"amxl", "tbkw"};
  for (int i = 0; i < 2; i++) {
    g_autoptr(GArray) ids = NULL;
    g_autoptr(GError) error = NULL;
    CU_ASSERT_TRUE(search_index_find(catalogue, catalogue, words[i], 99, &ids, &error));
    CU_ASSERT_TRUE(ids && (ids->len == 0 || ids->len == 40));
  }
  g_autoptr(GPtrArray) matches = NULL;
  CU_ASSERT_TRUE(
      product_store_find_code(catalogue, "06901234567892", NOON, &matches, NULL));
  CU_ASSERT_TRUE(matches && (matches->len == 0 || matches->len == 40));
}

static void
who_reads_or_sells_beside_the_feed_is_never_refused(void)
{
  char *folder = fixture_folder();
  g_autofree char *path = g_build_filename(folder, "catalogue.db", NULL);
  g_autofree char *store_path = g_build_filename(folder, "store.db", NULL);
  g_autoptr(Db) store = fixture_store(store_path);
  db_close(db_open(path, "catalogue", DB_WRITER, NULL));
  g_autoptr(Db) catalogue = db_open(path, "catalogue", DB_READER, NULL);
  Courier courier = {.path = path};
  GThread *thread = g_thread_new("courier", bring, &courier);
  int n = 0;
  for (; g_atomic_int_get(&courier.done) < PAGES && n < 100000; n++) {
    look(catalogue);
    g_autoptr(Sale) sale = shop_sale('0');
    g_autofree char *sold = NULL;
    g_snprintf(sale->uid, sizeof sale->uid, "%032d", n);
    CU_ASSERT_TRUE(shop_sell(store, sale, &sold, NULL));
    db_checkpoint_if_large(store);
  }
  g_thread_join(thread);
  CU_ASSERT_EQUAL(courier.done, PAGES);
  CU_ASSERT_EQUAL(number(store, "SELECT count(*) FROM sale /* scan */"), n);
  look(catalogue);
  fixture_remove(folder);
}

TESTS("threads", TEST(who_reads_or_sells_beside_the_feed_is_never_refused))
