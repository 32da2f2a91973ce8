#include "app/domain/lot.h"

#include "tests/test.h"

#define TODAY 20261122

static GPtrArray *
lots_new(void)
{
  return g_ptr_array_new_with_free_func((GDestroyNotify)lot_free);
}

static Lot *
add(GPtrArray *lots, const char *lot_no, Day expiry, Quantity on_hand)
{
  Lot *lot = lot_new();
  lot->lot_no = g_strdup(lot_no);
  lot->expiry = expiry;
  lot->on_hand = on_hand;
  g_ptr_array_add(lots, lot);
  return lot;
}

static void
a_lot_is_good_on_its_last_day_and_not_the_day_after(void)
{
  Lot lot = {.expiry = 20261122};
  CU_ASSERT_TRUE(lot_may_be_sold(&lot, 20261121));
  CU_ASSERT_TRUE(lot_may_be_sold(&lot, 20261122));
  CU_ASSERT_FALSE(lot_may_be_sold(&lot, 20261123));
  CU_ASSERT_EQUAL(lot_days_left(&lot, 20261121), 1);
  CU_ASSERT_EQUAL(lot_days_left(&lot, 20261122), 0);
  CU_ASSERT_EQUAL(lot_days_left(&lot, 20261123), -1);
}

static void
a_lot_without_expiry_stays_good(void)
{
  Lot lot = {.expiry = DAY_NONE};
  CU_ASSERT_TRUE(lot_may_be_sold(&lot, 20991231));
  CU_ASSERT_EQUAL(lot_days_left(&lot, TODAY), G_MAXINT);
}

static void
only_the_sellable_state_may_be_sold(void)
{
  for (int state = LOT_SELLABLE; state <= LOT_RETURNED; state++) {
    Lot lot = {.expiry = 20280101, .state = (LotState)state};
    CU_ASSERT_EQUAL(lot_may_be_sold(&lot, TODAY), state == LOT_SELLABLE);
  }
}

static void
the_first_to_expire_with_stock_goes_out_first(void)
{
  g_autoptr(GPtrArray) lots = lots_new();
  add(lots, "late", 20280101, 5);
  add(lots, "expired", 20261121, 5);
  add(lots, "empty", 20261201, 0);
  add(lots, "never", DAY_NONE, 5);
  add(lots, "early", 20270301, 5);
  add(lots, "locked", 20270101, 5)->state = LOT_LOCKED;
  CU_ASSERT_STRING_EQUAL(lot_first_out(lots, TODAY)->lot_no, "early");
}

static void
of_equal_days_the_lower_number_goes_first_and_no_expiry_last(void)
{
  g_autoptr(GPtrArray) lots = lots_new();
  add(lots, "never", DAY_NONE, 5);
  CU_ASSERT_STRING_EQUAL(lot_first_out(lots, TODAY)->lot_no, "never");
  add(lots, "B2", 20270301, 5);
  add(lots, "B1", 20270301, 5);
  CU_ASSERT_STRING_EQUAL(lot_first_out(lots, TODAY)->lot_no, "B1");
}

static void
without_stock_the_last_to_expire_is_proposed(void)
{
  g_autoptr(GPtrArray) lots = lots_new();
  add(lots, "early", 20270301, 0);
  add(lots, "late", 20280101, -2);
  add(lots, "recalled", 20290101, 0)->state = LOT_RECALLED;
  CU_ASSERT_STRING_EQUAL(lot_first_out(lots, TODAY)->lot_no, "late");
}

static void
when_none_may_be_sold_none_is_proposed(void)
{
  g_autoptr(GPtrArray) lots = lots_new();
  CU_ASSERT_PTR_NULL(lot_first_out(lots, TODAY));
  add(lots, "expired", 20261121, 5);
  add(lots, "rejected", 20280101, 5)->state = LOT_REJECTED;
  CU_ASSERT_PTR_NULL(lot_first_out(lots, TODAY));
}

static void
a_copy_has_its_own_texts(void)
{
  g_autoptr(GPtrArray) lots = lots_new();
  Lot *lot = add(lots, "230917", 20270831, 5);
  lot->location = g_strdup("A-3");
  g_autoptr(Lot) copy = lot_copy(lot);
  CU_ASSERT_STRING_EQUAL(copy->lot_no, "230917");
  CU_ASSERT_STRING_EQUAL(copy->location, "A-3");
  CU_ASSERT_PTR_NOT_EQUAL(copy->lot_no, lot->lot_no);
  CU_ASSERT_PTR_NULL(lot_copy(NULL));
}

TESTS("lot",
      TEST(a_lot_is_good_on_its_last_day_and_not_the_day_after),
      TEST(a_lot_without_expiry_stays_good),
      TEST(only_the_sellable_state_may_be_sold),
      TEST(the_first_to_expire_with_stock_goes_out_first),
      TEST(of_equal_days_the_lower_number_goes_first_and_no_expiry_last),
      TEST(without_stock_the_last_to_expire_is_proposed),
      TEST(when_none_may_be_sold_none_is_proposed),
      TEST(a_copy_has_its_own_texts))
