#include "app/domain/day.h"
#include "db/stock_store.h"
#include "tests/db/shop.h"

static void
a_sale_takes_its_rows_its_stock_its_event_and_its_receipt_with_it(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  shop_deliver(store, 1, 1001, "L1", 240);
  g_autofree char *sold = shop_sell_one(store, 'a');
  CU_ASSERT_STRING_EQUAL(sold, "0123-03-e1-000001");
  CU_ASSERT_EQUAL(number(store, "SELECT due FROM sale WHERE id = 1 << 32 | 1"), 2260);
  CU_ASSERT_EQUAL(number(store, "SELECT count(*) FROM sale_line /* scan */"), 3);
  CU_ASSERT_EQUAL(number(store, "SELECT sum(amount) FROM tender /* scan */"), 2260);
  CU_ASSERT_EQUAL(number(store, "SELECT given FROM tender WHERE kind = 1 /* scan */"),
                  5000);
  CU_ASSERT_EQUAL(number(store,
                         "SELECT count(*) FROM audit_log WHERE action = 'sale'"
                         " /* scan */"),
                  1);
  CU_ASSERT_EQUAL(number(store, "SELECT count(*) FROM print_job WHERE state = 0"), 1);
  CU_ASSERT_EQUAL(number(store, "SELECT qty FROM balance WHERE product = 1001"), 216);
  CU_ASSERT_EQUAL(number(store, "SELECT qty FROM balance WHERE product = 1002"), -48);
  CU_ASSERT_EQUAL(number(store, "SELECT count(*) FROM balance WHERE product = 1003"), 0);
  CU_ASSERT_TRUE(stock_store_check(store, NULL, NULL));
}

static void
central_hears_the_sale_as_agreed(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  g_autofree char *sold = shop_sell_one(store, 'a');
  g_autofree char *body =
      text(store, "SELECT body FROM outbox WHERE id = 1 << 32 | 1 AND type = 'sale'");
  CU_ASSERT_STRING_EQUAL(
      body,
      "{\"uid\":\"0000000000000000000000000000000a\",\"number\":\"0123-03-e1-000001\","
      "\"at\":1795420800000000,\"biz_date\":20261122,\"shift\":0,\"staff\":\"0312\","
      "\"gross\":2290,\"discount\":30,\"rounding\":0,\"due\":2260,\"tax\":260,\"lines\":["
      "{\"n\":1,\"product\":1001,\"name\":\"阿莫西林胶囊\",\"unit\":\"盒\","
      "\"unit_base\":24,\"qty\":24,\"price\":1280,\"price_source\":\"shelf\","
      "\"discount\":30,\"net\":1250,\"tax\":144,\"lot\":\"L1\",\"expiry\":20271231,"
      "\"approver\":\"\"},"
      "{\"n\":2,\"product\":1002,\"name\":\"布洛芬\\\"缓释\\\"胶囊\",\"unit\":\"盒\","
      "\"unit_base\":24,\"qty\":48,\"price\":505,\"price_source\":\"shelf\","
      "\"discount\":0,\"net\":1010,\"tax\":116,\"lot\":\"\",\"expiry\":0,"
      "\"approver\":\"\"}],\"tenders\":["
      "{\"kind\":2,\"amount\":260,\"given\":260,\"reference\":\"4200…17\"},"
      "{\"kind\":1,\"amount\":2000,\"given\":5000,\"reference\":\"\"}],\"movements\":["
      "{\"n\":1,\"product\":1001,\"lot\":\"L1\",\"expiry\":20271231,\"location\":\"A1-"
      "3\","
      "\"qty\":-24,\"kind\":\"sale\"},"
      "{\"n\":2,\"product\":1002,\"lot\":\"\",\"expiry\":0,\"location\":\"\","
      "\"qty\":-48,\"kind\":\"sale\"}]}");
}

static int64_t
rows_kept(Db *store)
{
  return number(store,
                "SELECT (SELECT count(*) FROM sale) + (SELECT count(*) FROM sale_line)"
                " + (SELECT count(*) FROM tender) + (SELECT count(*) FROM movement)"
                " + (SELECT count(*) FROM balance) + (SELECT count(*) FROM lot)"
                " + (SELECT count(*) FROM print_job) + (SELECT count(*) FROM outbox)"
                " + (SELECT count(*) FROM audit_log) /* scan */");
}

static void
whatever_step_fails_nothing_is_kept(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  g_autoptr(Sale) sale = shop_sale('a');
  g_autofree char *sold = NULL;
  int n = 1;
  for (bool done = false; !done; n++) {
    g_autoptr(GError) error = NULL;
    query_fail_at(n);
    done = shop_sell(store, sale, &sold, &error);
    query_fail_at(0);
    if (done)
      break;
    CU_ASSERT_STRING_EQUAL_FATAL(error->message, "asked to fail");
    CU_ASSERT_PTR_NULL(sold);
    CU_ASSERT_EQUAL(rows_kept(store), 0);
  }
  CU_ASSERT_TRUE(n > 15); /* each statement, and BEGIN and COMMIT, failed once */
  CU_ASSERT_STRING_EQUAL(sold, "0123-03-e1-000001");
  CU_ASSERT_EQUAL(rows_kept(store), 14);
}

static void
numbers_have_no_gap_even_after_a_failure(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  g_autofree char *first = shop_sell_one(store, 'a');
  g_autoptr(Sale) sale = shop_sale('b');
  g_autofree char *second = NULL;
  query_fail_at(15);
  CU_ASSERT_FALSE(shop_sell(store, sale, &second, NULL));
  query_fail_at(0);
  CU_ASSERT_TRUE(shop_sell(store, sale, &second, NULL));
  CU_ASSERT_STRING_EQUAL(second, "0123-03-e1-000002");
}

static void
the_same_sale_is_not_kept_twice(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  g_autofree char *sold = shop_sell_one(store, 'a');
  g_autoptr(Sale) again = shop_sale('a');
  g_autofree char *second = NULL;
  g_autoptr(GError) error = NULL;
  int64_t before = rows_kept(store);
  CU_ASSERT_FALSE(shop_sell(store, again, &second, &error));
  CU_ASSERT_TRUE(g_error_matches(error, DB_ERROR, DB_ERROR_REFUSED));
  CU_ASSERT_EQUAL(rows_kept(store), before);
}

static void
what_does_not_fit_is_refused(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  g_autoptr(Sale) sale = shop_sale('a');
  g_autoptr(Sale) empty = sale_new("0000000000000000000000000000000b", NOON);
  g_autoptr(Payment) unpaid = payment_new(2260);
  g_autoptr(Payment) other = payment_new(2250);
  g_autoptr(Payment) nothing = payment_new(0);
  payment_add(other, TENDER_CASH, 2250, NULL);
  const struct {
    const Sale *sale;
    const Payment *payment;
  } cases[] = {{sale, unpaid}, {sale, other}, {empty, nothing}};
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    g_autofree char *sold = NULL;
    SaleCommit commit = {.sale = cases[i].sale,
                         .payment = cases[i].payment,
                         .round_step = 10,
                         .staff_number = "0312",
                         .business_date = TODAY,
                         .now_us = NOON};
    CU_ASSERT_FALSE(sale_store_commit(store, &commit, &sold, &error));
    CU_ASSERT_TRUE(g_error_matches(error, DB_ERROR, DB_ERROR_REFUSED));
  }
  CU_ASSERT_EQUAL(rows_kept(store), 0);
}

static void
a_till_that_is_not_enrolled_cannot_sell(void)
{
  g_autoptr(Db) store = db_open(":memory:", "store", DB_WRITER, NULL);
  g_autoptr(Sale) sale = shop_sale('a');
  g_autofree char *sold = NULL;
  g_autoptr(GError) error = NULL;
  CU_ASSERT_FALSE(shop_sell(store, sale, &sold, &error));
  CU_ASSERT_TRUE(g_error_matches(error, DB_ERROR, DB_ERROR_REFUSED));
}

#define REFUSED(sql)                                                                     \
  do {                                                                                   \
    g_autoptr(GError) failure = NULL;                                                    \
    g_auto(Query) q = query(store, sql " /* scan */");                                   \
    query_run(&q);                                                                       \
    CU_ASSERT_FALSE(query_done(&q, &failure));                                           \
    CU_ASSERT_TRUE(g_error_matches(failure, DB_ERROR, DB_ERROR_REFUSED));                \
  } while (0)

static void
facts_cannot_be_changed_deleted_or_replaced(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  g_autofree char *sold = shop_sell_one(store, 'a');
  REFUSED("UPDATE sale SET due = 0");
  REFUSED("DELETE FROM sale");
  REFUSED("UPDATE sale_line SET net = 0");
  REFUSED("DELETE FROM sale_line");
  REFUSED("UPDATE tender SET amount = 0");
  REFUSED("DELETE FROM tender");
  REFUSED("UPDATE movement SET qty = 1");
  REFUSED("DELETE FROM movement");
  REFUSED("UPDATE outbox SET body = ''");
  REFUSED("DELETE FROM outbox");
  REFUSED("UPDATE audit_log SET staff = ''");
  REFUSED("DELETE FROM audit_log");
  REFUSED("INSERT OR REPLACE INTO audit_log SELECT seq, 0, staff, action, subject,"
          " detail, hash FROM audit_log");
  REFUSED("INSERT OR REPLACE INTO tender SELECT sale, n, kind, 0, 0, '' FROM tender");
}

static void
a_kept_sale_reads_as_it_was(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  g_autofree char *sold = shop_sell_one(store, 'a');
  g_autoptr(Sale) sale = shop_sale('a');
  KeptSale *kept = NULL;
  CU_ASSERT_TRUE(sale_store_find(store, sold, &kept, NULL));
  CU_ASSERT_PTR_NOT_NULL_FATAL(kept);
  CU_ASSERT_STRING_EQUAL(kept->uid, sale->uid);
  CU_ASSERT_STRING_EQUAL(kept->staff_number, "0312");
  CU_ASSERT_EQUAL(kept->sold_us, NOON);
  CU_ASSERT_EQUAL(kept->sale->lines->len, 3);
  SaleTotals a = sale_totals(kept->sale, kept->round_step), b = sale_totals(sale, 10);
  CU_ASSERT_EQUAL(memcmp(&a, &b, sizeof a), 0);
  const SaleLine *line = sale_line(kept->sale, 0);
  CU_ASSERT_STRING_EQUAL(line->product->maker, "珠海联邦制药");
  CU_ASSERT_STRING_EQUAL(line->lot->lot_no, "L1");
  CU_ASSERT_EQUAL(line->lot->expiry, 20271231);
  CU_ASSERT_PTR_NULL(line->approver);
  CU_ASSERT_PTR_NULL(sale_line(kept->sale, 1)->lot);
  CU_ASSERT_TRUE(sale_line(kept->sale, 2)->deleted);
  CU_ASSERT_EQUAL(payment_change(kept->payment), 3000);
  kept_sale_free(kept);
}

static void
the_last_sale_is_found_and_strange_numbers_are_not(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  KeptSale *kept = NULL;
  CU_ASSERT_TRUE(sale_store_last(store, &kept, NULL));
  CU_ASSERT_PTR_NULL(kept);
  g_autofree char *first = shop_sell_one(store, 'a');
  g_autofree char *second = shop_sell_one(store, 'b');
  CU_ASSERT_TRUE(sale_store_last(store, &kept, NULL));
  CU_ASSERT_STRING_EQUAL(kept->number, second);
  kept_sale_free(kept);
  const char *strange[] = {"",
                           "-",
                           "0123-03-e1-000003",
                           "0123-03-e2-000001",
                           "9999-03-e1-000001",
                           "0123-03-1-000001",
                           "0123-03-e1-00000x",
                           "0123-03-e99999999999999999999-1"};
  for (gsize i = 0; i < G_N_ELEMENTS(strange); i++) {
    CU_ASSERT_TRUE(sale_store_find(store, strange[i], &kept, NULL));
    CU_ASSERT_PTR_NULL(kept);
  }
}

static void
a_lot_that_was_scanned_is_on_file_afterwards(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  g_autofree char *sold = shop_sell_one(store, 'a');
  g_autoptr(Lot) lot = NULL;
  CU_ASSERT_TRUE(stock_store_find_lot(store, 1001, "L1", &lot, NULL));
  CU_ASSERT_PTR_NOT_NULL_FATAL(lot);
  CU_ASSERT_EQUAL(lot->expiry, 20271231);
  CU_ASSERT_EQUAL(lot->on_hand, -24);
}

static void
what_was_sold_is_there_after_the_power_went(void)
{
  char *folder = fixture_folder();
  g_autofree char *path = g_build_filename(folder, "store.db", NULL);
  g_autofree char *copy = g_build_filename(folder, "after.db", NULL);
  g_autofree char *sold = NULL;
  {
    g_autoptr(Db) store = fixture_store(path);
    sold = shop_sell_one(store, 'a');
    /* as the disk is now, without an orderly close */
    for (int i = 0; i < 2; i++) {
      g_autofree char *from = g_strconcat(path, i ? "-wal" : "", NULL);
      g_autofree char *to = g_strconcat(copy, i ? "-wal" : "", NULL);
      g_autofree char *bytes = NULL;
      gsize length = 0;
      g_file_get_contents(from, &bytes, &length, NULL);
      g_file_set_contents(to, bytes, (gssize)length, NULL);
    }
  }
  g_autoptr(Db) after = db_open(copy, "store", DB_WRITER, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(after);
  KeptSale *kept = NULL;
  CU_ASSERT_TRUE(sale_store_find(after, sold, &kept, NULL));
  CU_ASSERT_PTR_NOT_NULL(kept);
  kept_sale_free(kept);
  CU_ASSERT_PTR_NULL(db_integrity(after));
  fixture_remove(folder);
}

TESTS("sale_store",
      TEST(a_sale_takes_its_rows_its_stock_its_event_and_its_receipt_with_it),
      TEST(central_hears_the_sale_as_agreed),
      TEST(whatever_step_fails_nothing_is_kept),
      TEST(numbers_have_no_gap_even_after_a_failure),
      TEST(the_same_sale_is_not_kept_twice),
      TEST(what_does_not_fit_is_refused),
      TEST(a_till_that_is_not_enrolled_cannot_sell),
      TEST(facts_cannot_be_changed_deleted_or_replaced),
      TEST(a_kept_sale_reads_as_it_was),
      TEST(the_last_sale_is_found_and_strange_numbers_are_not),
      TEST(a_lot_that_was_scanned_is_on_file_afterwards),
      TEST(what_was_sold_is_there_after_the_power_went))
