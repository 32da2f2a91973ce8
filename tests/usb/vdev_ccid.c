#include "tests/usb/vdev_ccid.h"

#include <errno.h>
#include <string.h>

#define LE16(n)    (n) & 0xff, (n) >> 8
#define DESCRIPTOR 54
#define MOST       (9 + 9 + DESCRIPTOR + 21)
#define FEATURES   40 /* place of the level in the functional descriptor */

struct VdevCcid {
  VdevCcidKind kind;
  guint8 config[MOST];
  VdevInfo info;
  Vdev *vdev;           /* owned */
  IcReaderModel *model; /* owned */
  int left;
};

static void
count(VdevCcid *reader)
{
  if (reader->left > 0 && --reader->left == 0)
    vdev_set_gone(reader->vdev, true);
}

static int
on_out(gpointer self, Vdev *vdev, guint8 endpoint, const guint8 *bytes, int length)
{
  VdevCcid *reader = self;
  guint8 answer[4096];

  count(reader);
  if (reader->left == 0)
    return -ENODEV;
  ic_reader_model_take(reader->model, bytes, (gsize)length);
  gsize n = ic_reader_model_answer(reader->model, answer, sizeof answer);
  if (n) {
    count(reader);
    vdev_push(reader->vdev, 0x82, answer, n);
  }
  return length;
}

static gsize
write_config(VdevCcid *reader)
{
  bool is_quiet = reader->kind == VDEV_CCID_QUIET;
  gsize length = sizeof reader->config - (is_quiet ? 7 : 0);
  guint8 class = reader->kind == VDEV_CCID_VENDOR ? 0xff : 0x0b;
  const guint8 head[] = {9,
                         2,
                         LE16(length),
                         1,
                         1,
                         0,
                         0x80,
                         50,
                         9,
                         4,
                         0,
                         0,
                         is_quiet ? 2 : 3,
                         class,
                         0,
                         0,
                         0};
  static const guint8 TAIL[] = {
      7, 5, 0x01, 2, LE16(64), 0, 7, 5, 0x82, 2, LE16(64), 0, 7, 5, 0x83, 3, LE16(8), 16};

  memcpy(reader->config, head, sizeof head);
  ic_reader_model_descriptor(reader->config + sizeof head);
  if (reader->kind == VDEV_CCID_TPDU)
    reader->config[sizeof head + FEATURES + 2] = 0x01;
  memcpy(reader->config + sizeof head + DESCRIPTOR, TAIL, sizeof TAIL);
  return length;
}

VdevCcid *
vdev_ccid_new(VdevCcidKind kind)
{
  VdevCcid *reader = g_new0(VdevCcid, 1);

  reader->kind = kind;
  reader->model = ic_reader_model_new();
  reader->left = -1;
  gsize length = write_config(reader);
  reader->info = (VdevInfo){.vendor = 0x072f,
                            .product = 0x90cc,
                            .config = reader->config,
                            .config_length = length,
                            .maker = "ACS",
                            .name = "Virtual card reader",
                            .out = on_out};
  reader->vdev = vdev_new(&reader->info, reader);
  return reader;
}

void
vdev_ccid_free(VdevCcid *reader)
{
  vdev_free(reader->vdev);
  ic_reader_model_free(reader->model);
  g_free(reader);
}

Vdev *
vdev_ccid_vdev(VdevCcid *reader)
{
  return reader->vdev;
}

void
vdev_ccid_put(VdevCcid *reader, int card)
{
  guint8 notice[8];

  vdev_lock(reader->vdev);
  ic_reader_model_put(reader->model, card);
  gsize n = ic_reader_model_notice(reader->model, notice, sizeof notice);
  if (n && reader->kind != VDEV_CCID_QUIET)
    vdev_push(reader->vdev, 0x83, notice, n);
  vdev_unlock(reader->vdev);
}

void
vdev_ccid_fail(VdevCcid *reader, IcFault fault, int times)
{
  vdev_lock(reader->vdev);
  ic_reader_model_fail(reader->model, fault, times);
  vdev_unlock(reader->vdev);
}

void
vdev_ccid_pull_after(VdevCcid *reader, int transfers)
{
  vdev_lock(reader->vdev);
  reader->left = transfers;
  vdev_unlock(reader->vdev);
}
