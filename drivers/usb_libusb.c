#include "drivers/usb_libusb.h"

#include <libusb.h>
#include <pthread.h>
#include <string.h>
#include <time.h>

#include "app/base/clock.h"
#include "drivers/usb_sysfs.h"

#define IDLE_S     60
#define MOST_PORTS 7

typedef struct {
  UsbDevice *device;    /* owned */
  libusb_device *known; /* owned */
} Plug;

typedef struct {
  int id;
  UsbWatch watch;
  gpointer data;
} Watcher;

/* pthread's own, not GLib's: ThreadSanitizer sees these. */
typedef struct {
  libusb_context *context;
  libusb_hotplug_callback_handle news;
  GThread *thread;
  int stop;
  pthread_mutex_t
      told;         /* recursive; held while news are told: plugs, watchers, last_id */
  GArray *plugs;    /* of Plug */
  GArray *watchers; /* of Watcher */
  int last_id;
  pthread_mutex_t lock; /* for the waits */
  pthread_cond_t moved; /* something happened on the bus */
} Bus;

typedef struct {
  libusb_device_handle *opened;
  Bus *bus;
  pthread_mutex_t lock;
  pthread_cond_t drained;
  GSList *flying; /* of Flight */
  bool closing;
} Handle;

typedef struct {
  struct libusb_transfer *native; /* owned */
  UsbTransfer *transfer;
  Handle *handle;
  uint8_t *control; /* owned (nullable): setup and bytes together */
} Flight;

static pthread_mutex_t begin = PTHREAD_MUTEX_INITIALIZER;
static Bus *begun; /* under @begin */

static UsbStatus
status_of_error(int result)
{
  switch (result) {
  case LIBUSB_SUCCESS:
    return USB_OK;
  case LIBUSB_ERROR_NO_DEVICE:
    return USB_GONE;
  case LIBUSB_ERROR_BUSY:
    return USB_BUSY;
  case LIBUSB_ERROR_ACCESS:
    return USB_ACCESS;
  case LIBUSB_ERROR_NOT_FOUND:
  case LIBUSB_ERROR_INVALID_PARAM:
    return USB_NOT_FOUND;
  case LIBUSB_ERROR_PIPE:
    return USB_STALL;
  case LIBUSB_ERROR_TIMEOUT:
    return USB_TIMEOUT;
  default:
    return USB_IO;
  }
}

static UsbStatus
status_of_transfer(enum libusb_transfer_status status)
{
  static const UsbStatus STATUS[] = {
      [LIBUSB_TRANSFER_COMPLETED] = USB_OK,
      [LIBUSB_TRANSFER_ERROR] = USB_IO,
      [LIBUSB_TRANSFER_TIMED_OUT] = USB_TIMEOUT,
      [LIBUSB_TRANSFER_CANCELLED] = USB_CANCELLED,
      [LIBUSB_TRANSFER_STALL] = USB_STALL,
      [LIBUSB_TRANSFER_NO_DEVICE] = USB_GONE,
      [LIBUSB_TRANSFER_OVERFLOW] = USB_OVERFLOW,
  };
  return status < G_N_ELEMENTS(STATUS) ? STATUS[status] : USB_IO;
}

static void
wake(Bus *bus)
{
  pthread_mutex_lock(&bus->lock);
  pthread_cond_broadcast(&bus->moved);
  pthread_mutex_unlock(&bus->lock);
}

/* --- what is plugged in --- */

/* @return false for a root hub, which has no socket. */
static bool
port_of(libusb_device *known, char *ret_port, gsize room)
{
  uint8_t ports[MOST_PORTS];
  int n = libusb_get_port_numbers(known, ports, MOST_PORTS);
  if (n <= 0)
    return false;
  g_autoptr(GString) text = g_string_new(NULL);
  g_string_printf(text, "%d", libusb_get_bus_number(known));
  for (int i = 0; i < n; i++)
    g_string_append_printf(text, "%c%d", i ? '.' : '-', ports[i]);
  g_strlcpy(ret_port, text->str, room);
  return true;
}

static UsbDevice *
describe(libusb_device *known)
{
  struct libusb_device_descriptor descriptor;
  char port[sizeof((UsbDevice *)NULL)->port];
  if (!port_of(known, port, sizeof port) ||
      libusb_get_device_descriptor(known, &descriptor) != 0)
    return NULL;
  g_autofree char *name = usb_sysfs_name(port);
  GBytes *config = usb_sysfs_config(port, descriptor.idVendor, descriptor.idProduct);
  return usb_device_new(descriptor.idVendor, descriptor.idProduct, port, name, config);
}

/* @told is held. */
static int
plug_index(const Bus *bus, const libusb_device *known)
{
  for (guint i = 0; i < bus->plugs->len; i++)
    if (g_array_index(bus->plugs, Plug, i).known == known)
      return (int)i;
  return -1;
}

static void
tell(Bus *bus, UsbDevice *device, bool is_there)
{
  for (guint i = 0; i < bus->watchers->len; i++) {
    Watcher *watcher = &g_array_index(bus->watchers, Watcher, i);
    watcher->watch(device, is_there, watcher->data);
  }
}

static void
arrive(Bus *bus, libusb_device *known)
{
  UsbDevice *device = plug_index(bus, known) < 0 ? describe(known) : NULL;
  if (!device)
    return;
  Plug plug = {device, libusb_ref_device(known)};
  g_array_append_val(bus->plugs, plug);
  tell(bus, device, true);
}

static void
forget(Bus *bus, libusb_device *known)
{
  int i = plug_index(bus, known);
  if (i < 0)
    return;
  Plug plug = g_array_index(bus->plugs, Plug, i);
  g_array_remove_index(bus->plugs, (guint)i);
  tell(bus, plug.device, false);
  libusb_unref_device(plug.known);
  usb_device_unref(plug.device);
}

static int LIBUSB_CALL
on_hotplug(libusb_context *context,
           libusb_device *known,
           libusb_hotplug_event event,
           void *data)
{
  Bus *bus = data;
  pthread_mutex_lock(&bus->told);
  if (event == LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED)
    arrive(bus, known);
  else
    forget(bus, known);
  pthread_mutex_unlock(&bus->told);
  wake(bus);
  return 0;
}

static GPtrArray *
bus_plugged(gpointer self)
{
  Bus *bus = self;
  GPtrArray *plugged = g_ptr_array_new_with_free_func((GDestroyNotify)usb_device_unref);
  pthread_mutex_lock(&bus->told);
  for (guint i = 0; i < bus->plugs->len; i++)
    g_ptr_array_add(plugged, usb_device_ref(g_array_index(bus->plugs, Plug, i).device));
  pthread_mutex_unlock(&bus->told);
  return plugged;
}

static int
bus_watch(gpointer self, UsbWatch watch, gpointer data)
{
  Bus *bus = self;
  pthread_mutex_lock(&bus->told);
  Watcher watcher = {++bus->last_id, watch, data};
  for (guint i = 0; i < bus->plugs->len; i++)
    watch(g_array_index(bus->plugs, Plug, i).device, true, data);
  g_array_append_val(bus->watchers, watcher);
  pthread_mutex_unlock(&bus->told);
  return watcher.id;
}

static void
bus_unwatch(gpointer self, int id)
{
  Bus *bus = self;
  pthread_mutex_lock(&bus->told);
  for (guint i = 0; i < bus->watchers->len; i++)
    if (g_array_index(bus->watchers, Watcher, i).id == id) {
      g_array_remove_index(bus->watchers, i);
      break;
    }
  pthread_mutex_unlock(&bus->told);
}

/* --- an opened device --- */

/* Nothing is reset: that makes cheap printers enumerate anew. */
static UsbStatus
bus_open(gpointer self, UsbDevice *device, gpointer *ret_handle)
{
  Bus *bus = self;
  libusb_device *known = NULL;
  libusb_device_handle *opened;

  pthread_mutex_lock(&bus->told);
  for (guint i = 0; i < bus->plugs->len && !known; i++)
    if (g_array_index(bus->plugs, Plug, i).device == device)
      known = libusb_ref_device(g_array_index(bus->plugs, Plug, i).known);
  pthread_mutex_unlock(&bus->told);
  if (!known)
    return USB_GONE;
  int result = libusb_open(known, &opened);
  libusb_unref_device(known);
  if (result != 0)
    return status_of_error(result);
  libusb_set_auto_detach_kernel_driver(opened, 1);
  Handle *handle = g_new0(Handle, 1);
  handle->opened = opened;
  handle->bus = bus;
  pthread_mutex_init(&handle->lock, NULL);
  pthread_cond_init(&handle->drained, NULL);
  *ret_handle = handle;
  return USB_OK;
}

static void
handle_drain(gpointer self)
{
  Handle *handle = self;
  pthread_mutex_lock(&handle->lock);
  handle->closing = true;
  for (GSList *at = handle->flying; at; at = at->next)
    libusb_cancel_transfer(((Flight *)at->data)->native);
  while (handle->flying)
    pthread_cond_wait(&handle->drained, &handle->lock);
  pthread_mutex_unlock(&handle->lock);
}

static void
handle_close(gpointer self)
{
  Handle *handle = self;
  libusb_close(handle->opened);
  pthread_cond_destroy(&handle->drained);
  pthread_mutex_destroy(&handle->lock);
  g_free(handle);
}

static UsbStatus
handle_claim(gpointer self, int interface)
{
  Handle *handle = self;
  return status_of_error(libusb_claim_interface(handle->opened, interface));
}

/* Giving the interface back to the kernel fails on some printers: nobody minds. */
static void
handle_release(gpointer self, int interface)
{
  Handle *handle = self;
  libusb_release_interface(handle->opened, interface);
}

static UsbStatus
handle_alternate(gpointer self, int interface, int setting)
{
  Handle *handle = self;
  return status_of_error(
      libusb_set_interface_alt_setting(handle->opened, interface, setting));
}

static UsbStatus
handle_clear_halt(gpointer self, uint8_t endpoint)
{
  Handle *handle = self;
  return status_of_error(libusb_clear_halt(handle->opened, endpoint));
}

static void
flight_free(Flight *flight)
{
  libusb_free_transfer(flight->native);
  g_free(flight->control);
  g_free(flight);
}

/* A close waits for the last flight: until done() has returned, it counts. */
static void LIBUSB_CALL
on_done(struct libusb_transfer *native)
{
  Flight *flight = native->user_data;
  UsbTransfer *transfer = flight->transfer;
  Handle *handle = flight->handle;
  Bus *bus = handle->bus;

  transfer->status = status_of_transfer(native->status);
  transfer->actual = native->actual_length;
  if (flight->control && (transfer->setup[0] & 0x80) && transfer->actual > 0)
    memcpy(transfer->bytes,
           flight->control + LIBUSB_CONTROL_SETUP_SIZE,
           (gsize)MIN(transfer->actual, transfer->length));
  pthread_mutex_lock(&handle->lock);
  transfer->carried = NULL;
  pthread_mutex_unlock(&handle->lock);
  transfer->done(transfer);
  pthread_mutex_lock(&handle->lock);
  handle->flying = g_slist_remove(handle->flying, flight);
  flight_free(flight);
  if (!handle->flying)
    pthread_cond_signal(&handle->drained);
  pthread_mutex_unlock(&handle->lock);
  wake(bus);
}

static void
fill(Flight *flight)
{
  UsbTransfer *transfer = flight->transfer;
  libusb_device_handle *opened = flight->handle->opened;
  unsigned timeout_ms = (unsigned)MAX(transfer->timeout_ms, 0);

  switch (transfer->kind) {
  case USB_CONTROL:
    flight->control = g_malloc0(LIBUSB_CONTROL_SETUP_SIZE + (gsize)transfer->length);
    memcpy(flight->control, transfer->setup, LIBUSB_CONTROL_SETUP_SIZE);
    if (!(transfer->setup[0] & 0x80) && transfer->length > 0)
      memcpy(flight->control + LIBUSB_CONTROL_SETUP_SIZE,
             transfer->bytes,
             (gsize)transfer->length);
    libusb_fill_control_transfer(
        flight->native, opened, flight->control, on_done, flight, timeout_ms);
    break;
  case USB_BULK:
    libusb_fill_bulk_transfer(flight->native,
                              opened,
                              transfer->endpoint,
                              transfer->bytes,
                              transfer->length,
                              on_done,
                              flight,
                              timeout_ms);
    break;
  case USB_INTERRUPT:
    libusb_fill_interrupt_transfer(flight->native,
                                   opened,
                                   transfer->endpoint,
                                   transfer->bytes,
                                   transfer->length,
                                   on_done,
                                   flight,
                                   timeout_ms);
    break;
  }
}

/* Under the lock from the list until libusb has it: a cancel or a close in between would
 * miss it. */
static UsbStatus
handle_submit(gpointer self, UsbTransfer *transfer)
{
  Handle *handle = self;
  Flight *flight = g_new0(Flight, 1);

  flight->native = libusb_alloc_transfer(0);
  flight->transfer = transfer;
  flight->handle = handle;
  fill(flight);
  transfer->actual = 0;
  pthread_mutex_lock(&handle->lock);
  UsbStatus status = handle->closing
                         ? USB_CANCELLED
                         : status_of_error(libusb_submit_transfer(flight->native));
  if (status == USB_OK) {
    transfer->carried = flight;
    handle->flying = g_slist_prepend(handle->flying, flight);
  } else {
    flight_free(flight);
  }
  pthread_mutex_unlock(&handle->lock);
  return status;
}

static void
handle_cancel(gpointer self, UsbTransfer *transfer)
{
  Handle *handle = self;
  pthread_mutex_lock(&handle->lock);
  Flight *flight = transfer->carried;
  if (flight)
    libusb_cancel_transfer(flight->native);
  pthread_mutex_unlock(&handle->lock);
}

/* --- time --- */

static int64_t
bus_now_us(gpointer self)
{
  return clock_monotonic_us();
}

static void
bus_wait(gpointer self, const int *flag, int64_t until_us)
{
  Bus *bus = self;
  const struct timespec until = {until_us / G_USEC_PER_SEC,
                                 until_us % G_USEC_PER_SEC * 1000};
  int result = 0;

  pthread_mutex_lock(&bus->lock);
  while (!__atomic_load_n(flag, __ATOMIC_ACQUIRE) && result == 0)
    result = pthread_cond_timedwait(&bus->moved, &bus->lock, &until);
  pthread_mutex_unlock(&bus->lock);
}

/* --- the bus --- */

static gpointer
serve(gpointer data)
{
  Bus *bus = data;
  while (!__atomic_load_n(&bus->stop, __ATOMIC_ACQUIRE)) {
    struct timeval idle = {.tv_sec = IDLE_S};
    libusb_handle_events_timeout_completed(bus->context, &idle, NULL);
  }
  return NULL;
}

static void
bus_init_locks(Bus *bus)
{
  pthread_mutexattr_t recursive;
  pthread_condattr_t monotonic;

  pthread_mutexattr_init(&recursive);
  pthread_mutexattr_settype(&recursive, PTHREAD_MUTEX_RECURSIVE);
  pthread_condattr_init(&monotonic);
  pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
  pthread_mutex_init(&bus->told, &recursive);
  pthread_mutex_init(&bus->lock, NULL);
  pthread_cond_init(&bus->moved, &monotonic);
  pthread_mutexattr_destroy(&recursive);
  pthread_condattr_destroy(&monotonic);
}

static void
bus_free(Bus *bus)
{
  for (guint i = 0; i < bus->plugs->len; i++) {
    Plug *plug = &g_array_index(bus->plugs, Plug, i);
    libusb_unref_device(plug->known);
    usb_device_unref(plug->device);
  }
  g_array_unref(bus->plugs);
  g_array_unref(bus->watchers);
  libusb_exit(bus->context);
  pthread_cond_destroy(&bus->moved);
  pthread_mutex_destroy(&bus->lock);
  pthread_mutex_destroy(&bus->told);
  g_free(bus);
}

static Bus *
bus_new(GError **error)
{
  libusb_context *context;
  int result = libusb_init(&context);
  if (result != 0) {
    g_set_error(error,
                DEVICE_ERROR,
                DEVICE_ERROR_GONE,
                "there is no USB on this machine: %s",
                libusb_strerror(result));
    return NULL;
  }
  Bus *bus = g_new0(Bus, 1);
  bus->context = context;
  bus->plugs = g_array_new(FALSE, FALSE, sizeof(Plug));
  bus->watchers = g_array_new(FALSE, FALSE, sizeof(Watcher));
  bus_init_locks(bus);
  libusb_hotplug_register_callback(context,
                                   LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED |
                                       LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT,
                                   LIBUSB_HOTPLUG_ENUMERATE,
                                   LIBUSB_HOTPLUG_MATCH_ANY,
                                   LIBUSB_HOTPLUG_MATCH_ANY,
                                   LIBUSB_HOTPLUG_MATCH_ANY,
                                   on_hotplug,
                                   bus,
                                   &bus->news);
  bus->thread = g_thread_new("usb", serve, bus);
  return bus;
}

gpointer
usb_libusb_start(GError **error)
{
  pthread_mutex_lock(&begin);
  if (!begun)
    begun = bus_new(error);
  Bus *bus = begun;
  pthread_mutex_unlock(&begin);
  return bus;
}

void
usb_libusb_stop(void)
{
  pthread_mutex_lock(&begin);
  Bus *bus = begun;
  begun = NULL;
  if (bus) {
    __atomic_store_n(&bus->stop, 1, __ATOMIC_RELEASE);
    libusb_hotplug_deregister_callback(bus->context, bus->news);
    libusb_interrupt_event_handler(bus->context);
    g_thread_join(bus->thread);
    bus_free(bus);
  }
  pthread_mutex_unlock(&begin);
}

const UsbCarrier USB_LIBUSB = {
    .name = "libusb",
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
