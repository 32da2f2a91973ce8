#include "tests/domain/rules_shop.h"

static const RuleEvent EVENTS[] = {
    EVENT_LINE_ADD,
    EVENT_LINE_CHANGE,
    EVENT_TENDER_OPEN,
    EVENT_COMMIT,
};

static void
a_good_article_passes_at_every_event(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(EVENTS); i++) {
    Shop shop;
    shop_open(&shop, EVENTS[i]);
    expect_pass(&shop);
    RuleAnswer all[4];
    CU_ASSERT_EQUAL(rules_judge_all(&shop.facts, VERDICT_PASS, all, 4), 0);
    shop_close(&shop);
  }
}

static void
an_article_without_class_is_blocked_at_every_event(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(EVENTS); i++) {
    Shop shop;
    shop_open(&shop, EVENTS[i]);
    shop.product->legal_class = CLASS_UNKNOWN;
    expect(&shop, VERDICT_BLOCK, RULE_NO_CLASS, "CN-CLS-01");
    shop_close(&shop);
  }
}

static void
every_known_class_but_the_controlled_may_be_added_and_paid(void)
{
  for (int i = CLASS_RX; i < N_CLASSES; i++) {
    Shop shop;
    shop_open(&shop, EVENT_LINE_ADD);
    shop.product->legal_class = (LegalClass)i;
    expect_pass(&shop);
    shop_close(&shop);
    shop_open(&shop, EVENT_TENDER_OPEN);
    shop.product->legal_class = (LegalClass)i;
    if (i == CLASS_RX)
      expect(&shop, VERDICT_GATE, RULE_RX_REVIEW, "CN-RX-01");
    else if (i == CLASS_HERB_TOXIC)
      expect(&shop, VERDICT_GATE, RULE_RX_REVIEW, "CN-SP-08");
    else
      expect_pass(&shop);
    shop_close(&shop);
  }
}

static void
an_article_taken_off_sale_is_blocked(void)
{
  Shop shop;
  shop_open(&shop, EVENT_LINE_ADD);
  shop.product->active = false;
  expect(&shop, VERDICT_BLOCK, RULE_NOT_ACTIVE, "GT-ACTIVE");
  shop_close(&shop);
}

static void
what_is_forbidden_at_retail_is_blocked_before_all_else(void)
{
  Shop shop;
  shop_open(&shop, EVENT_LINE_ADD);
  shop.product->special = SPECIAL_FORBIDDEN;
  shop.product->legal_class = CLASS_UNKNOWN;
  expect(&shop, VERDICT_BLOCK, RULE_FORBIDDEN, "CN-SP-07");
  shop_close(&shop);
}

static void
an_article_without_a_price_is_blocked(void)
{
  Shop shop;
  shop_open(&shop, EVENT_LINE_ADD);
  ProductUnit *unit = shop.product->units->pdata[0];
  unit->price = 1;
  expect_pass(&shop);
  unit->price = 0;
  expect(&shop, VERDICT_BLOCK, RULE_NO_PRICE, "GT-PRICE");
  unit->price = 1000;
  unit->has_price = false;
  expect(&shop, VERDICT_BLOCK, RULE_NO_PRICE, "GT-PRICE");
  shop_close(&shop);
}

static void
the_price_is_asked_of_the_unit_that_is_sold(void)
{
  Shop shop;
  shop_open(&shop, EVENT_LINE_ADD);
  ProductUnit *loose = product_add_unit(shop.product, "粒", 1);
  shop.facts.unit = loose;
  expect(&shop, VERDICT_BLOCK, RULE_NO_PRICE, "GT-PRICE");
  loose->has_price = true;
  loose->price = 90;
  expect_pass(&shop);
  shop_close(&shop);

  shop_open(&shop, EVENT_TENDER_OPEN);
  shop.line->price = 0;
  expect(&shop, VERDICT_BLOCK, RULE_NO_PRICE, "GT-PRICE");
  shop_close(&shop);
}

static void
an_article_without_any_unit_has_no_price(void)
{
  Shop shop;
  shop_open(&shop, EVENT_LINE_ADD);
  g_ptr_array_set_size(shop.product->units, 0);
  expect(&shop, VERDICT_BLOCK, RULE_NO_PRICE, "GT-PRICE");
  shop_close(&shop);
}

static void
a_lot_is_sold_on_its_last_day_and_blocked_the_day_after(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(EVENTS); i++) {
    Shop shop;
    shop_open(&shop, EVENTS[i]);
    shop.lot.expiry = TODAY - 1;
    expect(&shop, VERDICT_BLOCK, RULE_LOT_EXPIRED, "CN-ST-03");
    CU_ASSERT_EQUAL(rules_judge(&shop.facts).number, -1);
    shop.lot.expiry = TODAY;
    rescan(&shop);
    CU_ASSERT_TRUE(rules_judge(&shop.facts).verdict < VERDICT_GATE);
    shop.lot.expiry = DAY_NONE;
    expect_pass(&shop);
    shop_close(&shop);
  }
}

static void
a_ticket_left_open_over_midnight_is_caught_at_payment(void)
{
  Shop shop;
  shop_open(&shop, EVENT_TENDER_OPEN);
  shop.lot.expiry = 20261122;
  shop.facts.today = 20261122;
  expect_pass(&shop);
  shop.facts.today = 20261123;
  expect(&shop, VERDICT_BLOCK, RULE_LOT_EXPIRED, "CN-ST-03");
  shop_close(&shop);
}

static void
a_lot_in_any_state_but_sellable_is_blocked(void)
{
  for (int state = LOT_PENDING; state <= LOT_RETURNED; state++) {
    Shop shop;
    shop_open(&shop, EVENT_LINE_ADD);
    shop.lot.state = (LotState)state;
    expect(&shop,
           VERDICT_BLOCK,
           RULE_LOT_LOCKED,
           state == LOT_RECALLED ? "CN-ST-06" : "CN-ST-05");
    CU_ASSERT_EQUAL(rules_judge(&shop.facts).number, state);
    shop_close(&shop);
  }
}

static void
a_unit_that_is_not_sold_by_itself_is_blocked(void)
{
  Shop shop;
  shop_open(&shop, EVENT_LINE_ADD);
  ProductUnit piece = {.name = (char *)"片", .base = 1, .has_price = true, .price = 50};
  shop.facts.unit = &piece;
  expect(&shop, VERDICT_BLOCK, RULE_UNIT_NOT_SOLD, "GT-UNIT");
  piece.sale_allowed = true;
  expect_pass(&shop);
  shop_close(&shop);
}

static void
lots_on_file_of_which_none_is_good_block_but_no_lots_do_not(void)
{
  Shop shop;
  shop_open(&shop, EVENT_LINE_ADD);
  shop.facts.lot = NULL;
  expect(&shop, VERDICT_BLOCK, RULE_NO_GOOD_LOT, "CN-ST-13");
  shop.facts.has_any_lot = false;
  expect_pass(&shop);
  shop_close(&shop);
}

static void
a_near_expiry_is_told_from_its_day_on(void)
{
  static const struct {
    int near_days, left;
    bool warns;
  } CASES[] = {
      {0, 181, false},
      {0, 180, true},
      {0, 1, true},
      {0, 0, true},
      {90, 91, false},
      {90, 90, true},
      {365, 300, true},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    Shop shop;
    shop_open(&shop, EVENT_LINE_ADD);
    shop.product->near_days = CASES[i].near_days;
    shop.lot.expiry = day_add(TODAY, CASES[i].left);
    if (CASES[i].warns) {
      expect(&shop, VERDICT_WARN, RULE_NEAR_EXPIRY, "CN-ST-04");
      CU_ASSERT_EQUAL(rules_judge(&shop.facts).number, CASES[i].left);
    } else {
      expect_pass(&shop);
    }
    shop_close(&shop);
  }
}

static void
a_near_expiry_is_told_when_the_lot_is_chosen_and_not_again(void)
{
  Shop shop;
  shop_open(&shop, EVENT_LINE_CHANGE);
  shop.lot.expiry = day_add(TODAY, 30);
  expect_pass(&shop);
  shop.facts.lot = &shop.lot;
  expect(&shop, VERDICT_WARN, RULE_NEAR_EXPIRY, "CN-ST-04");
  shop_close(&shop);
  shop_open(&shop, EVENT_TENDER_OPEN);
  shop.lot.expiry = day_add(TODAY, 30);
  expect_pass(&shop);
  shop_close(&shop);
}

static void
prescription_articles_are_built_freely_and_gated_at_payment(void)
{
  static const struct {
    LegalClass legal_class;
    SpecialGroup special;
    const char *rule_id; /* NULL: no review */
  } CASES[] = {
      {CLASS_RX, SPECIAL_NONE, "CN-RX-01"},
      {CLASS_RX, SPECIAL_EPHEDRINE, "CN-SP-02"},
      {CLASS_RX, SPECIAL_PSY2, "CN-SP-05"},
      {CLASS_RX, SPECIAL_LICORICE, "CN-SP-06"},
      {CLASS_OTC_A, SPECIAL_LICORICE, "CN-SP-06"},
      {CLASS_HERB_TOXIC, SPECIAL_NONE, "CN-SP-08"},
      {CLASS_OTC_A, SPECIAL_NONE, NULL},
      {CLASS_DUAL, SPECIAL_NONE, NULL},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    Shop shop;
    shop_open(&shop, EVENT_LINE_ADD);
    shop.product->legal_class = CASES[i].legal_class;
    shop.product->special = CASES[i].special;
    expect_pass(&shop);
    shop.facts.event = EVENT_COMMIT;
    if (CASES[i].rule_id)
      expect(&shop, VERDICT_GATE, RULE_RX_REVIEW, CASES[i].rule_id);
    else
      expect_pass(&shop);
    CU_ASSERT_EQUAL(rules_judge(&shop.facts).act,
                    CASES[i].rule_id ? ACT_REVIEW : ACT_NONE);
    shop_close(&shop);
  }
}

static void
special_groups_need_the_buyers_name_at_payment(void)
{
  static const struct {
    LegalClass legal_class;
    SpecialGroup special;
    int gates;
    const char *register_id;
  } CASES[] = {
      {CLASS_OTC_A, SPECIAL_EPHEDRINE, 1, "CN-SP-01"},
      {CLASS_RX, SPECIAL_EPHEDRINE, 2, "CN-SP-01"},
      {CLASS_RX, SPECIAL_PSY2, 2, "CN-SP-05"},
      {CLASS_RX, SPECIAL_LICORICE, 2, "CN-SP-06"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    Shop shop;
    shop_open(&shop, EVENT_TENDER_OPEN);
    shop.product->legal_class = CASES[i].legal_class;
    shop.product->special = CASES[i].special;
    RuleAnswer all[4];
    CU_ASSERT_EQUAL(rules_judge_all(&shop.facts, VERDICT_GATE, all, 4), CASES[i].gates);
    const RuleAnswer *last = &all[CASES[i].gates - 1];
    CU_ASSERT_EQUAL(last->act, ACT_ID);
    CU_ASSERT_EQUAL(last->message, RULE_REAL_NAME);
    CU_ASSERT_STRING_EQUAL(last->rule_id, CASES[i].register_id);
    shop_close(&shop);
  }
}

static void
a_discount_is_free_up_to_the_limit_and_gated_above(void)
{
  /* 10 boxes of 10.00 and 5 %: the border is 5.00. */
  static const struct {
    Money discount;
    Verdict verdict;
    int64_t number;
  } CASES[] = {
      {0, VERDICT_PASS, 0},
      {499, VERDICT_PASS, 0},
      {500, VERDICT_PASS, 0},
      {501, VERDICT_GATE, 500},
      {10000, VERDICT_GATE, 500},
      {10001, VERDICT_BLOCK, 10000},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    Shop shop;
    shop_open(&shop, EVENT_LINE_CHANGE);
    shop.facts.new_discount = CASES[i].discount;
    bool passes = CASES[i].verdict == VERDICT_PASS;
    expect(&shop,
           CASES[i].verdict,
           passes ? RULE_NONE : RULE_DISCOUNT_LIMIT,
           passes ? NULL : "CN-MN-04");
    RuleAnswer answer = rules_judge(&shop.facts);
    CU_ASSERT_EQUAL(answer.number, CASES[i].number);
    CU_ASSERT_EQUAL(answer.act,
                    CASES[i].verdict == VERDICT_GATE ? ACT_MANAGER : ACT_NONE);
    shop_close(&shop);
  }
}

static void
the_discount_of_a_dear_line_does_not_overflow(void)
{
  Shop shop;
  shop_open(&shop, EVENT_LINE_CHANGE);
  shop.line->price = 9999999999;
  shop.line->quantity = 99999;
  shop.facts.new_discount = sale_line_gross(shop.line) / 20 + 1;
  expect(&shop, VERDICT_GATE, RULE_DISCOUNT_LIMIT, "CN-MN-04");
  shop.facts.new_discount -= 1;
  expect_pass(&shop);
  shop_close(&shop);
}

static void
a_discount_without_the_right_needs_a_manager(void)
{
  Shop shop;
  shop_open(&shop, EVENT_LINE_CHANGE);
  shop.staff.rights = RIGHT_SELL;
  expect_pass(&shop);
  shop.facts.new_discount = 1;
  expect(&shop, VERDICT_GATE, RULE_NO_RIGHT, "GT-RIGHT");
  CU_ASSERT_EQUAL(rules_judge(&shop.facts).act, ACT_MANAGER);
  shop_close(&shop);
}

static void
nobody_and_people_without_the_right_sell_nothing(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(EVENTS); i++) {
    Shop shop;
    shop_open(&shop, EVENTS[i]);
    shop.staff.rights = RIGHT_COUNT;
    expect(&shop, VERDICT_BLOCK, RULE_NO_RIGHT, "GT-RIGHT");
    shop.staff.rights = RIGHT_SELL;
    shop.staff.active = false;
    expect(&shop, VERDICT_BLOCK, RULE_NO_RIGHT, "GT-RIGHT");
    shop.facts.staff = NULL;
    expect(&shop, VERDICT_BLOCK, RULE_NO_RIGHT, "GT-RIGHT");
    shop_close(&shop);
  }
}

static void
a_clock_that_went_back_stops_controlled_articles_only(void)
{
  static const struct {
    LegalClass legal_class;
    SpecialGroup special;
    bool stops;
  } CASES[] = {
      {CLASS_RX, SPECIAL_NONE, true},
      {CLASS_OTC_A, SPECIAL_EPHEDRINE, true},
      {CLASS_HERB_TOXIC, SPECIAL_NONE, true},
      {CLASS_OTC_A, SPECIAL_NONE, false},
      {CLASS_HERB, SPECIAL_NONE, false},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    Shop shop;
    shop_open(&shop, EVENT_LINE_ADD);
    shop.facts.clock_is_trusted = false;
    shop.product->legal_class = CASES[i].legal_class;
    shop.product->special = CASES[i].special;
    if (CASES[i].stops)
      expect(&shop, VERDICT_BLOCK, RULE_CLOCK_BACK, "GT-CLOCK");
    else
      expect_pass(&shop);
    shop.facts.clock_is_trusted = true;
    expect_pass(&shop);
    shop_close(&shop);
  }
}

static void
a_deleted_line_is_judged_no_more(void)
{
  Shop shop;
  shop_open(&shop, EVENT_TENDER_OPEN);
  shop.product->legal_class = CLASS_RX;
  shop.line->deleted = true;
  expect_pass(&shop);
  shop_close(&shop);
}

static void
at_payment_the_line_alone_is_enough_to_judge(void)
{
  Shop shop;
  shop_open(&shop, EVENT_TENDER_OPEN);
  shop.product->legal_class = CLASS_RX;
  shop.facts.product = NULL;
  expect(&shop, VERDICT_GATE, RULE_RX_REVIEW, "CN-RX-01");
  shop.facts.line = NULL;
  CU_ASSERT_EQUAL(rules_judge(&shop.facts).verdict, VERDICT_PASS);
  shop_close(&shop);
}

static void
all_answers_come_strictest_first_and_no_more_than_asked(void)
{
  Shop shop;
  shop_open(&shop, EVENT_LINE_ADD);
  shop.product->active = false;
  shop.product->legal_class = CLASS_UNKNOWN;
  shop.lot.expiry = day_add(TODAY, 10);
  RuleAnswer all[5];
  CU_ASSERT_EQUAL(rules_judge_all(&shop.facts, VERDICT_WARN, all, 5), 3);
  CU_ASSERT_EQUAL(all[0].message, RULE_NO_CLASS);
  CU_ASSERT_EQUAL(all[1].message, RULE_NOT_ACTIVE);
  CU_ASSERT_EQUAL(all[2].message, RULE_NEAR_EXPIRY);
  CU_ASSERT_EQUAL(rules_judge_all(&shop.facts, VERDICT_GATE, all, 5), 2);
  CU_ASSERT_EQUAL(rules_judge_all(&shop.facts, VERDICT_WARN, all, 1), 1);
  CU_ASSERT_EQUAL(all[0].message, rules_judge(&shop.facts).message);
  shop_close(&shop);
}

TESTS("rules",
      TEST(a_good_article_passes_at_every_event),
      TEST(an_article_without_class_is_blocked_at_every_event),
      TEST(every_known_class_but_the_controlled_may_be_added_and_paid),
      TEST(an_article_taken_off_sale_is_blocked),
      TEST(what_is_forbidden_at_retail_is_blocked_before_all_else),
      TEST(an_article_without_a_price_is_blocked),
      TEST(the_price_is_asked_of_the_unit_that_is_sold),
      TEST(an_article_without_any_unit_has_no_price),
      TEST(a_lot_is_sold_on_its_last_day_and_blocked_the_day_after),
      TEST(a_ticket_left_open_over_midnight_is_caught_at_payment),
      TEST(a_lot_in_any_state_but_sellable_is_blocked),
      TEST(a_unit_that_is_not_sold_by_itself_is_blocked),
      TEST(lots_on_file_of_which_none_is_good_block_but_no_lots_do_not),
      TEST(a_near_expiry_is_told_from_its_day_on),
      TEST(a_near_expiry_is_told_when_the_lot_is_chosen_and_not_again),
      TEST(prescription_articles_are_built_freely_and_gated_at_payment),
      TEST(special_groups_need_the_buyers_name_at_payment),
      TEST(a_discount_is_free_up_to_the_limit_and_gated_above),
      TEST(the_discount_of_a_dear_line_does_not_overflow),
      TEST(a_discount_without_the_right_needs_a_manager),
      TEST(nobody_and_people_without_the_right_sell_nothing),
      TEST(a_clock_that_went_back_stops_controlled_articles_only),
      TEST(a_deleted_line_is_judged_no_more),
      TEST(at_payment_the_line_alone_is_enough_to_judge),
      TEST(all_answers_come_strictest_first_and_no_more_than_asked))
