#include "app/printing.h"
#include "tests/ui/harness.h"

static Harness
open_devices(const char *language)
{
  Harness h = harness_open_sale(language);
  harness_press(&h, "<Alt>9");
  CU_ASSERT_EQUAL(h.till->page, PAGE_DEVICES);
  return h;
}

static void
sell_one(Harness *h)
{
  harness_scan(h, IBUPROFEN);
  harness_press(h, "F12");
  harness_press(h, "0");
  harness_press(h, "F12");
}

static void
each_device_shows_address_and_state(void)
{
  Harness h = open_devices("en");
  CU_ASSERT_TRUE(harness_sees(&h, "sim-scanner:"));
  CU_ASSERT_TRUE(harness_sees(&h, "sim-printer:"));
  CU_ASSERT_TRUE(harness_sees(&h, "http://127.0.0.1:1"));
  desk_set_cover(true);
  await(device_state(h.till->device[USE_PRINTER]) & DEVICE_COVER_OPEN);
  harness_settle(&h);
  harness_press(&h, "Down");
  CU_ASSERT_TRUE(harness_sees(&h, "Shut the cover"));
  harness_close(&h);
}

static void
a_pulled_out_printer_is_told_and_comes_back(void)
{
  Harness h = open_devices("en");
  desk_plug(DESK_PRINTER, false);
  await(device_state(h.till->device[USE_PRINTER]) & DEVICE_GONE);
  harness_settle(&h);
  harness_press(&h, "Down");
  CU_ASSERT_TRUE(harness_sees(&h, "Check its plug"));
  desk_plug(DESK_PRINTER, true);
  await(!(device_state(h.till->device[USE_PRINTER]) & DEVICE_GONE));
  harness_settle(&h);
  CU_ASSERT_FALSE(harness_sees(&h, "Check its plug"));
  harness_close(&h);
}

static bool
paper_says(const char *text)
{
  g_autofree char *paper = desk_paper_text();
  return strstr(paper, text) != NULL;
}

static void
a_test_page_comes_out(void)
{
  Harness h = open_devices("en");
  harness_press(&h, "Down");
  harness_press(&h, "F5");
  await(paper_says("Test page"));
  harness_close(&h);
}

static void
a_scan_is_shown_and_nothing_is_done_with_it(void)
{
  char code[14];
  Harness h = open_devices("en");
  shop_code(shop_ean(IBUPROFEN), code);
  desk_scan(code, strlen(code));
  await(h.till->heard != NULL);
  harness_settle(&h);
  CU_ASSERT_TRUE(harness_sees(&h, code));
  CU_ASSERT_TRUE(harness_sees(&h, "article's barcode"));
  CU_ASSERT_TRUE(sale_is_empty(h.till->sale));
  harness_close(&h);
}

static void
a_persons_number_is_never_shown_whole(void)
{
  Harness h = open_devices("en");
  const char *number = "110000198503070011";
  desk_scan(number, strlen(number));
  await(h.till->heard != NULL);
  harness_settle(&h);
  CU_ASSERT_FALSE(harness_sees(&h, number));
  harness_close(&h);
}

static void
a_receipt_that_waits_is_printed_when_there_is_paper(void)
{
  Harness h = harness_open_sale("en");
  desk_set_paper(false);
  await(device_state(h.till->device[USE_PRINTER]) & DEVICE_PAPER_OUT);
  sell_one(&h);
  harness_press(&h, "<Alt>9");
  CU_ASSERT_TRUE(harness_sees(&h, "Receipts that wait for paper"));
  CU_ASSERT_TRUE(harness_sees(&h, "0123-03-e1-000001"));
  harness_picture(&h, "devices-waiting-en");
  desk_set_paper(true);
  await(!(device_state(h.till->device[USE_PRINTER]) & DEVICE_PAPER_OUT));
  harness_press(&h, "F8");
  await(h.till->printing_waits == 0);
  harness_settle(&h);
  CU_ASSERT_FALSE(harness_sees(&h, "Receipts that wait for paper"));
  CU_ASSERT_TRUE(paper_says("0123-03-e1-000001"));
  harness_close(&h);
}

static void
a_waiting_receipt_is_given_up_only_when_asked_twice(void)
{
  Harness h = harness_open_sale("en");
  desk_set_paper(false);
  await(device_state(h.till->device[USE_PRINTER]) & DEVICE_PAPER_OUT);
  sell_one(&h);
  harness_press(&h, "<Alt>9");
  harness_click(&h, harness_button(&h, "Give up"));
  CU_ASSERT_EQUAL(h.till->printing_waits, 1);
  harness_click(&h, harness_button(&h, "Never print it?"));
  CU_ASSERT_EQUAL(h.till->printing_waits, 0);
  harness_close(&h);
}

static void
every_look_and_language_fits(void)
{
  Harness h = harness_open_sale("zh_CN");
  desk_set_paper(false);
  await(device_state(h.till->device[USE_PRINTER]) & DEVICE_PAPER_OUT);
  sell_one(&h);
  harness_press(&h, "<Alt>9");
  harness_press(&h, "Down");
  CU_ASSERT_TRUE(harness_sees(&h, "等纸的小票"));
  harness_picture(&h, "devices-zh_CN");
  harness_resize(&h, 1366, 768, "dark", "standard");
  harness_picture(&h, "devices-dark-zh_CN");
  harness_resize(&h, 1920, 1080, "light", "wide");
  harness_picture(&h, "devices-1920-zh_CN");
  harness_close(&h);
  h = open_devices("en");
  harness_picture(&h, "devices-en");
  harness_close(&h);
}

TESTS("devices_page",
      TEST(each_device_shows_address_and_state),
      TEST(a_pulled_out_printer_is_told_and_comes_back),
      TEST(a_test_page_comes_out),
      TEST(a_scan_is_shown_and_nothing_is_done_with_it),
      TEST(a_persons_number_is_never_shown_whole),
      TEST(a_receipt_that_waits_is_printed_when_there_is_paper),
      TEST(a_waiting_receipt_is_given_up_only_when_asked_twice),
      TEST(every_look_and_language_fits))
