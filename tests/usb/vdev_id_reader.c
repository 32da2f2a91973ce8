#include "tests/usb/vdev_id_reader.h"

#include <errno.h>
#include <string.h>

#define HEAD     7
#define REPORT   64
#define REPORT_N 3 /* the id of the numbered ones */

#define LE16(n)                     (n) & 0xff, (n) >> 8
#define CONFIG(interfaces_length)   9, 2, LE16(9 + (interfaces_length)), 1, 1, 0, 0x80, 50
#define INTERFACE(endpoints, class) 9, 4, 0, 0, endpoints, class, 0, 0, 0
#define BULK(address)               7, 5, address, 2, LE16(64), 0
#define INTERRUPT(address)          7, 5, address, 3, LE16(64), 10
#define HID(length)                 9, 0x21, LE16(0x0111), 0, 1, 0x22, LE16(length)

static const guint8 FOUR[] = {
    CONFIG(9 + 28), INTERFACE(4, 0xff), BULK(0x02), BULK(0x06), BULK(0x81), BULK(0x85)};
static const guint8 PAIR[] = {CONFIG(9 + 14), INTERFACE(2, 0xff), BULK(0x02), BULK(0x81)};
static const guint8 HIDS[] = {
    CONFIG(9 + 9 + 14), INTERFACE(2, 3), HID(27), INTERRUPT(0x01), INTERRUPT(0x81)};
static const guint8 HID_ONE[] = {
    CONFIG(9 + 9 + 7), INTERFACE(1, 3), HID(27), INTERRUPT(0x81)};

/* A vendor's page, 64 bytes in and out; with and without a report id. */
static const guint8 REPORTS[] = {0x06, 0x00, 0xff, 0x09, 0x01, 0xa1, 0x01, 0x15, 0x00,
                                 0x26, 0xff, 0x00, 0x75, 0x08, 0x95, 0x40, 0x09, 0x02,
                                 0x81, 0x02, 0x95, 0x40, 0x09, 0x03, 0x91, 0x02, 0xc0};
static const guint8 NUMBERED[] = {0x06,     0x00, 0xff, 0x09, 0x01, 0xa1, 0x01, 0x85,
                                  REPORT_N, 0x15, 0x00, 0x26, 0xff, 0x00, 0x75, 0x08,
                                  0x95,     0x3f, 0x09, 0x02, 0x81, 0x02, 0x95, 0x3f,
                                  0x09,     0x03, 0x91, 0x02, 0xc0};

struct VdevIdReader {
  VdevIdKind kind;
  VdevInfo info;
  Vdev *vdev;           /* owned */
  IdReaderModel *model; /* owned */
  int left;
};

static bool
is_hid(const VdevIdReader *reader)
{
  return reader->kind >= VDEV_ID_HID;
}

static void
count(VdevIdReader *reader)
{
  if (reader->left > 0 && --reader->left == 0)
    vdev_set_gone(reader->vdev, true);
}

static void
push_reports(VdevIdReader *reader, const guint8 *bytes, gsize length)
{
  gsize at = reader->kind == VDEV_ID_HID_NUMBER ? 1 : 0;

  for (gsize sent = 0; sent < length;) {
    guint8 report[REPORT] = {at ? REPORT_N : 0};
    gsize n = MIN(length - sent, REPORT - at);
    memcpy(report + at, bytes + sent, n);
    sent += n;
    count(reader);
    vdev_push(reader->vdev, 0x81, report, sizeof report);
  }
}

static void
push_answer(VdevIdReader *reader)
{
  guint8 bytes[8192];
  gsize length = id_reader_model_answer(reader->model, bytes, sizeof bytes);

  if (!length)
    return;
  if (is_hid(reader)) {
    push_reports(reader, bytes, length);
    return;
  }
  gsize head = reader->kind == VDEV_ID_FOUR ? MIN(length, HEAD) : length;
  count(reader);
  vdev_push(reader->vdev, 0x81, bytes, head);
  if (length > head) {
    count(reader);
    vdev_push(reader->vdev, 0x85, bytes + head, length - head);
  }
}

static int
take(VdevIdReader *reader, const guint8 *bytes, int length)
{
  gsize at = reader->kind == VDEV_ID_HID_NUMBER ? 1 : 0;

  count(reader);
  if (reader->left == 0)
    return -ENODEV;
  if (length > (int)at)
    id_reader_model_take(reader->model, bytes + at, (gsize)length - at);
  push_answer(reader);
  return length;
}

static int
on_out(gpointer self, Vdev *vdev, guint8 endpoint, const guint8 *bytes, int length)
{
  VdevIdReader *reader = self;
  /* Through the wrong door nothing is understood. */
  bool is_body = endpoint == 0x06, looks_like_head = length >= 3 && bytes[0] == 0xaa;

  if (reader->kind == VDEV_ID_FOUR && is_body == looks_like_head)
    return -EPIPE;
  return take(reader, bytes, length);
}

static int
on_control(gpointer self, Vdev *vdev, const guint8 setup[8], guint8 *bytes, int length)
{
  VdevIdReader *reader = self;
  bool numbered = reader->kind == VDEV_ID_HID_NUMBER;
  const guint8 *reports = numbered ? NUMBERED : REPORTS;
  int size = numbered ? (int)sizeof NUMBERED : (int)sizeof REPORTS;

  if (is_hid(reader) && setup[0] == 0x81 && setup[1] == 6 && setup[3] == 0x22) {
    int n = MIN(length, size);
    memcpy(bytes, reports, (gsize)n);
    return n;
  }
  if (is_hid(reader) && setup[0] == 0x21 && setup[1] == 9 && setup[3] == 2)
    return take(reader, bytes, length);
  return -EPIPE;
}

VdevIdReader *
vdev_id_reader_new(VdevIdKind kind)
{
  static const struct {
    const guint8 *bytes;
    gsize length;
  } CONFIGS[N_VDEV_ID_KINDS] = {{FOUR, sizeof FOUR},
                                {PAIR, sizeof PAIR},
                                {HIDS, sizeof HIDS},
                                {HIDS, sizeof HIDS},
                                {HID_ONE, sizeof HID_ONE}};
  VdevIdReader *reader = g_new0(VdevIdReader, 1);

  reader->kind = kind;
  reader->model = id_reader_model_new();
  reader->left = -1;
  reader->info = (VdevInfo){.vendor = 0x0400,
                            .product = 0xc35a,
                            .config = CONFIGS[kind].bytes,
                            .config_length = CONFIGS[kind].length,
                            .maker = "SDT",
                            .name = "Virtual ID card reader",
                            .kernel_driver = is_hid(reader) ? "usbhid" : NULL,
                            .control = on_control,
                            .out = on_out};
  reader->vdev = vdev_new(&reader->info, reader);
  return reader;
}

void
vdev_id_reader_free(VdevIdReader *reader)
{
  vdev_free(reader->vdev);
  id_reader_model_free(reader->model);
  g_free(reader);
}

Vdev *
vdev_id_reader_vdev(VdevIdReader *reader)
{
  return reader->vdev;
}

void
vdev_id_reader_lay(VdevIdReader *reader, int card)
{
  vdev_lock(reader->vdev);
  id_reader_model_lay(reader->model, card);
  vdev_unlock(reader->vdev);
}

void
vdev_id_reader_fail(VdevIdReader *reader, IdFaultKind fault, int times)
{
  vdev_lock(reader->vdev);
  id_reader_model_fail(reader->model, fault, times);
  vdev_unlock(reader->vdev);
}

void
vdev_id_reader_pull_after(VdevIdReader *reader, int transfers)
{
  vdev_lock(reader->vdev);
  reader->left = transfers;
  vdev_unlock(reader->vdev);
}
