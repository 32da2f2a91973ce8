#include <errno.h>
#include <string.h>

#include "tests/usb/conform.h"
#include "tests/usb/stage.h"

#define OUT 0x01
#define IN  0x82

/* Bytes that tell where they belong. */
static guint8 *
pattern(gsize length)
{
  guint8 *bytes = g_malloc(length);
  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8)(i ^ i >> 8 ^ i >> 16);
  return bytes;
}

static bool
got(Vdev *vdev, const guint8 *wanted, gsize length)
{
  g_autoptr(GByteArray) sent = vdev_sent(vdev);
  return sent->len == length && (!length || memcmp(sent->data, wanted, length) == 0);
}

static void
bytes_written_arrive_in_order(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  guint8 *bytes = pattern(1000);
  for (int at = 0; at < 1000; at += 250) {
    int n = 0;
    CU_ASSERT_EQUAL(usb_bulk(handle, OUT, bytes + at, 250, &n, 1000), USB_OK);
    CU_ASSERT_EQUAL(n, 250);
  }
  CU_ASSERT(got(stage.vdevs[0], bytes, 1000));
  g_free(bytes);
  usb_close(handle);
  stage_close(&stage);
}

static void
write_whole(int length)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  guint8 *bytes = pattern((gsize)length);
  int n = 0;
  CU_ASSERT_EQUAL(usb_bulk(handle, OUT, bytes, length, &n, 20000), USB_OK);
  CU_ASSERT_EQUAL(n, length);
  CU_ASSERT(got(stage.vdevs[0], bytes, (gsize)length));
  g_free(bytes);
  usb_close(handle);
  stage_close(&stage);
}

static void
sixty_four_kib_go_out_whole(void)
{
  write_whole(65536);
}

static void
three_hundred_kilobytes_go_out_whole(void)
{
  write_whole(300000);
}

static void
sixty_four_kib_come_in_whole(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  guint8 *bytes = pattern(65536), *read = g_malloc0(65536);
  int n = 0;
  vdev_push(stage.vdevs[0], IN, bytes, 65536);
  CU_ASSERT_EQUAL(usb_bulk(handle, IN, read, 65536, &n, 20000), USB_OK);
  CU_ASSERT_EQUAL(n, 65536);
  CU_ASSERT_EQUAL(memcmp(read, bytes, 65536), 0);
  g_free(bytes);
  g_free(read);
  usb_close(handle);
  stage_close(&stage);
}

static void
nothing_written_is_a_packet_of_none(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  guint8 byte = 0;
  int n = 7;
  CU_ASSERT_EQUAL(usb_bulk(handle, OUT, &byte, 0, &n, 1000), USB_OK);
  CU_ASSERT_EQUAL(n, 0);
  CU_ASSERT(got(stage.vdevs[0], &byte, 0));
  usb_close(handle);
  stage_close(&stage);
}

static void
a_short_packet_ends_a_read(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  guint8 *bytes = pattern(100), read[512];
  int n = 0;
  vdev_push(stage.vdevs[0], IN, bytes, 100);
  vdev_push(stage.vdevs[0], IN, "next", 4);
  CU_ASSERT_EQUAL(usb_bulk(handle, IN, read, sizeof read, &n, 1000), USB_OK);
  CU_ASSERT_EQUAL(n, 100);
  CU_ASSERT_EQUAL(memcmp(read, bytes, 100), 0);
  CU_ASSERT_EQUAL(usb_bulk(handle, IN, read, sizeof read, &n, 1000), USB_OK);
  CU_ASSERT_EQUAL(n, 4);
  g_free(bytes);
  usb_close(handle);
  stage_close(&stage);
}

static void
a_packet_of_none_ends_a_read(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  guint8 *bytes = pattern(128), read[512];
  int n = 7;
  vdev_push(stage.vdevs[0], IN, "", 0);
  CU_ASSERT_EQUAL(usb_bulk(handle, IN, read, sizeof read, &n, 1000), USB_OK);
  CU_ASSERT_EQUAL(n, 0);
  vdev_push(stage.vdevs[0], IN, bytes, 128);
  vdev_push(stage.vdevs[0], IN, "", 0);
  CU_ASSERT_EQUAL(usb_bulk(handle, IN, read, sizeof read, &n, 1000), USB_OK);
  CU_ASSERT_EQUAL(n, 128);
  g_free(bytes);
  usb_close(handle);
  stage_close(&stage);
}

static void
reading_what_never_comes_times_out(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  guint8 read[64];
  int n = 7;
  int64_t before_us = usb_now_us();
  CU_ASSERT_EQUAL(usb_bulk(handle, IN, read, sizeof read, &n, 150), USB_TIMEOUT);
  CU_ASSERT_EQUAL(n, 0);
  CU_ASSERT(usb_now_us() - before_us >= 140 * 1000);
  usb_close(handle);
  stage_close(&stage);
}

static void
a_timed_out_read_keeps_what_came(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  guint8 *bytes = pattern(64), read[256];
  int n = 0;
  vdev_push(stage.vdevs[0], IN, bytes, 64); /* not short: there may be more */
  CU_ASSERT_EQUAL(usb_bulk(handle, IN, read, sizeof read, &n, 150), USB_TIMEOUT);
  CU_ASSERT_EQUAL(n, 64);
  CU_ASSERT_EQUAL(memcmp(read, bytes, 64), 0);
  g_free(bytes);
  usb_close(handle);
  stage_close(&stage);
}

static void
a_timed_out_write_tells_what_moved_and_the_tail_follows(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  guint8 *bytes = pattern(300);
  int n = 0, tail = 0;
  vdev_set_room(stage.vdevs[0], OUT, 128);
  CU_ASSERT_EQUAL(usb_bulk(handle, OUT, bytes, 300, &n, 150), USB_TIMEOUT);
  CU_ASSERT_EQUAL(n, 128);
  vdev_set_room(stage.vdevs[0], OUT, -1);
  CU_ASSERT_EQUAL(usb_bulk(handle, OUT, bytes + n, 300 - n, &tail, 1000), USB_OK);
  CU_ASSERT_EQUAL(n + tail, 300);
  CU_ASSERT(got(stage.vdevs[0], bytes, 300)); /* nothing lost, nothing doubled */
  g_free(bytes);
  usb_close(handle);
  stage_close(&stage);
}

static void
a_busy_device_moves_nothing(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  guint8 *bytes = pattern(300);
  int n = 7;
  vdev_set_nak(stage.vdevs[0], OUT, true);
  CU_ASSERT_EQUAL(usb_bulk(handle, OUT, bytes, 300, &n, 150), USB_TIMEOUT);
  CU_ASSERT_EQUAL(n, 0);
  vdev_set_nak(stage.vdevs[0], OUT, false);
  CU_ASSERT(got(stage.vdevs[0], bytes, 0));
  g_free(bytes);
  usb_close(handle);
  stage_close(&stage);
}

static void
a_halted_endpoint_stalls_until_it_is_cleared(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  guint8 bytes[64] = {1}, *wanted = bytes;
  int n = 7;
  vdev_set_halt(stage.vdevs[0], OUT, true);
  CU_ASSERT_EQUAL(usb_bulk(handle, OUT, bytes, 64, &n, 1000), USB_STALL);
  CU_ASSERT_EQUAL(n, 0);
  CU_ASSERT_EQUAL(usb_bulk(handle, OUT, bytes, 64, &n, 1000), USB_STALL);
  CU_ASSERT_EQUAL(usb_clear_halt(handle, OUT), USB_OK);
  CU_ASSERT_EQUAL(usb_bulk(handle, OUT, bytes, 64, &n, 1000), USB_OK);
  CU_ASSERT(got(stage.vdevs[0], wanted, 64));
  usb_close(handle);
  stage_close(&stage);
}

static void
a_halt_ends_a_read_that_waits(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  guint8 read[64];
  int n = 7;
  vdev_set_halt(stage.vdevs[0], IN, true);
  CU_ASSERT_EQUAL(usb_bulk(handle, IN, read, 64, &n, 1000), USB_STALL);
  CU_ASSERT_EQUAL(usb_clear_halt(handle, IN), USB_OK);
  vdev_push(stage.vdevs[0], IN, "well", 4);
  CU_ASSERT_EQUAL(usb_bulk(handle, IN, read, 64, &n, 1000), USB_OK);
  CU_ASSERT_EQUAL(n, 4);
  usb_close(handle);
  stage_close(&stage);
}

static void
a_device_that_babbles_is_an_overflow(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  guint8 read[64];
  int n = 0;
  vdev_push(stage.vdevs[0], IN, "123456789", 9);
  CU_ASSERT_EQUAL(usb_bulk(handle, IN, read, 4, &n, 1000), USB_OVERFLOW);
  CU_ASSERT(n <= 4);
  vdev_push(stage.vdevs[0], IN, "well", 4);
  CU_ASSERT_EQUAL(usb_bulk(handle, IN, read, 64, &n, 1000), USB_OK);
  CU_ASSERT_EQUAL(n, 4);
  usb_close(handle);
  stage_close(&stage);
}

static void
two_devices_do_not_mix(void)
{
  Stage stage;
  UsbHandle *one = stage_plain(&stage);
  stage_plug(&stage, vdev_other_new(), "1-3");
  UsbHandle *two = usb_open(OTHER_PLACE, NULL, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(two);
  CU_ASSERT_EQUAL(usb_claim(two, 0), USB_OK);
  guint8 *bytes = pattern(200), read[64];
  int n = 0;
  vdev_set_nak(stage.vdevs[0], OUT, true);
  CU_ASSERT_EQUAL(usb_bulk(one, OUT, bytes, 100, &n, 50), USB_TIMEOUT);
  CU_ASSERT_EQUAL(usb_bulk(two, OUT, bytes, 200, &n, 1000), USB_OK);
  vdev_push(stage.vdevs[1], IN, "two", 3);
  vdev_push(stage.vdevs[0], IN, "one!", 4);
  CU_ASSERT_EQUAL(usb_bulk(one, IN, read, 64, &n, 1000), USB_OK);
  CU_ASSERT_EQUAL(n, 4);
  CU_ASSERT_EQUAL(usb_bulk(two, IN, read, 64, &n, 1000), USB_OK);
  CU_ASSERT_EQUAL(n, 3);
  CU_ASSERT(got(stage.vdevs[0], bytes, 0));
  CU_ASSERT(got(stage.vdevs[1], bytes, 200));
  g_free(bytes);
  usb_close(one);
  usb_close(two);
  stage_close(&stage);
}

CU_TestInfo CONFORM_BULK[] = {
    TEST(bytes_written_arrive_in_order),
    TEST(sixty_four_kib_go_out_whole),
    TEST(three_hundred_kilobytes_go_out_whole),
    TEST(sixty_four_kib_come_in_whole),
    TEST(nothing_written_is_a_packet_of_none),
    TEST(a_short_packet_ends_a_read),
    TEST(a_packet_of_none_ends_a_read),
    TEST(reading_what_never_comes_times_out),
    TEST(a_timed_out_read_keeps_what_came),
    TEST(a_timed_out_write_tells_what_moved_and_the_tail_follows),
    TEST(a_busy_device_moves_nothing),
    TEST(a_halted_endpoint_stalls_until_it_is_cleared),
    TEST(a_halt_ends_a_read_that_waits),
    TEST(a_device_that_babbles_is_an_overflow),
    TEST(two_devices_do_not_mix),
    CU_TEST_INFO_NULL};
