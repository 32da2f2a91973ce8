#include "app/domain/person.h"

#include <glib.h>

#include "tests/test.h"

static void
only_active_staff_may_do_what_their_rights_say(void)
{
  Staff staff = {.rights = RIGHT_SELL | RIGHT_HOLD, .active = true};
  CU_ASSERT_TRUE(staff_may(&staff, RIGHT_SELL));
  CU_ASSERT_TRUE(staff_may(&staff, (Right)(RIGHT_SELL | RIGHT_HOLD)));
  CU_ASSERT_FALSE(staff_may(&staff, (Right)(RIGHT_SELL | RIGHT_PRICE)));
  CU_ASSERT_FALSE(staff_may(&staff, RIGHT_EXPORT));
  staff.active = false;
  CU_ASSERT_FALSE(staff_may(&staff, RIGHT_SELL));
  CU_ASSERT_FALSE(staff_may(NULL, RIGHT_SELL));
}

static void
the_wait_grows_with_every_five_failures_and_never_falls(void)
{
  static const struct {
    int failures;
    int64_t seconds;
  } CASES[] = {
      {0, 0},
      {1, 0},
      {4, 0},
      {5, 60},
      {6, 60},
      {9, 60},
      {10, 300},
      {14, 300},
      {15, 900},
      {16, 900},
      {20, 900},
      {1000000, 900},
      {-1, 0},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++)
    CU_ASSERT_EQUAL(staff_lockout_s(CASES[i].failures), CASES[i].seconds);
}

static void
a_copy_has_its_own_texts(void)
{
  g_autoptr(Staff) staff = staff_new();
  staff->number = g_strdup("0312");
  staff->name = g_strdup("张三");
  staff->discount_limit_bp = 500;
  g_autoptr(Staff) copy = staff_copy(staff);
  CU_ASSERT_STRING_EQUAL(copy->number, "0312");
  CU_ASSERT_STRING_EQUAL(copy->name, "张三");
  CU_ASSERT_EQUAL(copy->discount_limit_bp, 500);
  CU_ASSERT_PTR_NOT_EQUAL(copy->name, staff->name);
  CU_ASSERT_PTR_NULL(staff_copy(NULL));
}

TESTS("person",
      TEST(only_active_staff_may_do_what_their_rights_say),
      TEST(the_wait_grows_with_every_five_failures_and_never_falls),
      TEST(a_copy_has_its_own_texts))
