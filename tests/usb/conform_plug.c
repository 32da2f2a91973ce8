#include <string.h>

#include "drivers/usb_descriptors.h"
#include "tests/usb/conform.h"
#include "tests/usb/stage.h"

/* What a watch heard of plain and other devices. */
typedef struct {
  int came, left;
} Ear;

static void
on_news(UsbDevice *device, bool is_there, gpointer data)
{
  Ear *ear = data;
  if (device->vendor != PLAIN_VENDOR)
    return;
  if (is_there)
    ADD(ear->came);
  else
    ADD(ear->left);
}

/* (transfer full) the first of our devices. */
static UsbDevice *
ours(void)
{
  g_autoptr(GPtrArray) plugged = usb_plugged();
  for (guint i = 0; i < plugged->len; i++) {
    UsbDevice *device = plugged->pdata[i];
    if (device->vendor == PLAIN_VENDOR)
      return usb_device_ref(device);
  }
  return NULL;
}

static void
a_device_is_told_with_its_name_and_descriptor(void)
{
  Stage stage = stage_open();
  VbusPlug *plug = stage_plug(&stage, vdev_plain_new(), "1-2");
  g_autoptr(UsbDevice) device = ours();
  CU_ASSERT_PTR_NOT_NULL_FATAL(device);
  CU_ASSERT_EQUAL(device->product, PLAIN_PRODUCT);
  CU_ASSERT_STRING_EQUAL(device->port, plug->port);
  CU_ASSERT_STRING_EQUAL(device->name, "Guitai Plain thing");
  const VdevInfo *info = vdev_info(stage.vdevs[0]);
  g_autoptr(GBytes) wanted = g_bytes_new(info->config, info->config_length);
  CU_ASSERT(g_bytes_equal(device->config, wanted));
  g_autoptr(GArray) interfaces = usb_interfaces(device->config);
  CU_ASSERT_EQUAL(interfaces->len, 3);
  stage_close(&stage);
}

static void
a_device_without_a_maker_has_the_name_it_gives(void)
{
  Stage stage = stage_open();
  stage_plug(&stage, vdev_other_new(), "1-2");
  stage_plug(&stage, vdev_keyboard_new(), "1-3");
  g_autoptr(GPtrArray) plugged = usb_plugged();
  for (guint i = 0; i < plugged->len; i++) {
    const UsbDevice *device = plugged->pdata[i];
    if (device->vendor == PLAIN_VENDOR)
      CU_ASSERT_STRING_EQUAL(device->name, device->product == 2 ? "Other thing" : "");
  }
  stage_close(&stage);
}

static void
what_left_is_not_plugged_in(void)
{
  Stage stage = stage_open();
  stage_plug(&stage, vdev_plain_new(), "1-2");
  g_autoptr(UsbDevice) device = ours();
  stage_unplug(&stage, 0);
  CU_ASSERT_PTR_NULL(ours());
  CU_ASSERT_STRING_EQUAL(device->name, "Guitai Plain thing"); /* lives on */
  stage_close(&stage);
}

static void
a_watch_hears_of_those_already_there_first(void)
{
  Stage stage = stage_open();
  stage_plug(&stage, vdev_plain_new(), "1-2");
  stage_plug(&stage, vdev_other_new(), "1-3");
  Ear ear = {0};
  int id = usb_watch(on_news, &ear);
  CU_ASSERT_NOT_EQUAL(id, 0);
  CU_ASSERT_EQUAL(GET(ear.came), 2); /* before usb_watch() came back */
  usb_unwatch(id);
  stage_close(&stage);
}

static void
a_watch_hears_who_comes_and_who_leaves(void)
{
  Stage stage = stage_open();
  Ear ear = {0}, second = {0};
  int id = usb_watch(on_news, &ear), id2 = usb_watch(on_news, &second);
  CU_ASSERT_NOT_EQUAL(id, id2);
  stage_plug(&stage, vdev_plain_new(), "1-2");
  UNTIL(&stage, GET(ear.came) == 1 && GET(second.came) == 1);
  CU_ASSERT_EQUAL(GET(ear.left), 0);
  stage_unplug(&stage, 0);
  UNTIL(&stage, GET(ear.left) == 1 && GET(second.left) == 1);
  CU_ASSERT_EQUAL(GET(ear.came), 1);
  usb_unwatch(id);
  usb_unwatch(id2);
  stage_close(&stage);
}

static void
no_call_comes_after_unwatch(void)
{
  Stage stage = stage_open();
  Ear ear = {0}, other = {0};
  int id = usb_watch(on_news, &ear), rest = usb_watch(on_news, &other);
  usb_unwatch(id);
  usb_unwatch(0);
  stage_plug(&stage, vdev_plain_new(), "1-2");
  UNTIL(&stage, GET(other.came) == 1);
  stage_unplug(&stage, 0);
  UNTIL(&stage, GET(other.left) == 1);
  CU_ASSERT_EQUAL(GET(ear.came) + GET(ear.left), 0);
  usb_unwatch(rest);
  stage_close(&stage);
}

static void
a_yank_and_its_news_are_one_leaving(void)
{
  Stage stage = stage_open();
  stage_plug(&stage, vdev_plain_new(), "1-2");
  Ear ear = {0};
  int id = usb_watch(on_news, &ear);
  UsbHandle *handle = usb_open(PLAIN_PLACE, NULL, NULL);
  vbus_yank(stage.plugs[0]);
  vbus_turn(stage.bus);
  stage_unplug(&stage, 0);
  UNTIL(&stage, GET(ear.left) == 1);
  usb_close(handle);
  vbus_turn(stage.bus);
  CU_ASSERT_EQUAL(GET(ear.left), 1);
  usb_unwatch(id);
  stage_close(&stage);
}

static void
the_socket_is_the_same_after_a_replug(void)
{
  Stage stage = stage_open();
  stage_plug(&stage, vdev_plain_new(), "1-4");
  g_autoptr(UsbDevice) before = ours();
  stage_unplug(&stage, 0);
  stage_replug(&stage, 0, "1-4");
  g_autoptr(UsbDevice) after = ours();
  CU_ASSERT_STRING_EQUAL(before->port, after->port);
  CU_ASSERT_PTR_NOT_EQUAL(before, after);
  stage_close(&stage);
}

static void
a_storm_of_plugs_is_counted_right(void)
{
  Stage stage = stage_open();
  Ear ear = {0};
  int id = usb_watch(on_news, &ear);
  stage_plug(&stage, vdev_plain_new(), "1-2");
  for (int i = 0; i < 20; i++) {
    g_autoptr(GError) error = NULL;
    guint8 bytes[8];
    UsbHandle *handle = usb_open(PLAIN_PLACE, NULL, &error);
    CU_ASSERT_PTR_NOT_NULL_FATAL(handle);
    CU_ASSERT_EQUAL(usb_claim(handle, 0), USB_OK);
    CU_ASSERT_EQUAL(usb_control(handle, 0xc0, 1, 0, 0, bytes, 5, NULL), USB_OK);
    stage_unplug(&stage, 0);
    usb_close(handle);
    stage_replug(&stage, 0, "1-2");
  }
  UNTIL(&stage, GET(ear.came) == 21 && GET(ear.left) == 20);
  usb_unwatch(id);
  stage_close(&stage);
}

static void
the_bus_may_be_stopped_and_started(void)
{
  Stage stage = stage_open();
  stage_plug(&stage, vdev_plain_new(), "1-2");
  for (int i = 0; i < 10; i++) {
    usb_stop();
    CU_ASSERT(usb_start(NULL));
    g_autoptr(UsbDevice) device = ours();
    CU_ASSERT_PTR_NOT_NULL_FATAL(device);
    UsbHandle *handle = usb_open(PLAIN_PLACE, NULL, NULL);
    CU_ASSERT_PTR_NOT_NULL(handle);
    usb_close(handle);
  }
  stage_close(&stage);
}

static void
a_pause_takes_its_time(void)
{
  Stage stage = stage_open();
  int64_t before_us = usb_now_us();
  usb_pause(150);
  int64_t took_us = usb_now_us() - before_us;
  CU_ASSERT(took_us >= 150 * 1000);
  stage_close(&stage);
}

CU_TestInfo CONFORM_PLUG[] = {TEST(a_device_is_told_with_its_name_and_descriptor),
                              TEST(a_device_without_a_maker_has_the_name_it_gives),
                              TEST(what_left_is_not_plugged_in),
                              TEST(a_watch_hears_of_those_already_there_first),
                              TEST(a_watch_hears_who_comes_and_who_leaves),
                              TEST(no_call_comes_after_unwatch),
                              TEST(a_yank_and_its_news_are_one_leaving),
                              TEST(the_socket_is_the_same_after_a_replug),
                              TEST(a_storm_of_plugs_is_counted_right),
                              TEST(the_bus_may_be_stopped_and_started),
                              TEST(a_pause_takes_its_time),
                              CU_TEST_INFO_NULL};
