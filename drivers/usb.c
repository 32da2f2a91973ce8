#include "drivers/usb.h"

#include <string.h>

#include "drivers/usb_libusb.h"

#define SETTLE_US G_GINT64_CONSTANT(100000)
#define SLICE_US                                                                         \
  G_GINT64_CONSTANT(100000) /* how soon a wait sees that its device is being closed */
#define CONTROL_MS   1000
#define MOST_CLAIMED 8

struct UsbHandle {
  UsbDevice *device; /* owned */
  Device *owner;     /* nudged when it leaves; NULL outside a device's thread */
  gpointer carried;  /* owned by the carrier */
  int watch;
  int gone; /* set by the bus's thread */
  int claimed[MOST_CLAIMED];
  int n_claimed;
};

/* Opened on this thread. */
static _Thread_local GSList *mine;

/* What a test put in the place of libusb. */
static struct {
  const UsbCarrier *carrier;
  gpointer bus;
} given;

typedef struct {
  const UsbCarrier *carrier;
  gpointer bus;
} Bus;

/* @return false: there is none. */
static bool
bus_now(Bus *ret_bus, GError **error)
{
  const UsbCarrier *carrier = __atomic_load_n(&given.carrier, __ATOMIC_ACQUIRE);
  if (carrier)
    *ret_bus = (Bus){carrier, given.bus};
  else
    *ret_bus = (Bus){&USB_LIBUSB, usb_libusb_start(error)};
  return ret_bus->bus;
}

static char *
clean(const char *name)
{
  g_autofree char *valid = g_utf8_make_valid(name ? name : "", -1);
  for (char *c = valid; *c; c++)
    if (g_ascii_iscntrl(*c))
      *c = ' ';
  return g_strdup(g_strstrip(valid));
}

UsbDevice *
usb_device_new(
    uint16_t vendor, uint16_t product, const char *port, const char *name, GBytes *config)
{
  UsbDevice *device = g_atomic_rc_box_new0(UsbDevice);
  device->vendor = vendor;
  device->product = product;
  g_strlcpy(device->port, port, sizeof device->port);
  device->name = clean(name);
  device->config = config;
  return device;
}

static void
device_end(gpointer data)
{
  UsbDevice *device = data;
  g_free(device->name);
  g_bytes_unref(device->config);
}

UsbDevice *
usb_device_ref(UsbDevice *device)
{
  return g_atomic_rc_box_acquire(device);
}

void
usb_device_unref(UsbDevice *device)
{
  if (device)
    g_atomic_rc_box_release_full(device, device_end);
}

bool
usb_start(GError **error)
{
  Bus bus;
  return bus_now(&bus, error);
}

void
usb_use(const UsbCarrier *carrier, gpointer bus)
{
  given.bus = bus;
  __atomic_store_n(&given.carrier, carrier, __ATOMIC_RELEASE);
}

void
usb_stop(void)
{
  if (!__atomic_load_n(&given.carrier, __ATOMIC_ACQUIRE))
    usb_libusb_stop();
}

GPtrArray *
usb_plugged(void)
{
  Bus bus;
  if (!bus_now(&bus, NULL))
    return g_ptr_array_new_with_free_func((GDestroyNotify)usb_device_unref);
  return bus.carrier->plugged(bus.bus);
}

int
usb_watch(UsbWatch watch, gpointer data)
{
  Bus bus;
  return bus_now(&bus, NULL) ? bus.carrier->watch(bus.bus, watch, data) : 0;
}

void
usb_unwatch(int id)
{
  Bus bus;
  if (id && bus_now(&bus, NULL))
    bus.carrier->unwatch(bus.bus, id);
}

static bool
parse_hex4(const char **text, uint16_t *ret_value)
{
  unsigned value = 0;
  for (int i = 0; i < 4; i++) {
    if (!g_ascii_isxdigit((*text)[i]))
      return false;
    value = value << 4 | (unsigned)g_ascii_xdigit_value((*text)[i]);
  }
  *text += 4;
  *ret_value = (uint16_t)value;
  return true;
}

bool
usb_parse_place(const char *place,
                uint16_t *ret_vendor,
                uint16_t *ret_product,
                const char **ret_port)
{
  uint16_t vendor, product;
  const char *at = place;
  if (!parse_hex4(&at, &vendor) || *at++ != ':' || !parse_hex4(&at, &product) ||
      (*at && *at != '@' && *at != '?'))
    return false;
  *ret_vendor = vendor;
  *ret_product = product;
  if (ret_port)
    *ret_port = *at == '@' ? at + 1 : "";
  return true;
}

/* (transfer full) */
static UsbDevice *
find(const char *place, GError **error)
{
  uint16_t vendor, product;
  const char *port;
  if (!usb_parse_place(place, &vendor, &product, &port)) {
    g_set_error(error,
                DEVICE_ERROR,
                DEVICE_ERROR_ADDRESS,
                "\"%s\" names no USB device; \"04b8:0e15@1-2\" would",
                place);
    return NULL;
  }
  g_autoptr(GPtrArray) plugged = usb_plugged();
  UsbDevice *only = NULL;
  int alike = 0;
  for (guint i = 0; i < plugged->len; i++) {
    UsbDevice *device = plugged->pdata[i];
    if (device->vendor != vendor || device->product != product ||
        __atomic_load_n(&device->gone, __ATOMIC_ACQUIRE))
      continue;
    if (strlen(device->port) == strcspn(port, "?") &&
        g_str_has_prefix(port, device->port))
      return usb_device_ref(device);
    only = device;
    alike++;
  }
  if (alike == 1)
    return usb_device_ref(only);
  g_set_error(error,
              DEVICE_ERROR,
              DEVICE_ERROR_GONE,
              alike ? "several USB devices %04x:%04x are plugged in; choose one by its "
                      "socket"
                    : "USB device %04x:%04x is not plugged in",
              vendor,
              product);
  return NULL;
}

/* Runs on the bus's thread. */
static void
on_news(UsbDevice *device, bool is_there, gpointer data)
{
  UsbHandle *handle = data;
  if (is_there || device != handle->device)
    return;
  __atomic_store_n(&handle->gone, 1, __ATOMIC_RELEASE);
  if (handle->owner)
    device_nudge(handle->owner);
}

static bool
is_plugged(const UsbDevice *device)
{
  g_autoptr(GPtrArray) plugged = usb_plugged();
  return g_ptr_array_find(plugged, device, NULL);
}

UsbHandle *
usb_open(const char *place, UsbDevice **ret_device, GError **error)
{
  Bus bus;
  if (!bus_now(&bus, error))
    return NULL;
  g_autoptr(UsbDevice) device = find(place, error);
  if (!device)
    return NULL;
  gpointer carried;
  UsbStatus status = bus.carrier->open(bus.bus, device, &carried);
  if (status != USB_OK) {
    usb_fail(status, place, error);
    return NULL;
  }
  UsbHandle *handle = g_new0(UsbHandle, 1);
  handle->carried = carried;
  handle->owner = device_here();
  handle->device = g_steal_pointer(&device);
  handle->watch = bus.carrier->watch(bus.bus, on_news, handle);
  if (!is_plugged(handle->device))
    __atomic_store_n(&handle->gone, 1, __ATOMIC_RELEASE);
  mine = g_slist_prepend(mine, handle);
  if (ret_device)
    *ret_device = usb_device_ref(handle->device);
  return handle;
}

static Bus
bus_of(const UsbHandle *handle)
{
  Bus bus;
  bool is_there = bus_now(&bus, NULL);
  g_assert(handle && is_there);
  return bus;
}

void
usb_close(UsbHandle *handle)
{
  if (!handle)
    return;
  Bus bus = bus_of(handle);
  bus.carrier->unwatch(bus.bus, handle->watch);
  /* First of all: the kernel ends what is pending on a released interface as if the
   * device had gone. */
  bus.carrier->drain(handle->carried);
  while (handle->n_claimed)
    bus.carrier->release(handle->carried, handle->claimed[--handle->n_claimed]);
  bus.carrier->close(handle->carried);
  mine = g_slist_remove(mine, handle);
  usb_device_unref(handle->device);
  g_free(handle);
}

/* Gone is gone, whoever notices first. */
UsbStatus
usb_note(UsbHandle *handle, UsbStatus status)
{
  if (status == USB_GONE) {
    __atomic_store_n(&handle->gone, 1, __ATOMIC_RELEASE);
    __atomic_store_n(&handle->device->gone, 1, __ATOMIC_RELEASE);
  }
  return status;
}

UsbStatus
usb_claim(UsbHandle *handle, int interface)
{
  if (handle->n_claimed == MOST_CLAIMED)
    return USB_NOT_FOUND;
  UsbStatus status =
      usb_note(handle, bus_of(handle).carrier->claim(handle->carried, interface));
  if (status == USB_OK)
    handle->claimed[handle->n_claimed++] = interface;
  return status;
}

void
usb_release(UsbHandle *handle, int interface)
{
  for (int i = 0; i < handle->n_claimed; i++)
    if (handle->claimed[i] == interface) {
      bus_of(handle).carrier->release(handle->carried, interface);
      handle->claimed[i] = handle->claimed[--handle->n_claimed];
      return;
    }
}

UsbStatus
usb_alternate(UsbHandle *handle, int interface, int setting)
{
  return usb_note(handle,
                  bus_of(handle).carrier->alternate(handle->carried, interface, setting));
}

UsbStatus
usb_clear_halt(UsbHandle *handle, uint8_t endpoint)
{
  return usb_note(handle, bus_of(handle).carrier->clear_halt(handle->carried, endpoint));
}

UsbStatus
usb_submit(UsbHandle *handle, UsbTransfer *transfer)
{
  return usb_note(handle, bus_of(handle).carrier->submit(handle->carried, transfer));
}

void
usb_cancel(UsbHandle *handle, UsbTransfer *transfer)
{
  bus_of(handle).carrier->cancel(handle->carried, transfer);
}

static void
set_flag(UsbTransfer *transfer)
{
  __atomic_store_n((int *)transfer->user, 1, __ATOMIC_RELEASE);
}

static UsbStatus
transfer_and_wait(UsbHandle *handle, UsbTransfer *transfer, int *ret_actual)
{
  Bus bus = bus_of(handle);
  int flag = 0;

  transfer->done = set_flag;
  transfer->user = &flag;
  if (ret_actual)
    *ret_actual = 0;
  UsbStatus status = usb_submit(handle, transfer);
  if (status != USB_OK)
    return status;
  bus.carrier->wait(bus.bus, &flag, INT64_MAX);
  if (ret_actual)
    *ret_actual = transfer->actual;
  return usb_note(handle, transfer->status);
}

UsbStatus
usb_control(UsbHandle *handle,
            uint8_t request_type,
            uint8_t request,
            uint16_t value,
            uint16_t index,
            void *bytes,
            int length,
            int *ret_actual)
{
  UsbTransfer transfer = {.kind = USB_CONTROL,
                          .setup = {request_type,
                                    request,
                                    (uint8_t)value,
                                    (uint8_t)(value >> 8),
                                    (uint8_t)index,
                                    (uint8_t)(index >> 8),
                                    (uint8_t)length,
                                    (uint8_t)(length >> 8)},
                          .bytes = bytes,
                          .length = length,
                          .timeout_ms = CONTROL_MS};
  g_assert(length >= 0 && length <= G_MAXUINT16);
  return transfer_and_wait(handle, &transfer, ret_actual);
}

UsbStatus
usb_bulk(UsbHandle *handle,
         uint8_t endpoint,
         void *bytes,
         int length,
         int *ret_actual,
         int timeout_ms)
{
  UsbTransfer transfer = {.kind = USB_BULK,
                          .endpoint = endpoint,
                          .bytes = bytes,
                          .length = length,
                          .timeout_ms = timeout_ms};
  return transfer_and_wait(handle, &transfer, ret_actual);
}

int64_t
usb_now_us(void)
{
  Bus bus;
  return bus_now(&bus, NULL) ? bus.carrier->now_us(bus.bus) : 0;
}

void
usb_wait(const int *flag, int64_t until_us)
{
  Bus bus;
  if (!bus_now(&bus, NULL))
    return;
  int64_t now;
  do {
    now = bus.carrier->now_us(bus.bus);
    bus.carrier->wait(bus.bus, flag, MIN(until_us, now + SLICE_US));
    now = bus.carrier->now_us(bus.bus);
  } while (!__atomic_load_n(flag, __ATOMIC_ACQUIRE) && now < until_us &&
           !device_is_ending());
}

void
usb_pause(int ms)
{
  const int never = 0;
  usb_wait(&never, usb_now_us() + (int64_t)ms * 1000);
}

UsbStatus
usb_settle(UsbHandle *handle)
{
  usb_wait(&handle->gone, usb_now_us() + SETTLE_US);
  return __atomic_load_n(&handle->gone, __ATOMIC_ACQUIRE) ? USB_GONE : USB_IO;
}

bool
usb_has_left(void)
{
  for (GSList *at = mine; at; at = at->next)
    if (__atomic_load_n(&((UsbHandle *)at->data)->gone, __ATOMIC_ACQUIRE))
      return true;
  return false;
}

bool
usb_fail(UsbStatus status, const char *what, GError **error)
{
  static const struct {
    DeviceError code;
    const char *words;
  } FAILURES[N_USB_STATUS] = {
      [USB_OK] = {DEVICE_ERROR_WRONG, "answered something else than expected"},
      [USB_TIMEOUT] = {DEVICE_ERROR_NO_ANSWER, "does not answer"},
      [USB_STALL] = {DEVICE_ERROR_WRONG, "does not understand the request"},
      [USB_GONE] = {DEVICE_ERROR_GONE, "is not plugged in any more"},
      [USB_CANCELLED] = {DEVICE_ERROR_GONE, "is being closed"},
      [USB_OVERFLOW] = {DEVICE_ERROR_WRONG, "sent more than was asked for"},
      [USB_IO] = {DEVICE_ERROR_GONE, "has a bad connection; look at its cable"},
      [USB_BUSY] = {DEVICE_ERROR_BUSY, "is held by another program; close that program"},
      [USB_ACCESS] = {DEVICE_ERROR_ACCESS,
                      "may not be opened by this user; its udev rule is missing"},
      [USB_NOT_FOUND] = {DEVICE_ERROR_WRONG, "lacks what its driver expects"},
  };
  g_set_error(
      error, DEVICE_ERROR, FAILURES[status].code, "%s %s", what, FAILURES[status].words);
  return false;
}
