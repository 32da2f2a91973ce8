#include "tests/usb/stage.h"

#include <string.h>

#define PATIENCE_US (30 * G_USEC_PER_SEC)

const VbusKind *stage_kind = &VBUS_FAKE;

Stage
stage_open(void)
{
  Stage stage = {.bus = vbus_start(stage_kind)};
  CU_ASSERT(usb_start(NULL));
  return stage;
}

void
stage_close(Stage *stage)
{
  usb_stop();
  vbus_stop(stage->bus);
  for (int i = 0; i < stage->n; i++)
    vdev_free(stage->vdevs[i]);
}

bool
stage_patience(Stage *stage, gint64 *since)
{
  if (!*since)
    *since = g_get_monotonic_time();
  vbus_turn(stage->bus);
  while (g_main_context_iteration(NULL, FALSE))
    ;
  return g_get_monotonic_time() - *since < PATIENCE_US;
}

static bool
is_known(const VbusPlug *plug)
{
  g_autoptr(GPtrArray) plugged = usb_plugged();
  const VdevInfo *info = vdev_info(plug->vdev);
  for (guint i = 0; i < plugged->len; i++) {
    const UsbDevice *device = plugged->pdata[i];
    if (strcmp(device->port, plug->port) == 0 && device->vendor == info->vendor &&
        device->product == info->product)
      return true;
  }
  return false;
}

void
stage_replug(Stage *stage, int i, const char *port)
{
  stage->plugs[i] = vbus_plug(stage->bus, stage->vdevs[i], port);
  UNTIL(stage, is_known(stage->plugs[i]));
}

VbusPlug *
stage_plug(Stage *stage, Vdev *vdev, const char *port)
{
  g_assert(stage->n < STAGE_DEVICES);
  stage->vdevs[stage->n++] = vdev;
  stage_replug(stage, stage->n - 1, port);
  return stage->plugs[stage->n - 1];
}

void
stage_unplug(Stage *stage, int i)
{
  vbus_unplug(stage->plugs[i]);
  UNTIL(stage, !is_known(stage->plugs[i]));
}

const char *
stage_place(const VbusPlug *plug, const char *kind)
{
  static char place[64];
  g_snprintf(place, sizeof place, "%s@%s", kind, plug->port);
  return place;
}

UsbHandle *
stage_plain(Stage *stage)
{
  *stage = stage_open();
  stage_plug(stage, vdev_plain_new(), "1-2");
  UsbHandle *handle = usb_open(PLAIN_PLACE, NULL, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(handle);
  CU_ASSERT_EQUAL(usb_claim(handle, 0), USB_OK);
  return handle;
}
