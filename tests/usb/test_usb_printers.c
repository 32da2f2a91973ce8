/* usb_printers [fake|umockdev|vhci]: the driver of receipt printers over the real libusb,
 * on its thread. */
#include <errno.h>
#include <string.h>

#include "tests/usb/stage.h"
#include "tests/usb/vdev_printer.h"

#define JOB "\x1b@\x1c&\xd2\xa9\nhello\n\x1dVB\x18"

static const struct {
  guint16 vendor, product;
  PrinterShape shape;
  PrinterIdManner manner;
  guint8 out;
  const char *kernels; /* driver */
} WAYS[] = {
    {0x04b8, 0x0e15, PRINTER_TWO_WAY, PRINTER_ID_BIG, 0x03, "usblp"},
    {0x0416, 0x5011, PRINTER_ALTERNATES, PRINTER_ID_LITTLE, 0x01, "usblp"},
    {0x0456, 0x0808, PRINTER_ONE_WAY, PRINTER_ID_NONE, 0x01, "usblp"},
    {0x04b8, 0x0202, PRINTER_VENDOR, PRINTER_ID_NONE, 0x01, ""},
};

typedef struct {
  Stage stage;
  VdevPrinter *printer;
  Device *device;
  int well, gone, done, failed;
  int error; /* of the last that failed */
} Desk;

static void
on_event(Device *device, const DeviceEvent *event, gpointer data)
{
  Desk *desk = data;
  bool is_gone = event->state & DEVICE_GONE;
  desk->gone += event->kind == DEVICE_STATE && is_gone;
  desk->well += event->kind == DEVICE_STATE && !is_gone;
  desk->done += event->kind == DEVICE_DONE;
  desk->failed += event->kind == DEVICE_FAILED;
  if (event->kind == DEVICE_FAILED)
    desk->error = event->failure->code;
}

static Desk *
desk_new(gsize way)
{
  VdevPrinterKind kind = {.vendor = WAYS[way].vendor,
                          .product = WAYS[way].product,
                          .shape = WAYS[way].shape,
                          .id_manner = WAYS[way].manner,
                          .id = "MFG:EPSON;CMD:ESC/POS;MDL:TM-T20II;"};
  Desk *desk = g_new0(Desk, 1);

  if (stage_kind == &VBUS_FAKE)
    kind.now_us = usb_now_us;
  desk->printer = vdev_printer_new(&kind);
  desk->stage = stage_open();
  stage_plug(&desk->stage, vdev_printer_vdev(desk->printer), "1-2");
  g_autofree char *address = g_strdup_printf(
      "escpos:usb:%04x:%04x@%s", kind.vendor, kind.product, desk->stage.plugs[0]->port);
  desk->device = device_open(address, on_event, desk);
  UNTIL(&desk->stage, desk->well == 1);
  return desk;
}

static void
desk_free(Desk *desk)
{
  device_close(desk->device);
  desk->stage.vdevs[0] = NULL; /* the printer's own */
  stage_close(&desk->stage);
  vdev_printer_free(desk->printer);
  g_free(desk);
}

static void
print(Desk *desk)
{
  g_autoptr(GBytes) job = g_bytes_new_static(JOB, sizeof JOB - 1);
  device_send(desk->device, job, 1);
}

static bool
shows(Desk *desk, int jobs)
{
  g_autoptr(GBytes) printed = printer_model_printed(vdev_printer_begin(desk->printer));
  vdev_printer_end(desk->printer);
  g_autoptr(GByteArray) wanted = g_byte_array_new();
  for (int i = 0; i < jobs; i++)
    g_byte_array_append(wanted, (const guint8 *)JOB, sizeof JOB - 1);
  g_autoptr(GBytes) all = g_byte_array_free_to_bytes(g_steal_pointer(&wanted));
  return g_bytes_equal(printed, all);
}

static void
tear(Desk *desk)
{
  printer_model_tear(vdev_printer_begin(desk->printer));
  vdev_printer_end(desk->printer);
}

static bool
is_owner(Desk *desk, const char *owner)
{
  g_autofree char *driver = vbus_driver(desk->stage.plugs[0], 0);
  return strcmp(driver, owner) == 0;
}

static void
every_shape_prints_each_job_once(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(WAYS); i++) {
    Desk *desk = desk_new(i);
    CU_ASSERT(is_owner(desk, "usbfs"));
    for (int n = 0; n < 3; n++)
      print(desk);
    UNTIL(&desk->stage, desk->done == 3);
    CU_ASSERT_EQUAL(desk->failed, 0);
    CU_ASSERT(shows(desk, 3));
    g_clear_pointer(&desk->device, device_close);
    if (!stage_kind->is_real)
      UNTIL(&desk->stage, is_owner(desk, WAYS[i].kernels));
    desk_free(desk);
  }
}

static void
what_happens_to_it_is_told_by_itself(void)
{
  Desk *desk = desk_new(0);
  print(desk);
  UNTIL(&desk->stage, desk->done == 1);
  for (int i = 0; i < 3; i++) {
    printer_model_open_cover(vdev_printer_begin(desk->printer), true);
    vdev_printer_end(desk->printer);
    UNTIL(&desk->stage, device_state(desk->device) == DEVICE_COVER_OPEN);
    printer_model_open_cover(vdev_printer_begin(desk->printer), false);
    vdev_printer_end(desk->printer);
    UNTIL(&desk->stage, device_state(desk->device) == 0);
  }
  desk_free(desk);
}

static void
paper_that_ends_fails_the_job_and_a_new_roll_takes_the_next(void)
{
  Desk *desk = desk_new(0);
  printer_model_set_paper_left(vdev_printer_begin(desk->printer), 6);
  vdev_printer_end(desk->printer);
  print(desk);
  UNTIL(&desk->stage, desk->failed == 1);
  CU_ASSERT_EQUAL(desk->error, DEVICE_ERROR_PAPER_OUT);
  printer_model_load_paper(vdev_printer_begin(desk->printer), true);
  vdev_printer_end(desk->printer);
  UNTIL(&desk->stage, device_state(desk->device) == 0);
  tear(desk);
  print(desk);
  UNTIL(&desk->stage, desk->done == 1);
  CU_ASSERT(shows(desk, 1));
  desk_free(desk);
}

/* It takes half a job, a part of a packet at last, and then answers NAK. */
static void
what_an_off_line_printer_did_not_take_goes_out_once_it_can(void)
{
  Desk *desk = desk_new(0);
  Vdev *vdev = vdev_printer_vdev(desk->printer);
  print(desk);
  UNTIL(&desk->stage, desk->done == 1);
  tear(desk);
  vdev_set_room(vdev, WAYS[0].out, 7);
  print(desk);
  if (stage_kind->has_time)
    UNTIL(&desk->stage, vdev_pending(vdev) > 1);
  vdev_set_room(vdev, WAYS[0].out, -1);
  UNTIL(&desk->stage, desk->done + desk->failed == 2);
  CU_ASSERT(desk->failed || shows(desk, 1));
  CU_ASSERT(!stage_kind->has_time || desk->done == 2);
  desk_free(desk);
}

/* EPROTO may be an unplug under way; here it is none, and nothing was taken yet. */
static void
a_shaken_cable_loses_and_doubles_nothing(void)
{
  Desk *desk = desk_new(0);
  Vdev *vdev = vdev_printer_vdev(desk->printer);
  print(desk);
  UNTIL(&desk->stage, desk->done == 1);
  tear(desk);
  vdev_set_nak(vdev, WAYS[0].out, true);
  print(desk);
  if (stage_kind->has_time)
    UNTIL(&desk->stage, vdev_pending(vdev) > 1);
  vdev_fail_pending(vdev, -EPROTO);
  vdev_set_nak(vdev, WAYS[0].out, false);
  UNTIL(&desk->stage, desk->done + desk->failed == 2);
  CU_ASSERT(desk->failed || shows(desk, 1));
  CU_ASSERT(!stage_kind->has_time || desk->done == 2);
  desk_free(desk);
}

/* Whatever it sends, a job ends and the till goes on. */
static void
one_that_babbles_is_believed(void)
{
  Desk *desk = desk_new(0);
  Vdev *vdev = vdev_printer_vdev(desk->printer);
  guint8 junk[640];
  for (gsize i = 0; i < sizeof junk; i++)
    junk[i] = (guint8)(i * 37);
  printer_model_set_silent(vdev_printer_begin(desk->printer), true);
  vdev_printer_end(desk->printer);
  for (int i = 0; i < 20; i++)
    vdev_push(vdev, 0x84, junk, sizeof junk);
  print(desk);
  UNTIL(&desk->stage, desk->done + desk->failed == 1);
  desk_free(desk);
}

static void
pulled_amid_a_job_and_put_back_it_prints_the_next_whole(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(WAYS); i++) {
    Desk *desk = desk_new(i);
    Vdev *vdev = vdev_printer_vdev(desk->printer);
    for (int round = 1; round <= 2; round++) {
      int before = desk->failed;
      vdev_set_room(vdev, WAYS[i].out, 9);
      print(desk);
      UNTIL(&desk->stage, vdev_pending(vdev) > 0 || desk->failed > before);
      vbus_unplug(desk->stage.plugs[0]);
      UNTIL(&desk->stage, desk->failed == before + 1 && desk->gone == round);
      printer_model_switch_off(vdev_printer_begin(desk->printer));
      vdev_printer_end(desk->printer);
      tear(desk);
      vdev_set_room(vdev, WAYS[i].out, -1);
      stage_replug(&desk->stage, 0, "1-2");
      UNTIL(&desk->stage, desk->well == round + 1);
      print(desk);
      UNTIL(&desk->stage, desk->done == round);
      CU_ASSERT(shows(desk, 1));
      tear(desk);
    }
    desk_free(desk);
  }
}

static CU_TestInfo PRINTERS[] = {
    TEST(every_shape_prints_each_job_once),
    TEST(what_happens_to_it_is_told_by_itself),
    TEST(paper_that_ends_fails_the_job_and_a_new_roll_takes_the_next),
    TEST(what_an_off_line_printer_did_not_take_goes_out_once_it_can),
    TEST(a_shaken_cable_loses_and_doubles_nothing),
    TEST(one_that_babbles_is_believed),
    TEST(pulled_amid_a_job_and_put_back_it_prints_the_next_whole),
    CU_TEST_INFO_NULL};
static CU_SuiteInfo SUITES[] = {{"printers", NULL, NULL, NULL, NULL, PRINTERS},
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
