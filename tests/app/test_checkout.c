#include "app/checkout.h"

#include "app/ringing.h"
#include "tests/app/shop.h"

static const SaleLine *
line_at(const Shop *shop, guint row)
{
  return sale_line(shop->till->sale, row);
}

static void
rules_refuse_before_anything_is_added(void)
{
  static const struct {
    int id;
    RuleMessage message;
  } CASES[] = {
      {EXPIRED, RULE_LOT_EXPIRED},
      {LOCKED, RULE_LOT_LOCKED},
      {UNPRICED, RULE_NO_PRICE},
      {RETIRED, RULE_NOT_ACTIVE},
  };
  Shop shop = shop_open();
  shop_sign_in(&shop);
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    shop_scan_article(&shop, CASES[i].id);
    CU_ASSERT_TRUE(sale_is_empty(shop.till->sale));
    CU_ASSERT_EQUAL(shop.till->notice.kind, NOTICE_BLOCK);
    CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_RULE);
    CU_ASSERT_EQUAL(shop.till->notice.rule.message, CASES[i].message);
  }
  shop_close(&shop);
}

static void
a_refusal_is_on_record(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  shop_scan_article(&shop, EXPIRED);
  g_auto(Query) q = query(shop.till->store,
                          "SELECT staff || ' ' || subject || ' ' || detail FROM audit_log"
                          " WHERE action = 'sale.refused' /* scan */");
  CU_ASSERT_TRUE_FATAL(query_next(&q));
  CU_ASSERT_STRING_EQUAL(query_peek_text(&q, 0), "0312 C0005 CN-ST-03");
  query_clear(&q);
  shop_close(&shop);
}

static void
a_near_expiry_is_told_with_its_line(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  shop_scan_article(&shop, IBUPROFEN);
  shop_scan_article(&shop, VITAMIN);
  CU_ASSERT_EQUAL(shop.till->notice.kind, NOTICE_WARN);
  CU_ASSERT_EQUAL(shop.till->notice.rule.message, RULE_NEAR_EXPIRY);
  CU_ASSERT_EQUAL(shop.till->notice.number, 88);
  CU_ASSERT_EQUAL(shop.till->notice.line, 2);
  shop_close(&shop);
}

/* B1 holds three boxes and goes first; two more come from B2. */
static void
what_one_lot_does_not_hold_comes_from_the_next(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  shop_type(&shop, "*5");
  shop_scan_article(&shop, IBUPROFEN);
  CU_ASSERT_EQUAL_FATAL(shop.till->sale->lines->len, 2);
  CU_ASSERT_STRING_EQUAL(line_at(&shop, 0)->lot->lot_no, "B1");
  CU_ASSERT_EQUAL(line_at(&shop, 0)->quantity, 60);
  CU_ASSERT_STRING_EQUAL(line_at(&shop, 1)->lot->lot_no, "B2");
  CU_ASSERT_EQUAL(line_at(&shop, 1)->quantity, 40);
  CU_ASSERT_FALSE(line_at(&shop, 1)->oversold);
  CU_ASSERT_EQUAL(checkout_totals(shop.till).due, 5 * 2250);
  shop_close(&shop);
}

static void
a_raised_quantity_splits_too_and_one_scan_more_finds_the_next_lot(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  shop_scan_article(&shop, IBUPROFEN);
  checkout_set_quantity(shop.till, "4");
  CU_ASSERT_EQUAL_FATAL(shop.till->sale->lines->len, 2);
  CU_ASSERT_EQUAL(line_at(&shop, 0)->quantity, 60);
  CU_ASSERT_EQUAL(line_at(&shop, 1)->quantity, 20);
  CU_ASSERT_EQUAL(shop.till->chosen, 0);
  shop_scan_article(&shop, IBUPROFEN);
  CU_ASSERT_EQUAL(line_at(&shop, 1)->quantity, 40);
  shop_close(&shop);
}

static void
more_than_the_books_hold_is_sold_and_marked(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  shop_type(&shop, "*9");
  shop_scan_article(&shop, IBUPROFEN);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_OVERSOLD);
  CU_ASSERT_EQUAL(shop.till->notice.number, 5);
  CU_ASSERT_FALSE(line_at(&shop, 0)->oversold);
  CU_ASSERT_TRUE(line_at(&shop, 1)->oversold);
  CU_ASSERT_EQUAL(line_at(&shop, 1)->quantity, 120);
  shop_scan_article(&shop, NO_LOTS);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_OVERSOLD);
  CU_ASSERT_PTR_NULL(line_at(&shop, 2)->lot);
  shop_close(&shop);
}

static void
goods_with_a_register_are_never_oversold(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  shop_type(&shop, "*10");
  shop_scan_article(&shop, EPHEDRINE);
  CU_ASSERT_EQUAL(shop.till->notice.kind, NOTICE_BLOCK);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_NO_LOT);
  CU_ASSERT_TRUE(sale_is_empty(shop.till->sale));
  shop_type(&shop, "*9");
  shop_scan_article(&shop, EPHEDRINE);
  CU_ASSERT_EQUAL(line_at(&shop, 0)->quantity, 9);
  checkout_step_quantity(shop.till, 1);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_NO_LOT);
  CU_ASSERT_EQUAL(line_at(&shop, 0)->quantity, 9);
  shop_close(&shop);
}

static void
quantities_that_make_no_sense_change_nothing(void)
{
  static const char *const TYPED[] = {
      "0", "", "x", "-1", "0.5", "100000", "1e3", "99999999999"};
  Shop shop = shop_open();
  shop_sign_in(&shop);
  shop_scan_article(&shop, IBUPROFEN);
  for (gsize i = 0; i < G_N_ELEMENTS(TYPED); i++) {
    checkout_set_quantity(shop.till, TYPED[i]);
    CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_BAD_QUANTITY);
    CU_ASSERT_EQUAL(line_at(&shop, 0)->quantity, 20);
  }
  shop_close(&shop);
}

static void
herbs_are_weighed_with_decimals(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  checkout_add(shop.till, HERB, NULL, NULL);
  checkout_set_quantity(shop.till, "12.5");
  CU_ASSERT_EQUAL(line_at(&shop, 0)->quantity, 12500);
  CU_ASSERT_EQUAL(sale_line_net(line_at(&shop, 0)), 238);
  shop_close(&shop);
}

static void
a_deleted_line_stays_on_record_and_the_next_is_chosen(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  shop_scan_article(&shop, IBUPROFEN);
  shop_scan_article(&shop, VITAMIN);
  checkout_choose(shop.till, 0);
  checkout_delete_line(shop.till);
  CU_ASSERT_TRUE(line_at(&shop, 0)->deleted);
  CU_ASSERT_EQUAL(shop.till->chosen, 1);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_LINE_DELETED);
  CU_ASSERT_EQUAL(checkout_totals(shop.till).due, 2990);
  checkout_choose(shop.till, 0);
  CU_ASSERT_EQUAL(shop.till->chosen, 1);
  checkout_delete_line(shop.till);
  CU_ASSERT_EQUAL(shop.till->chosen, -1);
  checkout_delete_line(shop.till);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_NO_LINE);
  shop_close(&shop);
}

static void
the_arrows_pass_over_deleted_lines(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  shop_scan_article(&shop, IBUPROFEN);
  shop_scan_article(&shop, VITAMIN);
  shop_scan_article(&shop, NO_LOTS);
  checkout_choose(shop.till, 1);
  checkout_delete_line(shop.till);
  CU_ASSERT_EQUAL(shop.till->chosen, 2);
  checkout_move(shop.till, -1);
  CU_ASSERT_EQUAL(shop.till->chosen, 0);
  checkout_move(shop.till, -5);
  CU_ASSERT_EQUAL(shop.till->chosen, 0);
  checkout_move(shop.till, 7);
  CU_ASSERT_EQUAL(shop.till->chosen, 2);
  shop_close(&shop);
}

static void
a_discount_stays_within_the_limit_of_the_role(void)
{
  static const struct {
    const char *typed;
    NoticeId id;
    Money discount;
  } CASES[] = {
      {"10%", NOTICE_DISCOUNT_SET, 225},
      {"10.1%", NOTICE_RULE, 225},
      {"2.25", NOTICE_DISCOUNT_SET, 225},
      {"2.26", NOTICE_RULE, 225},
      {"22.51", NOTICE_AMOUNT_BAD, 225},
      {"101%", NOTICE_AMOUNT_BAD, 225},
      {"%", NOTICE_AMOUNT_BAD, 225},
      {"-1", NOTICE_AMOUNT_BAD, 225},
      {"0", NOTICE_DISCOUNT_SET, 0},
  };
  Shop shop = shop_open();
  shop_sign_in(&shop);
  shop_scan_article(&shop, IBUPROFEN);
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    checkout_set_discount(shop.till, CASES[i].typed);
    CU_ASSERT_EQUAL(shop.till->notice.id, CASES[i].id);
    CU_ASSERT_EQUAL(line_at(&shop, 0)->discount, CASES[i].discount);
  }
  checkout_set_discount(shop.till, "50%");
  CU_ASSERT_EQUAL(shop.till->notice.rule.message, RULE_DISCOUNT_LIMIT);
  CU_ASSERT_EQUAL(shop.till->notice.rule.act, ACT_MANAGER);
  CU_ASSERT_EQUAL(shop.till->notice.number, 1000);
  shop_close(&shop);
}

static void
taking_pieces_off_does_not_raise_the_share_of_a_discount(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  shop_type(&shop, "*3");
  shop_scan_article(&shop, IBUPROFEN);
  checkout_set_discount(shop.till, "10%");
  checkout_set_quantity(shop.till, "1");
  CU_ASSERT_EQUAL(line_at(&shop, 0)->discount, 225);
  shop_close(&shop);
}

static void
another_lot_is_chosen_by_hand_unless_it_may_not_be_sold(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  shop_scan_article(&shop, IBUPROFEN);
  g_autoptr(GPtrArray) lots = checkout_lots(shop.till);
  CU_ASSERT_EQUAL(lots->len, 2);
  checkout_set_lot(shop.till, "B2");
  CU_ASSERT_STRING_EQUAL(line_at(&shop, 0)->lot->lot_no, "B2");
  CU_ASSERT_TRUE(line_at(&shop, 0)->lot_chosen);
  checkout_set_lot(shop.till, "B9");
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_LOT_UNKNOWN);
  CU_ASSERT_STRING_EQUAL(line_at(&shop, 0)->lot->lot_no, "B2");
  shop_close(&shop);
}

static void
voiding_needs_the_right_and_leaves_a_trace(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  shop_scan_article(&shop, IBUPROFEN);
  checkout_void(shop.till);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_APPROVAL_NEEDED);
  CU_ASSERT_FALSE(sale_is_empty(shop.till->sale));
  shop.till->staff->rights |= RIGHT_VOID_TICKET;
  checkout_void(shop.till);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_TICKET_VOIDED);
  CU_ASSERT_TRUE(sale_is_empty(shop.till->sale));
  g_auto(Query) q =
      query(shop.till->store,
            "SELECT detail FROM audit_log WHERE action = 'ticket.void' /* scan */");
  CU_ASSERT_TRUE_FATAL(query_next(&q));
  CU_ASSERT_STRING_EQUAL(query_peek_text(&q, 0), "22.50");
  query_clear(&q);
  shop_close(&shop);
}

static int64_t
only_ticket(Shop *shop)
{
  g_autoptr(GPtrArray) held = checkout_held(shop->till);
  CU_ASSERT_EQUAL_FATAL(held->len, 1);
  return ((const HeldTicket *)held->pdata[0])->id;
}

static void
a_held_ticket_survives_the_end_of_the_till(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  shop_type(&shop, "*2");
  shop_scan_article(&shop, IBUPROFEN);
  checkout_set_discount(shop.till, "1.00");
  checkout_hold(shop.till, "蓝伞");
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_HELD);
  CU_ASSERT_EQUAL(shop.till->held, 1);
  CU_ASSERT_TRUE(sale_is_empty(shop.till->sale));
  shop_reopen(&shop);
  CU_ASSERT_EQUAL(shop.till->held, 1);
  shop_sign_in(&shop);
  checkout_open_held(shop.till);
  CU_ASSERT_EQUAL(shop.till->held, 0);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_RECALLED);
  CU_ASSERT_EQUAL(checkout_totals(shop.till).due, 4400);
  CU_ASSERT_EQUAL(shop.till->chosen, 0);
  shop_close(&shop);
}

static void
a_ticket_is_taken_up_once(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  checkout_hold(shop.till, NULL);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_SALE_EMPTY);
  shop_scan_article(&shop, IBUPROFEN);
  checkout_hold(shop.till, NULL);
  int64_t id = only_ticket(&shop);
  shop_scan_article(&shop, VITAMIN);
  checkout_recall(shop.till, id);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_TICKET_IN_WORK);
  checkout_open_held(shop.till);
  CU_ASSERT_EQUAL(shop.till->page, PAGE_HELD);
  checkout_delete_line(shop.till);
  checkout_recall(shop.till, id);
  CU_ASSERT_EQUAL(shop.till->page, PAGE_SALE);
  checkout_delete_line(shop.till);
  checkout_recall(shop.till, id);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_RECALL_GONE);
  shop_close(&shop);
}

static void
what_is_missing_before_payment_is_listed_by_line(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  shop_scan_article(&shop, RX_BOX);
  shop_scan_article(&shop, EPHEDRINE);
  g_autoptr(GArray) gates = checkout_gates(shop.till);
  CU_ASSERT_EQUAL_FATAL(gates->len, 2);
  CU_ASSERT_EQUAL(g_array_index(gates, GateLine, 0).rule.act, ACT_REVIEW);
  CU_ASSERT_EQUAL(g_array_index(gates, GateLine, 0).row, 0);
  CU_ASSERT_EQUAL(g_array_index(gates, GateLine, 1).rule.act, ACT_ID);
  CU_ASSERT_EQUAL(g_array_index(gates, GateLine, 1).row, 1);
  pay_open(shop.till);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_GATES);
  CU_ASSERT_EQUAL(shop.till->notice.number, 2);
  CU_ASSERT_PTR_NULL(shop.till->payment);
  shop_close(&shop);
}

static void
a_ticket_ends_at_its_limit(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  for (int i = 0; i < SALE_MAX_LINES; i++) {
    shop_scan_article(&shop, NO_LOTS);
    checkout_delete_line(shop.till);
  }
  shop_scan_article(&shop, NO_LOTS);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_SALE_FULL);
  CU_ASSERT_EQUAL(shop.till->sale->lines->len, SALE_MAX_LINES);
  shop_close(&shop);
}

static Lot *
lot_of(int64_t id, const char *lot_no, Day expiry, Quantity on_hand)
{
  Lot *lot = lot_new();
  *lot = (Lot){id, 1, g_strdup(lot_no), expiry, LOT_SELLABLE, g_strdup(""), on_hand};
  return lot;
}

static void
lots_are_allotted_in_whole_units(void)
{
  static const struct {
    Quantity a, b, wanted;
    const char *portions;
  } CASES[] = {
      {60, 100, 20, "A 20"},
      {60, 100, 80, "A 60, B 20"},
      {50, 100, 60, "A 40, B 20"},
      {10, 100, 40, "B 40"},
      {60, 100, 180, "A 60, B 100, B 20"},
      {0, 0, 20, "B 20"},
      {10, 10, 20, "B 20"},
      {-20, 40, 40, "B 40"},
  };
  g_autoptr(Sale) sale = sale_new("00000000000000000000000000000000", 0);
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autoptr(GPtrArray) lots = g_ptr_array_new_with_free_func((GDestroyNotify)lot_free);
    g_autoptr(GString) text = g_string_new(NULL);
    g_ptr_array_add(lots, lot_of(1, "A", 20280101, CASES[i].a));
    g_ptr_array_add(lots, lot_of(2, "B", 20290101, CASES[i].b));
    g_autoptr(GArray) portions =
        ringing_allot(lots, sale, 1, 20, CASES[i].wanted, 20261122);
    for (guint p = 0; p < portions->len; p++) {
      const Portion *portion = &g_array_index(portions, Portion, p);
      g_string_append_printf(
          text, "%s%s %d", p ? ", " : "", portion->lot->lot_no, (int)portion->quantity);
    }
    CU_ASSERT_STRING_EQUAL(text->str, CASES[i].portions);
  }
}

static void
another_store_failure_is_told_and_nothing_changes(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  shop_scan_article(&shop, IBUPROFEN);
  for (int step = 1; step < 40; step++) {
    query_fail_at(step);
    checkout_hold(shop.till, NULL);
    query_fail_at(0);
    if (sale_is_empty(shop.till->sale))
      break;
    CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_DISK_FULL);
    CU_ASSERT_EQUAL(ticket_store_count(shop.till->store), 0);
  }
  CU_ASSERT_TRUE(sale_is_empty(shop.till->sale));
  CU_ASSERT_EQUAL(ticket_store_count(shop.till->store), 1);
  shop_close(&shop);
}

TESTS("checkout",
      TEST(rules_refuse_before_anything_is_added),
      TEST(a_refusal_is_on_record),
      TEST(a_near_expiry_is_told_with_its_line),
      TEST(what_one_lot_does_not_hold_comes_from_the_next),
      TEST(a_raised_quantity_splits_too_and_one_scan_more_finds_the_next_lot),
      TEST(more_than_the_books_hold_is_sold_and_marked),
      TEST(goods_with_a_register_are_never_oversold),
      TEST(quantities_that_make_no_sense_change_nothing),
      TEST(herbs_are_weighed_with_decimals),
      TEST(a_deleted_line_stays_on_record_and_the_next_is_chosen),
      TEST(the_arrows_pass_over_deleted_lines),
      TEST(a_discount_stays_within_the_limit_of_the_role),
      TEST(taking_pieces_off_does_not_raise_the_share_of_a_discount),
      TEST(another_lot_is_chosen_by_hand_unless_it_may_not_be_sold),
      TEST(voiding_needs_the_right_and_leaves_a_trace),
      TEST(a_held_ticket_survives_the_end_of_the_till),
      TEST(a_ticket_is_taken_up_once),
      TEST(what_is_missing_before_payment_is_listed_by_line),
      TEST(a_ticket_ends_at_its_limit),
      TEST(lots_are_allotted_in_whole_units),
      TEST(another_store_failure_is_told_and_nothing_changes))
