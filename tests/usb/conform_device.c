#include <string.h>

#include "tests/usb/conform.h"
#include "tests/usb/plain_driver.h"
#include "tests/usb/stage.h"

#define ADDRESS "plain:usb:" PLAIN_PLACE

/* What came of a device, all on the main thread. */
typedef struct {
  int heard, done, failed, gone, well, last_tag;
  char last[65];
  int code; /* of the last failure */
} Ear;

static void
on_event(Device *device, const DeviceEvent *event, gpointer data)
{
  Ear *ear = data;
  gsize length = 0;
  switch (event->kind) {
  case DEVICE_STATE:
    if (event->state & DEVICE_GONE)
      ear->gone++;
    else
      ear->well++;
    break;
  case DEVICE_HEARD: {
    const char *bytes = g_bytes_get_data(event->data, &length);
    g_snprintf(ear->last, sizeof ear->last, "%.*s", (int)length, bytes);
    ear->heard++;
    break;
  }
  case DEVICE_DONE:
    ear->done++;
    ear->last_tag = (int)event->tag;
    break;
  case DEVICE_FAILED:
    ear->failed++;
    ear->code = event->failure->code;
    break;
  }
}

static Device *
open_plain(Ear *ear)
{
  *ear = (Ear){0};
  return device_open_with(&PLAIN_DRIVER, ADDRESS, on_event, ear);
}

static void
send_text(Device *device, const char *text, gint64 tag)
{
  g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
  device_send(device, bytes, tag);
}

static void
an_idle_device_is_nudged_by_its_inlet(void)
{
  Stage stage = stage_open();
  stage_plug(&stage, vdev_plain_new(), "1-2");
  Ear ear;
  Device *device = open_plain(&ear);
  UNTIL(&stage, ear.well == 1);
  UNTIL(&stage, vdev_pending(stage.vdevs[0]) == 4);
  for (int i = 1; i <= 5; i++) {
    vdev_push(stage.vdevs[0], 0x84, "6901234567892", 13);
    UNTIL(&stage, ear.heard == i);
    CU_ASSERT_STRING_EQUAL(ear.last, "6901234567892");
  }
  device_close(device);
  stage_close(&stage);
}

static void
of_many_packets_at_once_each_is_heard(void)
{
  Stage stage = stage_open();
  stage_plug(&stage, vdev_plain_new(), "1-2");
  Ear ear;
  Device *device = open_plain(&ear);
  UNTIL(&stage, ear.well == 1);
  for (int i = 0; i < 50; i++)
    vdev_push(stage.vdevs[0], 0x84, "code", 4);
  UNTIL(&stage, ear.heard == 50);
  device_close(device);
  stage_close(&stage);
}

static void
a_device_plugged_in_later_is_opened_at_once(void)
{
  Stage stage = stage_open();
  Ear ear;
  Device *device = open_plain(&ear);
  UNTIL(&stage, ear.gone == 1);
  stage_plug(&stage, vdev_plain_new(), "1-2");
  UNTIL(&stage, ear.well == 1);
  send_text(device, "hello", 7);
  UNTIL(&stage, ear.done == 1);
  CU_ASSERT_EQUAL(ear.last_tag, 7);
  g_autoptr(GByteArray) sent = vdev_sent(stage.vdevs[0]);
  CU_ASSERT_EQUAL_FATAL(sent->len, 5);
  CU_ASSERT_EQUAL(memcmp(sent->data, "hello", 5), 0);
  device_close(device);
  stage_close(&stage);
}

/* It rests for an hour: only the news can tell it. */
static void
a_device_that_is_pulled_is_gone_at_once_and_comes_back(void)
{
  Stage stage = stage_open();
  stage_plug(&stage, vdev_plain_new(), "1-2");
  Ear ear;
  Device *device = open_plain(&ear);
  UNTIL(&stage, ear.well == 1);
  for (int i = 1; i <= 5; i++) {
    vbus_unplug(stage.plugs[0]);
    UNTIL(&stage, ear.gone == i);
    CU_ASSERT(g_error_matches(device_failure(device), DEVICE_ERROR, DEVICE_ERROR_GONE));
    send_text(device, "lost", 1);
    UNTIL(&stage, ear.failed == i);
    CU_ASSERT_EQUAL(ear.code, DEVICE_ERROR_GONE);
    stage_replug(&stage, 0, "1-2");
    UNTIL(&stage, ear.well == i + 1);
  }
  CU_ASSERT_EQUAL(ear.done, 0);
  device_close(device);
  stage_close(&stage);
}

static void
another_kind_that_comes_and_goes_is_not_minded(void)
{
  Stage stage = stage_open();
  stage_plug(&stage, vdev_plain_new(), "1-2");
  Ear ear;
  Device *device = open_plain(&ear);
  UNTIL(&stage, ear.well == 1);
  stage_plug(&stage, vdev_other_new(), "1-3");
  stage_unplug(&stage, 1);
  send_text(device, "x", 1);
  UNTIL(&stage, ear.done == 1);
  CU_ASSERT_EQUAL(ear.gone, 0);
  device_close(device);
  stage_close(&stage);
}

static void
a_device_held_by_another_is_busy(void)
{
  Stage stage;
  UsbHandle *other = stage_plain(&stage);
  Ear ear;
  Device *device = open_plain(&ear);
  UNTIL(&stage, ear.gone == 1);
  CU_ASSERT(g_error_matches(device_failure(device), DEVICE_ERROR, DEVICE_ERROR_BUSY));
  usb_close(other);
  UNTIL(&stage, ear.well == 1); /* by the timer: a release is no news */
  device_close(device);
  stage_close(&stage);
}

static void
scans_and_prints_go_on_through_plugs_and_pulls(void)
{
  Stage stage = stage_open();
  stage_plug(&stage, vdev_plain_new(), "1-2");
  Ear ear;
  Device *device = open_plain(&ear);
  for (int i = 1; i <= 15; i++) {
    UNTIL(&stage, ear.well == i);
    for (int k = 0; k < 10; k++) {
      vdev_push(stage.vdevs[0], 0x84, "code", 4);
      send_text(device, "paper", k);
    }
    if (i % 2) {
      int wanted = ear.heard;
      UNTIL(&stage, ear.heard > wanted);
    }
    vbus_unplug(stage.plugs[0]);
    UNTIL(&stage, ear.gone == i);
    stage_replug(&stage, 0, "1-2");
  }
  UNTIL(&stage, ear.done + ear.failed == 150);
  device_close(device);
  stage_close(&stage);
}

static void
closing_while_the_device_is_pulled_is_fine(void)
{
  Stage stage = stage_open();
  stage_plug(&stage, vdev_plain_new(), "1-2");
  for (int i = 0; i < 10; i++) {
    Ear ear;
    Device *device = open_plain(&ear);
    if (i % 2)
      UNTIL(&stage, ear.well == 1);
    vbus_unplug(stage.plugs[0]);
    device_close(device);
    stage_replug(&stage, 0, "1-2");
  }
  stage_close(&stage);
}

CU_TestInfo CONFORM_DEVICE[] = {
    TEST(an_idle_device_is_nudged_by_its_inlet),
    TEST(of_many_packets_at_once_each_is_heard),
    TEST(a_device_plugged_in_later_is_opened_at_once),
    TEST(a_device_that_is_pulled_is_gone_at_once_and_comes_back),
    TEST(another_kind_that_comes_and_goes_is_not_minded),
    TEST(a_device_held_by_another_is_busy),
    TEST(scans_and_prints_go_on_through_plugs_and_pulls),
    TEST(closing_while_the_device_is_pulled_is_fine),
    CU_TEST_INFO_NULL};
