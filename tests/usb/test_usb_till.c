/* usb_till [fake|umockdev|vhci]: a whole till on the real libusb: what is plugged in is
 * used, what is pulled out is told, and in another socket it works on. */
#include <string.h>

#include "app/devices.h"
#include "app/plugging.h"
#include "tests/app/shop.h"
#include "tests/usb/stage.h"
#include "tests/usb/vdev_scanner.h"

#define EAN "6901234567892"

typedef struct {
  Stage stage;
  Shop shop;
  Till *till; /* borrowed */
} Counter;

/* The bus first: the till looks at what there is when it opens. */
static Counter
counter_open(void)
{
  Counter counter = {.stage = stage_open()};
  shop_set_bus(true);
  counter.shop = shop_open();
  counter.till = counter.shop.till;
  shop_sign_in(&counter.shop);
  till_open_page(counter.till, PAGE_DEVICES);
  return counter;
}

static void
counter_close(Counter *counter)
{
  shop_close(&counter->shop);
  shop_set_bus(false);
  memset(counter->stage.vdevs, 0, sizeof counter->stage.vdevs); /* their makers' own */
  stage_close(&counter->stage);
}

static bool
works(const Till *till, DeviceUse use)
{
  return till->device[use] && !(device_state(till->device[use]) & DEVICE_GONE);
}

static bool
is_kept(Till *till, DeviceUse use, const char *scheme, const char *port)
{
  g_autofree char *kept = settings_text(till, device_use_name(use));
  const char *at = strchr(kept, '@');
  return g_str_has_prefix(kept, scheme) && at && g_str_equal(at + 1, port);
}

static bool
has_heard(const Till *till, const char *code)
{
  return till->heard && g_str_equal(till->heard, code);
}

static void
a_scanner_is_used_told_of_and_works_in_another_socket(void)
{
  Counter counter = counter_open();
  Till *till = counter.till;
  VdevScanner *scanner = vdev_scanner_new(SCANNER_HID_POS);

  stage_plug(&counter.stage, vdev_scanner_device(scanner), "1-2");
  UNTIL(&counter.stage, works(till, USE_SCANNER));
  CU_ASSERT_EQUAL(till->notice.id, NOTICE_DEVICE_TAKEN);
  CU_ASSERT_TRUE(is_kept(
      till, USE_SCANNER, "hid-scanner:usb:1eab:0c10", counter.stage.plugs[0]->port));
  vdev_scanner_scan(scanner, "]E0", EAN);
  UNTIL(&counter.stage, has_heard(till, EAN));

  stage_unplug(&counter.stage, 0);
  UNTIL(&counter.stage, !works(till, USE_SCANNER));
  CU_ASSERT_EQUAL(till->notice.id, NOTICE_DEVICE_GONE);
  stage_replug(&counter.stage, 0, "1-3");
  UNTIL(&counter.stage, works(till, USE_SCANNER));
  CU_ASSERT_EQUAL(till->notice.id, NOTICE_DEVICE_BACK);
  g_clear_pointer(&till->heard, g_free);
  vdev_scanner_scan(scanner, "]E0", EAN);
  UNTIL(&counter.stage, has_heard(till, EAN));
  counter_close(&counter);
  vdev_scanner_free(scanner);
}

static void
the_till_remembers_its_scanner_when_it_is_opened_again(void)
{
  Counter counter = counter_open();
  VdevScanner *scanner = vdev_scanner_new(SCANNER_SERIAL);

  stage_plug(&counter.stage, vdev_scanner_device(scanner), "1-2");
  UNTIL(&counter.stage, works(counter.till, USE_SCANNER));
  shop_reopen(&counter.shop);
  UNTIL(&counter.stage, works(counter.shop.till, USE_SCANNER));
  CU_ASSERT_TRUE(g_str_has_prefix(device_address(counter.shop.till->device[USE_SCANNER]),
                                  "cdc-scanner:usb:"));
  CU_ASSERT_NOT_EQUAL(counter.shop.till->notice.id, NOTICE_DEVICE_TAKEN);
  counter_close(&counter);
  vdev_scanner_free(scanner);
}

static void
a_second_scanner_is_used_beside_the_first(void)
{
  Counter counter = counter_open();
  VdevScanner *first = vdev_scanner_new(SCANNER_HID_POS);
  VdevScanner *second = vdev_scanner_new(SCANNER_SERIAL);

  stage_plug(&counter.stage, vdev_scanner_device(first), "1-2");
  UNTIL(&counter.stage, works(counter.till, USE_SCANNER));
  stage_plug(&counter.stage, vdev_scanner_device(second), "1-3");
  UNTIL(&counter.stage, works(counter.till, USE_SCANNER_2));
  CU_ASSERT_TRUE(works(counter.till, USE_SCANNER));
  vdev_scanner_scan(second, "", EAN);
  UNTIL(&counter.stage, has_heard(counter.till, EAN));
  counter_close(&counter);
  vdev_scanner_free(first);
  vdev_scanner_free(second);
}

static bool
is_listed(const Till *till, DeviceUse use)
{
  g_autoptr(GPtrArray) list = plugging_list(till);
  for (guint i = 0; i < list->len; i++)
    if (((const Plugged *)list->pdata[i])->use == use)
      return true;
  return false;
}

static void
a_scanner_that_types_is_left_to_the_desktop_until_it_is_paired(void)
{
  const char *code;
  Counter counter = counter_open();
  Till *till = counter.till;
  VdevScanner *wedge = vdev_scanner_new(SCANNER_WEDGE);
  VbusPlug *plug = stage_plug(&counter.stage, vdev_scanner_device(wedge), "1-2");

  UNTIL(&counter.stage, is_listed(till, USE_SCANNER));
  CU_ASSERT_PTR_NULL(till->device[USE_SCANNER]);
  g_autofree char *before = vbus_driver(plug, 0);
  CU_ASSERT_STRING_NOT_EQUAL(before, "usbfs");

  g_autofree char *address = g_strdup_printf("wedge:usb:1eab:0c03@%s", plug->port);
  devices_pair(till, address, USE_SCANNER);
  CU_ASSERT_EQUAL_FATAL(devices_pairing(till, &code, NULL), PAIR_WAITS);
  g_autofree char *shown = g_strdup(code);
  UNTIL(&counter.stage, vdev_scanner_is_booted(wedge));
  UNTIL(&counter.stage, vdev_pending(vdev_scanner_device(wedge)) > 0);
  vdev_scanner_scan(wedge, "", shown);
  UNTIL(&counter.stage, works(till, USE_SCANNER));
  CU_ASSERT_EQUAL(till->notice.id, NOTICE_PAIRED);
  vdev_scanner_scan(wedge, "", EAN);
  UNTIL(&counter.stage, has_heard(till, EAN));
  counter_close(&counter);
  vdev_scanner_free(wedge);
}

static CU_TestInfo TILLS[] = {
    TEST(a_scanner_is_used_told_of_and_works_in_another_socket),
    TEST(the_till_remembers_its_scanner_when_it_is_opened_again),
    TEST(a_second_scanner_is_used_beside_the_first),
    TEST(a_scanner_that_types_is_left_to_the_desktop_until_it_is_paired),
    CU_TEST_INFO_NULL};
static CU_SuiteInfo SUITES[] = {{"till", NULL, NULL, NULL, NULL, TILLS},
                                CU_SUITE_INFO_NULL};

int
main(int argc, char **argv)
{
  static const VbusKind *const KINDS[] = {&VBUS_FAKE, &VBUS_UMOCKDEV, &VBUS_VHCI};
  unsigned failures = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(KINDS); i++) {
    stage_kind = KINDS[i];
    if (argc > 1 ? strcmp(argv[1], stage_kind->name) != 0 : stage_kind == &VBUS_VHCI)
      continue;
    g_print("\n=== %s ===\n", stage_kind->name);
    if (CU_initialize_registry() || CU_register_suites(SUITES))
      return 2;
    CU_basic_set_mode(CU_BRM_VERBOSE);
    CU_basic_run_tests();
    failures += CU_get_number_of_failures();
    CU_cleanup_registry();
  }
  return failures ? 1 : 0;
}
