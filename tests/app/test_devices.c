#include "app/devices.h"

#include "app/plugging.h"
#include "tests/app/shop.h"
#include "tests/usb/usb_fake.h"
#include "tests/usb/vdev_printer.h"

/* A till on a bus of its own, and what may be plugged into it. */
typedef struct {
  Shop shop;
  Till *till; /* borrowed */
  UsbFake *bus;
  VdevPrinter *epson, *clone, *office;
  Vdev *keyboard, *asked;
} Stand;

static const guint8 KEYBOARD[] = {9, 2, 25, 0, 1, 1, 0, 0x80, 50, 9, 4, 0, 0,
                                  1, 3, 1,  1, 0, 7, 5, 0x81, 3,  8, 0, 10};
static const guint8 SERIAL[] = {9, 2, 25, 0, 1, 1, 0, 0x80, 50, 9, 4, 0, 0,
                                1, 2, 2,  1, 0, 7, 5, 0x83, 3,  8, 0, 10};
static const VdevInfo KEYBOARD_INFO = {.vendor = 0x0416,
                                       .product = 0xc141,
                                       .config = KEYBOARD,
                                       .config_length = sizeof KEYBOARD,
                                       .name = "Keyboard"};
static const VdevInfo SERIAL_INFO = {.vendor = 0x2341,
                                     .product = 0x0043,
                                     .config = SERIAL,
                                     .config_length = sizeof SERIAL,
                                     .name = "Board"};

static VdevPrinter *
printer_new(guint16 vendor, guint16 product)
{
  VdevPrinterKind kind = {.vendor = vendor,
                          .product = product,
                          .shape = PRINTER_TWO_WAY,
                          .id = "MFG:X;CMD:ESC/POS;",
                          .now_us = usb_now_us};
  return vdev_printer_new(&kind);
}

static void
open_till(Stand *stand)
{
  g_autoptr(GError) error = NULL;
  TillOptions options = {.folder = stand->shop.folder, .without_sync = true};
  stand->till = stand->shop.till = till_open(&options, &error);
  if (!stand->till)
    g_error("no till: %s", error->message);
}

/* Lets the bus tell and the main loop run until @condition. */
#define hear(condition)                                                                  \
  do {                                                                                   \
    gint64 end_ = g_get_monotonic_time() + 20 * (gint64)G_USEC_PER_SEC;                  \
    while (!(condition) && g_get_monotonic_time() < end_) {                              \
      usb_fake_run(stand.bus);                                                           \
      if (!g_main_context_iteration(NULL, FALSE))                                        \
        g_thread_yield();                                                                \
    }                                                                                    \
    CU_ASSERT_TRUE(condition);                                                           \
  } while (0)

static Stand
stand_new(void)
{
  Stand stand = {.shop = shop_open(), .bus = usb_fake_new()};
  g_clear_pointer(&stand.shop.till, till_free);
  stand.epson = printer_new(0x04b8, 0x0e15);
  stand.clone = printer_new(0x0416, 0x5011);
  stand.office = printer_new(0x03f0, 0x4117);
  stand.keyboard = vdev_new(&KEYBOARD_INFO, NULL);
  stand.asked = vdev_new(&SERIAL_INFO, NULL);
  return stand;
}

static void
stand_clear(Stand *stand)
{
  shop_close(&stand->shop);
  CU_ASSERT_EQUAL(usb_fake_open_count(stand->bus), 0);
  usb_fake_free(stand->bus);
  vdev_printer_free(stand->epson);
  vdev_printer_free(stand->clone);
  vdev_printer_free(stand->office);
  vdev_free(stand->keyboard);
  vdev_free(stand->asked);
}

static void
plug(Stand *stand, VdevPrinter *printer, const char *port)
{
  usb_fake_plug(stand->bus, vdev_printer_vdev(printer), port);
}

static void
pull(Stand *stand, VdevPrinter *printer)
{
  usb_fake_unplug(stand->bus, vdev_printer_vdev(printer));
}

static bool
is_here(const Till *till, guint n)
{
  g_autoptr(GPtrArray) list = plugging_list(till);
  return list->len == n;
}

static bool
works(const Till *till, DeviceUse use)
{
  return till->device[use] && !(device_state(till->device[use]) & DEVICE_GONE);
}

static bool
is_kept(Till *till, DeviceUse use, const char *address)
{
  g_autofree char *kept = settings_text(till, device_use_name(use));
  return g_str_equal(kept, address);
}

static void
what_is_there_at_the_start_is_used(void)
{
  Stand stand = stand_new();
  plug(&stand, stand.epson, "1-2");
  open_till(&stand);
  hear(works(stand.till, USE_PRINTER));
  CU_ASSERT_TRUE(is_kept(stand.till, USE_PRINTER, "escpos:usb:04b8:0e15@1-2"));
  stand_clear(&stand);
}

static void
what_is_plugged_in_is_used_and_told(void)
{
  Stand stand = stand_new();
  open_till(&stand);
  plug(&stand, stand.epson, "1-2");
  hear(works(stand.till, USE_PRINTER));
  CU_ASSERT_EQUAL(stand.till->notice.id, NOTICE_DEVICE_TAKEN);
  CU_ASSERT_EQUAL(stand.till->notice.number, USE_PRINTER);
  CU_ASSERT_TRUE(g_str_has_prefix(stand.till->notice.what, "Epson TM"));
  stand_clear(&stand);
}

static void
the_first_of_two_stays_and_the_other_is_offered(void)
{
  Stand stand = stand_new();
  open_till(&stand);
  plug(&stand, stand.epson, "1-2");
  hear(works(stand.till, USE_PRINTER));
  plug(&stand, stand.clone, "1-3");
  hear(is_here(stand.till, 2));
  CU_ASSERT_TRUE(is_kept(stand.till, USE_PRINTER, "escpos:usb:04b8:0e15@1-2"));
  g_autoptr(GPtrArray) rows = devices_rows(stand.till);
  CU_ASSERT_EQUAL_FATAL(rows->len, N_DEVICE_USES + 1);
  const DeviceRow *spare = rows->pdata[N_DEVICE_USES];
  CU_ASSERT_FALSE(spare->is_used);
  CU_ASSERT_STRING_EQUAL(spare->address, "escpos:usb:0416:5011@1-3");
  CU_ASSERT_EQUAL(spare->use, USE_PRINTER);
  stand_clear(&stand);
}

static void
another_takes_the_place_of_one_that_is_not_there(void)
{
  Stand stand = stand_new();
  open_till(&stand);
  plug(&stand, stand.epson, "1-2");
  hear(works(stand.till, USE_PRINTER));
  pull(&stand, stand.epson);
  hear(is_here(stand.till, 0));
  plug(&stand, stand.clone, "1-3");
  hear(is_kept(stand.till, USE_PRINTER, "escpos:usb:0416:5011@1-3"));
  hear(works(stand.till, USE_PRINTER));
  stand_clear(&stand);
}

static void
one_that_was_pulled_out_is_told_and_works_in_another_socket(void)
{
  Stand stand = stand_new();
  open_till(&stand);
  plug(&stand, stand.epson, "1-2");
  hear(works(stand.till, USE_PRINTER));
  pull(&stand, stand.epson);
  hear(!works(stand.till, USE_PRINTER));
  CU_ASSERT_EQUAL(stand.till->notice.id, NOTICE_DEVICE_GONE);
  plug(&stand, stand.epson, "2-1");
  hear(works(stand.till, USE_PRINTER));
  CU_ASSERT_EQUAL(stand.till->notice.id, NOTICE_DEVICE_BACK);
  CU_ASSERT_TRUE(is_kept(stand.till, USE_PRINTER, "escpos:usb:04b8:0e15@1-2"));
  stand_clear(&stand);
}

static void
it_is_remembered_after_the_till_was_closed(void)
{
  Stand stand = stand_new();
  plug(&stand, stand.clone, "1-3");
  open_till(&stand);
  hear(works(stand.till, USE_PRINTER));
  g_clear_pointer(&stand.shop.till, till_free);
  plug(&stand, stand.epson, "1-1"); /* before it on the bus, and no matter */
  open_till(&stand);
  hear(works(stand.till, USE_PRINTER) && is_here(stand.till, 2));
  CU_ASSERT_STRING_EQUAL(device_address(stand.till->device[USE_PRINTER]),
                         "escpos:usb:0416:5011@1-3");
  stand_clear(&stand);
}

static void
keyboards_serial_lines_and_office_printers_are_never_taken(void)
{
  Stand stand = stand_new();
  usb_fake_plug(stand.bus, stand.keyboard, "1-1");
  usb_fake_plug(stand.bus, stand.asked, "1-2");
  plug(&stand, stand.office, "1-3");
  open_till(&stand);
  hear(is_here(stand.till, 7)); /* a serial line may be four things, a printer two */
  for (DeviceUse use = 0; use < N_DEVICE_USES; use++)
    CU_ASSERT_PTR_NULL(stand.till->device[use]);
  CU_ASSERT_EQUAL(usb_fake_open_count(stand.bus), 0);
  usb_fake_unplug(stand.bus, stand.keyboard);
  hear(is_here(stand.till, 6));
  usb_fake_plug(stand.bus, stand.keyboard, "1-1");
  hear(is_here(stand.till, 7));
  CU_ASSERT_EQUAL(stand.till->notice.id, NOTICE_DEVICE_MAYBE);
  CU_ASSERT_PTR_NULL(stand.till->device[USE_SCANNER]);
  stand_clear(&stand);
}

static void
what_is_used_as_one_thing_is_not_offered_as_another(void)
{
  Stand stand = stand_new();
  plug(&stand, stand.office, "1-3");
  open_till(&stand);
  hear(is_here(stand.till, 2));
  CU_ASSERT_TRUE(
      devices_choose(stand.till, USE_PRINTER, "escpos:usb:03f0:4117@1-3", NULL));
  hear(works(stand.till, USE_PRINTER));
  g_autoptr(GPtrArray) rows = devices_rows(stand.till);
  CU_ASSERT_EQUAL(rows->len, N_DEVICE_USES);
  stand_clear(&stand);
}

static void
a_use_that_was_given_up_stays_empty(void)
{
  Stand stand = stand_new();
  open_till(&stand);
  plug(&stand, stand.epson, "1-2");
  hear(works(stand.till, USE_PRINTER));
  CU_ASSERT_TRUE(devices_choose(stand.till, USE_PRINTER, NULL, NULL));
  CU_ASSERT_PTR_NULL(stand.till->device[USE_PRINTER]);
  plug(&stand, stand.clone, "1-3");
  hear(is_here(stand.till, 2));
  CU_ASSERT_PTR_NULL(stand.till->device[USE_PRINTER]);
  CU_ASSERT_TRUE(
      devices_choose(stand.till, USE_PRINTER, "escpos:usb:0416:5011@1-3", NULL));
  hear(works(stand.till, USE_PRINTER));
  stand_clear(&stand);
}

static void
a_twin_on_the_virtual_counter_is_not_replaced_while_it_is_plugged_in(void)
{
  Stand stand = stand_new();
  open_till(&stand);
  CU_ASSERT_TRUE(devices_choose(stand.till, USE_PRINTER, "sim-printer:", NULL));
  hear(works(stand.till, USE_PRINTER));
  plug(&stand, stand.epson, "1-2");
  hear(is_here(stand.till, 1));
  CU_ASSERT_STRING_EQUAL(device_address(stand.till->device[USE_PRINTER]), "sim-printer:");
  desk_plug(DESK_PRINTER, false);
  hear(!works(stand.till, USE_PRINTER));
  plug(&stand, stand.clone, "1-3");
  hear(is_kept(stand.till, USE_PRINTER, "escpos:usb:0416:5011@1-3"));
  hear(works(stand.till, USE_PRINTER));
  stand_clear(&stand);
}

static const DeviceRow *
row_of(const GPtrArray *rows, DeviceUse use)
{
  return rows->pdata[use];
}

static void
a_device_that_may_not_be_opened_is_taken_and_says_why(void)
{
  Stand stand = stand_new();
  open_till(&stand);
  plug(&stand, stand.epson, "1-2");
  usb_fake_forbid(stand.bus, vdev_printer_vdev(stand.epson), true);
  hear(stand.till->notice.id == NOTICE_DEVICE_ACCESS);
  g_autoptr(GPtrArray) rows = devices_rows(stand.till);
  CU_ASSERT_EQUAL(row_of(rows, USE_PRINTER)->error, DEVICE_ERROR_ACCESS);
  CU_ASSERT_TRUE(row_of(rows, USE_PRINTER)->failed_us >= MORNING_US);
  usb_fake_forbid(stand.bus, vdev_printer_vdev(stand.epson), false);
  hear(works(stand.till, USE_PRINTER));
  CU_ASSERT_EQUAL(stand.till->notice.id, NOTICE_DEVICE_TAKEN);
  stand_clear(&stand);
}

static void
an_address_of_the_command_line_is_left_alone(void)
{
  Stand stand = stand_new();
  g_autoptr(GError) error = NULL;
  TillOptions options = {
      .folder = stand.shop.folder, .device[USE_PRINTER] = "", .without_sync = true};
  plug(&stand, stand.epson, "1-2");
  stand.till = stand.shop.till = till_open(&options, &error);
  hear(is_here(stand.till, 1));
  CU_ASSERT_PTR_NULL(stand.till->device[USE_PRINTER]);
  CU_ASSERT_TRUE(is_kept(stand.till, USE_PRINTER, ""));
  stand_clear(&stand);
}

TESTS("devices",
      TEST(what_is_there_at_the_start_is_used),
      TEST(what_is_plugged_in_is_used_and_told),
      TEST(the_first_of_two_stays_and_the_other_is_offered),
      TEST(another_takes_the_place_of_one_that_is_not_there),
      TEST(one_that_was_pulled_out_is_told_and_works_in_another_socket),
      TEST(it_is_remembered_after_the_till_was_closed),
      TEST(keyboards_serial_lines_and_office_printers_are_never_taken),
      TEST(what_is_used_as_one_thing_is_not_offered_as_another),
      TEST(a_use_that_was_given_up_stays_empty),
      TEST(a_twin_on_the_virtual_counter_is_not_replaced_while_it_is_plugged_in),
      TEST(a_device_that_may_not_be_opened_is_taken_and_says_why),
      TEST(an_address_of_the_command_line_is_left_alone))
