/* What the tests of rules begin with: a shop in which everything may be sold; each test
 * breaks one thing. */
#pragma once

#include "app/domain/rules.h"
#include "tests/test.h"

#define TODAY 20261122

typedef struct {
  Product *product;
  Staff staff;
  Sale *sale;
  SaleLine *line;
  Lot lot;
  RuleFacts facts;
} Shop;

void shop_open(Shop *shop, RuleEvent event);
void shop_close(Shop *shop);
void rescan(Shop *shop); /* the line takes over anew what the shop has now */
void expect(Shop *shop, Verdict verdict, RuleMessage message, const char *rule_id);
void expect_pass(Shop *shop);
