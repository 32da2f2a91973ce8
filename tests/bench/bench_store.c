#include "tests/bench/bench_store.h"

#include <glib/gstdio.h>
#include <string.h>

#include "db/inbox.h"
#include "db/sale_store.h"
#include "db/seal.h"
#include "db/setting_store.h"

#define PAGE 1000

static void
enrol(Db *store, const char *folder)
{
  g_autofree char *key = g_build_filename(folder, "device.key", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(Seal) seal = seal_open(key, &error);
  const Identity identity = {.store_id = 1,
                             .device_id = 7,
                             .epoch = 1,
                             .store_code = (char *)"0123",
                             .till_code = (char *)"03",
                             .hub_url = (char *)"",
                             .token = (char *)""};
  if (!seal || !setting_store_set_identity(store, seal, &identity, &error))
    bench_fail("enrol", error);
}

static void
deliver(Db *store, int first)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) page = g_string_new(NULL);
  g_string_printf(page,
                  "{\"stream\":\"store\",\"from\":%d,\"to\":%d,\"changes\":[",
                  first - 1,
                  first - 1 + PAGE);
  for (int i = first; i < first + PAGE; i++)
    g_string_append_printf(page,
                           "%s{\"pos\":%d,\"type\":\"movement\",\"op\":\"put\",\"key\":"
                           "\"\",\"ver\":1,\"body\":{\"device\":0,\"epoch\":1,\"seq\":%d,"
                           "\"n\":1,\"at\":1,\"product\":%d,\"lot\":\"L1\",\"expiry\":"
                           "20291231,\"location\":\"A1\",\"qty\":1000000,\"kind\":"
                           "\"receive\",\"doc\":\"\"}}",
                           i == first ? "" : ",",
                           i,
                           i,
                           i);
  g_string_append(page, "]}");
  if (!inbox_apply(store, page->str, page->len, NULL, &error))
    bench_fail("deliver", error);
}

Db *
bench_store(const Bench *bench, const char *name)
{
  g_autofree char *path = g_build_filename(bench->folder, name, NULL);
  g_autoptr(GError) error = NULL;
  g_remove(path);
  Db *store = db_open(path, "store", DB_WRITER, &error);
  if (!store)
    bench_fail(path, error);
  enrol(store, bench->folder);
  for (int first = 1; first <= BENCH_STOCKED; first += PAGE)
    deliver(store, first);
  db_checkpoint_if_large(store);
  return store;
}

static Product *
article_called(int64_t id)
{
  BenchArticle made;
  bench_article(id, BENCH_STOCKED, &made);
  Product *product = product_new();
  product->id = id;
  product->code = g_strdup_printf("A%07" G_GINT64_FORMAT, id);
  product->generic_name = g_strdup(made.name);
  product->trade_name = g_strdup(made.trade_name);
  product->spec = g_strdup("0.25g×24");
  product->maker = g_strdup(made.maker);
  product->approval_no = g_strdup(made.approval_no);
  product->legal_class = CLASS_OTC_A;
  product->tax_bp = 1300;
  ProductUnit *unit = product_add_unit(product, "盒", 1);
  unit->price = made.fen;
  unit->has_price = true;
  unit->price_source = g_strdup("shelf");
  return product;
}

Sale *
bench_sale_of_five(BenchDice *dice, int n)
{
  g_autofree char *uid = g_strdup_printf("%032d", n);
  Sale *sale = sale_new(uid, 1);
  while (sale->lines->len < 5) {
    int64_t id = 1 + (int64_t)bench_roll(dice, BENCH_STOCKED);
    g_autoptr(Product) product = article_called(id);
    g_autoptr(Lot) lot = lot_new();
    lot->id = id;
    lot->product_id = id;
    lot->lot_no = g_strdup("L1");
    lot->expiry = 20291231;
    lot->location = g_strdup("A1");
    sale_add(sale, product, product_default_unit(product), 1, lot);
  }
  return sale;
}

void
bench_sell(Db *store, const Sale *sale)
{
  g_autofree char *number = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(Payment) payment = payment_new(sale_totals(sale, 1).due);
  payment_add(payment, TENDER_CASH, payment->due, NULL);
  const SaleCommit commit = {.sale = sale,
                             .payment = payment,
                             .round_step = 1,
                             .staff_number = "0312",
                             .business_date = 20261122,
                             .now_us = 1795420800000000,
                             .receipt_kind = "receipt"};
  if (!sale_store_commit(store, &commit, &number, &error))
    bench_fail("sale", error);
}
