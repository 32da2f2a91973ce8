#include <errno.h>
#include <string.h>

#include "tests/usb/conform.h"
#include "tests/usb/stage.h"

#define IN   0x82
#define MANY 8

/* A transfer and what became of it. */
typedef struct {
  UsbTransfer transfer;
  UsbHandle *handle;
  guint8 bytes[64];
  int ends;    /* calls of done() */
  int anew;    /* how often it is to be submitted anew */
  int refused; /* a submit that failed so */
  int *order;  /* next place in the order of ends, shared */
  int place;
} Probe;

static void
on_done(UsbTransfer *transfer)
{
  Probe *probe = transfer->user;
  if (probe->order)
    probe->place = (*probe->order)++;
  if (transfer->status == USB_OK && probe->anew > 0) {
    probe->anew--;
    UsbStatus status = usb_submit(probe->handle, transfer);
    if (status != USB_OK)
      __atomic_store_n(&probe->refused, (int)status, __ATOMIC_RELEASE);
  }
  ADD(probe->ends);
}

static void
probe_init(Probe *probe, UsbHandle *handle)
{
  *probe = (Probe){.handle = handle};
  probe->transfer = (UsbTransfer){.kind = USB_BULK,
                                  .endpoint = IN,
                                  .bytes = probe->bytes,
                                  .length = sizeof probe->bytes,
                                  .done = on_done,
                                  .user = probe};
}

static void
a_cancelled_transfer_says_so_once(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  Probe probe;
  probe_init(&probe, handle);
  CU_ASSERT_EQUAL(usb_submit(handle, &probe.transfer), USB_OK);
  usb_cancel(handle, &probe.transfer);
  UNTIL(&stage, GET(probe.ends) == 1);
  CU_ASSERT_EQUAL(probe.transfer.status, USB_CANCELLED);
  CU_ASSERT_EQUAL(probe.transfer.actual, 0);
  usb_cancel(handle, &probe.transfer);
  vbus_turn(stage.bus);
  usb_close(handle);
  CU_ASSERT_EQUAL(GET(probe.ends), 1);
  stage_close(&stage);
}

static void
cancelling_what_is_done_does_nothing(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  Probe probe;
  probe_init(&probe, handle);
  usb_cancel(handle, &probe.transfer);
  vdev_push(stage.vdevs[0], IN, "abc", 3);
  CU_ASSERT_EQUAL(usb_submit(handle, &probe.transfer), USB_OK);
  UNTIL(&stage, GET(probe.ends) == 1);
  usb_cancel(handle, &probe.transfer);
  CU_ASSERT_EQUAL(probe.transfer.status, USB_OK);
  CU_ASSERT_EQUAL(probe.transfer.actual, 3);
  usb_close(handle);
  CU_ASSERT_EQUAL(GET(probe.ends), 1);
  stage_close(&stage);
}

static gpointer
push_one(gpointer vdev)
{
  vdev_push(vdev, IN, "x", 1);
  return NULL;
}

static void
a_cancel_that_races_an_answer_loses_nothing(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  int kept = 0, came = 0, rounds = 60;
  for (int i = 0; i < rounds; i++) {
    Probe probe;
    probe_init(&probe, handle);
    CU_ASSERT_EQUAL(usb_submit(handle, &probe.transfer), USB_OK);
    GThread *thread = g_thread_new("push", push_one, stage.vdevs[0]);
    usb_cancel(handle, &probe.transfer);
    g_thread_join(thread);
    UNTIL(&stage, GET(probe.ends) == 1);
    CU_ASSERT(probe.transfer.status == USB_OK || probe.transfer.status == USB_CANCELLED);
    came += probe.transfer.actual;
  }
  for (int n = 1; n > 0; kept += n) {
    guint8 bytes[64];
    usb_bulk(handle, IN, bytes, sizeof bytes, &n, 100);
  }
  CU_ASSERT_EQUAL(came + kept, rounds);
  usb_close(handle);
  stage_close(&stage);
}

static void
transfers_of_an_endpoint_end_in_their_order(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  Probe probes[MANY];
  int order = 0;
  for (int i = 0; i < MANY; i++) {
    probe_init(&probes[i], handle);
    probes[i].order = &order;
    CU_ASSERT_EQUAL(usb_submit(handle, &probes[i].transfer), USB_OK);
  }
  for (char c = 'a'; c < 'a' + MANY; c++)
    vdev_push(stage.vdevs[0], IN, &c, 1);
  for (int i = 0; i < MANY; i++) {
    UNTIL(&stage, GET(probes[i].ends) == 1);
    CU_ASSERT_EQUAL(probes[i].place, i);
    CU_ASSERT_EQUAL(probes[i].bytes[0], 'a' + i);
  }
  usb_close(handle);
  stage_close(&stage);
}

static void
a_transfer_may_be_submitted_anew_by_its_done(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  Probe probe;
  probe_init(&probe, handle);
  probe.anew = 100;
  CU_ASSERT_EQUAL(usb_submit(handle, &probe.transfer), USB_OK);
  for (int i = 0; i <= 100; i++)
    vdev_push(stage.vdevs[0], IN, "x", 1);
  UNTIL(&stage, GET(probe.ends) == 101);
  CU_ASSERT_EQUAL(GET(probe.refused), USB_OK);
  usb_close(handle);
  stage_close(&stage);
}

static void
closing_ends_what_is_pending_before_it_returns(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  Probe probes[MANY];
  for (int i = 0; i < MANY; i++) {
    probe_init(&probes[i], handle);
    CU_ASSERT_EQUAL(usb_submit(handle, &probes[i].transfer), USB_OK);
  }
  usb_close(handle);
  for (int i = 0; i < MANY; i++) {
    CU_ASSERT_EQUAL(GET(probes[i].ends), 1);
    CU_ASSERT_EQUAL(probes[i].transfer.status, USB_CANCELLED);
  }
  stage_close(&stage);
}

static void
closing_ends_also_what_submits_itself_anew(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  Probe probe;
  probe_init(&probe, handle);
  probe.anew = G_MAXINT;
  for (int i = 0; i < 200; i++)
    vdev_push(stage.vdevs[0], IN, "x", 1);
  CU_ASSERT_EQUAL(usb_submit(handle, &probe.transfer), USB_OK);
  UNTIL(&stage, GET(probe.ends) > 0);
  usb_close(handle);
  int ends = GET(probe.ends);
  vbus_turn(stage.bus);
  CU_ASSERT_EQUAL(GET(probe.ends), ends);
  stage_close(&stage);
}

static void
a_shaken_cable_is_an_error_and_then_all_is_well(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  Probe probe;
  probe_init(&probe, handle);
  CU_ASSERT_EQUAL(usb_submit(handle, &probe.transfer), USB_OK);
  UNTIL(&stage, vdev_pending(stage.vdevs[0]) == 1);
  vdev_fail_pending(stage.vdevs[0], -EPROTO);
  UNTIL(&stage, GET(probe.ends) == 1);
  CU_ASSERT_EQUAL(probe.transfer.status, USB_IO);
  CU_ASSERT_EQUAL(usb_settle(handle), USB_IO);
  vdev_push(stage.vdevs[0], IN, "well", 4);
  CU_ASSERT_EQUAL(usb_submit(handle, &probe.transfer), USB_OK);
  UNTIL(&stage, GET(probe.ends) == 2);
  CU_ASSERT_EQUAL(probe.transfer.status, USB_OK);
  usb_close(handle);
  stage_close(&stage);
}

static void
pulled_while_it_waits_a_transfer_is_gone(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  Probe probe;
  probe_init(&probe, handle);
  CU_ASSERT_EQUAL(usb_submit(handle, &probe.transfer), USB_OK);
  UNTIL(&stage, vdev_pending(stage.vdevs[0]) == 1);
  vbus_yank(stage.plugs[0]);
  UNTIL(&stage, GET(probe.ends) == 1);
  CU_ASSERT_EQUAL(probe.transfer.status, USB_GONE);
  stage_unplug(&stage, 0);
  CU_ASSERT_EQUAL(usb_submit(handle, &probe.transfer), USB_GONE);
  CU_ASSERT_EQUAL(GET(probe.ends), 1);
  usb_close(handle);
  stage_close(&stage);
}

static void
gone_may_be_learnt_from_the_next_submit(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  guint8 bytes[64];
  int n = 7;
  vbus_unplug(stage.plugs[0]);
  CU_ASSERT_EQUAL(usb_bulk(handle, IN, bytes, sizeof bytes, &n, 1000), USB_GONE);
  CU_ASSERT_EQUAL(n, 0);
  CU_ASSERT_EQUAL(usb_control(handle, 0xc0, 1, 0, 0, bytes, 5, &n), USB_GONE);
  CU_ASSERT_EQUAL(usb_clear_halt(handle, IN), USB_GONE);
  CU_ASSERT_EQUAL(usb_claim(handle, 1), USB_GONE);
  CU_ASSERT(usb_has_left());
  usb_close(handle);
  CU_ASSERT(!usb_has_left());
  stage_close(&stage);
}

static void
gone_may_be_learnt_from_the_news_alone(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  CU_ASSERT(!usb_has_left());
  vbus_unplug(stage.plugs[0]);
  UNTIL(&stage, usb_has_left());
  CU_ASSERT_EQUAL(usb_settle(handle), USB_GONE);
  usb_close(handle);
  stage_close(&stage);
}

static void
an_error_may_be_an_unplug_under_way(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  Probe probe;
  probe_init(&probe, handle);
  CU_ASSERT_EQUAL(usb_submit(handle, &probe.transfer), USB_OK);
  UNTIL(&stage, vdev_pending(stage.vdevs[0]) == 1);
  vdev_fail_pending(stage.vdevs[0], -EPROTO);
  UNTIL(&stage, GET(probe.ends) == 1);
  CU_ASSERT_EQUAL(probe.transfer.status, USB_IO);
  stage_unplug(&stage, 0);
  CU_ASSERT_EQUAL(usb_settle(handle), USB_GONE);
  usb_close(handle);
  stage_close(&stage);
}

CU_TestInfo CONFORM_CANCEL[] = {TEST(a_cancelled_transfer_says_so_once),
                                TEST(cancelling_what_is_done_does_nothing),
                                TEST(a_cancel_that_races_an_answer_loses_nothing),
                                TEST(transfers_of_an_endpoint_end_in_their_order),
                                TEST(a_transfer_may_be_submitted_anew_by_its_done),
                                TEST(closing_ends_what_is_pending_before_it_returns),
                                TEST(closing_ends_also_what_submits_itself_anew),
                                TEST(a_shaken_cable_is_an_error_and_then_all_is_well),
                                TEST(pulled_while_it_waits_a_transfer_is_gone),
                                TEST(gone_may_be_learnt_from_the_next_submit),
                                TEST(gone_may_be_learnt_from_the_news_alone),
                                TEST(an_error_may_be_an_unplug_under_way),
                                CU_TEST_INFO_NULL};
