#include "app/drawer.h"

#include "app/base/clock.h"
#include "tests/app/shop.h"

static void
see_opened(Shop *shop)
{
  drawer_see(shop->till, 0);
  drawer_see(shop->till, DEVICE_DRAWER_OPEN);
}

static void
a_drawer_open_for_a_minute_is_told_once(void)
{
  Shop shop = shop_open();
  see_opened(&shop);
  int64_t opened_us = clock_monotonic_us();
  drawer_mind(shop.till, opened_us + 59 * G_USEC_PER_SEC);
  CU_ASSERT_NOT_EQUAL(shop.till->notice.id, NOTICE_DRAWER_OPEN);
  drawer_mind(shop.till, opened_us + 60 * G_USEC_PER_SEC);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_DRAWER_OPEN);
  CU_ASSERT_EQUAL(shop.till->notice.kind, NOTICE_WARN);
  till_clear_notice(shop.till);
  drawer_mind(shop.till, opened_us + 600 * G_USEC_PER_SEC);
  CU_ASSERT_NOT_EQUAL(shop.till->notice.id, NOTICE_DRAWER_OPEN);
  shop_close(&shop);
}

static void
pushing_it_shut_takes_the_message_back_and_the_next_one_is_told_again(void)
{
  Shop shop = shop_open();
  see_opened(&shop);
  drawer_mind(shop.till, clock_monotonic_us() + 61 * G_USEC_PER_SEC);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_DRAWER_OPEN);
  see_opened(&shop);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_NOTHING);
  drawer_mind(shop.till, clock_monotonic_us() + 61 * G_USEC_PER_SEC);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_DRAWER_OPEN);
  shop_close(&shop);
}

static void
a_printer_without_a_drawer_is_not_complained_of(void)
{
  Shop shop = shop_open();
  drawer_see(shop.till, DEVICE_GONE);
  drawer_see(shop.till, DEVICE_DRAWER_OPEN);
  drawer_mind(shop.till, clock_monotonic_us() + 600 * G_USEC_PER_SEC);
  CU_ASSERT_NOT_EQUAL(shop.till->notice.id, NOTICE_DRAWER_OPEN);
  see_opened(&shop);
  drawer_see(shop.till, DEVICE_GONE);
  drawer_mind(shop.till, clock_monotonic_us() + 600 * G_USEC_PER_SEC);
  CU_ASSERT_NOT_EQUAL(shop.till->notice.id, NOTICE_DRAWER_OPEN);
  shop_close(&shop);
}

static void
how_long_is_too_long_is_a_setting(void)
{
  Shop shop = shop_open();
  CU_ASSERT(settings_set(shop.till, "drawer.open_s", "0", NULL));
  see_opened(&shop);
  drawer_mind(shop.till, clock_monotonic_us() + 600 * G_USEC_PER_SEC);
  CU_ASSERT_NOT_EQUAL(shop.till->notice.id, NOTICE_DRAWER_OPEN);
  CU_ASSERT(settings_set(shop.till, "drawer.open_s", "5", NULL));
  drawer_mind(shop.till, clock_monotonic_us() + 6 * G_USEC_PER_SEC);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_DRAWER_OPEN);
  shop_close(&shop);
}

static void
a_drawer_that_speaks_the_other_way_is_said_in_the_address(void)
{
  static const struct {
    const char *polarity, *address, *wanted;
  } CASES[] = {
      {"", "escpos:usb:04b8:0e15@1-2", "escpos:usb:04b8:0e15@1-2"},
      {"low", "escpos:usb:04b8:0e15@1-2", "escpos:usb:04b8:0e15@1-2?drawer=low"},
      {"low", "escpos:usb:04b8:0e15?quirks=silent", "escpos:usb:04b8:0e15?quirks=silent"},
      {"low", "sim-printer:", "sim-printer:"},
      {"low", "", ""},
  };
  Shop shop = shop_open();
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    CU_ASSERT(settings_set(shop.till, "drawer.polarity", CASES[i].polarity, NULL));
    g_autofree char *address = drawer_address(shop.till, CASES[i].address);
    CU_ASSERT_STRING_EQUAL(address, CASES[i].wanted);
  }
  shop_close(&shop);
}

TESTS("drawer",
      TEST(a_drawer_open_for_a_minute_is_told_once),
      TEST(pushing_it_shut_takes_the_message_back_and_the_next_one_is_told_again),
      TEST(a_printer_without_a_drawer_is_not_complained_of),
      TEST(how_long_is_too_long_is_a_setting),
      TEST(a_drawer_that_speaks_the_other_way_is_said_in_the_address))
