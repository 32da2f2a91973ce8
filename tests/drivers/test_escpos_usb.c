#include "drivers/escpos_usb.h"

#include <string.h>

#include "tests/test.h"
#include "tests/usb/usb_fake.h"
#include "tests/usb/vdev_printer.h"

/* One printer at a fake bus, its driver called as a device's thread would. */
typedef struct {
  UsbFake *bus;
  VdevPrinter *printer;
  gpointer self; /* the driver's; NULL: not open */
} Stand;

static const VdevPrinterKind EPSON = {.vendor = 0x04b8,
                                      .product = 0x0e15,
                                      .shape = PRINTER_TWO_WAY,
                                      .id = "MFG:EPSON;CMD:ESC/POS;MDL:TM-T20II;",
                                      .now_us = usb_now_us};

static Stand
plug(VdevPrinterKind kind)
{
  Stand stand = {usb_fake_new(), vdev_printer_new(&kind), NULL};
  usb_fake_plug(stand.bus, vdev_printer_vdev(stand.printer), "1-2");
  return stand;
}

static void
clear(Stand *stand)
{
  if (stand->self)
    ESCPOS_USB.close(stand->self);
  CU_ASSERT_EQUAL(usb_fake_open_count(stand->bus), 0);
  usb_fake_free(stand->bus);
  vdev_printer_free(stand->printer);
}

/* @options: of the address, "" or "?…". */
static bool
open_printer(Stand *stand, const char *options)
{
  g_autoptr(GError) error = NULL;
  const VdevInfo *info = vdev_info(vdev_printer_vdev(stand->printer));
  g_autofree char *address =
      g_strdup_printf("escpos:usb:%04x:%04x@1-2%s", info->vendor, info->product, options);
  stand->self = ESCPOS_USB.open(address, &error);
  CU_ASSERT_PTR_NOT_NULL(stand->self);
  if (error)
    g_printerr("%s\n", error->message);
  return stand->self != NULL;
}

static Stand
ready(VdevPrinterKind kind)
{
  Stand stand = plug(kind);
  open_printer(&stand, "");
  return stand;
}

/* @return the error's code; -1: done. */
static int
print(Stand *stand, const char *text, DeviceState *state)
{
  g_autoptr(GBytes) job = g_bytes_new(text, strlen(text));
  g_autoptr(GError) error = NULL;
  DeviceState ignored = 0;
  bool done = ESCPOS_USB.command(stand->self, job, state ? state : &ignored, &error);
  CU_ASSERT_EQUAL(done, error == NULL);
  return error ? error->code : -1;
}

static DeviceState
look(Stand *stand)
{
  DeviceState state = 0;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) heard = ESCPOS_USB.listen(stand->self, &state, &error);
  CU_ASSERT_PTR_NULL(error);
  return state;
}

static bool
shows(Stand *stand, const char *wanted)
{
  g_autofree char *text = printer_model_text(vdev_printer_begin(stand->printer));
  vdev_printer_end(stand->printer);
  if (strcmp(text, wanted) != 0)
    g_printerr("paper shows \"%s\"\n", text);
  return strcmp(text, wanted) == 0;
}

/* What comes as DEVICE_HEARD within ten looks a second apart. (transfer full) */
static char *
hear_name(Stand *stand)
{
  for (int i = 0; i < 10; i++) {
    DeviceState state = 0;
    g_autoptr(GBytes) heard = ESCPOS_USB.listen(stand->self, &state, NULL);
    if (heard)
      return g_strndup(g_bytes_get_data(heard, NULL), g_bytes_get_size(heard));
    usb_fake_advance(stand->bus, 1000);
  }
  return g_strdup("(nothing)");
}

static void
every_shape_of_printer_prints(void)
{
  static const struct {
    guint16 vendor, product;
    PrinterShape shape;
    PrinterIdManner manner;
  } CASES[] = {
      {0x04b8, 0x0e15, PRINTER_TWO_WAY, PRINTER_ID_BIG},
      {0x0416, 0x5011, PRINTER_TWO_WAY, PRINTER_ID_LITTLE},
      {0x0483, 0x5743, PRINTER_ALTERNATES, PRINTER_ID_NONE},
      {0x0456, 0x0808, PRINTER_ONE_WAY, PRINTER_ID_NONE},
      {0x04b8, 0x0202, PRINTER_VENDOR, PRINTER_ID_NONE},
      {0x0519, 0x0003, PRINTER_TWO_WAY, PRINTER_ID_BIG},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    VdevPrinterKind kind = EPSON;
    kind.vendor = CASES[i].vendor;
    kind.product = CASES[i].product;
    kind.shape = CASES[i].shape;
    kind.id_manner = CASES[i].manner;
    Stand stand = ready(kind);
    look(&stand);
    CU_ASSERT_EQUAL(print(&stand, "hello\n", NULL), -1);
    CU_ASSERT(shows(&stand, "hello\n"));
    clear(&stand);
  }
}

static void
the_two_way_setting_is_chosen_and_no_1284_4(void)
{
  VdevPrinterKind kind = EPSON;
  kind.shape = PRINTER_ALTERNATES;
  Stand stand = ready(kind);
  CU_ASSERT_EQUAL(vdev_alternate(vdev_printer_vdev(stand.printer), 0), 1);
  look(&stand);
  printer_model_load_paper(vdev_printer_begin(stand.printer), false);
  vdev_printer_end(stand.printer);
  CU_ASSERT_EQUAL(look(&stand), DEVICE_PAPER_OUT);
  clear(&stand);
}

static void
the_kernels_driver_gets_its_printer_back(void)
{
  Stand stand = ready(EPSON);
  Vdev *vdev = vdev_printer_vdev(stand.printer);
  CU_ASSERT_STRING_EQUAL(usb_fake_driver(stand.bus, vdev, 0), "usbfs");
  ESCPOS_USB.close(stand.self);
  stand.self = NULL;
  CU_ASSERT_STRING_EQUAL(usb_fake_driver(stand.bus, vdev, 0), "usblp");
  clear(&stand);
}

static void
it_says_what_it_is_by_its_own_word_or_by_its_device_id(void)
{
  static const struct {
    const char *maker, *model, *id;
    PrinterIdManner manner;
    const char *heard;
  } CASES[] = {
      {"EPSON", "TM-T88V", "MFG:EPSON;MDL:UB-U05;", PRINTER_ID_BIG, "EPSON\tTM-T88V"},
      {NULL, NULL, "MFG:Xprinter;MDL:XP-80C;", PRINTER_ID_LITTLE, "Xprinter\tXP-80C"},
      {NULL, "POS-80", "MFG:Zjiang;", PRINTER_ID_BIG, "Zjiang\tPOS-80"},
      {NULL, NULL, "", PRINTER_ID_NONE, "(nothing)"},
      {NULL, NULL, ";;:::;MFG;MDL:", PRINTER_ID_BIG, "(nothing)"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    VdevPrinterKind kind = EPSON;
    kind.id = CASES[i].id;
    kind.id_manner = CASES[i].manner;
    Stand stand = plug(kind);
    printer_model_set_name(
        vdev_printer_begin(stand.printer), CASES[i].maker, CASES[i].model);
    vdev_printer_end(stand.printer);
    open_printer(&stand, "");
    g_autofree char *heard = hear_name(&stand);
    CU_ASSERT_STRING_EQUAL(heard, CASES[i].heard);
    CU_ASSERT(shows(&stand, ""));
    clear(&stand);
  }
}

static void
what_happens_to_it_is_heard_without_a_question(void)
{
  static const struct {
    void (*hand)(PrinterModel *model, bool on);
    bool on;
    DeviceState state;
  } CASES[] = {
      {printer_model_open_cover, true, DEVICE_COVER_OPEN},
      {printer_model_open_cover, false, 0},
      {printer_model_load_paper, false, DEVICE_PAPER_OUT},
      {printer_model_load_paper, true, 0},
      {printer_model_set_hot, true, DEVICE_HOT},
      {printer_model_set_hot, false, 0},
      {printer_model_set_broken, true, DEVICE_BROKEN},
      {printer_model_set_broken, false, 0},
  };
  Stand stand = ready(EPSON);
  look(&stand);
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    CASES[i].hand(vdev_printer_begin(stand.printer), CASES[i].on);
    vdev_printer_end(stand.printer);
    int64_t began_us = usb_now_us();
    CU_ASSERT_EQUAL(look(&stand), CASES[i].state);
    CU_ASSERT_EQUAL(usb_now_us(), began_us);
  }
  clear(&stand);
}

static void
paper_that_ends_is_told_and_the_rest_never_comes(void)
{
  Stand stand = ready(EPSON);
  DeviceState state = 0;
  look(&stand);
  printer_model_set_paper_left(vdev_printer_begin(stand.printer), 8);
  vdev_printer_end(stand.printer);
  CU_ASSERT_EQUAL(print(&stand, "1\n2\n3\n4\n5\n", &state), DEVICE_ERROR_PAPER_OUT);
  CU_ASSERT_EQUAL(state, DEVICE_PAPER_OUT);
  printer_model_load_paper(vdev_printer_begin(stand.printer), true);
  vdev_printer_end(stand.printer);
  CU_ASSERT_EQUAL(look(&stand), 0);
  CU_ASSERT(shows(&stand, "1\n2\n3\n"));
  CU_ASSERT_EQUAL(print(&stand, "copy\n", NULL), -1);
  CU_ASSERT(shows(&stand, "1\n2\n3\ncopy\n"));
  clear(&stand);
}

/* Its buffer is full and it answers NAK: what was taken of a packet is not sent again. */
static void
an_off_line_printer_takes_a_part_and_nothing_twice(void)
{
  Stand stand = ready(EPSON);
  Vdev *vdev = vdev_printer_vdev(stand.printer);
  look(&stand);
  vdev_set_room(vdev, 0x03, 5);
  CU_ASSERT_EQUAL(print(&stand, "0123456789\n", NULL), DEVICE_ERROR_NO_ANSWER);
  vdev_set_room(vdev, 0x03, -1);
  look(&stand);
  CU_ASSERT_EQUAL(print(&stand, "\x1b@whole\n", NULL), -1);
  CU_ASSERT(shows(&stand, "whole\n"));
  clear(&stand);
}

static void
a_silent_clone_is_believed_and_its_port_tells_of_paper(void)
{
  VdevPrinterKind kind = EPSON;
  Stand stand = plug(kind);
  printer_model_set_silent(vdev_printer_begin(stand.printer), true);
  vdev_printer_end(stand.printer);
  open_printer(&stand, "");
  look(&stand);
  look(&stand);
  CU_ASSERT_EQUAL(print(&stand, "a\n", NULL), -1);
  printer_model_load_paper(vdev_printer_begin(stand.printer), false);
  vdev_printer_end(stand.printer);
  CU_ASSERT_EQUAL(look(&stand), DEVICE_PAPER_OUT);
  CU_ASSERT_EQUAL(print(&stand, "b\n", NULL), DEVICE_ERROR_PAPER_OUT);
  printer_model_load_paper(vdev_printer_begin(stand.printer), true);
  vdev_printer_end(stand.printer);
  CU_ASSERT_EQUAL(look(&stand), 0);
  CU_ASSERT_EQUAL(print(&stand, "c\n", NULL), -1);
  CU_ASSERT(shows(&stand, "a\nc\n"));
  clear(&stand);
}

static void
a_port_that_always_says_no_paper_stands_in_nobodys_way(void)
{
  VdevPrinterKind kind = EPSON;
  kind.constant_port = 0x38;
  Stand stand = plug(kind);
  printer_model_set_silent(vdev_printer_begin(stand.printer), true);
  vdev_printer_end(stand.printer);
  open_printer(&stand, "");
  look(&stand);
  look(&stand);
  CU_ASSERT_EQUAL(look(&stand), 0);
  CU_ASSERT_EQUAL(print(&stand, "a\n", NULL), -1);
  clear(&stand);
}

static void
one_that_cannot_answer_is_never_waited_for(void)
{
  static const char *const OPTIONS[] = {"?quirks=silent", "?quirks=unidir"};

  for (gsize i = 0; i < G_N_ELEMENTS(OPTIONS); i++) {
    Stand stand = plug(EPSON);
    open_printer(&stand, OPTIONS[i]);
    int64_t began_us = usb_now_us();
    look(&stand);
    CU_ASSERT_EQUAL(usb_now_us(), began_us);
    CU_ASSERT_EQUAL(print(&stand, "a\n", NULL), -1);
    CU_ASSERT(usb_now_us() - began_us <= 600 * 1000);
    CU_ASSERT(shows(&stand, "a\n"));
    clear(&stand);
  }
}

static void
a_drawer_whose_switch_speaks_the_other_way(void)
{
  Stand stand = plug(EPSON);
  open_printer(&stand, "?drawer=low");
  CU_ASSERT_EQUAL(look(&stand), DEVICE_DRAWER_OPEN);
  CU_ASSERT_EQUAL(print(&stand, "\x1bp0\x19\xfa", NULL), -1);
  CU_ASSERT_EQUAL(look(&stand), 0);
  clear(&stand);
}

static void
pulled_out_it_is_gone_and_put_back_it_prints(void)
{
  Stand stand = ready(EPSON);
  Vdev *vdev = vdev_printer_vdev(stand.printer);
  g_autoptr(GError) error = NULL;
  DeviceState state = 0;

  look(&stand);
  usb_fake_unplug(stand.bus, vdev);
  CU_ASSERT_EQUAL(print(&stand, "hello\n", NULL), DEVICE_ERROR_GONE);
  CU_ASSERT_PTR_NULL(ESCPOS_USB.listen(stand.self, &state, &error));
  CU_ASSERT(g_error_matches(error, DEVICE_ERROR, DEVICE_ERROR_GONE));
  ESCPOS_USB.close(stand.self);
  stand.self = NULL;
  printer_model_switch_off(vdev_printer_begin(stand.printer));
  vdev_printer_end(stand.printer);
  usb_fake_plug(stand.bus, vdev, "1-2");
  open_printer(&stand, "");
  CU_ASSERT_EQUAL(print(&stand, "again\n", NULL), -1);
  CU_ASSERT(shows(&stand, "again\n"));
  clear(&stand);
}

static void
a_halted_endpoint_goes_on(void)
{
  Stand stand = ready(EPSON);
  Vdev *vdev = vdev_printer_vdev(stand.printer);

  look(&stand);
  vdev_set_halt(vdev, 0x03, true);
  vdev_set_halt(vdev, 0x84, true);
  CU_ASSERT_EQUAL(print(&stand, "hello\n", NULL), -1);
  CU_ASSERT(shows(&stand, "hello\n"));
  clear(&stand);
}

static void
a_soft_reset_reaches_the_recipient_that_knows_it(void)
{
  Stand stand = plug(EPSON);
  open_printer(&stand, "?quirks=soft-reset,nonsense&unknown=1");
  CU_ASSERT_EQUAL(vdev_printer_soft_resets(stand.printer), 1);
  clear(&stand);
  stand = ready(EPSON);
  CU_ASSERT_EQUAL(vdev_printer_soft_resets(stand.printer), 0);
  clear(&stand);
}

static void
what_is_no_printer_is_refused_with_a_reason(void)
{
  static const struct {
    const char *address;
    DeviceError code;
  } CASES[] = {
      {"escpos:usb:1234:5678@1-2", DEVICE_ERROR_GONE},
      {"escpos:/dev/usb/lp0", DEVICE_ERROR_ADDRESS},
      {"escpos:", DEVICE_ERROR_ADDRESS},
  };
  Stand stand = plug(EPSON);
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autoptr(GError) error = NULL;
    CU_ASSERT_PTR_NULL(ESCPOS_USB.open(CASES[i].address, &error));
    CU_ASSERT(g_error_matches(error, DEVICE_ERROR, (int)CASES[i].code));
  }
  clear(&stand);
}

TESTS("escpos_usb",
      TEST(every_shape_of_printer_prints),
      TEST(the_two_way_setting_is_chosen_and_no_1284_4),
      TEST(the_kernels_driver_gets_its_printer_back),
      TEST(it_says_what_it_is_by_its_own_word_or_by_its_device_id),
      TEST(what_happens_to_it_is_heard_without_a_question),
      TEST(paper_that_ends_is_told_and_the_rest_never_comes),
      TEST(an_off_line_printer_takes_a_part_and_nothing_twice),
      TEST(a_silent_clone_is_believed_and_its_port_tells_of_paper),
      TEST(a_port_that_always_says_no_paper_stands_in_nobodys_way),
      TEST(one_that_cannot_answer_is_never_waited_for),
      TEST(a_drawer_whose_switch_speaks_the_other_way),
      TEST(pulled_out_it_is_gone_and_put_back_it_prints),
      TEST(a_halted_endpoint_goes_on),
      TEST(a_soft_reset_reaches_the_recipient_that_knows_it),
      TEST(what_is_no_printer_is_refused_with_a_reason))
