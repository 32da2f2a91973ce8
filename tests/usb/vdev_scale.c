#include "tests/usb/vdev_scale.h"

#include <errno.h>
#include <string.h>

#define IN             0x81
#define GET_DESCRIPTOR 0x06

struct VdevScale {
  ScaleModel *model; /* owned */
  Vdev *vdev;        /* owned */
  VdevInfo info;
  guint8 config[34];
  bool is_mute;
};

static int
on_control(gpointer data, Vdev *vdev, const guint8 setup[8], guint8 *bytes, int length)
{
  VdevScale *scale = data;
  gsize n;
  const guint8 *descriptor = scale_model_descriptor(&n);
  bool is_asked = setup[0] == 0x81 && setup[1] == GET_DESCRIPTOR && setup[3] == 0x22;

  if (!is_asked || scale->is_mute)
    return -EPIPE;
  memcpy(bytes, descriptor, MIN(n, (gsize)length));
  return MIN((int)n, length);
}

VdevScale *
vdev_scale_new(void)
{
  static const guint8 CONFIG[34] = {9,    2, 34, 0, 1, 1,  0, 0x80, 50,   9, 4, 0,
                                    0,    1, 3,  0, 0, 0,  9, 33,   0x11, 1, 0, 1,
                                    0x22, 0, 0,  7, 5, IN, 3, 8,    0,    10};
  VdevScale *scale = g_new0(VdevScale, 1);
  gsize n;
  scale_model_descriptor(&n);
  memcpy(scale->config, CONFIG, sizeof CONFIG);
  scale->config[25] = (guint8)n;
  scale->info = (VdevInfo){.vendor = 0x0922,
                           .product = 0x8003,
                           .config = scale->config,
                           .config_length = sizeof scale->config,
                           .maker = "DYMO",
                           .name = "Scale",
                           .kernel_driver = "usbhid",
                           .control = on_control};
  scale->model = scale_model_new();
  scale_model_connect(scale->model);
  scale->vdev = vdev_new(&scale->info, scale);
  return scale;
}

void
vdev_scale_free(VdevScale *scale)
{
  if (!scale)
    return;
  vdev_free(scale->vdev);
  scale_model_free(scale->model);
  g_free(scale);
}

Vdev *
vdev_scale_device(VdevScale *scale)
{
  return scale->vdev;
}

void
vdev_scale_set_mute(VdevScale *scale)
{
  scale->is_mute = true;
}

ScaleModel *
vdev_scale_begin(VdevScale *scale)
{
  vdev_lock(scale->vdev);
  return scale->model;
}

void
vdev_scale_end(VdevScale *scale)
{
  guint8 report[SCALE_MODEL_REPORT];
  gsize n;
  while ((n = scale_model_answer(scale->model, report, sizeof report)) > 0)
    vdev_push(scale->vdev, IN, report, n);
  vdev_unlock(scale->vdev);
}
