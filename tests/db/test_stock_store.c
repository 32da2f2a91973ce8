#include "db/stock_store.h"

#include "tests/db/shop.h"

static void
set_lot(Db *store, int product, const char *lot, Day expiry, LotState state)
{
  g_auto(Query) q = query(store,
                          "INSERT INTO lot (product, lot_no, expiry, state)"
                          " VALUES (:p, :l, :e, :s)"
                          " ON CONFLICT DO UPDATE SET expiry = excluded.expiry,"
                          "   state = excluded.state");
  query_bind_int(&q, ":p", product);
  query_bind_text(&q, ":l", lot);
  query_bind_int(&q, ":e", expiry);
  query_bind_int(&q, ":s", state);
  query_run(&q);
  CU_ASSERT_TRUE(query_done(&q, NULL));
}

static void
lots_come_in_the_order_they_should_go_out(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  const char *lots[] = {"C", "A", "B", "D"};
  const Day expiry[] = {0, 20280101, 20270101, 20280101};
  for (int i = 0; i < 4; i++) {
    shop_deliver(store, i + 1, 1001, lots[i], 10);
    set_lot(store, 1001, lots[i], expiry[i], LOT_SELLABLE);
  }
  g_autoptr(GPtrArray) list = NULL;
  CU_ASSERT_TRUE(stock_store_lots(store, 1001, &list, NULL));
  CU_ASSERT_EQUAL_FATAL(list->len, 4);
  const char *order[] = {"B", "A", "D", "C"};
  for (guint i = 0; i < 4; i++)
    CU_ASSERT_STRING_EQUAL(((Lot *)list->pdata[i])->lot_no, order[i]);
  CU_ASSERT_STRING_EQUAL(lot_first_out(list, TODAY)->lot_no, "B");
}

static void
only_what_may_be_sold_counts_as_at_hand(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  shop_deliver(store, 1, 1001, "good", 10);
  shop_deliver(store, 2, 1001, "old", 20);
  shop_deliver(store, 3, 1001, "locked", 40);
  set_lot(store, 1001, "old", TODAY - 1, LOT_SELLABLE);
  set_lot(store, 1001, "locked", 20280101, LOT_LOCKED);
  Quantity at_hand = 0;
  CU_ASSERT_TRUE(stock_store_on_hand(store, 1001, TODAY, &at_hand, NULL));
  CU_ASSERT_EQUAL(at_hand, 10);
  CU_ASSERT_TRUE(stock_store_on_hand(store, 1001, TODAY - 1, &at_hand, NULL));
  CU_ASSERT_EQUAL(at_hand, 30);
  CU_ASSERT_TRUE(stock_store_on_hand(store, 4711, TODAY, &at_hand, NULL));
  CU_ASSERT_EQUAL(at_hand, 0);
}

static void
lots_long_sold_out_leave_the_list_but_stay_on_file(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  for (int i = 0; i < 20; i++) {
    g_autofree char *lot = g_strdup_printf("L%02d", i);
    shop_deliver(store, i * 2 + 1, 1001, lot, 5);
    if (i != 3)
      shop_deliver(store, i * 2 + 2, 1001, lot, -5);
    else
      shop_deliver(store, i * 2 + 2, 1002, "x", 5);
  }
  g_autoptr(GPtrArray) list = NULL;
  CU_ASSERT_TRUE(stock_store_lots(store, 1001, &list, NULL));
  CU_ASSERT_EQUAL(list->len, 9); /* the newest eight, and the one with stock */
  CU_ASSERT_STRING_EQUAL(((Lot *)list->pdata[0])->lot_no, "L03");
  g_autoptr(Lot) lot = NULL;
  CU_ASSERT_TRUE(stock_store_find_lot(store, 1001, "L00", &lot, NULL));
  CU_ASSERT_PTR_NOT_NULL(lot);
}

static void
an_unknown_lot_is_not_found(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  g_autoptr(Lot) lot = NULL;
  CU_ASSERT_TRUE(stock_store_find_lot(store, 1001, "nix", &lot, NULL));
  CU_ASSERT_PTR_NULL(lot);
}

static void
a_balance_that_differs_is_named(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  shop_deliver(store, 1, 1001, "L1", 10);
  g_autofree char *wrong = NULL;
  CU_ASSERT_TRUE(stock_store_check(store, &wrong, NULL));
  CU_ASSERT_PTR_NULL(wrong);
  CU_ASSERT_EQUAL(number(store, "UPDATE balance SET qty = 11 /* scan */"), -1);
  CU_ASSERT_TRUE(stock_store_check(store, &wrong, NULL));
  CU_ASSERT_STRING_EQUAL(wrong,
                         "article 1001, lot \"L1\", place \"A1-3\": the balance says 11,"
                         " the movements 10");
}

TESTS("stock_store",
      TEST(lots_come_in_the_order_they_should_go_out),
      TEST(only_what_may_be_sold_counts_as_at_hand),
      TEST(lots_long_sold_out_leave_the_list_but_stay_on_file),
      TEST(an_unknown_lot_is_not_found),
      TEST(a_balance_that_differs_is_named))
