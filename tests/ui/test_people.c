/* Approval, duty, lock and the staff page, as they are seen. */
#include "app/asking.h"
#include "app/locking.h"
#include "app/on_duty.h"
#include "tests/ui/harness.h"

static void
pictures(Harness *harness, const char *name, const char *language)
{
  g_autofree char *small = g_strdup_printf("%s-%s-1366", name, language);
  g_autofree char *large = g_strdup_printf("%s-%s-1920", name, language);
  harness_picture(harness, small);
  harness_resize(harness, 1920, 1080, "light", "wide");
  harness_picture(harness, large);
  harness_resize(harness, 1366, 768, "light", "standard");
}

/* The limit of 0312 is 10 %. */
static void
ask_for_a_large_discount(Harness *harness)
{
  harness_scan(harness, VITAMIN);
  checkout_set_discount(harness->till, "30%");
  harness_settle(harness);
}

static void
a_manager_approves_with_number_pin_and_reason(void)
{
  static const char *const languages[] = {"zh_CN", "en"};
  for (gsize i = 0; i < G_N_ELEMENTS(languages); i++) {
    Harness harness = harness_open_sale(languages[i]);
    ask_for_a_large_discount(&harness);
    pictures(&harness, "approval-refused", languages[i]);
    harness_press(&harness, "<Control>g");
    pictures(&harness, "approval-who", languages[i]);
    harness_type(&harness, "0101");
    harness_press(&harness, "Return");
    harness_type(&harness, "1010");
    harness_press(&harness, "Return");
    pictures(&harness, "approval-why", languages[i]);
    CU_ASSERT_EQUAL(sale_line(harness.till->sale, 0)->discount, 0);
    harness_press(&harness, "3");
    CU_ASSERT_EQUAL(sale_line(harness.till->sale, 0)->discount, 897);
    CU_ASSERT_STRING_EQUAL(sale_line(harness.till->sale, 0)->approver, "0101");
    CU_ASSERT_TRUE(harness_sees(&harness, "0101"));
    CU_ASSERT_EQUAL(harness.till->ask, ASK_NOTHING);
    pictures(&harness, "approval-done", languages[i]);
    harness_close(&harness);
  }
}

static void
nobody_approves_for_themselves_and_a_wrong_pin_is_told(void)
{
  Harness harness = harness_open_sale("en");
  ask_for_a_large_discount(&harness);
  harness_press(&harness, "<Control>g");
  harness_type(&harness, "0312");
  harness_press(&harness, "Return");
  CU_ASSERT_TRUE(harness_sees(&harness, "Nobody approves for themselves"));
  harness_type(&harness, "0101");
  harness_press(&harness, "Return");
  harness_type(&harness, "9999");
  harness_press(&harness, "Return");
  harness_press(&harness, "1");
  CU_ASSERT_TRUE(harness_sees(&harness, "Wrong PIN"));
  CU_ASSERT_EQUAL(sale_line(harness.till->sale, 0)->discount, 0);
  harness_press(&harness, "Escape");
  harness_press(&harness, "Escape");
  CU_ASSERT_EQUAL(harness.till->ask, ASK_NOTHING);
  harness_type(&harness, "blf"); /* the scan box has the keyboard again */
  CU_ASSERT_EQUAL(harness.till->page, PAGE_SEARCH);
  harness_close(&harness);
}

static void
the_strip_says_who_is_the_pharmacist(void)
{
  static const char *const languages[] = {"zh_CN", "en"};
  static const char *const nobody[] = {"药师暂不在岗", "No pharmacist here"};
  for (gsize i = 0; i < G_N_ELEMENTS(languages); i++) {
    Harness harness = harness_open_sale(languages[i]);
    CU_ASSERT_TRUE(harness_sees(&harness, "李敏"));
    shop_send_pharmacist_home(&harness.shop);
    harness_settle(&harness);
    CU_ASSERT_TRUE(harness_sees(&harness, nobody[i]));
    harness_scan(&harness, IBUPROFEN);
    CU_ASSERT_TRUE(sale_is_empty(harness.till->sale));
    pictures(&harness, "pharmacist-absent", languages[i]);
    harness_press(&harness, "<Control>d");
    harness_type(&harness, "0205");
    harness_press(&harness, "Return");
    harness_type(&harness, "2050");
    harness_press(&harness, "Return");
    pictures(&harness, "duty", languages[i]);
    harness_press(&harness, "1");
    CU_ASSERT_EQUAL(on_duty_scopes(harness.till), SCOPE_ANY);
    harness_scan(&harness, IBUPROFEN);
    CU_ASSERT_FALSE(sale_is_empty(harness.till->sale));
    harness_close(&harness);
  }
}

static void
a_locked_till_keeps_the_ticket_and_takes_no_keys(void)
{
  static const char *const languages[] = {"zh_CN", "en"};
  for (gsize i = 0; i < G_N_ELEMENTS(languages); i++) {
    Harness harness = harness_open_sale(languages[i]);
    harness_scan(&harness, VITAMIN);
    harness_press(&harness, "<Control>l");
    CU_ASSERT_EQUAL(harness.till->page, PAGE_LOCK);
    harness_scan(&harness, IBUPROFEN);
    harness_scan_keys(&harness, "6900000000027");
    harness_press(&harness, "F12");
    harness_press(&harness, "<Alt>7");
    CU_ASSERT_EQUAL(harness.till->page, PAGE_LOCK);
    CU_ASSERT_EQUAL(harness.till->sale->lines->len, 1);
    pictures(&harness, "lock", languages[i]);
    harness_type(&harness, "3120");
    harness_press(&harness, "Return");
    CU_ASSERT_EQUAL(harness.till->page, PAGE_SALE);
    CU_ASSERT_EQUAL(harness.till->sale->lines->len, 1);
    harness_close(&harness);
  }
}

static void
a_manager_takes_a_locked_till_over_and_the_ticket_waits(void)
{
  Harness harness = harness_open_sale("en");
  harness_scan(&harness, VITAMIN);
  harness_press(&harness, "<Control>l");
  harness_press(&harness, "Escape");
  harness_type(&harness, "0101");
  harness_press(&harness, "Return");
  harness_type(&harness, "1010");
  harness_press(&harness, "Return");
  CU_ASSERT_EQUAL(harness.till->page, PAGE_SALE);
  CU_ASSERT_STRING_EQUAL(harness.till->staff->number, "0101");
  CU_ASSERT_EQUAL(harness.till->held, 1);
  CU_ASSERT_TRUE(sale_is_empty(harness.till->sale));
  harness_close(&harness);
}

static void
the_staff_page_is_for_managers_and_clears_a_lock_out(void)
{
  static const char *const languages[] = {"zh_CN", "en"};
  for (gsize i = 0; i < G_N_ELEMENTS(languages); i++) {
    Harness harness = harness_open_sale(languages[i]);
    harness_press(&harness, "<Alt>8");
    CU_ASSERT_EQUAL(harness.till->page, PAGE_SALE); /* a clerk */
    sign_out(harness.till);
    for (int tries = 0; tries < 5; tries++)
      sign_in(harness.till, "0206", "0000");
    shop_set_clock(MORNING_US + HOUR_US);
    sign_in(harness.till, "0101", "1010");
    harness_settle(&harness);
    harness_press(&harness, "<Alt>8");
    CU_ASSERT_EQUAL(harness.till->page, PAGE_STAFF);
    CU_ASSERT_TRUE(harness_sees(&harness, "211220001234"));
    CU_ASSERT_TRUE(harness_sees(&harness, "2026-10-31")); /* 0206: it has ended */
    pictures(&harness, "staff", languages[i]);
    for (int row = 0; row < 2; row++)
      harness_press(&harness, "Down");
    harness_press(&harness, "F8");
    CU_ASSERT_EQUAL(harness.till->notice.id, NOTICE_LOCKOUT_CLEARED);
    harness_close(&harness);
  }
}

TESTS("people",
      TEST(a_manager_approves_with_number_pin_and_reason),
      TEST(nobody_approves_for_themselves_and_a_wrong_pin_is_told),
      TEST(the_strip_says_who_is_the_pharmacist),
      TEST(a_locked_till_keeps_the_ticket_and_takes_no_keys),
      TEST(a_manager_takes_a_locked_till_over_and_the_ticket_waits),
      TEST(the_staff_page_is_for_managers_and_clears_a_lock_out))
