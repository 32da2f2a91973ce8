#include <errno.h>
#include <string.h>

#include "drivers/usb_inlet.h"
#include "tests/usb/conform.h"
#include "tests/usb/stage.h"

#define KEYS 0x83 /* interrupt, 8 */
#define IN   0x82 /* bulk, 64 */

static int notes;

static void
on_note(gpointer data)
{
  ADD(notes);
}

static UsbInlet *
listen_at(UsbHandle *handle, guint8 endpoint, Stage *stage)
{
  __atomic_store_n(&notes, 0, __ATOMIC_RELEASE);
  UsbInlet *inlet = usb_inlet_new(handle,
                                  endpoint == IN ? USB_BULK : USB_INTERRUPT,
                                  endpoint,
                                  endpoint == IN ? 64 : 8,
                                  on_note,
                                  NULL,
                                  NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(inlet);
  UNTIL(stage, vdev_pending(stage->vdevs[0]) == 4); /* a real bus takes its time */
  return inlet;
}

/* @return whether the next packet is @wanted, waiting for it. */
static bool
comes(UsbInlet *inlet, const char *wanted)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) packet = usb_inlet_take(inlet, 5000, &error);
  gsize length;
  return packet && !error &&
         memcmp(g_bytes_get_data(packet, &length) ? g_bytes_get_data(packet, &length)
                                                  : "",
                wanted,
                MIN(strlen(wanted), g_bytes_get_size(packet))) == 0 &&
         g_bytes_get_size(packet) == strlen(wanted);
}

/* @return the code of the error that ends it, -1: a packet came or nothing. */
static int
end_of(UsbInlet *inlet)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) packet = usb_inlet_take(inlet, 5000, &error);
  return error ? error->code : -1;
}

static void
packets_come_in_their_order(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  UsbInlet *inlet = listen_at(handle, KEYS, &stage);
  for (int i = 0; i < 200; i++) {
    char text[9];
    g_snprintf(text, sizeof text, "%07d", i);
    vdev_push(stage.vdevs[0], KEYS, text, 7);
  }
  for (int i = 0; i < 200; i++) {
    char text[9];
    g_snprintf(text, sizeof text, "%07d", i);
    CU_ASSERT(comes(inlet, text));
  }
  CU_ASSERT(GET(notes) > 0);
  usb_inlet_free(inlet);
  usb_close(handle);
  stage_close(&stage);
}

static void
when_nothing_came_nothing_is_taken(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  UsbInlet *inlet = listen_at(handle, KEYS, &stage);
  g_autoptr(GError) error = NULL;
  CU_ASSERT_PTR_NULL(usb_inlet_take(inlet, 0, &error));
  CU_ASSERT_PTR_NULL(error);
  int64_t before_us = usb_now_us();
  CU_ASSERT_PTR_NULL(usb_inlet_take(inlet, 150, &error));
  CU_ASSERT_PTR_NULL(error);
  CU_ASSERT(usb_now_us() - before_us >= 140 * 1000);
  CU_ASSERT_EQUAL(GET(notes), 0);
  usb_inlet_free(inlet);
  usb_close(handle);
  stage_close(&stage);
}

static void
an_empty_packet_is_a_packet(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  UsbInlet *inlet = listen_at(handle, IN, &stage);
  vdev_push(stage.vdevs[0], IN, "", 0);
  vdev_push(stage.vdevs[0], IN, "a", 1);
  CU_ASSERT(comes(inlet, ""));
  CU_ASSERT(comes(inlet, "a"));
  usb_inlet_free(inlet);
  usb_close(handle);
  stage_close(&stage);
}

static void
a_stream_is_read_in_any_pieces(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  UsbInlet *inlet = listen_at(handle, IN, &stage);
  guint8 sent[500], read[500];
  for (gsize i = 0; i < sizeof sent; i++)
    sent[i] = (guint8)(i * 7);
  vdev_push(stage.vdevs[0], IN, sent, 300);
  vdev_push(stage.vdevs[0], IN, "", 0);
  vdev_push(stage.vdevs[0], IN, sent + 300, 200);
  for (gsize at = 0, piece = 1; at < sizeof read; piece = piece % 90 + 13) {
    gssize n = usb_inlet_read(inlet, read + at, MIN(piece, sizeof read - at), 5000, NULL);
    CU_ASSERT_FATAL(n > 0);
    at += (gsize)n;
  }
  CU_ASSERT_EQUAL(memcmp(sent, read, sizeof sent), 0);
  CU_ASSERT_EQUAL(usb_inlet_read(inlet, read, 1, 0, NULL), 0);
  usb_inlet_free(inlet);
  usb_close(handle);
  stage_close(&stage);
}

static void
of_a_flood_the_newest_is_dropped(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  UsbInlet *inlet = listen_at(handle, KEYS, &stage);
  int n = 0, pushed = USB_INLET_MOST + 500;
  for (int i = 0; i < pushed; i++)
    vdev_push(stage.vdevs[0], KEYS, &i, sizeof i);
  UNTIL(&stage, GET(notes) == pushed);
  for (GBytes *packet; (packet = usb_inlet_take(inlet, 0, NULL)); n++) {
    CU_ASSERT_EQUAL(*(const int *)g_bytes_get_data(packet, NULL), n);
    g_bytes_unref(packet);
  }
  CU_ASSERT_EQUAL(n, USB_INLET_MOST);
  vdev_push(stage.vdevs[0], KEYS, "after", 5);
  CU_ASSERT(comes(inlet, "after"));
  usb_inlet_free(inlet);
  usb_close(handle);
  stage_close(&stage);
}

static void
a_halt_is_cleared_on_the_way(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  UsbInlet *inlet = listen_at(handle, KEYS, &stage);
  for (int i = 0; i < 3; i++) {
    vdev_push(stage.vdevs[0], KEYS, "before", 6);
    CU_ASSERT(comes(inlet, "before"));
    int before = GET(notes);
    vdev_set_halt(stage.vdevs[0], KEYS, true);
    UNTIL(&stage, GET(notes) >= before + 4);
    CU_ASSERT_PTR_NULL(usb_inlet_take(inlet, 0, NULL));
    vdev_push(stage.vdevs[0], KEYS, "behind", 6);
    CU_ASSERT(comes(inlet, "behind"));
  }
  usb_inlet_free(inlet);
  usb_close(handle);
  stage_close(&stage);
}

static void
babble_is_got_over(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  UsbInlet *inlet = usb_inlet_new(handle, USB_INTERRUPT, KEYS, 4, on_note, NULL, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(inlet);
  vdev_push(stage.vdevs[0], KEYS, "12345678", 8);
  vdev_push(stage.vdevs[0], KEYS, "well", 4);
  CU_ASSERT(comes(inlet, "well"));
  usb_inlet_free(inlet);
  usb_close(handle);
  stage_close(&stage);
}

static void
an_error_is_forgiven_once(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  UsbInlet *inlet = listen_at(handle, KEYS, &stage);
  for (int i = 0; i < 3; i++) {
    UNTIL(&stage, vdev_pending(stage.vdevs[0]) == 4);
    int before = GET(notes);
    vdev_fail_pending(stage.vdevs[0], -EPROTO);
    UNTIL(&stage, GET(notes) >= before + 4);
    CU_ASSERT_PTR_NULL(usb_inlet_take(inlet, 0, NULL));
    vdev_push(stage.vdevs[0], KEYS, "well", 4);
    CU_ASSERT(comes(inlet, "well"));
  }
  usb_inlet_free(inlet);
  usb_close(handle);
  stage_close(&stage);
}

static void
errors_without_a_packet_between_end_it(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  UsbInlet *inlet = listen_at(handle, KEYS, &stage);
  vdev_fail_pending(stage.vdevs[0], -EPROTO);
  UNTIL(&stage, GET(notes) >= 4);
  CU_ASSERT_PTR_NULL(usb_inlet_take(inlet, 0, NULL));
  UNTIL(&stage, vdev_pending(stage.vdevs[0]) == 4);
  vdev_fail_pending(stage.vdevs[0], -EPROTO);
  UNTIL(&stage, GET(notes) >= 8);
  CU_ASSERT_EQUAL(end_of(inlet), DEVICE_ERROR_GONE);
  usb_inlet_free(inlet);
  usb_close(handle);
  stage_close(&stage);
}

static void
an_error_that_was_an_unplug_is_gone(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  UsbInlet *inlet = listen_at(handle, KEYS, &stage);
  vdev_fail_pending(stage.vdevs[0], -EPROTO);
  UNTIL(&stage, GET(notes) >= 4);
  stage_unplug(&stage, 0);
  CU_ASSERT_EQUAL(end_of(inlet), DEVICE_ERROR_GONE);
  usb_inlet_free(inlet);
  usb_close(handle);
  stage_close(&stage);
}

static void
gone_comes_after_all_that_came_before_and_again(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  UsbInlet *inlet = listen_at(handle, KEYS, &stage);
  vdev_push(stage.vdevs[0], KEYS, "one", 3);
  vdev_push(stage.vdevs[0], KEYS, "two", 3);
  UNTIL(&stage, GET(notes) == 2);
  stage_unplug(&stage, 0);
  UNTIL(&stage, GET(notes) > 2);
  CU_ASSERT(comes(inlet, "one"));
  CU_ASSERT(comes(inlet, "two"));
  for (int i = 0; i < 3; i++)
    CU_ASSERT_EQUAL(end_of(inlet), DEVICE_ERROR_GONE);
  guint8 byte;
  g_autoptr(GError) error = NULL;
  CU_ASSERT_EQUAL(usb_inlet_read(inlet, &byte, 1, 0, &error), -1);
  CU_ASSERT(g_error_matches(error, DEVICE_ERROR, DEVICE_ERROR_GONE));
  usb_inlet_free(inlet);
  usb_close(handle);
  stage_close(&stage);
}

static void
an_inlet_of_a_device_that_left_cannot_be_made(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  stage_unplug(&stage, 0);
  g_autoptr(GError) error = NULL;
  CU_ASSERT_PTR_NULL(usb_inlet_new(handle, USB_INTERRUPT, KEYS, 8, NULL, NULL, &error));
  CU_ASSERT(g_error_matches(error, DEVICE_ERROR, DEVICE_ERROR_GONE));
  usb_close(handle);
  stage_close(&stage);
}

static void
an_inlet_is_freed_with_all_it_had(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  for (int i = 0; i < 20; i++) {
    UsbInlet *inlet = listen_at(handle, i % 2 ? KEYS : IN, &stage);
    for (int k = 0; k < i; k++)
      vdev_push(stage.vdevs[0], i % 2 ? KEYS : IN, "kept", 4);
    usb_inlet_free(inlet);
    UNTIL(&stage, vdev_pending(stage.vdevs[0]) == 0);
  }
  usb_inlet_free(NULL);
  usb_close(handle);
  stage_close(&stage);
}

static void
two_inlets_of_a_device_do_not_mix(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  UsbInlet *keys = listen_at(handle, KEYS, &stage);
  UsbInlet *bytes = usb_inlet_new(handle, USB_BULK, IN, 64, NULL, NULL, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(bytes);
  vdev_push(stage.vdevs[0], IN, "bytes", 5);
  vdev_push(stage.vdevs[0], KEYS, "keys", 4);
  CU_ASSERT(comes(keys, "keys"));
  CU_ASSERT(comes(bytes, "bytes"));
  usb_inlet_free(keys);
  usb_inlet_free(bytes);
  usb_close(handle);
  stage_close(&stage);
}

CU_TestInfo CONFORM_INLET[] = {TEST(packets_come_in_their_order),
                               TEST(when_nothing_came_nothing_is_taken),
                               TEST(an_empty_packet_is_a_packet),
                               TEST(a_stream_is_read_in_any_pieces),
                               TEST(of_a_flood_the_newest_is_dropped),
                               TEST(a_halt_is_cleared_on_the_way),
                               TEST(babble_is_got_over),
                               TEST(an_error_is_forgiven_once),
                               TEST(errors_without_a_packet_between_end_it),
                               TEST(an_error_that_was_an_unplug_is_gone),
                               TEST(gone_comes_after_all_that_came_before_and_again),
                               TEST(an_inlet_of_a_device_that_left_cannot_be_made),
                               TEST(an_inlet_is_freed_with_all_it_had),
                               TEST(two_inlets_of_a_device_do_not_mix),
                               CU_TEST_INFO_NULL};
