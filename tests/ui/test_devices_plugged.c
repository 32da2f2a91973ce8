#include "app/devices.h"
#include "tests/ui/harness.h"
#include "tests/usb/usb_fake.h"
#include "tests/usb/vdev_ccid.h"
#include "tests/usb/vdev_id_reader.h"
#include "tests/usb/vdev_printer.h"
#include "tests/usb/vdev_scanner.h"

/* The devices page of a till with a bus, and what may be plugged into it. */
typedef struct {
  Harness h;
  UsbFake *bus;
  VdevScanner *scanner, *wedge, *honeywell;
  VdevPrinter *epson, *office;
  VdevIdReader *id_reader;
  VdevCcid *ccid;
  Vdev *snapi;
} Stand;

static const guint8 SNAPI[] = {9, 2, 25, 0, 1, 1, 0, 0x80, 50, 9,  4, 0, 0,
                               1, 3, 0,  0, 0, 7, 5, 0x81, 3,  64, 0, 10};
static const VdevInfo SNAPI_INFO = {.vendor = 0x05e0,
                                    .product = 0x1900,
                                    .config = SNAPI,
                                    .config_length = sizeof SNAPI,
                                    .name = "Symbol Bar Code Scanner"};

static VdevPrinter *
printer_new(guint16 vendor, guint16 product)
{
  VdevPrinterKind kind = {.vendor = vendor,
                          .product = product,
                          .shape = PRINTER_TWO_WAY,
                          .id = "MFG:EPSON;CMD:ESC/POS;MDL:TM-T20II;",
                          .now_us = usb_now_us};
  return vdev_printer_new(&kind);
}

static Stand
stand_new(const char *language)
{
  Stand stand = {.bus = usb_fake_new()};
  stand.scanner = vdev_scanner_new(SCANNER_HID_POS);
  stand.wedge = vdev_scanner_new(SCANNER_WEDGE);
  stand.honeywell = vdev_scanner_new_honeywell(SCANNER_HID_POS);
  stand.epson = printer_new(0x04b8, 0x0e15);
  stand.office = printer_new(0x03f0, 0x4117);
  stand.id_reader = vdev_id_reader_new(VDEV_ID_FOUR);
  stand.ccid = vdev_ccid_new(VDEV_CCID_APDU);
  stand.snapi = vdev_new(&SNAPI_INFO, NULL);
  shop_set_bus(true);
  stand.h = harness_open_sale(language);
  harness_press(&stand.h, "<Alt>9");
  return stand;
}

static void
stand_clear(Stand *stand)
{
  harness_close(&stand->h);
  shop_set_bus(false);
  CU_ASSERT_EQUAL(usb_fake_open_count(stand->bus), 0);
  usb_fake_free(stand->bus);
  vdev_scanner_free(stand->scanner);
  vdev_scanner_free(stand->wedge);
  vdev_scanner_free(stand->honeywell);
  vdev_printer_free(stand->epson);
  vdev_printer_free(stand->office);
  vdev_id_reader_free(stand->id_reader);
  vdev_ccid_free(stand->ccid);
  vdev_free(stand->snapi);
}

/* Lets the bus tell and the main loop run until @condition, then paints. */
#define hear(condition)                                                                  \
  do {                                                                                   \
    gint64 end_ = g_get_monotonic_time() + 20 * (gint64)G_USEC_PER_SEC;                  \
    while (!(condition) && g_get_monotonic_time() < end_) {                              \
      usb_fake_run(stand.bus);                                                           \
      if (!g_main_context_iteration(NULL, FALSE))                                        \
        g_thread_yield();                                                                \
    }                                                                                    \
    CU_ASSERT_TRUE(condition);                                                           \
    harness_settle(&stand.h);                                                            \
  } while (0)

static bool
works(const Till *till, DeviceUse use)
{
  return till->device[use] && !(device_state(till->device[use]) & DEVICE_GONE);
}

static bool
has_row(Till *till, const char *address)
{
  g_autoptr(GPtrArray) rows = devices_rows(till);
  for (guint i = 0; i < rows->len; i++)
    if (g_strcmp0(((const DeviceRow *)rows->pdata[i])->address, address) == 0)
      return true;
  return false;
}

static void
go_down(Stand *stand, const char *until)
{
  for (int i = 0; i < 12 && !harness_sees(&stand->h, until); i++)
    harness_press(&stand->h, "Down");
  CU_ASSERT_TRUE(harness_sees(&stand->h, until));
}

static void
plug_all(Stand *s)
{
  Stand stand = *s;
  Till *till = stand.h.till;
  usb_fake_plug(stand.bus, vdev_scanner_device(stand.scanner), "1-1");
  usb_fake_plug(stand.bus, vdev_printer_vdev(stand.epson), "1-2");
  usb_fake_plug(stand.bus, vdev_id_reader_vdev(stand.id_reader), "1-4");
  usb_fake_plug(stand.bus, vdev_ccid_vdev(stand.ccid), "1-5");
  hear(works(till, USE_SCANNER) && works(till, USE_PRINTER) &&
       works(till, USE_ID_READER) && works(till, USE_CARD_READER));
  usb_fake_plug(stand.bus, vdev_scanner_device(stand.wedge), "2-1");
  usb_fake_plug(stand.bus, stand.snapi, "2-3");
  hear(has_row(till, "wedge:usb:1eab:0c03@2-1") &&
       till->notice.id == NOTICE_DEVICE_WRONG_MODE);
}

static void
what_is_plugged_in_and_not_used_is_shown_with_what_to_do(void)
{
  Stand stand = stand_new("en");
  plug_all(&stand);
  CU_ASSERT_TRUE(harness_sees(&stand.h, "hid-scanner:usb:1eab:0c10@1-1"));
  CU_ASSERT_TRUE(harness_sees(&stand.h, "ID-card reader"));
  CU_ASSERT_TRUE(harness_sees(&stand.h, "keyboard or scanner?"));
  go_down(&stand, "Scan the set-up code \"USB HID POS\"");
  stand_clear(&stand);
}

static void
a_device_that_is_not_used_can_be_chosen_and_given_up(void)
{
  Stand stand = stand_new("en");
  usb_fake_plug(stand.bus, vdev_printer_vdev(stand.office), "1-3");
  hear(has_row(stand.h.till, "escpos:usb:03f0:4117@1-3"));
  go_down(&stand, "Use as: Receipt printer");
  harness_press(&stand.h, "F6");
  hear(works(stand.h.till, USE_PRINTER));
  for (int i = 0; i < 5; i++)
    harness_press(&stand.h, "Up");
  harness_press(&stand.h, "Down");
  harness_press(&stand.h, "Delete");
  CU_ASSERT_PTR_NOT_NULL(stand.h.till->device[USE_PRINTER]);
  CU_ASSERT_TRUE(harness_sees(&stand.h, "Really stop using it?"));
  harness_press(&stand.h, "Delete");
  CU_ASSERT_PTR_NULL(stand.h.till->device[USE_PRINTER]);
  stand_clear(&stand);
}

static void
begin_pairing(Stand *s)
{
  Stand stand = *s;
  usb_fake_plug(stand.bus, vdev_scanner_device(stand.wedge), "2-1");
  hear(has_row(stand.h.till, "wedge:usb:1eab:0c03@2-1"));
  go_down(&stand, "Pair: scan one code");
  harness_press(&stand.h, "F6");
  hear(usb_fake_open_count(stand.bus) == 1);
  CU_ASSERT_TRUE(harness_sees(&stand.h, "Scan this code now"));
}

static void
a_scanner_that_types_is_paired_by_one_scan(void)
{
  const char *code;
  Stand stand = stand_new("en");
  begin_pairing(&stand);
  CU_ASSERT_EQUAL_FATAL(devices_pairing(stand.h.till, &code, NULL), PAIR_WAITS);
  vdev_scanner_scan(stand.wedge, "", code);
  hear(works(stand.h.till, USE_SCANNER));
  CU_ASSERT_EQUAL(stand.h.till->notice.id, NOTICE_PAIRED);
  CU_ASSERT_FALSE(harness_sees(&stand.h, "Scan this code now"));
  vdev_scanner_scan(stand.wedge, "", "6901234567892");
  hear(stand.h.till->heard != NULL);
  CU_ASSERT_STRING_EQUAL(stand.h.till->heard, "6901234567892");
  stand_clear(&stand);
}

static void
somebodys_keyboard_is_given_back(void)
{
  Stand stand = stand_new("en");
  begin_pairing(&stand);
  vdev_scanner_scan(stand.wedge, "", "hello");
  hear(devices_pairing(stand.h.till, NULL, NULL) == PAIR_NOT_IT);
  CU_ASSERT_EQUAL(usb_fake_open_count(stand.bus), 0);
  CU_ASSERT_PTR_NULL(stand.h.till->device[USE_SCANNER]);
  CU_ASSERT_TRUE(harness_sees(&stand.h, "That was not the code"));
  stand_clear(&stand);
}

static void
esc_stops_pairing_and_stays_on_the_page(void)
{
  Stand stand = stand_new("en");
  begin_pairing(&stand);
  harness_press(&stand.h, "Escape");
  CU_ASSERT_EQUAL(stand.h.till->page, PAGE_DEVICES);
  CU_ASSERT_EQUAL(devices_pairing(stand.h.till, NULL, NULL), PAIR_NONE);
  CU_ASSERT_EQUAL(usb_fake_open_count(stand.bus), 0);
  CU_ASSERT_FALSE(harness_sees(&stand.h, "Scan this code now"));
  stand_clear(&stand);
}

static void
a_missing_right_is_told_with_the_command_that_gives_it(void)
{
  Stand stand = stand_new("en");
  usb_fake_plug(stand.bus, vdev_printer_vdev(stand.epson), "1-2");
  usb_fake_forbid(stand.bus, vdev_printer_vdev(stand.epson), true);
  hear(stand.h.till->notice.id == NOTICE_DEVICE_ACCESS);
  go_down(&stand, "guitai devices --udev 04b8:0e15 | sudo tee");
  CU_ASSERT_TRUE(harness_sees(&stand.h, "no right to open it"));
  harness_picture(&stand.h, "devices-right-en");
  stand_clear(&stand);
}

static void
pictures(const char *language, const char *maybe)
{
  Stand stand = stand_new(language);
  plug_all(&stand);
  g_autofree char *name = g_strdup_printf("devices-full-%s", language);
  g_autofree char *dark = g_strdup_printf("devices-full-dark-%s", language);
  g_autofree char *wide = g_strdup_printf("devices-full-1920-%s", language);
  harness_picture(&stand.h, name);
  go_down(&stand, maybe);
  harness_resize(&stand.h, 1366, 768, "dark", "standard");
  harness_picture(&stand.h, dark);
  harness_resize(&stand.h, 1920, 1080, "light", "wide");
  harness_picture(&stand.h, wide);
  stand_clear(&stand);
}

static void
every_look_and_language_fits(void)
{
  pictures("zh_CN", "配对：扫一个码");
  pictures("en", "Pair: scan one code");
  Stand stand = stand_new("en");
  begin_pairing(&stand);
  harness_picture(&stand.h, "devices-pairing-en");
  harness_resize(&stand.h, 1366, 768, "dark", "standard");
  harness_picture(&stand.h, "devices-pairing-dark-en");
  harness_resize(&stand.h, 1920, 1080, "light", "wide");
  harness_picture(&stand.h, "devices-pairing-1920-en");
  stand_clear(&stand);
}

TESTS("devices_plugged",
      TEST(what_is_plugged_in_and_not_used_is_shown_with_what_to_do),
      TEST(a_device_that_is_not_used_can_be_chosen_and_given_up),
      TEST(a_scanner_that_types_is_paired_by_one_scan),
      TEST(somebodys_keyboard_is_given_back),
      TEST(esc_stops_pairing_and_stays_on_the_page),
      TEST(a_missing_right_is_told_with_the_command_that_gives_it),
      TEST(every_look_and_language_fits))
