#include "app/domain/tender.h"

#include "tests/test.h"

static Tender *
tender(const Payment *payment, guint position)
{
  return payment->tenders->pdata[position];
}

static void
cash_above_the_rest_becomes_change(void)
{
  g_autoptr(Payment) payment = payment_new(11350);
  CU_ASSERT_TRUE(payment_add(payment, TENDER_CASH, 12000, NULL));
  CU_ASSERT_EQUAL(tender(payment, 0)->amount, 11350);
  CU_ASSERT_EQUAL(tender(payment, 0)->given, 12000);
  CU_ASSERT_EQUAL(payment_change(payment), 650);
  CU_ASSERT_EQUAL(payment_left(payment), 0);
  CU_ASSERT_TRUE(payment_is_complete(payment));
}

static void
a_payment_may_have_several_parts(void)
{
  g_autoptr(Payment) payment = payment_new(21350);
  CU_ASSERT_TRUE(payment_add(payment, TENDER_STORED, 10000, "尾号 0417"));
  CU_ASSERT_FALSE(payment_is_complete(payment));
  CU_ASSERT_EQUAL(payment_left(payment), 11350);
  CU_ASSERT_TRUE(payment_add(payment, TENDER_CASH, 5000, NULL));
  CU_ASSERT_EQUAL(payment_left(payment), 6350);
  CU_ASSERT_TRUE(payment_add(payment, TENDER_CASH, 7000, NULL));
  CU_ASSERT_EQUAL(payment_change(payment), 650);
  CU_ASSERT_STRING_EQUAL(tender(payment, 0)->reference, "尾号 0417");
}

static void
only_cash_may_exceed_what_is_left(void)
{
  g_autoptr(Payment) payment = payment_new(1000);
  CU_ASSERT_FALSE(payment_add(payment, TENDER_CARD, 1001, NULL));
  CU_ASSERT_FALSE(payment_add(payment, TENDER_CARD, 0, NULL));
  CU_ASSERT_FALSE(payment_add(payment, TENDER_CASH, -5, NULL));
  CU_ASSERT_EQUAL(payment->tenders->len, 0);
  CU_ASSERT_TRUE(payment_add(payment, TENDER_CARD, 1000, NULL));
  CU_ASSERT_FALSE(payment_add(payment, TENDER_CASH, 100, NULL));
  CU_ASSERT_EQUAL(payment->tenders->len, 1);
}

static void
a_sale_that_costs_nothing_is_paid(void)
{
  g_autoptr(Payment) payment = payment_new(0);
  CU_ASSERT_TRUE(payment_is_complete(payment));
  CU_ASSERT_FALSE(payment_add(payment, TENDER_CASH, 100, NULL));
}

static void
a_part_taken_away_is_paid_from_the_change_first(void)
{
  g_autoptr(Payment) payment = payment_new(10000);
  payment_add(payment, TENDER_CARD, 5000, NULL);
  payment_add(payment, TENDER_CASH, 6000, NULL);
  CU_ASSERT_EQUAL(payment_change(payment), 1000);
  payment_remove(payment, 0);
  CU_ASSERT_EQUAL(payment_change(payment), 0);
  CU_ASSERT_EQUAL(payment_left(payment), 4000);
  CU_ASSERT_EQUAL(tender(payment, 0)->amount, 6000);
  payment_remove(payment, 9);
  CU_ASSERT_EQUAL(payment->tenders->len, 1);
  payment_remove(payment, 0);
  CU_ASSERT_EQUAL(payment_left(payment), 10000);
}

static void
cash_is_suggested_as_buyers_hand_it_over(void)
{
  static const struct {
    Money left;
    int n;
    Money amounts[7];
  } CASES[] = {
      {11350, 6, {11350, 11400, 11500, 12000, 15000, 20000}},
      {320, 7, {320, 400, 500, 1000, 2000, 5000, 10000}},
      {10000, 1, {10000}},
      {5000, 3, {5000, 6000, 10000}}, /* a fifty, three twenties, a hundred */
      {9999, 2, {9999, 10000}},
      {0, 0, {0}},
      {-5, 0, {0}},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    Money amounts[8] = {0};
    int n = payment_suggest_cash(CASES[i].left, amounts, 8);
    CU_ASSERT_EQUAL(n, CASES[i].n);
    for (int a = 0; a < CASES[i].n; a++)
      CU_ASSERT_EQUAL(amounts[a], CASES[i].amounts[a]);
  }
}

static void
no_more_is_suggested_than_there_are_keys(void)
{
  Money amounts[3] = {0, 0, -1};
  CU_ASSERT_EQUAL(payment_suggest_cash(320, amounts, 2), 2);
  CU_ASSERT_EQUAL(amounts[1], 400);
  CU_ASSERT_EQUAL(amounts[2], -1);
  CU_ASSERT_EQUAL(payment_suggest_cash(320, amounts, 0), 0);
}

TESTS("tender",
      TEST(cash_above_the_rest_becomes_change),
      TEST(a_payment_may_have_several_parts),
      TEST(only_cash_may_exceed_what_is_left),
      TEST(a_sale_that_costs_nothing_is_paid),
      TEST(a_part_taken_away_is_paid_from_the_change_first),
      TEST(cash_is_suggested_as_buyers_hand_it_over),
      TEST(no_more_is_suggested_than_there_are_keys))
