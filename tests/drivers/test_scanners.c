/* The scanner drivers over the fake carrier, without a thread: its clock jumps. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "drivers/cdc_scanner.h"
#include "drivers/hid_scanner.h"
#include "drivers/usb.h"
#include "drivers/wedge.h"
#include "tests/test.h"
#include "tests/usb/usb_fake.h"
#include "tests/usb/vdev_scanner.h"

#define GS     "\x1d"
#define PACK   "01095212345432131727083110A-1" GS "21SN7"
#define EAN    "6901234567892"
#define SOCKET "1-2"

typedef struct {
  const char *what;
  const DeviceDriver *driver;
  ScannerMode mode;
  bool is_honeywell;
  const char *address;
} Way;

static const Way WAYS[] = {
    {"HID POS", &HID_SCANNER, SCANNER_HID_POS, false, "hid-scanner:usb:1eab:0c10@1-2"},
    {"HID POS, late identifier",
     &HID_SCANNER,
     SCANNER_HID_POS_LATE,
     false,
     "hid-scanner:usb:1eab:0c10"},
    {"HID POS, bare",
     &HID_SCANNER,
     SCANNER_HID_POS_BARE,
     false,
     "hid-scanner:usb:1eab:0c10"},
    {"Honeywell's HID POS",
     &HID_SCANNER,
     SCANNER_HID_POS,
     true,
     "hid-scanner:usb:0c2e:0b81"},
    {"wedge", &WEDGE, SCANNER_WEDGE, false, "wedge:usb:1eab:0c03@1-2"},
    {"wedge with Alt", &WEDGE, SCANNER_WEDGE_ALT, false, "wedge:usb:1eab:0c03"},
    {"serial", &CDC_SCANNER, SCANNER_SERIAL, false, "cdc-scanner:usb:1eab:0c06@1-2"},
};

typedef struct {
  UsbFake *fake;
  VdevScanner *scanner;
  const DeviceDriver *driver;
  gpointer self;
  GError *error;
} Bench;

static Bench
bench_of(const Way *way)
{
  Bench bench = {.fake = usb_fake_new(), .driver = way->driver};
  bench.scanner = way->is_honeywell ? vdev_scanner_new_honeywell(way->mode)
                                    : vdev_scanner_new(way->mode);
  usb_fake_plug(bench.fake, vdev_scanner_device(bench.scanner), SOCKET);
  bench.self = way->driver->open(way->address, &bench.error);
  if (!bench.self)
    fprintf(stderr, "  %s: %s\n", way->what, bench.error ? bench.error->message : "?");
  return bench;
}

static void
bench_clear(Bench *bench)
{
  if (bench->self)
    bench->driver->close(bench->self);
  CU_ASSERT_EQUAL(usb_fake_open_count(bench->fake), 0);
  usb_fake_free(bench->fake);
  vdev_scanner_free(bench->scanner);
  g_clear_error(&bench->error);
}

/* Listens until a code came, but not for ever. (transfer full) "": none. */
static char *
hear(Bench *bench)
{
  DeviceState state = 0;
  for (int i = 0; i < 10 && !bench->error; i++) {
    g_autoptr(GBytes) heard = bench->driver->listen(bench->self, &state, &bench->error);
    if (heard)
      return g_strndup(g_bytes_get_data(heard, NULL), g_bytes_get_size(heard));
  }
  return g_strdup("");
}

static void
hears(Bench *bench, const char *wanted)
{
  g_autofree char *heard = hear(bench);
  if (strcmp(heard, wanted) != 0)
    fprintf(stderr, "  heard \"%s\", not \"%s\"\n", heard, wanted);
  CU_ASSERT_STRING_EQUAL(heard, wanted);
}

static void
a_scan_is_heard_with_its_identifier_whatever_the_mode(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(WAYS); i++) {
    Bench bench = bench_of(&WAYS[i]);
    CU_ASSERT_PTR_NOT_NULL_FATAL(bench.self);
    hears(&bench, "");
    vdev_scanner_scan(bench.scanner, "]d2", PACK);
    hears(&bench, "]d2" PACK);
    vdev_scanner_scan(bench.scanner, "]E0", EAN);
    vdev_scanner_scan(bench.scanner, "]E0", EAN);
    hears(&bench, "]E0" EAN);
    hears(&bench, "]E0" EAN);
    hears(&bench, "");
    CU_ASSERT_PTR_NULL(bench.error);
    bench_clear(&bench);
  }
}

static void
a_code_longer_than_a_report_arrives_whole(void)
{
  g_autofree char *code = g_strnfill(300, 'q');
  g_autofree char *wanted = g_strconcat("]Q1", code, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS(WAYS); i++) {
    if (WAYS[i].mode == SCANNER_HID_POS_BARE)
      continue;
    Bench bench = bench_of(&WAYS[i]);
    CU_ASSERT_PTR_NOT_NULL_FATAL(bench.self);
    vdev_scanner_scan(bench.scanner, "]Q1", code);
    hears(&bench, wanted);
    bench_clear(&bench);
  }
}

static void
the_desktop_loses_the_device_only_while_it_is_open(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(WAYS); i++) {
    Bench bench = bench_of(&WAYS[i]);
    Vdev *vdev = vdev_scanner_device(bench.scanner);
    CU_ASSERT_PTR_NOT_NULL_FATAL(bench.self);
    CU_ASSERT_STRING_EQUAL(usb_fake_driver(bench.fake, vdev, 0), "usbfs");
    bench.driver->close(bench.self);
    bench.self = NULL;
    CU_ASSERT_STRING_EQUAL(usb_fake_driver(bench.fake, vdev, 0),
                           vdev_info(vdev)->kernel_driver);
    bench_clear(&bench);
  }
}

static void
a_wedge_is_set_to_the_boot_protocol_with_its_lamps_out(void)
{
  Bench bench = bench_of(&WAYS[4]);
  CU_ASSERT_TRUE(vdev_scanner_is_booted(bench.scanner));
  CU_ASSERT_EQUAL(vdev_scanner_leds(bench.scanner), 0);
  bench_clear(&bench);
}

static void
a_serial_line_is_set_up_before_it_speaks(void)
{
  Bench bench = bench_of(&WAYS[6]);
  CU_ASSERT_EQUAL(vdev_scanner_baud(bench.scanner), 9600);
  Vdev *vdev = vdev_scanner_device(bench.scanner);
  CU_ASSERT_STRING_EQUAL(usb_fake_driver(bench.fake, vdev, 0), "usbfs");
  CU_ASSERT_STRING_EQUAL(usb_fake_driver(bench.fake, vdev, 1), "usbfs");
  bench_clear(&bench);
}

static void
a_code_without_a_suffix_ends_in_silence(void)
{
  Bench bench = bench_of(&WAYS[6]);
  Vdev *vdev = vdev_scanner_device(bench.scanner);
  int64_t before_us = usb_now_us();
  vdev_push(vdev, VDEV_SCANNER_IN, "6901", 4);
  hears(&bench, "6901");
  int64_t took_us = usb_now_us() - before_us;
  CU_ASSERT_TRUE(took_us >= 50000 && took_us < 60000);
  vdev_push(vdev, VDEV_SCANNER_IN, "one\rtwo\rthr", 11);
  hears(&bench, "one");
  hears(&bench, "two");
  vdev_push(vdev, VDEV_SCANNER_IN, "ee\r\n", 4);
  hears(&bench, "three");
  bench_clear(&bench);
}

static void
a_scanner_that_understands_nothing_works_all_the_same(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(WAYS); i++) {
    Way way = WAYS[i];
    Bench bench = {.fake = usb_fake_new(), .driver = way.driver};
    bool needs_request = way.mode == SCANNER_SERIAL || way.is_honeywell;
    bench.scanner = vdev_scanner_new(way.mode);
    vdev_scanner_set_deaf(bench.scanner, needs_request ? "d" : "drpl");
    usb_fake_plug(bench.fake, vdev_scanner_device(bench.scanner), SOCKET);
    if (!way.is_honeywell) {
      bench.self = way.driver->open(way.address, &bench.error);
      CU_ASSERT_PTR_NOT_NULL_FATAL(bench.self);
      vdev_scanner_scan(bench.scanner, "]E0", EAN);
      hears(&bench, "]E0" EAN);
    }
    bench_clear(&bench);
  }
}

static void
order(Bench *bench, Beep beep)
{
  DeviceState state = 0;
  g_autoptr(GBytes) bytes = beep_order(beep);
  CU_ASSERT_TRUE(bench->driver->command(bench->self, bytes, &state, &bench->error));
}

static void
those_that_can_beep_do_and_the_others_let_it_be(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(WAYS); i++) {
    Bench bench = bench_of(&WAYS[i]);
    bool can = WAYS[i].mode == SCANNER_HID_POS || WAYS[i].mode == SCANNER_HID_POS_LATE;
    order(&bench, BEEP_REFUSED);
    CU_ASSERT_EQUAL(vdev_scanner_beeps(bench.scanner, BEEP_REFUSED), can);
    CU_ASSERT_EQUAL(vdev_scanner_beeps(bench.scanner, BEEP_NOT_ON_FILE), 0);
    order(&bench, BEEP_NOT_ON_FILE);
    CU_ASSERT_EQUAL(vdev_scanner_beeps(bench.scanner, BEEP_NOT_ON_FILE), can);
    CU_ASSERT_PTR_NULL(bench.error);
    bench_clear(&bench);
  }
}

static void
honeywells_beep_by_command(void)
{
  static const Way COMMANDED[] = {{"Honeywell's bare",
                                   &HID_SCANNER,
                                   SCANNER_HID_POS_BARE,
                                   true,
                                   "hid-scanner:usb:0c2e:0b81"},
                                  {"Honeywell's serial",
                                   &CDC_SCANNER,
                                   SCANNER_SERIAL,
                                   true,
                                   "cdc-scanner:usb:0c2e:0b8a"}};
  for (gsize i = 0; i < G_N_ELEMENTS(COMMANDED); i++) {
    Bench bench = bench_of(&COMMANDED[i]);
    CU_ASSERT_PTR_NOT_NULL_FATAL(bench.self);
    order(&bench, BEEP_NOT_ON_FILE);
    CU_ASSERT_EQUAL(vdev_scanner_beeps(bench.scanner, BEEP_REFUSED), 1);
    bench_clear(&bench);
  }
}

static void
what_is_something_else_says_so(void)
{
  static const struct {
    int way;
    const char *address;
    DeviceError code;
  } CASES[] = {
      {0, "wedge:usb:1eab:0c10", DEVICE_ERROR_WRONG},
      {0, "cdc-scanner:usb:1eab:0c10", DEVICE_ERROR_WRONG},
      {4, "hid-scanner:usb:1eab:0c03", DEVICE_ERROR_WRONG},
      {4, "wedge:usb:1eab:0c04@1-2", DEVICE_ERROR_GONE},
      {6, "hid-scanner:usb:1eab:0c06", DEVICE_ERROR_WRONG},
      {6, "cdc-scanner:/dev/ttyACM0", DEVICE_ERROR_ADDRESS},
      {6, "wedge:", DEVICE_ERROR_ADDRESS},
      {6, "hid-scanner:1eab:0c06", DEVICE_ERROR_ADDRESS},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    static const DeviceDriver *const DRIVERS[] = {&HID_SCANNER, &WEDGE, &CDC_SCANNER};
    Bench bench = bench_of(&WAYS[CASES[i].way]);
    g_autoptr(GError) error = NULL;
    bench.driver->close(g_steal_pointer(&bench.self));
    for (gsize d = 0; d < G_N_ELEMENTS(DRIVERS); d++)
      if (g_str_has_prefix(CASES[i].address, DRIVERS[d]->scheme))
        CU_ASSERT_PTR_NULL(DRIVERS[d]->open(CASES[i].address, &error));
    if (!g_error_matches(error, DEVICE_ERROR, CASES[i].code))
      fprintf(stderr, "  %s: %s\n", CASES[i].address, error ? error->message : "?");
    CU_ASSERT_TRUE(g_error_matches(error, DEVICE_ERROR, CASES[i].code));
    bench_clear(&bench);
  }
}

static void
pulled_out_at_any_moment_it_is_gone_and_nothing_stays_open(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(WAYS); i++) {
    for (int after_codes = 0; after_codes < 3; after_codes++) {
      Bench bench = bench_of(&WAYS[i]);
      for (int n = 0; n < after_codes; n++)
        vdev_scanner_scan(bench.scanner, "]E0", EAN);
      usb_fake_run(bench.fake); /* the cable is quicker than a hand */
      usb_fake_unplug(bench.fake, vdev_scanner_device(bench.scanner));
      for (int n = 0; n < after_codes; n++)
        hears(&bench, "]E0" EAN);
      hears(&bench, "");
      CU_ASSERT_TRUE(g_error_matches(bench.error, DEVICE_ERROR, DEVICE_ERROR_GONE));
      bench_clear(&bench);
    }
  }
}

static void
pulled_out_while_it_is_set_up_it_is_gone(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(WAYS); i++) {
    bool opened = false;
    int requests = 0;
    for (; !opened && requests < 10; requests++) {
      Bench bench = {.fake = usb_fake_new(), .driver = WAYS[i].driver};
      bench.scanner = WAYS[i].is_honeywell ? vdev_scanner_new_honeywell(WAYS[i].mode)
                                           : vdev_scanner_new(WAYS[i].mode);
      vdev_scanner_set_life(bench.scanner, requests);
      usb_fake_plug(bench.fake, vdev_scanner_device(bench.scanner), SOCKET);
      bench.self = WAYS[i].driver->open(WAYS[i].address, &bench.error);
      opened = bench.self;
      bool is_gone = g_error_matches(bench.error, DEVICE_ERROR, DEVICE_ERROR_GONE);
      CU_ASSERT_EQUAL(is_gone, !opened);
      bench_clear(&bench);
    }
    CU_ASSERT_TRUE(opened && requests > 1);
  }
}

static void
a_halt_a_shaken_cable_and_babble_cost_no_code_but_their_own(void)
{
  static const guint8 BABBLE[2048];
  for (gsize i = 0; i < G_N_ELEMENTS(WAYS); i++) {
    Bench bench = bench_of(&WAYS[i]);
    Vdev *vdev = vdev_scanner_device(bench.scanner);
    vdev_set_halt(vdev, VDEV_SCANNER_IN, true);
    vdev_kick(vdev);
    hears(&bench, "");
    vdev_scanner_scan(bench.scanner, "]E0", EAN);
    hears(&bench, "]E0" EAN);
    vdev_fail_pending(vdev, -EPROTO);
    hears(&bench, "");
    vdev_scanner_scan(bench.scanner, "]E0", EAN);
    hears(&bench, "]E0" EAN);
    vdev_fail_pending(vdev, -EOVERFLOW);
    vdev_push(vdev, VDEV_SCANNER_IN, BABBLE, sizeof BABBLE);
    g_free(hear(&bench));
    CU_ASSERT_PTR_NULL(bench.error);
    bench_clear(&bench);
  }
}

static void
reports_too_short_and_streams_without_end_keep_nobody(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(WAYS); i++) {
    Bench bench = bench_of(&WAYS[i]);
    Vdev *vdev = vdev_scanner_device(bench.scanner);
    static const guint8 BYTES[8] = {2, 7, ']'};
    DeviceState state = 0;
    for (gsize length = 0; length < 4; length++)
      vdev_push(vdev, VDEV_SCANNER_IN, BYTES, length);
    for (int n = 0; n < 6000; n++)
      vdev_push(vdev, VDEV_SCANNER_IN, "\0\0\x04zzzzz", 8);
    int64_t before_us = usb_now_us();
    g_autoptr(GBytes) heard = bench.driver->listen(bench.self, &state, &bench.error);
    CU_ASSERT_TRUE(usb_now_us() - before_us <= 1000000);
    CU_ASSERT_PTR_NULL(bench.error);
    bench_clear(&bench);
  }
}

/* Descriptors that promise what is not there. */
static void
a_device_without_endpoints_is_refused(void)
{
  static const guint8 CONFIG[] = {9, 2, 43, 0, 3, 1, 0, 0x80, 50,   9, 4,  0, 0, 0, 3,
                                  0, 0, 0,  9, 4, 1, 0, 0,    3,    1, 1,  0, 9, 4, 2,
                                  0, 0, 10, 0, 0, 0, 7, 5,    0x81, 3, 64, 0, 1};
  static const VdevInfo INFO = {.vendor = 0x1eab,
                                .product = 0x0c10,
                                .config = CONFIG,
                                .config_length = sizeof CONFIG - 7};
  static const struct {
    const DeviceDriver *driver;
    const char *address;
  } CASES[] = {{&HID_SCANNER, "hid-scanner:usb:1eab:0c10"},
               {&WEDGE, "wedge:usb:1eab:0c10"},
               {&CDC_SCANNER, "cdc-scanner:usb:1eab:0c10"}};
  UsbFake *fake = usb_fake_new();
  Vdev *vdev = vdev_new(&INFO, NULL);
  usb_fake_plug(fake, vdev, SOCKET);
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autoptr(GError) error = NULL;
    CU_ASSERT_PTR_NULL(CASES[i].driver->open(CASES[i].address, &error));
    CU_ASSERT_TRUE(g_error_matches(error, DEVICE_ERROR, DEVICE_ERROR_WRONG));
  }
  CU_ASSERT_EQUAL(usb_fake_open_count(fake), 0);
  usb_fake_free(fake);
  vdev_free(vdev);
}

TESTS("scanners",
      TEST(a_scan_is_heard_with_its_identifier_whatever_the_mode),
      TEST(a_code_longer_than_a_report_arrives_whole),
      TEST(the_desktop_loses_the_device_only_while_it_is_open),
      TEST(a_wedge_is_set_to_the_boot_protocol_with_its_lamps_out),
      TEST(a_serial_line_is_set_up_before_it_speaks),
      TEST(a_code_without_a_suffix_ends_in_silence),
      TEST(a_scanner_that_understands_nothing_works_all_the_same),
      TEST(those_that_can_beep_do_and_the_others_let_it_be),
      TEST(honeywells_beep_by_command),
      TEST(what_is_something_else_says_so),
      TEST(pulled_out_at_any_moment_it_is_gone_and_nothing_stays_open),
      TEST(pulled_out_while_it_is_set_up_it_is_gone),
      TEST(a_halt_a_shaken_cable_and_babble_cost_no_code_but_their_own),
      TEST(reports_too_short_and_streams_without_end_keep_nobody),
      TEST(a_device_without_endpoints_is_refused))
