#include "tests/usb/vdev_label.h"

#include <errno.h>

#define IN 0x82

struct VdevLabel {
  LabelModel *model; /* owned */
  Vdev *vdev;        /* owned */
  int life;
};

static const guint8 CONFIG[] = {9, 2, 32, 0, 1, 1, 0,  0xc0, 50, 9, 4, 0,  0, 2,  7, 1,
                                2, 0, 7,  5, 1, 2, 64, 0,    0,  7, 5, IN, 2, 64, 0, 0};

static int
on_out(gpointer data, Vdev *vdev, guint8 endpoint, const guint8 *bytes, int length)
{
  VdevLabel *label = data;
  guint8 answers[64];

  if (label->life == 0)
    return -ESHUTDOWN;
  label->life -= label->life > 0;
  label_model_take(label->model, bytes, (gsize)length);
  gsize n = label_model_answer(label->model, answers, sizeof answers);
  if (n)
    vdev_push(vdev, IN, answers, n);
  return length;
}

static const VdevInfo INFO = {.vendor = 0x1203,
                              .product = 0x0230,
                              .config = CONFIG,
                              .config_length = sizeof CONFIG,
                              .maker = "TSC",
                              .name = "Label printer",
                              .kernel_driver = "usblp",
                              .out = on_out};

VdevLabel *
vdev_label_new(void)
{
  VdevLabel *label = g_new0(VdevLabel, 1);
  label->model = label_model_new();
  label->vdev = vdev_new(&INFO, label);
  label->life = -1;
  return label;
}

void
vdev_label_free(VdevLabel *label)
{
  if (!label)
    return;
  vdev_free(label->vdev);
  label_model_free(label->model);
  g_free(label);
}

Vdev *
vdev_label_device(VdevLabel *label)
{
  return label->vdev;
}

LabelModel *
vdev_label_begin(VdevLabel *label)
{
  vdev_lock(label->vdev);
  return label->model;
}

void
vdev_label_end(VdevLabel *label)
{
  vdev_unlock(label->vdev);
}

void
vdev_label_set_life(VdevLabel *label, int packets)
{
  label->life = packets;
}
