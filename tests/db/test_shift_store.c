#include "db/shift_store.h"

#include "db/outbox.h"
#include "tests/db/shop.h"

static int64_t
open_shift(Db *store)
{
  g_auto(Shift) shift = {0};
  CU_ASSERT_TRUE(shift_store_open_one(store, "0312", TODAY, 20000, NOON, NULL));
  CU_ASSERT_TRUE(shift_store_current(store, &shift, NULL));
  return shift.id;
}

static void
sell(Db *store, char uid, int64_t shift)
{
  g_autofree char *sold = NULL;
  g_autoptr(Sale) sale = shop_sale(uid);
  g_autoptr(Payment) payment = payment_new(2260);
  payment_add(payment, TENDER_CARD, 260, NULL);
  payment_add(payment, TENDER_CASH, 10000, NULL);
  SaleCommit commit = {sale, payment, 10, "0312", shift, TODAY, NOON, NULL};
  CU_ASSERT_TRUE(sale_store_commit(store, &commit, &sold, NULL));
}

static void
only_one_shift_is_open_at_a_time(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  g_auto(Shift) none = {0};
  CU_ASSERT_TRUE(shift_store_current(store, &none, NULL));
  CU_ASSERT_EQUAL(none.id, 0);
  int64_t id = open_shift(store);
  g_autoptr(GError) error = NULL;
  CU_ASSERT_FALSE(shift_store_open_one(store, "0313", TODAY, 0, NOON, &error));
  CU_ASSERT_TRUE(g_error_matches(error, DB_ERROR, DB_ERROR_REFUSED));
  CU_ASSERT_TRUE(shift_store_close(store, id, "0312", NOON + 1, NULL));
  g_clear_error(&error);
  CU_ASSERT_FALSE(shift_store_close(store, id, "0312", NOON + 2, &error));
  CU_ASSERT_TRUE(g_error_matches(error, DB_ERROR, DB_ERROR_REFUSED));
}

static void
shifts_are_numbered_within_their_business_date(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  const Day days[] = {TODAY, TODAY, TODAY + 1};
  const int numbers[] = {1, 2, 1};
  for (int i = 0; i < 3; i++) {
    g_auto(Shift) shift = {0};
    CU_ASSERT_TRUE(shift_store_open_one(store, "0312", days[i], 0, NOON, NULL));
    CU_ASSERT_TRUE(shift_store_current(store, &shift, NULL));
    CU_ASSERT_EQUAL(shift.number, numbers[i]);
    CU_ASSERT_EQUAL(shift.business_date, days[i]);
    CU_ASSERT_STRING_EQUAL(shift.opened_by, "0312");
    CU_ASSERT_TRUE(shift_store_close(store, shift.id, "0312", NOON, NULL));
  }
}

static void
totals_are_of_the_shifts_own_sales(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  int64_t first = open_shift(store);
  sell(store, 'a', first);
  sell(store, 'b', first);
  CU_ASSERT_TRUE(shift_store_close(store, first, "0312", NOON, NULL));
  int64_t second = open_shift(store);
  sell(store, 'c', second);
  ShiftTotals totals;
  CU_ASSERT_TRUE(shift_store_totals(store, first, &totals, NULL));
  CU_ASSERT_EQUAL(totals.sales, 2);
  CU_ASSERT_EQUAL(totals.due, 4520);
  CU_ASSERT_EQUAL(totals.cash, 4000); /* what stayed in the drawer, not what was handed */
  CU_ASSERT_EQUAL(totals.discount, 60);
  CU_ASSERT_TRUE(shift_store_totals(store, second, &totals, NULL));
  CU_ASSERT_EQUAL(totals.sales, 1);
  CU_ASSERT_TRUE(shift_store_totals(store, 99, &totals, NULL));
  CU_ASSERT_EQUAL(totals.sales, 0);
}

static void
opening_and_closing_are_told_and_on_record(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  int64_t id = open_shift(store);
  sell(store, 'a', id);
  CU_ASSERT_TRUE(shift_store_close(store, id, "0001", NOON + 9, NULL));
  g_autofree char *opened = text(store, "SELECT body FROM outbox WHERE id = 1 << 32 | 1");
  g_autofree char *sold = text(
      store, "SELECT json_extract(body, '$.shift') FROM outbox WHERE id = 1 << 32 | 2");
  g_autofree char *closed = text(store, "SELECT body FROM outbox WHERE id = 1 << 32 | 3");
  CU_ASSERT_STRING_EQUAL(opened,
                         "{\"shift\":1,\"biz_date\":20261122,\"at\":1795420800000000,"
                         "\"staff\":\"0312\",\"float\":20000}");
  CU_ASSERT_STRING_EQUAL(sold, "1");
  CU_ASSERT_STRING_EQUAL(closed,
                         "{\"shift\":1,\"biz_date\":20261122,\"at\":1795420800000009,"
                         "\"staff\":\"0001\",\"float\":20000,\"sales\":1,\"due\":2260,"
                         "\"cash\":2000,\"discount\":30,\"rounding\":0}");
  g_autofree char *record = text(store,
                                 "SELECT group_concat(action || ' ' || subject, ';')"
                                 " FROM audit_log /* scan */");
  CU_ASSERT_STRING_EQUAL(record,
                         "shift.open 20261122/1;sale 0123-03-e1-000001;"
                         "shift.close 20261122/1");
}

static void
whatever_step_fails_no_shift_is_half_open(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  int n = 1;
  for (;; n++) {
    query_fail_at(n);
    bool done = shift_store_open_one(store, "0312", TODAY, 0, NOON, NULL);
    query_fail_at(0);
    if (done)
      break;
    CU_ASSERT_EQUAL(number(store,
                           "SELECT (SELECT count(*) FROM shift)"
                           " + (SELECT count(*) FROM outbox)"
                           " + (SELECT count(*) FROM audit_log) /* scan */"),
                    0);
  }
  CU_ASSERT_TRUE(n > 8);
}

TESTS("shift_store",
      TEST(only_one_shift_is_open_at_a_time),
      TEST(shifts_are_numbered_within_their_business_date),
      TEST(totals_are_of_the_shifts_own_sales),
      TEST(opening_and_closing_are_told_and_on_record),
      TEST(whatever_step_fails_no_shift_is_half_open))
