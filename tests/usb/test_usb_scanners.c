/* usb_scanners [fake|umockdev|vhci]: the scanner drivers over the real libusb, each on
 * its thread. */
#include <string.h>

#include "tests/usb/stage.h"
#include "tests/usb/vdev_scanner.h"

#define GS   "\x1d"
#define PACK "]d201095212345432131727083110A-1" GS "21SN7"
#define EAN  "]E06901234567892"

static const struct {
  const char *scheme;
  ScannerMode mode;
  bool is_honeywell;
  int interfaces;
  const char *kernels; /* driver */
} WAYS[] = {
    {"hid-scanner", SCANNER_HID_POS, false, 1, "usbhid"},
    {"hid-scanner", SCANNER_HID_POS_LATE, false, 1, "usbhid"},
    {"hid-scanner", SCANNER_HID_POS, true, 1, "usbhid"},
    {"wedge", SCANNER_WEDGE, false, 1, "usbhid"},
    {"wedge", SCANNER_WEDGE_ALT, false, 1, "usbhid"},
    {"cdc-scanner", SCANNER_SERIAL, false, 2, "cdc_acm"},
};

typedef struct {
  Stage stage;
  VdevScanner *scanner;
  Device *device;
  int heard, well, gone;
  GString *codes; /* one a line */
} Desk;

static void
on_event(Device *device, const DeviceEvent *event, gpointer data)
{
  Desk *desk = data;
  if (event->kind == DEVICE_HEARD) {
    gsize length;
    const char *bytes = g_bytes_get_data(event->data, &length);
    g_string_append_len(desk->codes, bytes, (gssize)length);
    g_string_append_c(desk->codes, '\n');
    desk->heard++;
  } else if (event->kind == DEVICE_STATE) {
    desk->gone += (event->state & DEVICE_GONE) != 0;
    desk->well += (event->state & DEVICE_GONE) == 0;
  }
}

static Desk *
desk_new(gsize way)
{
  Desk *desk = g_new0(Desk, 1);
  desk->codes = g_string_new(NULL);
  desk->scanner = WAYS[way].is_honeywell ? vdev_scanner_new_honeywell(WAYS[way].mode)
                                         : vdev_scanner_new(WAYS[way].mode);
  Vdev *vdev = vdev_scanner_device(desk->scanner);
  desk->stage = stage_open();
  stage_plug(&desk->stage, vdev, "1-2");
  g_autofree char *address = g_strdup_printf("%s:usb:%04x:%04x@%s",
                                             WAYS[way].scheme,
                                             vdev_info(vdev)->vendor,
                                             vdev_info(vdev)->product,
                                             desk->stage.plugs[0]->port);
  desk->device = device_open(address, on_event, desk);
  UNTIL(&desk->stage, desk->well == 1);
  return desk;
}

static void
desk_free(Desk *desk)
{
  device_close(desk->device);
  desk->stage.vdevs[0] = NULL; /* the scanner's own */
  stage_close(&desk->stage);
  vdev_scanner_free(desk->scanner);
  g_string_free(desk->codes, TRUE);
  g_free(desk);
}

static bool
is_owner(Desk *desk, int interface, const char *owner)
{
  g_autofree char *driver = vbus_driver(desk->stage.plugs[0], interface);
  return strcmp(driver, owner) == 0;
}

static void
scan(Desk *desk, const char *code)
{
  g_autofree char *aim = g_strndup(code, 3);
  vdev_scanner_scan(desk->scanner, aim, code + 3);
}

static void
codes_come_in_their_order_whatever_the_mode(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(WAYS); i++) {
    Desk *desk = desk_new(i);
    scan(desk, PACK);
    UNTIL(&desk->stage, desk->heard == 1);
    for (int n = 0; n < 5; n++)
      scan(desk, n % 2 ? EAN : PACK);
    UNTIL(&desk->stage, desk->heard == 6);
    CU_ASSERT_STRING_EQUAL(desk->codes->str,
                           PACK "\n" PACK "\n" EAN "\n" PACK "\n" EAN "\n" PACK "\n");
    desk_free(desk);
  }
}

static void
the_kernel_lends_the_device_and_gets_it_back(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(WAYS); i++) {
    Desk *desk = desk_new(i);
    for (int k = 0; k < WAYS[i].interfaces; k++)
      UNTIL(&desk->stage, is_owner(desk, k, "usbfs"));
    g_clear_pointer(&desk->device, device_close);
    for (int k = 0; k < WAYS[i].interfaces && !stage_kind->is_real; k++)
      UNTIL(&desk->stage, is_owner(desk, k, WAYS[i].kernels));
    desk_free(desk);
  }
}

static void
pulled_out_in_the_middle_of_a_code_it_comes_back_whole(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(WAYS); i++) {
    Desk *desk = desk_new(i);
    for (int round = 1; round <= 3; round++) {
      int before = desk->heard;
      scan(desk, PACK);
      vbus_unplug(desk->stage.plugs[0]);
      UNTIL(&desk->stage, desk->gone == round);
      stage_replug(&desk->stage, 0, "1-2");
      UNTIL(&desk->stage, desk->well == round + 1);
      g_string_truncate(desk->codes, 0);
      int came = desk->heard;
      CU_ASSERT_TRUE(came - before <= 1);
      scan(desk, EAN);
      UNTIL(&desk->stage, g_str_has_suffix(desk->codes->str, EAN "\n"));
    }
    desk_free(desk);
  }
}

static void
a_beep_reaches_the_scanner(void)
{
  Desk *desk = desk_new(0);
  g_autoptr(GBytes) order = beep_order(BEEP_NOT_ON_FILE);
  device_send(desk->device, order, 1);
  UNTIL(&desk->stage, vdev_scanner_beeps(desk->scanner, BEEP_NOT_ON_FILE) == 1);
  CU_ASSERT_EQUAL(vdev_scanner_beeps(desk->scanner, BEEP_REFUSED), 0);
  desk_free(desk);
}

static CU_TestInfo SCANNERS[] = {
    TEST(codes_come_in_their_order_whatever_the_mode),
    TEST(the_kernel_lends_the_device_and_gets_it_back),
    TEST(pulled_out_in_the_middle_of_a_code_it_comes_back_whole),
    TEST(a_beep_reaches_the_scanner),
    CU_TEST_INFO_NULL};
static CU_SuiteInfo SUITES[] = {{"scanners", NULL, NULL, NULL, NULL, SCANNERS},
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
