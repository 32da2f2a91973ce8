#include "db/ticket_store.h"

#include "tests/db/shop.h"

static int64_t
hold(Db *store, const Sale *sale, const char *label)
{
  g_autoptr(GPtrArray) list = NULL;
  CU_ASSERT_TRUE(ticket_store_hold(store, sale, label, "0312", NOON, NULL));
  CU_ASSERT_TRUE(ticket_store_list(store, &list, NULL));
  return ((HeldTicket *)list->pdata[list->len - 1])->id;
}

static void
a_held_ticket_comes_back_as_it_was(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  g_autoptr(Sale) sale = shop_sale('a');
  SaleLine *first = sale_line(sale, 0);
  first->lot->id = 9;
  first->lot->state = LOT_PENDING;
  first->lot->on_hand = 77;
  first->lot_chosen = true;
  first->oversold = true;
  first->approver = g_strdup("0001");
  first->discount_reason = DISCOUNT_MANAGER;
  int64_t id = hold(store, sale, "王阿姨");
  g_autoptr(Sale) back = NULL;
  CU_ASSERT_TRUE(ticket_store_recall(store, id, &back, NULL));
  CU_ASSERT_PTR_NOT_NULL_FATAL(back);
  CU_ASSERT_STRING_EQUAL(back->uid, sale->uid);
  CU_ASSERT_STRING_EQUAL(back->label, "王阿姨");
  CU_ASSERT_EQUAL(back->begun_us, sale->begun_us);
  CU_ASSERT_EQUAL_FATAL(back->lines->len, 3);
  SaleTotals a = sale_totals(back, 10), b = sale_totals(sale, 10);
  CU_ASSERT_EQUAL(memcmp(&a, &b, sizeof a), 0);
  const SaleLine *line = sale_line(back, 0);
  CU_ASSERT_EQUAL(line->lot->id, 9);
  CU_ASSERT_EQUAL(line->lot->state, LOT_PENDING);
  CU_ASSERT_EQUAL(line->lot->on_hand, 77);
  CU_ASSERT_TRUE(line->lot_chosen && line->oversold);
  CU_ASSERT_STRING_EQUAL(line->approver, "0001");
  CU_ASSERT_EQUAL(line->discount_reason, DISCOUNT_MANAGER);
  const Product *product = line->product;
  CU_ASSERT_STRING_EQUAL(product->shelf, "A1-3");
  CU_ASSERT_EQUAL(product->storage, STORAGE_COOL);
  CU_ASSERT_EQUAL(product->near_days, 90);
  CU_ASSERT_TRUE(product->insured && product->active && !product->trace_required);
  CU_ASSERT_EQUAL_FATAL(product->units->len, 2);
  CU_ASSERT_STRING_EQUAL(product_default_unit(product)->price_source, "shelf");
  CU_ASSERT_FALSE(product_unit(product, "粒")->sale_allowed);
  CU_ASSERT_PTR_NULL(sale_line(back, 1)->lot);
  CU_ASSERT_TRUE(sale_line(back, 2)->deleted);
}

static void
a_ticket_is_recalled_once(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  g_autoptr(Sale) sale = shop_sale('a');
  int64_t id = hold(store, sale, NULL);
  g_autoptr(Sale) peeked = NULL, first = NULL, second = NULL;
  CU_ASSERT_TRUE(ticket_store_peek(store, id, &peeked, NULL));
  CU_ASSERT_PTR_NOT_NULL(peeked);
  CU_ASSERT_EQUAL(ticket_store_count(store), 1);
  CU_ASSERT_TRUE(ticket_store_recall(store, id, &first, NULL));
  CU_ASSERT_PTR_NOT_NULL(first);
  CU_ASSERT_EQUAL(ticket_store_count(store), 0);
  CU_ASSERT_TRUE(ticket_store_recall(store, id, &second, NULL));
  CU_ASSERT_PTR_NULL(second);
  CU_ASSERT_NOT_EQUAL(hold(store, sale, NULL), id); /* ids are not used again */
}

static void
the_list_says_what_is_on_the_tickets(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  g_autoptr(Sale) first = shop_sale('a'), second = shop_sale('b');
  hold(store, first, "蓝衣服");
  hold(store, second, NULL);
  g_autoptr(GPtrArray) list = NULL;
  CU_ASSERT_TRUE(ticket_store_list(store, &list, NULL));
  CU_ASSERT_EQUAL_FATAL(list->len, 2);
  const HeldTicket *ticket = list->pdata[0];
  CU_ASSERT_STRING_EQUAL(ticket->label, "蓝衣服");
  CU_ASSERT_STRING_EQUAL(ticket->staff_number, "0312");
  CU_ASSERT_STRING_EQUAL(ticket->first_names, "阿莫西林胶囊, 布洛芬\"缓释\"胶囊");
  CU_ASSERT_EQUAL(ticket->lines, 2);
  CU_ASSERT_EQUAL(ticket->due, 2260);
  CU_ASSERT_STRING_EQUAL(((HeldTicket *)list->pdata[1])->label, "");
}

static void
whatever_step_fails_the_ticket_is_held_whole_or_not(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  g_autoptr(Sale) sale = shop_sale('a');
  int n = 1;
  for (;; n++) {
    query_fail_at(n);
    bool done = ticket_store_hold(store, sale, "x", "0312", NOON, NULL);
    query_fail_at(0);
    if (done)
      break;
    CU_ASSERT_EQUAL(number(store,
                           "SELECT (SELECT count(*) FROM held_ticket)"
                           " + (SELECT count(*) FROM held_line)"
                           " + (SELECT count(*) FROM held_unit) /* scan */"),
                    0);
  }
  CU_ASSERT_TRUE(n > 10);
  for (n = 1;; n++) {
    g_autoptr(Sale) back = NULL;
    query_fail_at(n);
    bool done = ticket_store_recall(store, 1, &back, NULL);
    query_fail_at(0);
    if (done)
      break;
    CU_ASSERT_EQUAL(ticket_store_count(store), 1);
  }
  CU_ASSERT_EQUAL(number(store, "SELECT count(*) FROM held_unit /* scan */"), 0);
}

static void
a_held_ticket_survives_a_restart(void)
{
  char *folder = fixture_folder();
  g_autofree char *path = g_build_filename(folder, "store.db", NULL);
  {
    g_autoptr(Db) store = fixture_store(path);
    g_autoptr(Sale) sale = shop_sale('a');
    CU_ASSERT_TRUE(ticket_store_hold(store, sale, "", "0312", NOON, NULL));
  }
  g_autoptr(Db) store = db_open(path, "store", DB_WRITER, NULL);
  g_autoptr(Sale) back = NULL;
  CU_ASSERT_TRUE(ticket_store_recall(store, 1, &back, NULL));
  CU_ASSERT_EQUAL(back->lines->len, 3);
  fixture_remove(folder);
}

TESTS("ticket_store",
      TEST(a_held_ticket_comes_back_as_it_was),
      TEST(a_ticket_is_recalled_once),
      TEST(the_list_says_what_is_on_the_tickets),
      TEST(whatever_step_fails_the_ticket_is_held_whole_or_not),
      TEST(a_held_ticket_survives_a_restart))
