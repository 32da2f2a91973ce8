#include "tests/ui/harness.h"

static void
hold_one(Harness *h, int article, const char *label)
{
  harness_scan(h, article);
  checkout_hold(h->till, label);
  harness_settle(h);
}

static Harness
open_held(const char *language)
{
  Harness h = harness_open_sale(language);
  hold_one(&h, IBUPROFEN, "林阿姨 蓝伞");
  hold_one(&h, VITAMIN, NULL);
  hold_one(&h, TONIGHT, "去取身份证的先生");
  harness_press(&h, "F5");
  CU_ASSERT_EQUAL(h.till->page, PAGE_HELD);
  return h;
}

static void
the_list_says_who_when_and_how_much(void)
{
  Harness h = open_held("en");
  CU_ASSERT_TRUE(harness_sees(&h, "3 tickets wait"));
  CU_ASSERT_TRUE(harness_sees(&h, "林阿姨 蓝伞"));
  CU_ASSERT_TRUE(harness_sees(&h, "维生素C泡腾片"));
  CU_ASSERT_TRUE(harness_sees(&h, "22.50"));
  CU_ASSERT_TRUE(harness_sees(&h, "09:41"));
  CU_ASSERT_TRUE(harness_sees(&h, "0312"));
  harness_close(&h);
}

static void
enter_recalls_the_chosen_one(void)
{
  Harness h = open_held("en");
  harness_press(&h, "Down");
  harness_press(&h, "Down");
  harness_press(&h, "Return");
  CU_ASSERT_EQUAL(h.till->page, PAGE_SALE);
  CU_ASSERT_EQUAL_FATAL(h.till->sale->lines->len, 1);
  CU_ASSERT_EQUAL(sale_line(h.till->sale, 0)->product->id, TONIGHT);
  CU_ASSERT_EQUAL(h.till->held, 2);
  harness_close(&h);
}

static void
f5_recalls_too(void)
{
  Harness h = open_held("en");
  harness_press(&h, "F5");
  CU_ASSERT_EQUAL(sale_line(h.till->sale, 0)->product->id, IBUPROFEN);
  harness_close(&h);
}

static void
a_tap_recalls_too(void)
{
  Harness h = open_held("en");
  harness_click(&h, harness_button(&h, "Recall this ticket"));
  CU_ASSERT_EQUAL(h.till->held, 2);
  CU_ASSERT_EQUAL(h.till->page, PAGE_SALE);
  harness_close(&h);
}

static void
one_that_waits_alone_comes_back_at_once(void)
{
  Harness h = harness_open_sale("en");
  hold_one(&h, IBUPROFEN, NULL);
  harness_press(&h, "F5");
  CU_ASSERT_EQUAL(h.till->page, PAGE_SALE);
  CU_ASSERT_EQUAL(h.till->sale->lines->len, 1);
  harness_close(&h);
}

static void
esc_goes_back_and_all_stay(void)
{
  Harness h = open_held("en");
  harness_press(&h, "Escape");
  CU_ASSERT_EQUAL(h.till->page, PAGE_SALE);
  CU_ASSERT_EQUAL(h.till->held, 3);
  harness_close(&h);
}

static void
a_ticket_that_waits_long_is_marked(void)
{
  Harness h = harness_open_sale("en");
  hold_one(&h, IBUPROFEN, "A");
  hold_one(&h, VITAMIN, "B");
  shop_set_clock(MORNING_US + 3 * HOUR_US + 5 * G_TIME_SPAN_MINUTE);
  harness_press(&h, "F5");
  CU_ASSERT_TRUE(harness_sees(&h, "long"));
  CU_ASSERT_TRUE(harness_sees(&h, "3 h 04 min"));
  harness_close(&h);
}

static void
an_empty_list_says_how_to_fill_it(void)
{
  Harness h = harness_open_sale("en");
  till_open_page(h.till, PAGE_HELD);
  harness_settle(&h);
  CU_ASSERT_TRUE(harness_sees(&h, "No ticket waits"));
  harness_press(&h, "Return");
  CU_ASSERT_EQUAL(h.till->page, PAGE_HELD);
  harness_close(&h);
}

static void
every_look_and_language_fits(void)
{
  Harness h = open_held("zh_CN");
  CU_ASSERT_TRUE(harness_sees(&h, "挂单"));
  harness_press(&h, "Down");
  harness_picture(&h, "held-zh_CN");
  harness_resize(&h, 1920, 1080, "dark", "wide");
  harness_picture(&h, "held-dark-1920-zh_CN");
  harness_close(&h);
  h = open_held("en");
  harness_picture(&h, "held-en");
  harness_close(&h);
}

TESTS("held_page",
      TEST(the_list_says_who_when_and_how_much),
      TEST(enter_recalls_the_chosen_one),
      TEST(f5_recalls_too),
      TEST(a_tap_recalls_too),
      TEST(one_that_waits_alone_comes_back_at_once),
      TEST(esc_goes_back_and_all_stay),
      TEST(a_ticket_that_waits_long_is_marked),
      TEST(an_empty_list_says_how_to_fill_it),
      TEST(every_look_and_language_fits))
