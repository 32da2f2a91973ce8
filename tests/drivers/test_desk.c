#include "drivers/sim/desk.h"

#include <glib/gstdio.h>
#include <string.h>

#include "drivers/device.h"
#include "drivers/escpos.h"
#include "drivers/ic_reader.h"
#include "drivers/id_card.h"
#include "tests/test.h"

/* The last news of a device. */
typedef struct {
  DeviceState state;
  int told;    /* states */
  gint64 done; /* tag of the last command that came out; 0: none */
  gint64 failed;
  int code; /* why it failed */
  int n_heard;
  IdCard *card; /* owned (nullable) */
  IcCard chip;
} News;

static void
note(Device *device, const DeviceEvent *event, gpointer data)
{
  News *news = data;

  news->state = event->state;
  if (event->kind == DEVICE_STATE)
    news->told++;
  if (event->kind == DEVICE_DONE)
    news->done = event->tag;
  if (event->kind == DEVICE_FAILED) {
    news->failed = event->tag;
    news->code = event->failure->code;
  }
  if (event->kind != DEVICE_HEARD)
    return;
  gsize length;
  const guint8 *block = g_bytes_get_data(event->data, &length);
  id_card_free(news->card);
  news->card = id_card_read(block, length, NULL);
  ic_card_take(event->data, &news->chip);
  news->n_heard++;
}

#define AWAIT(condition)                                                                 \
  do {                                                                                   \
    gint64 end = g_get_monotonic_time() + 30 * G_USEC_PER_SEC;                           \
    while (!(condition) && g_get_monotonic_time() < end)                                 \
      g_main_context_iteration(NULL, FALSE);                                             \
    CU_ASSERT(condition);                                                                \
  } while (0)

static void
send_text(Device *device, const char *text, gint64 tag)
{
  g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
  device_send(device, bytes, tag);
}

static Device *
open_ready(const char *address, News *news)
{
  desk_reset();
  Device *device = device_open(address, note, news);
  AWAIT(news->told == 1 && news->state == 0);
  return device;
}

static bool
paper_shows(const char *wanted)
{
  g_autofree char *text = desk_paper_text();
  if (strcmp(text, wanted) != 0)
    g_printerr("paper shows \"%s\"\n", text);
  return strcmp(text, wanted) == 0;
}

static void
a_receipt_comes_out_on_the_desk(void)
{
  News news = {0};
  Device *device = open_ready("sim-printer:", &news);
  g_autoptr(Document) document = document_new("t");
  document_text(document, DOC_NORMAL, ALIGN_LEFT, "阿莫西林胶囊");
  document->open_drawer = true;
  g_autoptr(GBytes) job = escpos_encode(document, escpos_profile("generic-80"));
  int serial = desk_serial();

  CU_ASSERT(!desk_drawer_is_open());
  device_send(device, job, 11);
  AWAIT(news.done == 11);
  CU_ASSERT_EQUAL(news.state, DEVICE_DRAWER_OPEN);
  CU_ASSERT(desk_drawer_is_open());
  CU_ASSERT(desk_serial() > serial);
  g_autofree char *text = desk_paper_text();
  CU_ASSERT(g_str_has_prefix(text, "阿莫西林胶囊\n"));
  g_autoptr(GBytes) bytes = desk_printed_bytes();
  CU_ASSERT(g_bytes_equal(bytes, job));
  desk_push_drawer();
  AWAIT(news.state == 0);
  desk_tear();
  CU_ASSERT(paper_shows(""));
  device_close(device);
}

static void
switches_are_seen_while_nothing_is_printed(void)
{
  News news = {0};
  Device *device = open_ready("sim-printer:", &news);

  desk_set_cover(true);
  CU_ASSERT(desk_cover_is_open());
  AWAIT(news.state == DEVICE_COVER_OPEN);
  desk_set_cover(false);
  desk_set_paper(false);
  CU_ASSERT(!desk_has_paper());
  AWAIT(news.state == DEVICE_PAPER_OUT);
  desk_set_paper(true);
  AWAIT(news.state == 0);
  desk_set_paper_left_mm(100);
  AWAIT(news.state == DEVICE_PAPER_LOW);
  desk_set_paper_left_mm(-1);
  AWAIT(news.state == 0);
  desk_plug(DESK_PRINTER, false);
  CU_ASSERT(!desk_is_plugged(DESK_PRINTER));
  AWAIT(news.state == DEVICE_GONE);
  CU_ASSERT(g_error_matches(device_failure(device), DEVICE_ERROR, DEVICE_ERROR_GONE));
  desk_plug(DESK_PRINTER, true);
  AWAIT(news.state == 0);
  device_close(device);
}

static void
paper_out_in_the_middle_leaves_the_torn_half_and_nothing_else(void)
{
  News news = {0};
  Device *device = open_ready("sim-printer:", &news);

  desk_set_paper_left_mm(8);
  send_text(device, "1\n2\n3\n4\n5\n", 5);
  AWAIT(news.failed == 5);
  CU_ASSERT_EQUAL(news.code, DEVICE_ERROR_PAPER_OUT);
  CU_ASSERT_EQUAL(news.state, DEVICE_PAPER_OUT);
  desk_set_paper(true);
  AWAIT(news.state == 0);
  CU_ASSERT(paper_shows("1\n2\n3\n"));
  send_text(device, "copy\n", 6);
  AWAIT(news.done == 6);
  CU_ASSERT(paper_shows("1\n2\n3\ncopy\n"));
  device_close(device);
}

static void
a_plug_pulled_in_the_middle_loses_the_rest(void)
{
  News news = {0};
  Device *device = open_ready("sim-printer:", &news);
  g_autofree char *lines = g_strnfill(3000, '\n');
  int serial = desk_serial();

  desk_set_pace(150);
  send_text(device, lines, 5);
  AWAIT(desk_serial() > serial + 3);
  desk_plug(DESK_PRINTER, false);
  AWAIT(news.failed == 5);
  CU_ASSERT_EQUAL(news.code, DEVICE_ERROR_GONE);
  desk_plug(DESK_PRINTER, true);
  desk_set_pace(0);
  AWAIT(news.state == 0);
  g_autofree char *before = desk_paper_text();
  send_text(device, "x\n", 6);
  AWAIT(news.done == 6);
  g_autofree char *wanted = g_strconcat(before, "x\n", NULL);
  CU_ASSERT(paper_shows(wanted));
  CU_ASSERT(strlen(before) < 2500);
  device_close(device);
}

static void
a_jam_and_a_silent_clone(void)
{
  News news = {0};
  Device *device = open_ready("sim-printer:", &news);

  desk_set_cutter_jam(true);
  send_text(device, "a\n\x1bi", 1);
  AWAIT(news.failed == 1);
  CU_ASSERT_EQUAL(news.code, DEVICE_ERROR_CUTTER);
  desk_set_cutter_jam(false);
  AWAIT(news.state == 0);
  desk_set_silent(true);
  send_text(device, "b\n", 2);
  AWAIT(news.done == 2);
  CU_ASSERT(paper_shows("a\nb\n"));
  device_close(device);
}

static void
closing_does_not_wait_for_a_long_receipt(void)
{
  News news = {0};
  Device *device = open_ready("sim-printer:", &news);
  g_autofree char *lines = g_strnfill(3000, '\n');
  int serial = desk_serial();

  desk_set_pace(20);
  send_text(device, lines, 1);
  AWAIT(desk_serial() > serial);
  device_close(device);
  CU_ASSERT_EQUAL(news.done, 0);
  CU_ASSERT_EQUAL(news.failed, 0);
  g_autofree char *text = desk_paper_text();
  CU_ASSERT(strlen(text) < 1000);
}

static void
the_paper_is_kept_as_a_picture(void)
{
  g_autofree char *folder = g_dir_make_tmp(NULL, NULL);
  g_autofree char *path = g_build_filename(folder, "paper.png", NULL);

  desk_reset();
  CU_ASSERT(desk_save_paper_png(path, NULL));
  CU_ASSERT(g_file_test(path, G_FILE_TEST_IS_REGULAR));
  g_remove(path);
  g_rmdir(folder);
}

static void
every_sample_card_is_read_once_while_it_lies_there(void)
{
  News news = {0};
  Device *device = open_ready("sim-id-reader:", &news);

  CU_ASSERT(desk_n_cards() >= 6);
  for (int i = 0; i < desk_n_cards(); i++) {
    desk_lay_card(i);
    AWAIT(news.n_heard == i + 1);
    CU_ASSERT_PTR_NOT_NULL_FATAL(news.card);
    CU_ASSERT(*desk_card_name(i) != '\0');
    CU_ASSERT(day_is_valid(news.card->birth));
  }
  desk_lay_card(-1);
  desk_plug(DESK_ID_READER, false);
  AWAIT(news.state == DEVICE_GONE);
  CU_ASSERT_EQUAL(news.n_heard, desk_n_cards());
  device_close(device);
  id_card_free(news.card);
}

static void
every_sample_chip_is_read_or_told(void)
{
  static const IcCardKind KINDS[] = {
      IC_CARD_INSURED, IC_CARD_INSURED, IC_CARD_INSURED, IC_CARD_OTHER, IC_CARD_MUTE};
  News news = {0};
  Device *device = open_ready("sim-ccid:", &news);

  CU_ASSERT_EQUAL_FATAL(desk_n_chips(), G_N_ELEMENTS(KINDS));
  for (int i = 0; i < desk_n_chips(); i++) {
    desk_put_chip(i);
    AWAIT(news.n_heard == i + 1);
    CU_ASSERT_EQUAL(news.chip.kind, KINDS[i]);
    CU_ASSERT_EQUAL(*news.chip.person.name != 0, KINDS[i] == IC_CARD_INSURED);
    CU_ASSERT(*desk_chip_name(i) != '\0');
  }
  desk_plug(DESK_IC_READER, false);
  AWAIT(news.state == DEVICE_GONE);
  device_close(device);
}

static void
a_card_that_fails_is_told_and_read_when_it_is_laid_again(void)
{
  News news = {0};
  Device *device = open_ready("sim-id-reader:", &news);

  desk_fail_card(DESK_CARD_SELECT, 1);
  desk_lay_card(0);
  AWAIT(news.n_heard == 1 && news.card);
  CU_ASSERT_EQUAL(desk_cards_read(), 1);
  desk_fail_card(DESK_CARD_READ, 1000);
  desk_lay_card(1);
  AWAIT(news.n_heard == 2);
  CU_ASSERT_PTR_NULL(news.card);
  desk_fail_card(DESK_CARD_READ, 0);
  desk_lay_card(-1);
  desk_lay_card(1);
  AWAIT(news.n_heard == 3);
  CU_ASSERT_PTR_NOT_NULL(news.card);
  device_close(device);
  id_card_free(news.card);
}

static void
the_scanner_sounds_when_it_is_told_to(void)
{
  static const char LONG[] = "]Q1https://example.test/a/code/that/needs/more/than/one/"
                             "report/of/fifty-six/bytes/each";
  News news = {0};
  Device *device = open_ready("sim-scanner:", &news);
  g_autoptr(GBytes) refused = beep_order(BEEP_REFUSED);
  g_autoptr(GBytes) unknown = beep_order(BEEP_NOT_ON_FILE);

  desk_scan(LONG, sizeof LONG - 1);
  AWAIT(news.n_heard == 1);
  device_send(device, refused, 1);
  device_send(device, unknown, 2);
  device_send(device, unknown, 3);
  AWAIT(news.done == 3);
  CU_ASSERT_EQUAL(desk_beeps(BEEP_REFUSED), 1);
  CU_ASSERT_EQUAL(desk_beeps(BEEP_NOT_ON_FILE), 2);
  device_close(device);
  desk_reset();
  CU_ASSERT_EQUAL(desk_beeps(BEEP_REFUSED), 0);
}

/* Turns every switch while a printer prints; the house runs this under ThreadSanitizer.
 */
static gpointer
play(gpointer data)
{
  for (int i = 0; i < 300; i++) {
    desk_set_cover(i % 7 == 3);
    desk_set_paper(i % 5 != 2);
    desk_plug(DESK_PRINTER, i % 50 != 49);
    desk_plug(DESK_SCANNER, i % 30 != 29);
    desk_scan("6901234567892", 13);
    desk_set_paper_left_mm(i % 11 ? -1 : 50);
    g_free(desk_paper_text());
    desk_push_drawer();
    desk_lay_card(i % 9 - 1);
    desk_put_chip(i % 6 - 1);
    desk_plug(DESK_IC_READER, i % 40 != 39);
    if (i % 20 == 0)
      desk_tear();
  }
  desk_reset();
  return NULL;
}

static void
switches_may_be_turned_from_any_thread(void)
{
  News printer = {0}, scanner = {0}, reader = {0}, chips = {0};
  Device *devices[] = {open_ready("sim-printer:", &printer),
                       open_ready("sim-scanner:", &scanner),
                       open_ready("sim-id-reader:", &reader),
                       open_ready("sim-ccid:", &chips)};
  GThread *hand = g_thread_new("hand", play, NULL);

  for (gint64 tag = 1; tag <= 20; tag++) {
    send_text(devices[0], "\x1b@\x1bp\x30\x19\xfahello\n\x1bi", tag);
    AWAIT(printer.done == tag || printer.failed == tag);
  }
  g_thread_join(hand);
  desk_push_drawer();
  AWAIT(printer.state == 0);
  for (gsize i = 0; i < G_N_ELEMENTS(devices); i++)
    device_close(devices[i]);
  id_card_free(scanner.card);
  id_card_free(reader.card);
  id_card_free(chips.card);
}

TESTS("desk",
      TEST(a_receipt_comes_out_on_the_desk),
      TEST(switches_are_seen_while_nothing_is_printed),
      TEST(paper_out_in_the_middle_leaves_the_torn_half_and_nothing_else),
      TEST(a_plug_pulled_in_the_middle_loses_the_rest),
      TEST(a_jam_and_a_silent_clone),
      TEST(closing_does_not_wait_for_a_long_receipt),
      TEST(the_paper_is_kept_as_a_picture),
      TEST(every_sample_card_is_read_once_while_it_lies_there),
      TEST(every_sample_chip_is_read_or_told),
      TEST(a_card_that_fails_is_told_and_read_when_it_is_laid_again),
      TEST(the_scanner_sounds_when_it_is_told_to),
      TEST(switches_may_be_turned_from_any_thread))
