#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "drivers/ccid_usb.h"
#include "drivers/ic_reader.h"
#include "drivers/id_card.h"
#include "drivers/id_reader_usb.h"
#include "drivers/sim/id_reader_model.h"
#include "tests/test.h"
#include "tests/usb/usb_fake.h"
#include "tests/usb/vdev_ccid.h"
#include "tests/usb/vdev_id_reader.h"

#define ID_ADDRESS   "id-reader:usb:0400:c35a@1-1"
#define CCID_ADDRESS "ccid:usb:072f:90cc@1-2"

/* Listens as a device's thread would. @return what was heard (transfer full). */
static GBytes *
listen_some(const DeviceDriver *driver, gpointer port, int times, GError **error)
{
  GBytes *heard = NULL;
  DeviceState state = 0;
  GError *failure = NULL;

  for (int i = 0; i < times && !heard && !failure; i++)
    heard = driver->listen(port, &state, &failure);
  if (failure)
    g_propagate_error(error, failure);
  return heard;
}

static bool
is_person(GBytes *text, int birth)
{
  gsize length = 0;
  const guint8 *block = text ? g_bytes_get_data(text, &length) : NULL;
  g_autoptr(IdCard) card = block ? id_card_read(block, length, NULL) : NULL;
  return card && card->birth == birth;
}

static void
the_descriptors_tell_how_an_id_reader_speaks(void)
{
  static const IdReaderWay WAYS[N_VDEV_ID_KINDS] = {
      ID_READER_FOUR, ID_READER_PAIR, ID_READER_HID, ID_READER_HID, ID_READER_HID};
  for (int kind = 0; kind < N_VDEV_ID_KINDS; kind++) {
    VdevIdReader *reader = vdev_id_reader_new((VdevIdKind)kind);
    const VdevInfo *info = vdev_info(vdev_id_reader_vdev(reader));
    IdReaderLayout layout;
    for (gsize cut = 0; cut < info->config_length; cut++) {
      g_autoptr(GBytes) torn = g_bytes_new(info->config, cut);
      id_reader_layout(torn, &layout);
    }
    g_autoptr(GBytes) config = g_bytes_new(info->config, info->config_length);
    CU_ASSERT(id_reader_layout(config, &layout));
    CU_ASSERT_EQUAL(layout.way, WAYS[kind]);
    CU_ASSERT_EQUAL(layout.in[0].address, 0x81);
    if (kind == VDEV_ID_FOUR) {
      CU_ASSERT_EQUAL(layout.out[0].address, 0x02);
      CU_ASSERT_EQUAL(layout.out[1].address, 0x06);
      CU_ASSERT_EQUAL(layout.in[1].address, 0x85);
    }
    vdev_id_reader_free(reader);
  }
  g_autoptr(GBytes) none = g_bytes_new("", 0);
  CU_ASSERT(!id_reader_layout(none, &(IdReaderLayout){0}));
}

static void
each_way_reads_a_card_once(void)
{
  for (int kind = 0; kind < N_VDEV_ID_KINDS; kind++) {
    UsbFake *fake = usb_fake_new();
    VdevIdReader *reader = vdev_id_reader_new((VdevIdKind)kind);
    g_autoptr(GError) error = NULL;
    usb_fake_plug(fake, vdev_id_reader_vdev(reader), "1-1");
    gpointer port = ID_READER_USB.open(ID_ADDRESS, &error);
    CU_ASSERT_PTR_NOT_NULL_FATAL(port);
    CU_ASSERT_PTR_NULL(listen_some(&ID_READER_USB, port, 2, &error));
    vdev_id_reader_lay(reader, 0);
    vdev_id_reader_fail(reader, ID_FAULT_SELECT, 1);
    vdev_id_reader_fail(reader, ID_FAULT_NOISE, 2);
    g_autoptr(GBytes) text = listen_some(&ID_READER_USB, port, 3, &error);
    CU_ASSERT(is_person(text, 19850307));
    CU_ASSERT_PTR_NULL(listen_some(&ID_READER_USB, port, 3, &error));
    vdev_id_reader_lay(reader, -1);
    CU_ASSERT_PTR_NULL(listen_some(&ID_READER_USB, port, 2, &error));
    vdev_id_reader_lay(reader, 7);
    g_autoptr(GBytes) next = listen_some(&ID_READER_USB, port, 3, &error);
    CU_ASSERT(is_person(next, 19790215));
    CU_ASSERT_PTR_NULL(error);
    ID_READER_USB.close(port);
    CU_ASSERT_EQUAL(usb_fake_open_count(fake), 0);
    usb_fake_free(fake);
    vdev_id_reader_free(reader);
  }
}

/* @return true when the card was read in spite of it. */
static bool
read_and_pull(VdevIdKind kind, int transfers)
{
  UsbFake *fake = usb_fake_new();
  VdevIdReader *reader = vdev_id_reader_new(kind);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) text = NULL;

  usb_fake_plug(fake, vdev_id_reader_vdev(reader), "1-1");
  vdev_id_reader_lay(reader, 0);
  vdev_id_reader_pull_after(reader, transfers);
  gpointer port = ID_READER_USB.open(ID_ADDRESS, &error);
  if (port) {
    text = listen_some(&ID_READER_USB, port, 5, &error);
    ID_READER_USB.close(port);
  }
  CU_ASSERT(text || (error && error->domain == DEVICE_ERROR));
  CU_ASSERT(!text || is_person(text, 19850307));
  CU_ASSERT_EQUAL(usb_fake_open_count(fake), 0);
  usb_fake_free(fake);
  vdev_id_reader_free(reader);
  return text != NULL;
}

static void
an_id_reader_may_be_pulled_at_each_transfer(void)
{
  for (int kind = 0; kind < N_VDEV_ID_KINDS; kind++) {
    int transfers = 1;
    while (transfers < 100 && !read_and_pull((VdevIdKind)kind, transfers))
      transfers++;
    CU_ASSERT(transfers > 3 && transfers < 100);
  }
}

/* The far side of a serial line. */
typedef struct {
  int fd;
  int end; /* atomic */
  IdReaderModel *model;
} Line;

static gpointer
serve(gpointer data)
{
  Line *line = data;
  guint8 bytes[2048];

  while (!g_atomic_int_get(&line->end)) {
    struct pollfd far = {.fd = line->fd, .events = POLLIN};
    if (poll(&far, 1, 20) <= 0 || !(far.revents & POLLIN))
      continue;
    gssize came = read(line->fd, bytes, sizeof bytes);
    if (came > 0)
      id_reader_model_take(line->model, bytes, (gsize)came);
    gsize n = id_reader_model_answer(line->model, bytes, sizeof bytes);
    CU_ASSERT(n == 0 || write(line->fd, bytes, n) == (gssize)n);
  }
  return NULL;
}

static void
a_card_is_read_over_a_serial_line_as_well(void)
{
  Line line = {.fd = posix_openpt(O_RDWR | O_NOCTTY), .model = id_reader_model_new()};
  g_autoptr(GError) error = NULL;

  CU_ASSERT_FATAL(line.fd >= 0 && grantpt(line.fd) == 0 && unlockpt(line.fd) == 0);
  g_autofree char *address = g_strconcat("id-reader:", ptsname(line.fd), NULL);
  id_reader_model_lay(line.model, 0);
  gpointer port = ID_READER_USB.open(address, &error);
  CU_ASSERT_PTR_NOT_NULL_FATAL(port);
  GThread *far = g_thread_new("far", serve, &line);
  g_autoptr(GBytes) text = listen_some(&ID_READER_USB, port, 5, &error);
  CU_ASSERT(is_person(text, 19850307));
  g_atomic_int_set(&line.end, 1);
  g_thread_join(far);
  ID_READER_USB.close(port);
  close(line.fd);
  id_reader_model_free(line.model);
}

static void
what_is_no_id_reader_is_refused(void)
{
  UsbFake *fake = usb_fake_new();
  VdevIdReader *reader = vdev_id_reader_new(VDEV_ID_PAIR);
  VdevInfo bare = *vdev_info(vdev_id_reader_vdev(reader));
  g_autoptr(GError) error = NULL;

  bare.config_length = 9; /* no interface at all */
  Vdev *vdev = vdev_new(&bare, reader);
  usb_fake_plug(fake, vdev, "1-1");
  CU_ASSERT_PTR_NULL(ID_READER_USB.open(ID_ADDRESS, &error));
  CU_ASSERT(g_error_matches(error, DEVICE_ERROR, DEVICE_ERROR_WRONG));
  g_clear_error(&error);
  CU_ASSERT_PTR_NULL(ID_READER_USB.open("id-reader:/nowhere/tty", &error));
  CU_ASSERT_PTR_NOT_NULL(error);
  usb_fake_free(fake);
  vdev_free(vdev);
  vdev_id_reader_free(reader);
}

static void
chip_cards_are_read_over_usb(void)
{
  static const VdevCcidKind KINDS[] = {VDEV_CCID_APDU, VDEV_CCID_QUIET, VDEV_CCID_VENDOR};
  for (gsize i = 0; i < G_N_ELEMENTS(KINDS); i++) {
    UsbFake *fake = usb_fake_new();
    VdevCcid *reader = vdev_ccid_new(KINDS[i]);
    g_autoptr(GError) error = NULL;
    IcCard card = {0};
    usb_fake_plug(fake, vdev_ccid_vdev(reader), "1-2");
    gpointer port = CCID_USB.open(CCID_ADDRESS, &error);
    CU_ASSERT_PTR_NOT_NULL_FATAL(port);
    CU_ASSERT_PTR_NULL(listen_some(&CCID_USB, port, 2, &error));
    vdev_ccid_put(reader, IC_SAMPLE_INSURED);
    vdev_ccid_fail(reader, IC_FAULT_WAIT, 3);
    g_autoptr(GBytes) heard = listen_some(&CCID_USB, port, 3, &error);
    CU_ASSERT(heard && ic_card_take(heard, &card));
    CU_ASSERT_STRING_EQUAL(card.person.number, "110000198503070011");
    CU_ASSERT_PTR_NULL(listen_some(&CCID_USB, port, 3, &error));
    vdev_ccid_put(reader, IC_SAMPLE_NONE);
    vdev_ccid_put(reader, IC_SAMPLE_MUTE);
    g_autoptr(GBytes) next = listen_some(&CCID_USB, port, 3, &error);
    CU_ASSERT(next && ic_card_take(next, &card) && card.kind == IC_CARD_MUTE);
    CU_ASSERT_PTR_NULL(error);
    CCID_USB.close(port);
    CU_ASSERT_EQUAL(usb_fake_open_count(fake), 0);
    usb_fake_free(fake);
    vdev_ccid_free(reader);
  }
}

static bool
read_chip_and_pull(int transfers)
{
  UsbFake *fake = usb_fake_new();
  VdevCcid *reader = vdev_ccid_new(VDEV_CCID_APDU);
  g_autoptr(GError) error = NULL;

  usb_fake_plug(fake, vdev_ccid_vdev(reader), "1-2");
  vdev_ccid_put(reader, IC_SAMPLE_INSURED);
  vdev_ccid_pull_after(reader, transfers);
  gpointer port = CCID_USB.open(CCID_ADDRESS, &error);
  CU_ASSERT_PTR_NOT_NULL_FATAL(port);
  g_autoptr(GBytes) heard = listen_some(&CCID_USB, port, 5, &error);
  CCID_USB.close(port);
  CU_ASSERT(heard || (error && error->domain == DEVICE_ERROR));
  CU_ASSERT_EQUAL(usb_fake_open_count(fake), 0);
  usb_fake_free(fake);
  vdev_ccid_free(reader);
  return heard != NULL;
}

static void
a_card_reader_may_be_pulled_at_each_transfer(void)
{
  int transfers = 1;
  while (transfers < 100 && !read_chip_and_pull(transfers))
    transfers++;
  CU_ASSERT(transfers > 10 && transfers < 100);
}

static void
a_reader_held_by_another_names_pcscd_and_one_without_apdus_is_refused(void)
{
  UsbFake *fake = usb_fake_new();
  VdevCcid *reader = vdev_ccid_new(VDEV_CCID_APDU);
  VdevCcid *bare = vdev_ccid_new(VDEV_CCID_TPDU);
  g_autoptr(GError) error = NULL;

  usb_fake_plug(fake, vdev_ccid_vdev(reader), "1-2");
  usb_fake_plug(fake, vdev_ccid_vdev(bare), "1-3");
  gpointer other = CCID_USB.open(CCID_ADDRESS, &error);
  CU_ASSERT_PTR_NOT_NULL(other);
  CU_ASSERT_PTR_NULL(CCID_USB.open(CCID_ADDRESS, &error));
  CU_ASSERT(g_error_matches(error, DEVICE_ERROR, DEVICE_ERROR_BUSY));
  CU_ASSERT(error && strstr(error->message, "pcscd"));
  g_clear_error(&error);
  CCID_USB.close(other);
  CU_ASSERT_PTR_NULL(CCID_USB.open("ccid:usb:072f:90cc@1-3", &error));
  CU_ASSERT(g_error_matches(error, DEVICE_ERROR, DEVICE_ERROR_WRONG));
  CU_ASSERT(error && strstr(error->message, "TPDU"));
  g_clear_error(&error);
  CU_ASSERT_PTR_NULL(CCID_USB.open("ccid:somewhere", &error));
  CU_ASSERT(g_error_matches(error, DEVICE_ERROR, DEVICE_ERROR_ADDRESS));
  usb_fake_free(fake);
  vdev_ccid_free(reader);
  vdev_ccid_free(bare);
}

TESTS("card_readers_usb",
      TEST(the_descriptors_tell_how_an_id_reader_speaks),
      TEST(each_way_reads_a_card_once),
      TEST(an_id_reader_may_be_pulled_at_each_transfer),
      TEST(a_card_is_read_over_a_serial_line_as_well),
      TEST(what_is_no_id_reader_is_refused),
      TEST(chip_cards_are_read_over_usb),
      TEST(a_card_reader_may_be_pulled_at_each_transfer),
      TEST(a_reader_held_by_another_names_pcscd_and_one_without_apdus_is_refused))
