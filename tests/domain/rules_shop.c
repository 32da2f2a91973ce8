#include "tests/domain/rules_shop.h"

void
shop_open(Shop *shop, RuleEvent event)
{
  *shop = (Shop){0};
  shop->product = product_new();
  shop->product->id = 1;
  shop->product->active = true;
  shop->product->legal_class = CLASS_OTC_B;
  ProductUnit *unit = product_add_unit(shop->product, "盒", 1);
  unit->has_price = true;
  unit->price = 1000;
  shop->staff = (Staff){.rights = RIGHT_SELL | RIGHT_LINE_DISCOUNT,
                        .discount_limit_bp = 500,
                        .active = true};
  shop->lot = (Lot){.id = 1, .lot_no = (char *)"A", .expiry = 20290101, .on_hand = 5};
  shop->sale = sale_new("0123456789abcdef0123456789abcdef", 0);
  shop->line = sale_add(shop->sale, shop->product, unit, 10, &shop->lot);
  shop->facts = (RuleFacts){.event = event,
                            .product = shop->product,
                            .has_any_lot = true,
                            .sale = shop->sale,
                            .staff = &shop->staff,
                            .today = TODAY,
                            .clock_is_trusted = true,
                            .pharmacist_is_here = SCOPE_ANY};
  if (event == EVENT_LINE_ADD)
    shop->facts.lot = &shop->lot;
  else
    shop->facts.line = shop->line;
}

void
shop_close(Shop *shop)
{
  sale_free(shop->sale);
  product_free(shop->product);
}

/* What the line took over when it was scanned. */
void
rescan(Shop *shop)
{
  product_free(shop->line->product);
  shop->line->product = product_copy(shop->product);
  lot_free(shop->line->lot);
  shop->line->lot = lot_copy(&shop->lot);
}

void
expect(Shop *shop, Verdict verdict, RuleMessage message, const char *rule_id)
{
  rescan(shop);
  RuleAnswer answer = rules_judge(&shop->facts);
  CU_ASSERT_EQUAL(answer.verdict, verdict);
  CU_ASSERT_EQUAL(answer.message, message);
  CU_ASSERT_EQUAL(g_strcmp0(answer.rule_id, rule_id), 0);
}

void
expect_pass(Shop *shop)
{
  expect(shop, VERDICT_PASS, RULE_NONE, NULL);
}
