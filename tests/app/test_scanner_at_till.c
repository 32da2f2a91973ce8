/* A scanner on a virtual bus and a whole till: from the trigger to the ticket and back.
 */
#include "app/devices.h"
#include "tests/app/shop.h"
#include "tests/usb/usb_fake.h"
#include "tests/usb/vdev_scanner.h"

#define IBUPROFEN_EAN "6900000000021"
#define NOBODYS_EAN   "6999999999997"
#define GTIN          "06900000000021"
#define GS            "\x1d"

typedef struct {
  Shop shop;
  Till *till; /* borrowed */
  UsbFake *bus;
  VdevScanner *scanner;
} Stand;

static Stand
stand_new(VdevScanner *scanner)
{
  g_autoptr(GError) error = NULL;
  Stand stand = {.shop = shop_open(), .bus = usb_fake_new(), .scanner = scanner};
  g_clear_pointer(&stand.shop.till, till_free);
  usb_fake_plug(stand.bus, vdev_scanner_device(scanner), "1-2");
  TillOptions options = {.folder = stand.shop.folder, .without_sync = true};
  stand.till = stand.shop.till = till_open(&options, &error);
  if (!stand.till)
    g_error("no till: %s", error->message);
  return stand;
}

static void
stand_clear(Stand *stand)
{
  shop_close(&stand->shop);
  CU_ASSERT_EQUAL(usb_fake_open_count(stand->bus), 0);
  usb_fake_free(stand->bus);
  vdev_scanner_free(stand->scanner);
}

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

static bool
works(const Till *till)
{
  Device *device = till->device[USE_SCANNER];
  return device && !(device_state(device) & DEVICE_GONE);
}

static void
a_scanner_that_is_plugged_in_scans_into_the_sale(void)
{
  static const ScannerMode MODES[] = {
      SCANNER_HID_POS, SCANNER_HID_POS_LATE, SCANNER_HID_POS_BARE, SCANNER_SERIAL};
  for (gsize i = 0; i < G_N_ELEMENTS(MODES); i++) {
    Stand stand = stand_new(vdev_scanner_new(MODES[i]));
    hear(works(stand.till));
    shop_sign_in(&stand.shop);
    vdev_scanner_scan(stand.scanner, "]E0", IBUPROFEN_EAN);
    hear(stand.till->sale->lines->len == 1);
    vdev_scanner_scan(stand.scanner, "]d2", "01" GTIN "1728123110B1" GS "21SN1");
    hear(device_heard(stand.till->device[USE_SCANNER]) == 2);
    const SaleLine *line = sale_line(stand.till->sale, 0);
    CU_ASSERT_EQUAL(line->product->id, IBUPROFEN);
    CU_ASSERT_STRING_EQUAL(line->lot->lot_no, "B1");
    CU_ASSERT_EQUAL(sale_totals(stand.till->sale, 1).pieces, 2);
    stand_clear(&stand);
  }
}

static void
it_sounds_for_what_was_not_taken_and_only_then(void)
{
  Stand stand = stand_new(vdev_scanner_new(SCANNER_HID_POS));
  hear(works(stand.till));
  shop_sign_in(&stand.shop);
  vdev_scanner_scan(stand.scanner, "]E0", IBUPROFEN_EAN);
  hear(stand.till->sale->lines->len == 1);
  CU_ASSERT_EQUAL(vdev_scanner_beeps(stand.scanner, BEEP_REFUSED), 0);
  vdev_scanner_scan(stand.scanner, "]E0", NOBODYS_EAN);
  hear(vdev_scanner_beeps(stand.scanner, BEEP_NOT_ON_FILE) == 1);
  CU_ASSERT_EQUAL(stand.till->notice.id, NOTICE_CODE_UNKNOWN);
  vdev_scanner_scan(stand.scanner, "]Q1", "134567890123456789");
  hear(vdev_scanner_beeps(stand.scanner, BEEP_REFUSED) == 1);
  CU_ASSERT_EQUAL(stand.till->notice.id, NOTICE_CODE_WRONG_PLACE);
  CU_ASSERT_EQUAL(vdev_scanner_beeps(stand.scanner, BEEP_NOT_ON_FILE), 1);
  CU_ASSERT_EQUAL(stand.till->sale->lines->len, 1);
  stand_clear(&stand);
}

static void
a_wedge_is_taken_only_after_it_typed_the_code_on_the_screen(void)
{
  Stand stand = stand_new(vdev_scanner_new(SCANNER_WEDGE));
  Vdev *vdev = vdev_scanner_device(stand.scanner);
  shop_sign_in(&stand.shop);
  CU_ASSERT_PTR_NULL(stand.till->device[USE_SCANNER]);
  CU_ASSERT_STRING_EQUAL(usb_fake_driver(stand.bus, vdev, 0), "usbhid");

  const char *code = NULL;
  devices_pair(stand.till, "wedge:usb:1eab:0c03@1-2", USE_SCANNER);
  hear(g_strcmp0(usb_fake_driver(stand.bus, vdev, 0), "usbfs") == 0);
  CU_ASSERT_EQUAL_FATAL(devices_pairing(stand.till, &code, NULL), PAIR_WAITS);
  CU_ASSERT_PTR_NOT_NULL_FATAL(code);
  vdev_scanner_scan(stand.scanner, NULL, code);
  hear(works(stand.till));
  CU_ASSERT_TRUE(sale_is_empty(stand.till->sale));

  vdev_scanner_scan(stand.scanner, NULL, IBUPROFEN_EAN);
  hear(stand.till->sale->lines->len == 1);
  stand_clear(&stand);
}

static void
pulled_out_and_put_back_it_scans_again(void)
{
  Stand stand = stand_new(vdev_scanner_new(SCANNER_HID_POS));
  Vdev *vdev = vdev_scanner_device(stand.scanner);
  hear(works(stand.till));
  shop_sign_in(&stand.shop);
  for (int i = 0; i < 5; i++) {
    usb_fake_unplug(stand.bus, vdev);
    hear(!works(stand.till));
    usb_fake_plug(stand.bus, vdev, "1-2");
    hear(works(stand.till));
    vdev_scanner_scan(stand.scanner, "]E0", IBUPROFEN_EAN);
    hear(sale_totals(stand.till->sale, 1).pieces == i + 1);
  }
  stand_clear(&stand);
}

TESTS("scanner_at_till",
      TEST(a_scanner_that_is_plugged_in_scans_into_the_sale),
      TEST(it_sounds_for_what_was_not_taken_and_only_then),
      TEST(a_wedge_is_taken_only_after_it_typed_the_code_on_the_screen),
      TEST(pulled_out_and_put_back_it_scans_again))
