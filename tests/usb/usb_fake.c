#include "tests/usb/usb_fake.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>

#define INTERFACES 8

typedef struct {
  UsbDevice *device; /* owned */
  Vdev *vdev;
  bool gone, forbidden, left;
  gpointer owners[INTERFACES];   /* Handle */
  bool lacks_driver[INTERFACES]; /* it was taken away and not given back */
} Plug;

typedef struct {
  int id;
  UsbWatch watch;
  gpointer data;
} Watcher;

/* @lock is never held while a device, a done() or a watch is called. */
struct UsbFake {
  pthread_mutex_t lock;
  pthread_mutex_t told; /* recursive; held while news and ends are told */
  int64_t now_us;
  GQueue ready;     /* of Flight: done and not yet told */
  GList *flying;    /* of Flight */
  GPtrArray *plugs; /* of Plug, also those that left */
  GArray *watchers; /* of Watcher */
  int last_id, open;
};

typedef struct {
  UsbFake *fake;
  Plug *plug;
  int flying; /* not yet told */
  bool closing;
} Handle;

typedef struct {
  VdevRequest request;
  UsbTransfer *transfer;
  Handle *handle;
  int64_t until_us; /* 0: for ever */
  bool timed_out;
} Flight;

static void
lock(UsbFake *fake)
{
  pthread_mutex_lock(&fake->lock);
}

static void
unlock(UsbFake *fake)
{
  pthread_mutex_unlock(&fake->lock);
}

static UsbStatus
status_of(const Flight *flight)
{
  switch (flight->request.status) {
  case 0:
    return USB_OK;
  case -EPIPE:
    return USB_STALL;
  case -ENOENT:
    return flight->timed_out ? USB_TIMEOUT : USB_CANCELLED;
  case -EOVERFLOW:
    return USB_OVERFLOW;
  case -ESHUTDOWN:
  case -ENODEV:
    return USB_GONE;
  default:
    return USB_IO;
  }
}

static void
on_request_done(VdevRequest *request)
{
  Flight *flight = request->user;
  UsbFake *fake = flight->handle->fake;
  lock(fake);
  fake->flying = g_list_remove(fake->flying, flight);
  g_queue_push_tail(&fake->ready, flight);
  unlock(fake);
}

/* Tells one end. @return false: there was none. */
static bool
step(UsbFake *fake)
{
  pthread_mutex_lock(&fake->told);
  lock(fake);
  Flight *flight = g_queue_pop_head(&fake->ready);
  if (flight)
    flight->transfer->carried = NULL;
  unlock(fake);
  if (flight) {
    flight->transfer->actual = flight->request.actual;
    flight->transfer->status = status_of(flight);
    flight->transfer->done(flight->transfer);
    lock(fake);
    flight->handle->flying--;
    unlock(fake);
    g_free(flight);
  }
  pthread_mutex_unlock(&fake->told);
  return flight;
}

/* @return the next whose time is over, marked as such; NULL: none. */
static Flight *
next_late(UsbFake *fake)
{
  Flight *late = NULL;
  lock(fake);
  for (GList *at = fake->flying; at && !late; at = at->next) {
    Flight *flight = at->data;
    if (flight->until_us && flight->until_us <= fake->now_us && !flight->timed_out)
      late = flight;
  }
  if (late)
    late->timed_out = true;
  unlock(fake);
  return late;
}

/* Held: @told, so that no flight ends and is freed meanwhile. */
static void
expire(UsbFake *fake)
{
  pthread_mutex_lock(&fake->told);
  for (Flight *late; (late = next_late(fake));)
    vdev_cancel(late->handle->plug->vdev, &late->request);
  pthread_mutex_unlock(&fake->told);
}

/* To whatever comes next, at most @until_us. @return false: it is there. */
static bool
jump(UsbFake *fake, int64_t until_us)
{
  lock(fake);
  int64_t next = until_us;
  for (GList *at = fake->flying; at; at = at->next) {
    const Flight *flight = at->data;
    if (flight->until_us)
      next = MIN(next, flight->until_us);
  }
  bool is_over = fake->now_us >= until_us;
  if (next != INT64_MAX)
    fake->now_us = MAX(fake->now_us, next);
  unlock(fake);
  return !is_over;
}

void
usb_fake_run(UsbFake *fake)
{
  while (step(fake))
    ;
}

void
usb_fake_advance(UsbFake *fake, int ms)
{
  lock(fake);
  fake->now_us += (int64_t)ms * 1000;
  unlock(fake);
  expire(fake);
  usb_fake_run(fake);
}

static void
bus_wait(gpointer self, const int *flag, int64_t until_us)
{
  UsbFake *fake = self;
  while (step(fake) && !__atomic_load_n(flag, __ATOMIC_ACQUIRE))
    ;
  while (!__atomic_load_n(flag, __ATOMIC_ACQUIRE)) {
    if (step(fake))
      continue;
    if (!jump(fake, until_us))
      return;
    expire(fake);
  }
}

static int64_t
bus_now_us(gpointer self)
{
  UsbFake *fake = self;
  lock(fake);
  int64_t now_us = fake->now_us;
  unlock(fake);
  return now_us;
}

/* --- what is plugged in --- */

static GPtrArray *
bus_plugged(gpointer self)
{
  UsbFake *fake = self;
  GPtrArray *plugged = g_ptr_array_new_with_free_func((GDestroyNotify)usb_device_unref);
  lock(fake);
  for (guint i = 0; i < fake->plugs->len; i++) {
    const Plug *plug = fake->plugs->pdata[i];
    if (!plug->left)
      g_ptr_array_add(plugged, usb_device_ref(plug->device));
  }
  unlock(fake);
  return plugged;
}

static int
bus_watch(gpointer self, UsbWatch watch, gpointer data)
{
  UsbFake *fake = self;
  pthread_mutex_lock(&fake->told);
  g_autoptr(GPtrArray) plugged = bus_plugged(fake);
  for (guint i = 0; i < plugged->len; i++)
    watch(plugged->pdata[i], true, data);
  Watcher watcher = {++fake->last_id, watch, data};
  g_array_append_val(fake->watchers, watcher);
  pthread_mutex_unlock(&fake->told);
  return watcher.id;
}

static void
bus_unwatch(gpointer self, int id)
{
  UsbFake *fake = self;
  pthread_mutex_lock(&fake->told);
  for (guint i = 0; i < fake->watchers->len; i++)
    if (g_array_index(fake->watchers, Watcher, i).id == id) {
      g_array_remove_index(fake->watchers, i);
      break;
    }
  pthread_mutex_unlock(&fake->told);
}

static void
tell(UsbFake *fake, UsbDevice *device, bool is_there)
{
  for (guint i = 0; i < fake->watchers->len; i++) {
    Watcher *watcher = &g_array_index(fake->watchers, Watcher, i);
    watcher->watch(device, is_there, watcher->data);
  }
}

/* The last one of @vdev; @lock is held. */
static Plug *
plug_of(UsbFake *fake, const Vdev *vdev)
{
  for (guint i = fake->plugs->len; i > 0; i--) {
    Plug *plug = fake->plugs->pdata[i - 1];
    if (plug->vdev == vdev)
      return plug;
  }
  g_error("this device was never plugged in");
}

static void
plug_free(gpointer data)
{
  Plug *plug = data;
  usb_device_unref(plug->device);
  g_free(plug);
}

void
usb_fake_plug(UsbFake *fake, Vdev *vdev, const char *port)
{
  const VdevInfo *info = vdev_info(vdev);
  Plug *plug = g_new0(Plug, 1);
  g_autofree char *name = g_strdup_printf("%s%s%s",
                                          info->maker ? info->maker : "",
                                          info->maker && info->name ? " " : "",
                                          info->name ? info->name : "");
  plug->vdev = vdev;
  plug->device = usb_device_new(info->vendor,
                                info->product,
                                port,
                                name,
                                g_bytes_new(info->config, info->config_length));
  for (int i = 0; i < INTERFACES; i++)
    plug->lacks_driver[i] = !info->kernel_driver;
  vdev_set_gone(vdev, false);
  pthread_mutex_lock(&fake->told);
  lock(fake);
  g_ptr_array_add(fake->plugs, plug);
  unlock(fake);
  tell(fake, plug->device, true);
  pthread_mutex_unlock(&fake->told);
}

void
usb_fake_yank(UsbFake *fake, Vdev *vdev)
{
  lock(fake);
  plug_of(fake, vdev)->gone = true;
  unlock(fake);
  vdev_set_gone(vdev, true);
}

void
usb_fake_unplug(UsbFake *fake, Vdev *vdev)
{
  usb_fake_yank(fake, vdev);
  usb_fake_run(fake);
  pthread_mutex_lock(&fake->told);
  lock(fake);
  Plug *plug = plug_of(fake, vdev);
  bool was_there = !plug->left;
  plug->left = true;
  unlock(fake);
  if (was_there)
    tell(fake, plug->device, false);
  pthread_mutex_unlock(&fake->told);
}

void
usb_fake_forbid(UsbFake *fake, Vdev *vdev, bool is_forbidden)
{
  lock(fake);
  plug_of(fake, vdev)->forbidden = is_forbidden;
  unlock(fake);
}

const char *
usb_fake_driver(UsbFake *fake, Vdev *vdev, int interface)
{
  lock(fake);
  const Plug *plug = plug_of(fake, vdev);
  const char *driver = plug->owners[interface]         ? "usbfs"
                       : plug->lacks_driver[interface] ? NULL
                                                       : vdev_info(vdev)->kernel_driver;
  unlock(fake);
  return driver;
}

int
usb_fake_open_count(UsbFake *fake)
{
  lock(fake);
  int open = fake->open;
  unlock(fake);
  return open;
}

/* --- an opened device --- */

static UsbStatus
bus_open(gpointer self, UsbDevice *device, gpointer *ret_handle)
{
  UsbFake *fake = self;
  Plug *found = NULL;
  UsbStatus status = USB_OK;
  lock(fake);
  for (guint i = 0; i < fake->plugs->len; i++) {
    Plug *plug = fake->plugs->pdata[i];
    if (plug->device == device)
      found = plug;
  }
  if (!found || found->gone)
    status = USB_GONE;
  else if (found->forbidden)
    status = USB_ACCESS;
  fake->open += status == USB_OK;
  unlock(fake);
  if (status != USB_OK)
    return status;
  Handle *handle = g_new0(Handle, 1);
  handle->fake = fake;
  handle->plug = found;
  *ret_handle = handle;
  return USB_OK;
}

static UsbStatus
handle_claim(gpointer self, int interface)
{
  Handle *handle = self;
  Plug *plug = handle->plug;
  UsbStatus status = USB_OK;
  lock(handle->fake);
  if (plug->gone)
    status = USB_GONE;
  else if (interface < 0 || interface >= vdev_info(plug->vdev)->config[4])
    status = USB_NOT_FOUND;
  else if (plug->owners[interface] && plug->owners[interface] != handle)
    status = USB_BUSY;
  else
    plug->owners[interface] = handle;
  unlock(handle->fake);
  return status;
}

static void
handle_release(gpointer self, int interface)
{
  Handle *handle = self;
  lock(handle->fake);
  if (handle->plug->owners[interface] == handle)
    handle->plug->owners[interface] = NULL;
  unlock(handle->fake);
}

/* @return the request of @transfer when it still flies, NULL else; @told is held. */
static VdevRequest *
flying_request(UsbFake *fake, const Handle *handle, const UsbTransfer *transfer)
{
  VdevRequest *request = NULL;
  lock(fake);
  for (GList *at = fake->flying; at && !request; at = at->next) {
    Flight *flight = at->data;
    if (flight->handle == handle && (!transfer || flight->transfer == transfer))
      request = &flight->request;
  }
  unlock(fake);
  return request;
}

static void
handle_cancel(gpointer self, UsbTransfer *transfer)
{
  Handle *handle = self;
  UsbFake *fake = handle->fake;
  pthread_mutex_lock(&fake->told);
  VdevRequest *request = flying_request(fake, handle, transfer);
  if (request)
    vdev_cancel(handle->plug->vdev, request);
  pthread_mutex_unlock(&fake->told);
}

static bool
is_drained(Handle *handle)
{
  lock(handle->fake);
  bool drained = handle->flying == 0;
  unlock(handle->fake);
  return drained;
}

static void
handle_drain(gpointer self)
{
  Handle *handle = self;
  UsbFake *fake = handle->fake;
  lock(fake);
  handle->closing = true;
  unlock(fake);
  while (!is_drained(handle)) {
    handle_cancel(handle, NULL);
    usb_fake_run(fake);
  }
}

static void
handle_close(gpointer self)
{
  Handle *handle = self;
  UsbFake *fake = handle->fake;
  lock(fake);
  for (int i = 0; i < INTERFACES; i++)
    if (handle->plug->owners[i] == handle)
      handle->plug->owners[i] = NULL;
  fake->open--;
  unlock(fake);
  g_free(handle);
}

static UsbStatus
handle_submit(gpointer self, UsbTransfer *transfer)
{
  static const VdevKind KINDS[] = {VDEV_CONTROL, VDEV_BULK, VDEV_INTERRUPT};
  Handle *handle = self;
  UsbFake *fake = handle->fake;
  Flight *flight = g_new0(Flight, 1);

  *flight = (Flight){.request = {.kind = KINDS[transfer->kind],
                                 .endpoint = transfer->endpoint,
                                 .bytes = transfer->bytes,
                                 .length = transfer->length,
                                 .done = on_request_done,
                                 .user = flight},
                     .transfer = transfer,
                     .handle = handle};
  memcpy(flight->request.setup, transfer->setup, sizeof transfer->setup);
  transfer->actual = 0;
  lock(fake);
  UsbStatus status = handle->plug->gone ? USB_GONE
                     : handle->closing  ? USB_CANCELLED
                                        : USB_OK;
  if (status == USB_OK) {
    if (transfer->timeout_ms > 0)
      flight->until_us = fake->now_us + (int64_t)transfer->timeout_ms * 1000;
    fake->flying = g_list_prepend(fake->flying, flight);
    handle->flying++;
  }
  unlock(fake);
  if (status == USB_OK)
    vdev_submit(handle->plug->vdev, &flight->request);
  else
    g_free(flight);
  return status;
}

static bool
is_gone(Handle *handle)
{
  lock(handle->fake);
  bool gone = handle->plug->gone;
  unlock(handle->fake);
  return gone;
}

static UsbStatus
handle_alternate(gpointer self, int interface, int setting)
{
  Handle *handle = self;
  if (is_gone(handle))
    return USB_GONE;
  return vdev_set_alternate(handle->plug->vdev, interface, setting) ? USB_OK
                                                                    : USB_NOT_FOUND;
}

static UsbStatus
handle_clear_halt(gpointer self, uint8_t endpoint)
{
  Handle *handle = self;
  if (is_gone(handle))
    return USB_GONE;
  vdev_set_halt(handle->plug->vdev, endpoint, false);
  return USB_OK;
}

const UsbCarrier USB_FAKE = {
    .name = "fake",
    .plugged = bus_plugged,
    .watch = bus_watch,
    .unwatch = bus_unwatch,
    .open = bus_open,
    .drain = handle_drain,
    .close = handle_close,
    .claim = handle_claim,
    .release = handle_release,
    .alternate = handle_alternate,
    .submit = handle_submit,
    .cancel = handle_cancel,
    .clear_halt = handle_clear_halt,
    .wait = bus_wait,
    .now_us = bus_now_us,
};

UsbFake *
usb_fake_new(void)
{
  UsbFake *fake = g_new0(UsbFake, 1);
  pthread_mutexattr_t recursive;
  pthread_mutexattr_init(&recursive);
  pthread_mutexattr_settype(&recursive, PTHREAD_MUTEX_RECURSIVE);
  pthread_mutex_init(&fake->told, &recursive);
  pthread_mutex_init(&fake->lock, NULL);
  pthread_mutexattr_destroy(&recursive);
  g_queue_init(&fake->ready);
  fake->plugs = g_ptr_array_new_with_free_func(plug_free);
  fake->watchers = g_array_new(FALSE, FALSE, sizeof(Watcher));
  usb_use(&USB_FAKE, fake);
  return fake;
}

void
usb_fake_free(UsbFake *fake)
{
  usb_use(NULL, NULL);
  g_assert(!fake->open && !fake->flying);
  g_ptr_array_unref(fake->plugs);
  g_array_unref(fake->watchers);
  pthread_mutex_destroy(&fake->told);
  pthread_mutex_destroy(&fake->lock);
  g_free(fake);
}
