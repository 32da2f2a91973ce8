#include "tests/usb/vdev_pole.h"

#include <errno.h>

struct VdevPole {
  PoleModel *model; /* owned */
  Vdev *vdev;       /* owned */
  int baud, life;
};

static const guint8 CONFIG[] = {
    9, 2,  67,   0,    2,    1, 0,  0x80, 50, /* configuration */
    9, 4,  0,    0,    1,    2, 2,  1,    0,  /* communication */
    5, 36, 0,    0x10, 0x01, 5, 36, 1,    0,  1,    4, 36, 2, 2,  5, 36, 6, 0,
    1, 7,  5,    0x82, 3,    8, 0,  10,   9,  4,    1, 0,  2, 10, 0, 0,  0, /* data */
    7, 5,  0x81, 2,    64,   0, 0,  7,    5,  0x01, 2, 64, 0, 0,
};

static bool
lives(VdevPole *pole)
{
  bool is_alive = pole->life != 0;
  pole->life -= pole->life > 0;
  return is_alive;
}

static int
on_control(gpointer data, Vdev *vdev, const guint8 setup[8], guint8 *bytes, int length)
{
  VdevPole *pole = data;
  if (!lives(pole))
    return -ESHUTDOWN;
  if (setup[0] != 0x21)
    return -EPIPE;
  if (setup[1] == 0x20 && length >= 7)
    pole->baud = bytes[0] | bytes[1] << 8 | bytes[2] << 16;
  return length;
}

static int
on_out(gpointer data, Vdev *vdev, guint8 endpoint, const guint8 *bytes, int length)
{
  VdevPole *pole = data;
  if (!lives(pole))
    return -ESHUTDOWN;
  pole_model_take(pole->model, bytes, (gsize)length);
  return length;
}

static const VdevInfo INFO = {.vendor = 0x1a86,
                              .product = 0x5523,
                              .config = CONFIG,
                              .config_length = sizeof CONFIG,
                              .name = "Customer display",
                              .kernel_driver = "cdc_acm",
                              .control = on_control,
                              .out = on_out};

VdevPole *
vdev_pole_new(void)
{
  VdevPole *pole = g_new0(VdevPole, 1);
  pole->model = pole_model_new();
  pole->vdev = vdev_new(&INFO, pole);
  pole->life = -1;
  return pole;
}

void
vdev_pole_free(VdevPole *pole)
{
  if (!pole)
    return;
  vdev_free(pole->vdev);
  pole_model_free(pole->model);
  g_free(pole);
}

Vdev *
vdev_pole_device(VdevPole *pole)
{
  return pole->vdev;
}

char *
vdev_pole_text(VdevPole *pole)
{
  vdev_lock(pole->vdev);
  char *text = pole_model_text(pole->model);
  vdev_unlock(pole->vdev);
  return text;
}

int
vdev_pole_baud(VdevPole *pole)
{
  return pole->baud;
}

void
vdev_pole_set_life(VdevPole *pole, int packets)
{
  pole->life = packets;
}
