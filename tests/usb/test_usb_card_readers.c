/* usb_card_readers [fake|umockdev|vhci]: the drivers of ID-card and chip-card readers
 * over the real libusb, on their threads. */
#include <string.h>

#include "drivers/ic_reader.h"
#include "drivers/id_card.h"
#include "tests/usb/stage.h"
#include "tests/usb/vdev_ccid.h"
#include "tests/usb/vdev_id_reader.h"

typedef struct {
  Stage stage;
  Device *device;
  int well, gone, heard, people;
  char *number; /* owned (nullable): whose, of the last */
  IcCard chip;
} Desk;

static void
note_card(Desk *desk, GBytes *heard)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data(heard, &length);
  g_autoptr(IdCard) card = id_card_read(bytes, length, NULL);
  bool is_insured =
      ic_card_take(heard, &desk->chip) && desk->chip.kind == IC_CARD_INSURED;
  const char *number = card ? card->number : is_insured ? desk->chip.person.number : NULL;

  desk->heard++;
  desk->people += number != NULL;
  g_free(desk->number);
  desk->number = g_strdup(number);
}

static void
on_event(Device *device, const DeviceEvent *event, gpointer data)
{
  Desk *desk = data;
  bool is_gone = event->state & DEVICE_GONE;
  desk->gone += event->kind == DEVICE_STATE && is_gone;
  desk->well += event->kind == DEVICE_STATE && !is_gone;
  if (event->kind == DEVICE_HEARD)
    note_card(desk, event->data);
}

static void
open_desk(Desk *desk, Vdev *vdev, const char *scheme)
{
  const VdevInfo *is = vdev_info(vdev);

  *desk = (Desk){.stage = stage_open()};
  stage_plug(&desk->stage, vdev, "1-3");
  g_autofree char *address = g_strdup_printf(
      "%s:usb:%04x:%04x@%s", scheme, is->vendor, is->product, desk->stage.plugs[0]->port);
  desk->device = device_open(address, on_event, desk);
  UNTIL(&desk->stage, desk->well == 1);
}

static void
close_desk(Desk *desk)
{
  device_close(desk->device);
  desk->stage.vdevs[0] = NULL; /* the reader's own */
  stage_close(&desk->stage);
  g_free(desk->number);
}

static bool
is_of(const Desk *desk, const char *number)
{
  return g_strcmp0(desk->number, number) == 0;
}

static void
every_id_reader_reads_each_card_once(void)
{
  for (int kind = 0; kind < N_VDEV_ID_KINDS; kind++) {
    Desk desk;
    VdevIdReader *reader = vdev_id_reader_new((VdevIdKind)kind);
    open_desk(&desk, vdev_id_reader_vdev(reader), "id-reader");
    vdev_id_reader_fail(reader, ID_FAULT_SELECT, 1);
    vdev_id_reader_lay(reader, 0);
    UNTIL(&desk.stage, desk.heard == 1);
    CU_ASSERT(is_of(&desk, "110000198503070011"));
    vdev_id_reader_lay(reader, 5);
    UNTIL(&desk.stage, desk.heard == 2);
    CU_ASSERT(is_of(&desk, "810000198806240060"));
    CU_ASSERT_EQUAL(desk.gone, 0);
    close_desk(&desk);
    vdev_id_reader_free(reader);
  }
}

static void
an_id_reader_pulled_amid_a_card_reads_it_when_it_is_back(void)
{
  for (int transfers = 1; transfers <= 7; transfers += 2) {
    Desk desk;
    VdevIdReader *reader = vdev_id_reader_new(VDEV_ID_FOUR);
    open_desk(&desk, vdev_id_reader_vdev(reader), "id-reader");
    vdev_id_reader_pull_after(reader, transfers);
    vdev_id_reader_lay(reader, 0);
    UNTIL(&desk.stage, desk.gone == 1);
    stage_unplug(&desk.stage, 0);
    vdev_id_reader_pull_after(reader, -1);
    vdev_id_reader_lay(reader, 1);
    stage_replug(&desk.stage, 0, "1-3");
    UNTIL(&desk.stage, desk.well == 2 && desk.people == 1);
    CU_ASSERT(is_of(&desk, "310000194809160027"));
    close_desk(&desk);
    vdev_id_reader_free(reader);
  }
}

static void
chip_cards_come_by_notice_and_by_looking(void)
{
  static const VdevCcidKind KINDS[] = {VDEV_CCID_APDU, VDEV_CCID_QUIET, VDEV_CCID_VENDOR};
  for (gsize i = 0; i < G_N_ELEMENTS(KINDS); i++) {
    Desk desk;
    VdevCcid *reader = vdev_ccid_new(KINDS[i]);
    open_desk(&desk, vdev_ccid_vdev(reader), "ccid");
    vdev_ccid_fail(reader, IC_FAULT_WAIT, 2);
    vdev_ccid_put(reader, IC_SAMPLE_INSURED);
    UNTIL(&desk.stage, desk.heard == 1);
    CU_ASSERT(is_of(&desk, "110000198503070011"));
    vdev_ccid_put(reader, IC_SAMPLE_BANK);
    UNTIL(&desk.stage, desk.heard == 2);
    CU_ASSERT_EQUAL(desk.chip.kind, IC_CARD_OTHER);
    close_desk(&desk);
    vdev_ccid_free(reader);
  }
}

static void
a_card_reader_pulled_and_put_back_reads_the_card_in_it(void)
{
  Desk desk;
  VdevCcid *reader = vdev_ccid_new(VDEV_CCID_APDU);

  open_desk(&desk, vdev_ccid_vdev(reader), "ccid");
  vdev_ccid_pull_after(reader, 9);
  vdev_ccid_put(reader, IC_SAMPLE_INSURED);
  UNTIL(&desk.stage, desk.gone == 1);
  stage_unplug(&desk.stage, 0);
  vdev_ccid_pull_after(reader, -1);
  stage_replug(&desk.stage, 0, "1-3");
  UNTIL(&desk.stage, desk.well == 2 && desk.people == 1);
  CU_ASSERT(is_of(&desk, "110000198503070011"));
  close_desk(&desk);
  vdev_ccid_free(reader);
}

static CU_TestInfo READERS[] = {
    TEST(every_id_reader_reads_each_card_once),
    TEST(an_id_reader_pulled_amid_a_card_reads_it_when_it_is_back),
    TEST(chip_cards_come_by_notice_and_by_looking),
    TEST(a_card_reader_pulled_and_put_back_reads_the_card_in_it),
    CU_TEST_INFO_NULL};
static CU_SuiteInfo SUITES[] = {{"card_readers", NULL, NULL, NULL, NULL, READERS},
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
