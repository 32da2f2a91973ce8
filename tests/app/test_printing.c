#include "app/devices.h"
#include "app/printing.h"

#include "tests/app/shop.h"

static Shop
with_printer(void)
{
  Shop shop = shop_open();
  await(shop.till->device[USE_PRINTER] &&
        device_state(shop.till->device[USE_PRINTER]) == 0);
  shop_sign_in(&shop);
  return shop;
}

static void
sell(Shop *shop)
{
  shop_scan_article(shop, IBUPROFEN);
  pay_open(shop->till);
  pay_confirm(shop->till, "30");
}

static int
count_in_paper(const char *needle)
{
  g_autofree char *paper = desk_paper_text();
  int n = 0;
  for (const char *p = strstr(paper, needle); p; p = strstr(p + 1, needle))
    n++;
  return n;
}

static void
a_receipt_comes_out_once_and_is_no_copy(void)
{
  Shop shop = with_printer();
  sell(&shop);
  await(shop.till->printing_waits == 0);
  CU_ASSERT_EQUAL(count_in_paper("0123-03-e1-000001"), 1);
  CU_ASSERT_EQUAL(count_in_paper("COPY"), 0);
  CU_ASSERT_EQUAL(count_in_paper("和平路店"), 1);
  CU_ASSERT_EQUAL(count_in_paper("2026-11-22 09:41"), 1);
  CU_ASSERT_EQUAL(count_in_paper("0312 张三"), 1);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_SALE_KEPT);
  shop_close(&shop);
}

static void
without_paper_the_sale_stands_the_drawer_opens_and_the_receipt_waits(void)
{
  Shop shop = with_printer();
  desk_set_paper(false);
  await(device_state(shop.till->device[USE_PRINTER]) & DEVICE_PAPER_OUT);
  sell(&shop);
  await(desk_drawer_is_open());
  CU_ASSERT_EQUAL(shop_sales(&shop), 1);
  CU_ASSERT_EQUAL(shop.till->printing_waits, 1);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_PAPER_OUT);
  CU_ASSERT_EQUAL(shop.till->last.change, 750);
  desk_set_paper(true);
  await(shop.till->printing_waits == 0);
  CU_ASSERT_EQUAL(count_in_paper("0123-03-e1-000001"), 1);
  CU_ASSERT_EQUAL(count_in_paper("COPY"), 0);
  shop_close(&shop);
}

static void
a_receipt_cut_short_comes_again_whole_and_marked(void)
{
  Shop shop = with_printer();
  desk_set_paper_left_mm(20);
  sell(&shop);
  await(device_state(shop.till->device[USE_PRINTER]) & DEVICE_PAPER_OUT &&
        shop.till->backroom->printing == 0);
  CU_ASSERT_EQUAL(shop.till->printing_waits, 1);
  desk_tear();
  desk_set_paper_left_mm(-1);
  desk_set_paper(true);
  await(shop.till->printing_waits == 0);
  CU_ASSERT_EQUAL(count_in_paper("0123-03-e1-000001"), 1);
  CU_ASSERT_TRUE(count_in_paper("COPY") >= 1);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_RECEIPT_PRINTED);
  shop_close(&shop);
}

static void
receipts_wait_through_a_restart_and_come_in_order(void)
{
  Shop shop = with_printer();
  desk_plug(DESK_PRINTER, false);
  await(device_state(shop.till->device[USE_PRINTER]) & DEVICE_GONE);
  sell(&shop);
  sell(&shop);
  CU_ASSERT_EQUAL(shop.till->printing_waits, 2);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_PRINTER_GONE);
  CU_ASSERT_FALSE(desk_drawer_is_open());
  shop_reopen(&shop);
  CU_ASSERT_EQUAL(shop.till->printing_waits, 2);
  desk_plug(DESK_PRINTER, true);
  await(shop.till->printing_waits == 0);
  g_autofree char *paper = desk_paper_text();
  const char *first = strstr(paper, "-000001"), *second = strstr(paper, "-000002");
  CU_ASSERT_TRUE(first && second && first < second);
  CU_ASSERT_EQUAL(count_in_paper("COPY"), 0);
  CU_ASSERT_FALSE(desk_drawer_is_open());
  shop_close(&shop);
}

static void
a_reprint_is_a_copy_and_needs_the_right(void)
{
  Shop shop = with_printer();
  printing_reprint_last(shop.till);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_NOTHING_TO_REPRINT);
  sell(&shop);
  await(shop.till->printing_waits == 0);
  desk_push_drawer();
  desk_tear();
  printing_reprint_last(shop.till);
  await(shop.till->printing_waits == 0);
  CU_ASSERT_EQUAL(count_in_paper("0123-03-e1-000001"), 1);
  CU_ASSERT_TRUE(count_in_paper("COPY") >= 1);
  CU_ASSERT_FALSE(desk_drawer_is_open());
  shop.till->staff->rights &= ~(uint32_t)RIGHT_REPRINT;
  printing_reprint(shop.till, "0123-03-e1-000001");
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_NO_RIGHT);
  shop_close(&shop);
}

static void
a_waiting_receipt_can_be_given_up(void)
{
  Shop shop = with_printer();
  desk_set_cover(true);
  await(device_state(shop.till->device[USE_PRINTER]) & DEVICE_COVER_OPEN);
  sell(&shop);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_COVER_OPEN);
  g_autoptr(GPtrArray) jobs = printing_waiting(shop.till);
  CU_ASSERT_EQUAL_FATAL(jobs->len, 1);
  printing_drop(shop.till, ((const PrintJob *)jobs->pdata[0])->id);
  CU_ASSERT_EQUAL(shop.till->printing_waits, 0);
  desk_set_cover(false);
  await(device_state(shop.till->device[USE_PRINTER]) == DEVICE_DRAWER_OPEN ||
        device_state(shop.till->device[USE_PRINTER]) == 0);
  CU_ASSERT_EQUAL(count_in_paper("0123-03-e1-000001"), 0);
  shop_close(&shop);
}

static void
opening_the_drawer_without_a_sale_is_on_record(void)
{
  Shop shop = with_printer();
  printing_open_drawer(shop.till);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_APPROVAL_NEEDED);
  shop.till->staff->rights |= RIGHT_OPEN_DRAWER;
  printing_open_drawer(shop.till);
  await(desk_drawer_is_open());
  g_auto(Query) q =
      query(shop.till->store,
            "SELECT count(*) FROM audit_log WHERE action = 'drawer.open' /* scan */");
  CU_ASSERT_TRUE(query_next(&q) && query_get_int(&q, 0) == 1);
  query_clear(&q);
  shop_close(&shop);
}

static void
a_receipt_can_be_looked_at_without_printing(void)
{
  Shop shop = with_printer();
  sell(&shop);
  g_autoptr(Document) document = printing_receipt(shop.till, "0123-03-e1-000001", 0);
  CU_ASSERT_PTR_NOT_NULL_FATAL(document);
  g_autofree char *text = document_to_text(document, 40);
  static const char *const PARTS[] = {"布洛芬缓释胶囊",
                                      "0.3g×20粒",
                                      "康禾制药",
                                      "B1",
                                      "2028-03-31",
                                      "22.50",
                                      "30.00",
                                      "7.50"};
  for (gsize i = 0; i < G_N_ELEMENTS(PARTS); i++)
    CU_ASSERT_PTR_NOT_NULL(strstr(text, PARTS[i]));
  CU_ASSERT_FALSE(document->open_drawer);
  CU_ASSERT_PTR_NULL(printing_receipt(shop.till, "0123-03-e1-999999", 0));
  shop_close(&shop);
}

static void
a_till_without_a_printer_sells_and_keeps_no_queue(void)
{
  Shop shop = shop_open();
  g_autoptr(GError) error = NULL;
  CU_ASSERT_TRUE(devices_choose(shop.till, USE_PRINTER, "", &error));
  shop_sign_in(&shop);
  sell(&shop);
  CU_ASSERT_EQUAL(shop_sales(&shop), 1);
  CU_ASSERT_EQUAL(shop.till->printing_waits, 0);
  shop_close(&shop);
}

TESTS("printing",
      TEST(a_receipt_comes_out_once_and_is_no_copy),
      TEST(without_paper_the_sale_stands_the_drawer_opens_and_the_receipt_waits),
      TEST(a_receipt_cut_short_comes_again_whole_and_marked),
      TEST(receipts_wait_through_a_restart_and_come_in_order),
      TEST(a_reprint_is_a_copy_and_needs_the_right),
      TEST(a_waiting_receipt_can_be_given_up),
      TEST(opening_the_drawer_without_a_sale_is_on_record),
      TEST(a_receipt_can_be_looked_at_without_printing),
      TEST(a_till_without_a_printer_sells_and_keeps_no_queue))
