#include "app/pay.h"

#include "db/outbox.h"
#include "tests/app/shop.h"

static Shop
with_one_box(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  shop_scan_article(&shop, IBUPROFEN);
  return shop;
}

static void
cash_with_change_becomes_a_kept_sale(void)
{
  Shop shop = with_one_box();
  pay_open(shop.till);
  CU_ASSERT_EQUAL(shop.till->page, PAGE_PAYMENT);
  pay_tender(shop.till, TENDER_CASH, "30");
  pay_confirm(shop.till, NULL);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_SALE_KEPT);
  CU_ASSERT_EQUAL(shop.till->notice.number, 750);
  CU_ASSERT_STRING_EQUAL(shop.till->last.number, "0123-03-e1-000001");
  CU_ASSERT_EQUAL(shop.till->last.change, 750);
  CU_ASSERT_EQUAL(shop.till->page, PAGE_SALE);
  CU_ASSERT_PTR_NULL(shop.till->payment);
  CU_ASSERT_TRUE(sale_is_empty(shop.till->sale));
  CU_ASSERT_EQUAL(shop_sales(&shop), 1);
  CU_ASSERT_EQUAL(shop_on_hand(&shop, IBUPROFEN, "B1"), 40);
  shop_close(&shop);
}

static void
the_sale_is_for_central_in_the_same_breath(void)
{
  Shop shop = with_one_box();
  OutboxState before, after;
  CU_ASSERT_TRUE(outbox_state(shop.till->store, &before, NULL));
  pay_open(shop.till);
  pay_confirm(shop.till, "22.50");
  CU_ASSERT_TRUE(outbox_state(shop.till->store, &after, NULL));
  CU_ASSERT_EQUAL(after.head, before.head + 1);
  CU_ASSERT_EQUAL(shop.till->outbox_waiting, after.waiting);
  shop_close(&shop);
}

static void
typed_cash_is_taken_at_confirmation(void)
{
  Shop shop = with_one_box();
  pay_open(shop.till);
  pay_confirm(shop.till, "100");
  CU_ASSERT_EQUAL(shop.till->last.given, 10000);
  CU_ASSERT_EQUAL(shop.till->last.change, 7750);
  shop_close(&shop);
}

static void
a_second_confirmation_does_nothing(void)
{
  Shop shop = with_one_box();
  pay_open(shop.till);
  pay_confirm(shop.till, "22.50");
  pay_confirm(shop.till, "22.50");
  pay_confirm(shop.till, NULL);
  CU_ASSERT_EQUAL(shop_sales(&shop), 1);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_SALE_KEPT);
  shop_close(&shop);
}

static void
too_little_money_is_told_and_nothing_is_kept(void)
{
  Shop shop = with_one_box();
  pay_open(shop.till);
  pay_confirm(shop.till, NULL);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_AMOUNT_SHORT);
  pay_confirm(shop.till, "20");
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_AMOUNT_SHORT);
  CU_ASSERT_EQUAL(shop.till->notice.number, 250);
  CU_ASSERT_EQUAL(shop_sales(&shop), 0);
  pay_tender(shop.till, TENDER_CASH, NULL);
  pay_confirm(shop.till, NULL);
  CU_ASSERT_EQUAL(shop_sales(&shop), 1);
  shop_close(&shop);
}

static void
amounts_that_are_none_are_refused(void)
{
  static const char *const TYPED[] = {"x", "-5", "1.234", "0", "9999999999999"};
  Shop shop = with_one_box();
  pay_open(shop.till);
  for (gsize i = 0; i < G_N_ELEMENTS(TYPED); i++) {
    pay_tender(shop.till, TENDER_CASH, TYPED[i]);
    CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_AMOUNT_BAD);
    pay_confirm(shop.till, TYPED[i]);
    CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_AMOUNT_BAD);
  }
  CU_ASSERT_EQUAL(shop.till->payment->tenders->len, 0);
  shop_close(&shop);
}

static void
only_cash_is_connected(void)
{
  Shop shop = with_one_box();
  pay_open(shop.till);
  for (int kind = TENDER_CODE_PAY; kind <= TENDER_OTHER; kind++) {
    pay_tender(shop.till, (TenderKind)kind, "1");
    CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_TENDER_NOT_HERE);
  }
  CU_ASSERT_EQUAL(shop.till->payment->tenders->len, 0);
  shop_close(&shop);
}

static void
an_empty_ticket_is_not_paid(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  pay_open(shop.till);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_SALE_EMPTY);
  CU_ASSERT_PTR_NULL(shop.till->payment);
  shop_close(&shop);
}

static void
going_back_gives_the_money_back_and_keeps_the_ticket(void)
{
  Shop shop = with_one_box();
  pay_open(shop.till);
  pay_tender(shop.till, TENDER_CASH, "10");
  pay_tender(shop.till, TENDER_CASH, "5");
  pay_remove(shop.till, 0);
  CU_ASSERT_EQUAL(payment_left(shop.till->payment), 1750);
  checkout_delete_line(shop.till);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_TICKET_IN_WORK);
  pay_cancel(shop.till);
  CU_ASSERT_PTR_NULL(shop.till->payment);
  CU_ASSERT_EQUAL(shop.till->page, PAGE_SALE);
  CU_ASSERT_FALSE(sale_is_empty(shop.till->sale));
  shop_close(&shop);
}

static void
nobody_walks_away_from_an_open_payment(void)
{
  Shop shop = with_one_box();
  pay_open(shop.till);
  till_open_page(shop.till, PAGE_SHIFT);
  CU_ASSERT_EQUAL(shop.till->page, PAGE_PAYMENT);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_TICKET_IN_WORK);
  pay_cancel(shop.till);
  till_open_page(shop.till, PAGE_SHIFT);
  CU_ASSERT_EQUAL(shop.till->page, PAGE_SHIFT);
  shop_close(&shop);
}

/* domain.md 9.1, case 9 */
static void
a_lot_that_expires_at_midnight_is_not_sold_after_it(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  shop_scan_article(&shop, TONIGHT);
  CU_ASSERT_EQUAL(shop.till->notice.rule.message, RULE_NEAR_EXPIRY);
  pay_open(shop.till);
  pay_tender(shop.till, TENDER_CASH, NULL);
  shop_set_clock(MORNING_US + 15 * HOUR_US);
  pay_confirm(shop.till, NULL);
  CU_ASSERT_EQUAL(shop_sales(&shop), 0);
  CU_ASSERT_EQUAL(shop.till->notice.kind, NOTICE_BLOCK);
  CU_ASSERT_EQUAL(shop.till->notice.rule.message, RULE_LOT_EXPIRED);
  CU_ASSERT_EQUAL(shop.till->notice.line, 1);
  CU_ASSERT_EQUAL(shop.till->page, PAGE_SALE);
  pay_open(shop.till);
  CU_ASSERT_PTR_NULL(shop.till->payment);
  shop_close(&shop);
}

/* Every statement of the commit in turn meets a full disk. */
static void
a_full_disk_leaves_ticket_and_payment_as_they_were(void)
{
  Shop shop = with_one_box();
  int step = 0;
  pay_open(shop.till);
  pay_tender(shop.till, TENDER_CASH, "30");
  while (shop.till->payment && ++step < 200) {
    query_fail_at(step);
    pay_confirm(shop.till, NULL);
    query_fail_at(0);
    if (!shop.till->payment)
      break;
    CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_DISK_FULL);
    CU_ASSERT_EQUAL(shop.till->notice.kind, NOTICE_BLOCK);
    CU_ASSERT_EQUAL(shop.till->sale->lines->len, 1);
    CU_ASSERT_EQUAL(payment_change(shop.till->payment), 750);
    CU_ASSERT_EQUAL(shop.till->page, PAGE_PAYMENT);
    CU_ASSERT_EQUAL(shop_sales(&shop), 0);
  }
  CU_ASSERT_TRUE(step > 5);
  CU_ASSERT_EQUAL(shop_sales(&shop), 1);
  CU_ASSERT_STRING_EQUAL(shop.till->last.number, "0123-03-e1-000001");
  CU_ASSERT_EQUAL(shop_on_hand(&shop, IBUPROFEN, "B1"), 40);
  shop_close(&shop);
}

static void
the_drawer_opens_after_the_sale_is_on_disk_and_once(void)
{
  Shop shop = with_one_box();
  pay_open(shop.till);
  pay_tender(shop.till, TENDER_CASH, NULL);
  query_fail_at(8);
  pay_confirm(shop.till, NULL);
  query_fail_at(0);
  CU_ASSERT_FALSE(desk_drawer_is_open());
  pay_confirm(shop.till, NULL);
  await(desk_drawer_is_open());
  desk_push_drawer();
  await(shop.till->printing_waits == 0);
  CU_ASSERT_FALSE(desk_drawer_is_open());
  shop_close(&shop);
}

static void
a_ticket_of_nothing_is_paid_without_money(void)
{
  Shop shop = with_one_box();
  shop.till->staff->discount_limit_bp = 10000;
  checkout_set_discount(shop.till, "100%");
  pay_open(shop.till);
  pay_confirm(shop.till, NULL);
  CU_ASSERT_EQUAL(shop_sales(&shop), 1);
  CU_ASSERT_EQUAL(shop.till->last.due, 0);
  shop_close(&shop);
}

static void
another_tills_recall_is_seen_at_payment(void)
{
  Shop shop = with_one_box();
  g_auto(Query) q = query(shop.till->store,
                          "UPDATE lot SET state = 4 WHERE product = 2 AND lot_no = 'B1'");
  query_run(&q);
  CU_ASSERT_TRUE(query_done(&q, NULL));
  pay_open(shop.till);
  CU_ASSERT_PTR_NULL(shop.till->payment);
  CU_ASSERT_EQUAL(shop.till->notice.rule.message, RULE_LOT_LOCKED);
  shop_close(&shop);
}

TESTS("pay",
      TEST(cash_with_change_becomes_a_kept_sale),
      TEST(the_sale_is_for_central_in_the_same_breath),
      TEST(typed_cash_is_taken_at_confirmation),
      TEST(a_second_confirmation_does_nothing),
      TEST(too_little_money_is_told_and_nothing_is_kept),
      TEST(amounts_that_are_none_are_refused),
      TEST(only_cash_is_connected),
      TEST(an_empty_ticket_is_not_paid),
      TEST(going_back_gives_the_money_back_and_keeps_the_ticket),
      TEST(nobody_walks_away_from_an_open_payment),
      TEST(a_lot_that_expires_at_midnight_is_not_sold_after_it),
      TEST(a_full_disk_leaves_ticket_and_payment_as_they_were),
      TEST(the_drawer_opens_after_the_sale_is_on_disk_and_once),
      TEST(a_ticket_of_nothing_is_paid_without_money),
      TEST(another_tills_recall_is_seen_at_payment))
