#include "drivers/device.h"

#include <string.h>

#include "app/base/worker.h"
#include "drivers/camera.h"
#include "drivers/ccid_usb.h"
#include "drivers/cdc_scanner.h"
#include "drivers/escpos_usb.h"
#include "drivers/file_driver.h"
#include "drivers/hid_scale.h"
#include "drivers/hid_scanner.h"
#include "drivers/id_reader_usb.h"
#include "drivers/label_printer.h"
#include "drivers/pole_display.h"
#include "drivers/serial_scanner.h"
#include "drivers/sim/sim_ccid.h"
#include "drivers/sim/sim_id_reader.h"
#include "drivers/sim/sim_label.h"
#include "drivers/sim/sim_pole.h"
#include "drivers/sim/sim_printer.h"
#include "drivers/sim/sim_scale.h"
#include "drivers/sim/sim_scanner.h"
#include "drivers/usb.h"
#include "drivers/wedge.h"

#define RETRY_MS 1000

struct Device {
  Worker *worker;             /* owned */
  const DeviceDriver *driver; /* NULL: the address names none */
  char *address;              /* owned */

  /* Main thread. */
  DeviceWatch watch;
  gpointer data;
  DeviceState state;
  GError *failure; /* owned (nullable) */
  int heard;

  /* The device's own thread. */
  gpointer hardware; /* NULL: gone */
  DeviceState seen;
  int seen_error; /* DeviceError that went with it, -1: none */
  bool told;
  int arrivals; /* the watch for its kind over USB; 0: none */
};

typedef struct {
  Device *device;
  DeviceEvent event;
} News;

typedef struct {
  Device *device;
  GBytes *bytes; /* owned */
  gint64 tag;
} Command;

static _Thread_local Device *here;

/* One a line: the comma at the end keeps it so. */
static const DeviceDriver *const DRIVERS[] = {
    &SIM_SCANNER,
    &SIM_PRINTER,
    &SIM_ID_READER,
    &FILE_DRIVER,
    &CAMERA,
    &SIM_CCID,
    &HID_SCANNER,
    &WEDGE,
    &CDC_SCANNER,
    &SERIAL_SCANNER,
    &ESCPOS_USB,
    &ID_READER_USB,
    &CCID_USB,
    &LABEL_PRINTER,
    &POLE_DISPLAY,
    &POLE_DISPLAY_GBK,
    &POLE_DISPLAY_LED8,
    &HID_SCALE,
    &SIM_LABEL,
    &SIM_POLE,
    &SIM_SCALE,
    NULL,
};

G_DEFINE_QUARK(guitai - device - error, device_error)

static void
news_free(gpointer data)
{
  News *news = data;
  g_clear_pointer(&news->event.data, g_bytes_unref);
  g_clear_error(&news->event.failure);
  g_free(news);
}

/* The watch may close the device: nothing of it is touched afterwards. */
static void
deliver(gpointer data)
{
  News *news = data;
  Device *device = news->device;

  device->state = news->event.state;
  if (news->event.kind == DEVICE_STATE) {
    g_clear_error(&device->failure);
    if (news->event.failure)
      device->failure = g_error_copy(news->event.failure);
  }
  device->heard += news->event.kind == DEVICE_HEARD;
  device->watch(device, &news->event, device->data);
}

/* Takes @event's data and failure. */
static void
tell(Device *device, DeviceEvent event)
{
  News *news = g_new(News, 1);
  *news = (News){device, event};
  worker_tell(device->worker, deliver, news, news_free);
}

/* Takes @failure. */
static void
tell_state(Device *device, DeviceState state, GError *failure)
{
  /* What is gone may come to be there and be refused: that is news. */
  int error = failure && failure->domain == DEVICE_ERROR ? failure->code : -1;
  if (device->told && state == device->seen && error == device->seen_error) {
    g_clear_error(&failure);
    return;
  }
  device->told = true;
  device->seen = state;
  device->seen_error = error;
  tell(device, (DeviceEvent){.kind = DEVICE_STATE, .state = state, .failure = failure});
}

/* Takes @failure. */
static void
lose(Device *device, GError *failure)
{
  g_clear_pointer(&device->hardware, device->driver->close);
  tell_state(device, DEVICE_GONE, failure);
}

/* Runs on the bus's thread. One that is there already needs no nudge: it is tried anyway.
 */
static void
on_plugged(UsbDevice *plugged, bool is_there, gpointer data)
{
  Device *device = data;
  uint16_t vendor, product;
  const char *place = strstr(device->address, ":usb:") + strlen(":usb:");
  if (is_there && usb_parse_place(place, &vendor, &product, NULL) &&
      plugged->vendor == vendor && plugged->product == product)
    device_nudge(device);
}

static void
try_open(Device *device)
{
  GError *failure = NULL;
  if (!device->arrivals && strstr(device->address, ":usb:"))
    device->arrivals = usb_watch(on_plugged, device);
  device->hardware = device->driver->open(device->address, &failure);
  if (!device->hardware)
    lose(device, failure);
}

/* @return true when something was heard: there may be more. */
static bool
listen_once(Device *device)
{
  GError *failure = NULL;
  DeviceState state = device->seen & ~DEVICE_GONE;

  GBytes *heard = device->driver->listen(device->hardware, &state, &failure);
  if (!failure && !heard && usb_has_left())
    usb_fail(USB_GONE, device->address, &failure);
  if (failure) {
    lose(device, failure);
    return false;
  }
  tell_state(device, state, NULL);
  if (heard)
    tell(device, (DeviceEvent){.kind = DEVICE_HEARD, .state = state, .data = heard});
  return heard;
}

static void
turn(gpointer data)
{
  Device *device = data;

  if (worker_is_ending(device->worker)) {
    if (device->hardware)
      device->driver->close(device->hardware);
    device->hardware = NULL;
    usb_unwatch(device->arrivals);
    return;
  }
  if (!device->hardware)
    try_open(device);
  bool heard = device->hardware && listen_once(device);
  if (!heard)
    worker_wait(device->worker, device->hardware ? device->driver->rest_ms : RETRY_MS);
  worker_run(device->worker, turn, device, NULL);
}

static void
start(gpointer data)
{
  Device *device = here = data;

  if (device->driver)
    turn(device);
  else
    tell_state(device,
               DEVICE_GONE,
               g_error_new(DEVICE_ERROR,
                           DEVICE_ERROR_ADDRESS,
                           "no driver for the address \"%s\"",
                           device->address));
}

static bool
carry_out(Device *device, GBytes *bytes, GError **error)
{
  DeviceState state = device->seen;

  if (!device->hardware) {
    g_set_error(error,
                DEVICE_ERROR,
                device->driver ? DEVICE_ERROR_GONE : DEVICE_ERROR_ADDRESS,
                "%s is not there",
                device->address);
    return false;
  }
  bool done = device->driver->command(device->hardware, bytes, &state, error);
  if (!done && g_error_matches(*error, DEVICE_ERROR, DEVICE_ERROR_GONE))
    lose(device, g_error_copy(*error));
  else
    tell_state(device, state, NULL);
  return done;
}

static void
command_run(gpointer data)
{
  Command *command = data;
  Device *device = command->device;
  GError *failure = NULL;

  if (worker_is_ending(device->worker))
    return;
  bool done = carry_out(device, command->bytes, &failure);
  tell(device,
       (DeviceEvent){.kind = done ? DEVICE_DONE : DEVICE_FAILED,
                     .state = device->seen,
                     .tag = command->tag,
                     .failure = failure});
}

static void
command_free(gpointer data)
{
  Command *command = data;
  g_bytes_unref(command->bytes);
  g_free(command);
}

static const DeviceDriver *
driver_of(const char *address)
{
  gsize scheme = strcspn(address, ":");

  for (int i = 0; DRIVERS[i] && address[scheme]; i++)
    if (strlen(DRIVERS[i]->scheme) == scheme &&
        strncmp(DRIVERS[i]->scheme, address, scheme) == 0)
      return DRIVERS[i];
  return NULL;
}

Device *
device_open_with(const DeviceDriver *driver,
                 const char *address,
                 DeviceWatch watch,
                 gpointer data)
{
  Device *device = g_new0(Device, 1);

  device->driver = driver;
  device->address = g_strdup(address);
  device->watch = watch;
  device->data = data;
  device->state = DEVICE_GONE;
  device->worker = worker_new(driver ? driver->scheme : "no-device");
  worker_run(device->worker, start, device, NULL);
  return device;
}

Device *
device_open(const char *address, DeviceWatch watch, gpointer data)
{
  return device_open_with(driver_of(address), address, watch, data);
}

void
device_send(Device *device, GBytes *bytes, gint64 tag)
{
  gsize length;
  const void *data = g_bytes_get_data(bytes, &length);
  Command *command = g_new(Command, 1);

  /* A copy: what crosses to the other thread is handed over, not shared. */
  *command = (Command){device, g_bytes_new(data, length), tag};
  worker_run(device->worker, command_run, command, command_free);
}

void
device_close(Device *device)
{
  if (!device)
    return;
  worker_free(device->worker);
  g_clear_error(&device->failure);
  g_free(device->address);
  g_free(device);
}

const char *
device_address(const Device *device)
{
  return device->address;
}

DeviceState
device_state(const Device *device)
{
  return device->state;
}

const GError *
device_failure(const Device *device)
{
  return device->failure;
}

int
device_heard(const Device *device)
{
  return device->heard;
}

const DeviceDriver *const *
device_drivers(void)
{
  return DRIVERS;
}

Device *
device_here(void)
{
  return here;
}

/* Nothing to do: what is queued ends the rest, and the next turn comes after it. */
static void
wake(gpointer data)
{
}

void
device_nudge(Device *device)
{
  worker_run(device->worker, wake, NULL, NULL);
}

bool
device_is_ending(void)
{
  return here && worker_is_ending(here->worker);
}
