/* A sale's receipt on a printer on USB, whatever happens to it on the way. */
#include "app/printer_choice.h"
#include "app/printing.h"
#include "tests/app/shop.h"
#include "tests/usb/usb_fake.h"
#include "tests/usb/vdev_printer.h"

#define ADDRESS "escpos:usb:04b8:0e15@1-2"

typedef struct {
  Shop shop;
  UsbFake *bus;
  VdevPrinter *printer;
} Stand;

/* Lets the bus tell and the main loop run until @condition. */
#define hear(condition)                                                                  \
  do {                                                                                   \
    gint64 end_ = g_get_monotonic_time() + 20 * G_USEC_PER_SEC;                          \
    while (!(condition) && g_get_monotonic_time() < end_) {                              \
      usb_fake_run(stand.bus);                                                           \
      if (!g_main_context_iteration(NULL, FALSE))                                        \
        g_thread_yield();                                                                \
    }                                                                                    \
    CU_ASSERT_TRUE(condition);                                                           \
  } while (0)

static DeviceState
state_of(const Stand *stand)
{
  const Device *device = stand->shop.till->device[USE_PRINTER];
  return device ? device_state(device) : DEVICE_GONE;
}

static void
plug(Stand *stand)
{
  usb_fake_plug(stand->bus, vdev_printer_vdev(stand->printer), "1-2");
}

static Stand
stand_new(const char *maker, const char *model)
{
  VdevPrinterKind kind = {.vendor = 0x04b8,
                          .product = 0x0e15,
                          .shape = PRINTER_TWO_WAY,
                          .id = "MFG:EPSON;CMD:ESC/POS;",
                          .now_us = usb_now_us};
  Stand stand = {shop_open(), usb_fake_new(), vdev_printer_new(&kind)};
  TillOptions options = {.folder = stand.shop.folder, .without_sync = true};

  options.device[USE_PRINTER] = ADDRESS;
  options.device[USE_SCANNER] = "";
  printer_model_set_name(vdev_printer_begin(stand.printer), maker, model);
  vdev_printer_end(stand.printer);
  plug(&stand);
  till_free(stand.shop.till);
  stand.shop.till = till_open(&options, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(stand.shop.till);
  shop_sign_in(&stand.shop);
  hear(state_of(&stand) == 0);
  return stand;
}

static void
stand_clear(Stand *stand)
{
  shop_close(&stand->shop);
  CU_ASSERT_EQUAL(usb_fake_open_count(stand->bus), 0);
  usb_fake_free(stand->bus);
  vdev_printer_free(stand->printer);
}

static void
sell(Stand *stand)
{
  shop_scan_article(&stand->shop, IBUPROFEN);
  pay_open(stand->shop.till);
  pay_confirm(stand->shop.till, "30");
}

static int
count_on_paper(Stand *stand, const char *needle)
{
  g_autofree char *text = printer_model_text(vdev_printer_begin(stand->printer));
  vdev_printer_end(stand->printer);
  int n = 0;
  for (const char *p = strstr(text, needle); p; p = strstr(p + 1, needle))
    n++;
  return n;
}

static void
tear(Stand *stand)
{
  printer_model_tear(vdev_printer_begin(stand->printer));
  vdev_printer_end(stand->printer);
}

static void
set_paper(Stand *stand, int left_mm)
{
  PrinterModel *model = vdev_printer_begin(stand->printer);
  printer_model_set_paper_left(model, left_mm);
  printer_model_load_paper(model, true);
  vdev_printer_end(stand->printer);
}

static void
a_receipt_comes_out_whole_and_once(void)
{
  Stand stand = stand_new(NULL, NULL);
  sell(&stand);
  hear(stand.shop.till->printing_waits == 0);
  CU_ASSERT_EQUAL(count_on_paper(&stand, "0123-03-e1-000001"), 1);
  CU_ASSERT_EQUAL(count_on_paper(&stand, "8<"), 16);
  CU_ASSERT_EQUAL(count_on_paper(&stand, "COPY"), 0);
  stand_clear(&stand);
}

static void
paper_that_ends_in_the_middle_makes_one_whole_copy(void)
{
  Stand stand = stand_new(NULL, NULL);
  set_paper(&stand, 20);
  sell(&stand);
  hear(state_of(&stand) & DEVICE_PAPER_OUT && stand.shop.till->backroom->printing == 0);
  CU_ASSERT_EQUAL(stand.shop.till->notice.id, NOTICE_PAPER_OUT);
  CU_ASSERT_EQUAL(stand.shop.till->printing_waits, 1);
  tear(&stand);
  set_paper(&stand, -1);
  hear(stand.shop.till->printing_waits == 0);
  CU_ASSERT_EQUAL(count_on_paper(&stand, "0123-03-e1-000001"), 1);
  CU_ASSERT(count_on_paper(&stand, "COPY") >= 1);
  CU_ASSERT_EQUAL(count_on_paper(&stand, "8<"), 16);
  stand_clear(&stand);
}

static void
pulled_amid_a_receipt_and_put_back_makes_one_whole_copy(void)
{
  Stand stand = stand_new(NULL, NULL);
  /* It takes a part and then no more: the cable is loose already. */
  vdev_set_room(vdev_printer_vdev(stand.printer), 0x03, ESCPOS_LONGEST + 600);
  sell(&stand);
  hear(stand.shop.till->backroom->printing == 0);
  CU_ASSERT_EQUAL(count_on_paper(&stand, "0123-03-e1-000001"), 1);
  CU_ASSERT_EQUAL(count_on_paper(&stand, "8<"), 0);
  usb_fake_unplug(stand.bus, vdev_printer_vdev(stand.printer));
  hear(state_of(&stand) & DEVICE_GONE && stand.shop.till->backroom->printing == 0);
  CU_ASSERT_EQUAL(stand.shop.till->printing_waits, 1);
  CU_ASSERT_EQUAL(stand.shop.till->notice.id, NOTICE_PRINTER_GONE);
  printer_model_switch_off(vdev_printer_begin(stand.printer));
  vdev_printer_end(stand.printer);
  tear(&stand);
  vdev_set_room(vdev_printer_vdev(stand.printer), 0x03, -1);
  plug(&stand);
  hear(stand.shop.till->printing_waits == 0);
  CU_ASSERT_EQUAL(count_on_paper(&stand, "0123-03-e1-000001"), 1);
  CU_ASSERT(count_on_paper(&stand, "COPY") >= 1);
  stand_clear(&stand);
}

static void
each_trouble_has_its_own_message(void)
{
  static const struct {
    void (*hand)(PrinterModel *model, bool on);
    bool on;
    NoticeId notice;
  } CASES[] = {
      {printer_model_open_cover, true, NOTICE_COVER_OPEN},
      {printer_model_load_paper, false, NOTICE_PAPER_OUT},
      {printer_model_set_hot, true, NOTICE_PRINTER_HOT},
      {printer_model_set_broken, true, NOTICE_PRINTER_BROKEN},
  };
  Stand stand = stand_new(NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    CASES[i].hand(vdev_printer_begin(stand.printer), CASES[i].on);
    vdev_printer_end(stand.printer);
    hear(state_of(&stand) != 0);
    sell(&stand);
    hear(stand.shop.till->notice.id == CASES[i].notice);
    hear(state_of(&stand) & DEVICE_DRAWER_OPEN);
    CASES[i].hand(vdev_printer_begin(stand.printer), !CASES[i].on);
    printer_model_close_drawer(vdev_printer_begin(stand.printer));
    vdev_printer_end(stand.printer);
    vdev_printer_end(stand.printer);
    hear(stand.shop.till->printing_waits == 0 && state_of(&stand) == 0);
    CU_ASSERT_NOT_EQUAL(stand.shop.till->notice.id, CASES[i].notice);
  }
  stand_clear(&stand);
}

static void
paper_nearly_used_up_is_said_and_printed_on(void)
{
  Stand stand = stand_new(NULL, NULL);
  set_paper(&stand, 400);
  hear(stand.shop.till->notice.id == NOTICE_PAPER_LOW);
  CU_ASSERT_EQUAL(state_of(&stand), DEVICE_PAPER_LOW);
  sell(&stand);
  hear(stand.shop.till->printing_waits == 0);
  CU_ASSERT_EQUAL(stand.shop.till->notice.id, NOTICE_SALE_KEPT);
  stand_clear(&stand);
}

static void
a_printer_that_names_itself_gets_its_profile(void)
{
  Stand stand = stand_new("EPSON", "TM-T88V");
  hear(g_str_equal(printer_choice(stand.shop.till)->name, "TM-T88V"));
  stand_clear(&stand);
}

TESTS("usb_printer",
      TEST(a_receipt_comes_out_whole_and_once),
      TEST(paper_that_ends_in_the_middle_makes_one_whole_copy),
      TEST(pulled_amid_a_receipt_and_put_back_makes_one_whole_copy),
      TEST(each_trouble_has_its_own_message),
      TEST(paper_nearly_used_up_is_said_and_printed_on),
      TEST(a_printer_that_names_itself_gets_its_profile))
