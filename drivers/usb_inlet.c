#include "drivers/usb_inlet.h"

#include <string.h>

#include "drivers/secret_bytes.h"

#define PENDING  4
#define CLOSE_US G_GINT64_CONSTANT(50000)

typedef struct {
  UsbInlet *inlet;
  UsbTransfer transfer;
  int parked; /* its status when it ended badly, until the reader mends it */
} Lane;

/* The bus's thread writes the ring and the reader's thread reads it: one of each, so two
 * counters do. */
struct UsbInlet {
  UsbHandle *handle;
  UsbNotify notify;
  gpointer data;
  Lane lanes[PENDING];
  GBytes *ring[USB_INLET_MOST]; /* owned between @taken and @put */
  unsigned put, taken;
  int signal; /* something came since the reader looked */
  int live;   /* lanes that are under way */
  int drained;
  int closing;
  int ended; /* the status it ended with */

  /* The reader's. */
  int failures; /* errors since the last packet */
  unsigned put_at_failure;
  GBytes *rest; /* owned (nullable): what usb_inlet_read() has begun */
  gsize rest_at;
};

static int
get(const int *from)
{
  return __atomic_load_n(from, __ATOMIC_ACQUIRE);
}

static void
set(int *to, int value)
{
  __atomic_store_n(to, value, __ATOMIC_RELEASE);
}

static void
put_packet(UsbInlet *inlet, const UsbTransfer *transfer)
{
  unsigned taken = __atomic_load_n(&inlet->taken, __ATOMIC_ACQUIRE);
  unsigned put = inlet->put;
  if (put - taken == USB_INLET_MOST)
    return;
  /* It may be about a person. */
  inlet->ring[put % USB_INLET_MOST] =
      secret_bytes_new(transfer->bytes, (gsize)MAX(transfer->actual, 0));
  explicit_bzero(transfer->bytes, (gsize)MAX(transfer->actual, 0));
  __atomic_store_n(&inlet->put, put + 1, __ATOMIC_RELEASE);
}

static GBytes *
take_packet(UsbInlet *inlet)
{
  unsigned taken = inlet->taken;
  if (taken == __atomic_load_n(&inlet->put, __ATOMIC_ACQUIRE))
    return NULL;
  GBytes *packet = inlet->ring[taken % USB_INLET_MOST];
  __atomic_store_n(&inlet->taken, taken + 1, __ATOMIC_RELEASE);
  return packet;
}

static void
tell(UsbInlet *inlet)
{
  set(&inlet->signal, 1);
  if (inlet->notify && !get(&inlet->closing))
    inlet->notify(inlet->data);
}

/* After the last lane the inlet may be freed at any moment. */
static void
leave(UsbInlet *inlet)
{
  if (__atomic_sub_fetch(&inlet->live, 1, __ATOMIC_ACQ_REL) == 0)
    set(&inlet->drained, 1);
}

static void
park(Lane *lane, UsbStatus status)
{
  if (status == USB_GONE)
    set(&lane->inlet->ended, status);
  else
    set(&lane->parked, status);
}

static void
on_done(UsbTransfer *transfer)
{
  Lane *lane = transfer->user;
  UsbInlet *inlet = lane->inlet;
  UsbStatus status = usb_note(inlet->handle, transfer->status);

  if (get(&inlet->closing)) {
    leave(inlet);
    return;
  }
  if (status == USB_OK) {
    put_packet(inlet, transfer);
    status = usb_submit(inlet->handle, transfer);
    if (status == USB_OK) {
      tell(inlet);
      return;
    }
  }
  park(lane, status);
  tell(inlet);
  leave(inlet);
}

static void
start_lane(Lane *lane)
{
  UsbInlet *inlet = lane->inlet;
  set(&inlet->drained, 0);
  __atomic_add_fetch(&inlet->live, 1, __ATOMIC_ACQ_REL);
  UsbStatus status = usb_submit(inlet->handle, &lane->transfer);
  if (status == USB_OK)
    return;
  park(lane, status);
  leave(inlet);
}

UsbInlet *
usb_inlet_new(UsbHandle *handle,
              UsbKind kind,
              uint8_t endpoint,
              int packet,
              UsbNotify notify,
              gpointer data,
              GError **error)
{
  UsbInlet *inlet = g_new0(UsbInlet, 1);
  inlet->handle = handle;
  inlet->notify = notify;
  inlet->data = data;
  inlet->drained = 1;
  for (int i = 0; i < PENDING; i++) {
    Lane *lane = &inlet->lanes[i];
    lane->inlet = inlet;
    lane->transfer = (UsbTransfer){.kind = kind,
                                   .endpoint = endpoint,
                                   .bytes = g_malloc((gsize)packet),
                                   .length = packet,
                                   .done = on_done,
                                   .user = lane};
  }
  for (int i = 0; i < PENDING; i++)
    start_lane(&inlet->lanes[i]);
  if (get(&inlet->ended)) {
    usb_fail((UsbStatus)get(&inlet->ended), "the device", error);
    usb_inlet_free(inlet);
    return NULL;
  }
  return inlet;
}

void
usb_inlet_free(UsbInlet *inlet)
{
  if (!inlet)
    return;
  set(&inlet->closing, 1);
  /* Again and again: a lane may just have been submitted anew while it was cancelled. */
  while (!get(&inlet->drained)) {
    for (int i = 0; i < PENDING; i++)
      usb_cancel(inlet->handle, &inlet->lanes[i].transfer);
    usb_wait(&inlet->drained, usb_now_us() + CLOSE_US);
  }
  for (GBytes *packet; (packet = take_packet(inlet));)
    g_bytes_unref(packet);
  g_clear_pointer(&inlet->rest, g_bytes_unref);
  for (int i = 0; i < PENDING; i++)
    g_free(inlet->lanes[i].transfer.bytes);
  g_free(inlet);
}

/* Once in a row an error is forgiven, when the device did not leave meanwhile. */
static bool
may_go_on(UsbInlet *inlet)
{
  unsigned put = __atomic_load_n(&inlet->put, __ATOMIC_ACQUIRE);
  if (put != inlet->put_at_failure)
    inlet->failures = 0;
  inlet->put_at_failure = put;
  return usb_settle(inlet->handle) != USB_GONE && inlet->failures++ == 0;
}

static UsbStatus
parked_status(UsbInlet *inlet)
{
  UsbStatus worst = USB_OK;
  for (int i = 0; i < PENDING; i++) {
    UsbStatus status = (UsbStatus)get(&inlet->lanes[i].parked);
    if (status != USB_OK && worst != USB_IO)
      worst = status;
  }
  return worst;
}

/* What ended badly is set going again: here, where one may wait. */
static void
mend(UsbInlet *inlet)
{
  UsbStatus status = parked_status(inlet);
  if (status == USB_OK || get(&inlet->ended))
    return;
  bool is_halt = status == USB_STALL || status == USB_OVERFLOW;
  if (is_halt &&
      usb_clear_halt(inlet->handle, inlet->lanes[0].transfer.endpoint) == USB_GONE)
    set(&inlet->ended, USB_GONE);
  else if (!is_halt && !may_go_on(inlet))
    set(&inlet->ended, usb_has_left() ? USB_GONE : status);
  for (int i = 0; i < PENDING && !get(&inlet->ended); i++)
    if (get(&inlet->lanes[i].parked)) {
      set(&inlet->lanes[i].parked, USB_OK);
      start_lane(&inlet->lanes[i]);
    }
}

GBytes *
usb_inlet_take(UsbInlet *inlet, int timeout_ms, GError **error)
{
  int64_t until_us = usb_now_us() + (int64_t)timeout_ms * 1000;

  for (bool looked = false;; looked = true) {
    set(&inlet->signal, 0);
    int ended = get(&inlet->ended);
    GBytes *packet = take_packet(inlet);
    if (packet)
      return packet;
    if (ended) {
      usb_fail((UsbStatus)ended, "the device", error);
      return NULL;
    }
    mend(inlet);
    if (get(&inlet->ended))
      continue;
    if (looked && (usb_now_us() >= until_us || device_is_ending()))
      return NULL;
    usb_wait(&inlet->signal, until_us);
  }
}

gssize
usb_inlet_read(UsbInlet *inlet, guint8 *bytes, gsize room, int timeout_ms, GError **error)
{
  while (!inlet->rest) {
    GError *failure = NULL;
    inlet->rest = usb_inlet_take(inlet, timeout_ms, &failure);
    inlet->rest_at = 0;
    if (failure) {
      g_propagate_error(error, failure);
      return -1;
    }
    if (!inlet->rest)
      return 0;
    if (g_bytes_get_size(inlet->rest) == 0)
      g_clear_pointer(&inlet->rest, g_bytes_unref);
  }
  gsize length;
  const guint8 *packet = g_bytes_get_data(inlet->rest, &length);
  gsize n = MIN(room, length - inlet->rest_at);
  memcpy(bytes, packet + inlet->rest_at, n);
  inlet->rest_at += n;
  if (inlet->rest_at == length)
    g_clear_pointer(&inlet->rest, g_bytes_unref);
  return (gssize)n;
}
