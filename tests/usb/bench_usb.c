/* bench-usb SCANS: what `guitai-bench devices` starts, a program of its own since it
 * stands between libusb and the kernel: a counter's devices on an emulated bus, by the
 * real libusb and drivers. The emulation works in this process too: figures are upper
 * bounds. */
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "drivers/device.h"
#include "drivers/usb.h"
#include "tests/bench/bench.h"
#include "tests/usb/vbus.h"
#include "tests/usb/vdev_ccid.h"
#include "tests/usb/vdev_plain.h"
#include "tests/usb/vdev_printer.h"
#include "tests/usb/vdev_scanner.h"

#define PATIENCE_NS (30 * (int64_t)1000000000)
#define SETTLE_MS   3000
#define PLUGS       30
#define DEVICES     4

static const VdevPrinterKind EPSON = {.vendor = 0x04b8,
                                      .product = 0x0e15,
                                      .shape = PRINTER_TWO_WAY,
                                      .id = "MFG:EPSON;CMD:ESC/POS;MDL:TM-T20II;"};

static const char *const ADDRESSES[DEVICES] = {"hid-scanner:usb:1eab:0c10@1-1",
                                               "escpos:usb:04b8:0e15@1-2",
                                               "wedge:usb:1eab:0c03@1-3",
                                               "ccid:usb:072f:90cc@1-4"};
static const char *const PORTS[DEVICES] = {"1-1", "1-2", "1-3", "1-4"};

typedef struct {
  Vbus *bus;
  VdevScanner *scanner, *wedge;
  VdevPrinter *printer;
  VdevCcid *ccid;
  Vdev *vdevs[DEVICES], *plain;
  VbusPlug *plugs[DEVICES];
  Device *devices[DEVICES];
  int64_t heard_ns; /* when the last code came */
} Counter;

static void
on_event(Device *device, const DeviceEvent *event, gpointer data)
{
  Counter *counter = data;
  if (event->kind == DEVICE_HEARD)
    counter->heard_ns = bench_now_ns();
}

static gboolean
tick(gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* The main loop turns as a till's does, and sleeps between. */
#define AWAIT(condition, what)                                                           \
  do {                                                                                   \
    int64_t begun_ = bench_now_ns();                                                     \
    guint timer_ = g_timeout_add(100, tick, NULL);                                       \
    while (!(condition) && bench_now_ns() - begun_ < PATIENCE_NS)                        \
      g_main_context_iteration(NULL, TRUE);                                              \
    g_source_remove(timer_);                                                             \
    if (!(condition))                                                                    \
      bench_fail(what, NULL);                                                            \
  } while (0)

static void
set_up(Counter *counter)
{
  *counter = (Counter){.bus = vbus_start(&VBUS_UMOCKDEV),
                       .scanner = vdev_scanner_new(SCANNER_HID_POS),
                       .wedge = vdev_scanner_new(SCANNER_WEDGE),
                       .printer = vdev_printer_new(&EPSON),
                       .plain = vdev_plain_new(),
                       .ccid = vdev_ccid_new(VDEV_CCID_APDU)};
  counter->vdevs[0] = vdev_scanner_device(counter->scanner);
  counter->vdevs[1] = vdev_printer_vdev(counter->printer);
  counter->vdevs[2] = vdev_scanner_device(counter->wedge);
  counter->vdevs[3] = vdev_ccid_vdev(counter->ccid);
  g_autoptr(GError) error = NULL;
  if (!usb_start(&error))
    bench_fail("usb", error);
  for (int i = 0; i < DEVICES; i++) {
    counter->plugs[i] = vbus_plug(counter->bus, counter->vdevs[i], PORTS[i]);
    counter->devices[i] = device_open(ADDRESSES[i], on_event, counter);
    AWAIT(device_state(counter->devices[i]) == 0, ADDRESSES[i]);
  }
}

static void
tear_down(Counter *counter)
{
  for (int i = 0; i < DEVICES; i++)
    device_close(counter->devices[i]);
  usb_stop();
  vbus_stop(counter->bus);
  vdev_scanner_free(counter->scanner);
  vdev_scanner_free(counter->wedge);
  vdev_printer_free(counter->printer);
  vdev_ccid_free(counter->ccid);
  vdev_free(counter->plain);
}

static int64_t done_ns; /* of the bare transfer; under release and acquire */

static void
on_done(UsbTransfer *transfer)
{
  __atomic_store_n(&done_ns, bench_now_ns(), __ATOMIC_RELEASE);
}

/* The floor: a packet at a bare transfer's end, on the bus's own thread. */
static void
bare(UsbHandle *handle, Vdev *vdev, BenchTimes *times)
{
  guint8 bytes[64];
  int never = 0;
  UsbTransfer transfer = {.kind = USB_INTERRUPT,
                          .endpoint = 0x84,
                          .bytes = bytes,
                          .length = sizeof bytes,
                          .done = on_done};
  __atomic_store_n(&done_ns, 0, __ATOMIC_RELEASE);
  if (usb_submit(handle, &transfer) != USB_OK)
    bench_fail("bare transfer", NULL);
  int64_t begun_ns = bench_now_ns();
  vdev_push(vdev, 0x84, "6901234567892", 13);
  while (!__atomic_load_n(&done_ns, __ATOMIC_ACQUIRE))
    usb_wait(&never, usb_now_us() + 1000);
  int64_t took = __atomic_load_n(&done_ns, __ATOMIC_ACQUIRE) - begun_ns;
  g_array_append_val(times->ns, took);
}

static bool
is_plugged(uint16_t product)
{
  g_autoptr(GPtrArray) plugged = usb_plugged();
  bool found = false;
  for (guint i = 0; i < plugged->len; i++)
    found = found || ((const UsbDevice *)plugged->pdata[i])->product == product;
  return found;
}

static void
event(Counter *counter, int scans)
{
  BenchTimes ours, floor;
  VbusPlug *plug = vbus_plug(counter->bus, counter->plain, "1-5");
  AWAIT(is_plugged(PLAIN_PRODUCT), "the bare device");
  UsbHandle *handle = usb_open(PLAIN_PLACE, NULL, NULL);
  if (!handle || usb_claim(handle, 1) != USB_OK)
    bench_fail("the bare device", NULL);
  bench_times_init(&ours);
  bench_times_init(&floor);
  for (int i = 0; i < scans; i++) {
    bare(handle, counter->plain, &floor);
    counter->heard_ns = 0;
    int64_t begun_ns = bench_now_ns();
    vdev_scanner_scan(counter->scanner, "]E0", "6901234567892");
    AWAIT(counter->heard_ns, "a scan");
    int64_t took = counter->heard_ns - begun_ns;
    g_array_append_val(ours.ns, took);
  }
  bench_tell("devices.event.p50",
             bench_times_us(&ours, 0.5),
             "us",
             bench_times_us(&floor, 0.5),
             false);
  bench_tell("devices.event.p99",
             bench_times_us(&ours, 0.99),
             "us",
             bench_times_us(&floor, 0.99),
             false);
  bench_times_clear(&ours);
  bench_times_clear(&floor);
  usb_close(handle);
  vbus_unplug(plug);
}

static double
cpu_s(void)
{
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static gboolean
end(gpointer loop)
{
  g_main_loop_quit(loop);
  return G_SOURCE_REMOVE;
}

static void
rest(int ms)
{
  g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);
  g_timeout_add((guint)ms, end, loop);
  g_main_loop_run(loop);
}

static void
idle(int seconds)
{
  rest(SETTLE_MS);
  int64_t begun_ns = bench_now_ns();
  double begun_s = cpu_s();
  rest(seconds * 1000);
  double share = (cpu_s() - begun_s) / ((double)(bench_now_ns() - begun_ns) / 1e9);
  g_print("devices.idle\t%.3f\t%% of a core\t-\t-\n", share * 100);
}

static void
plug(Counter *counter, int i, const char *metric, int times)
{
  BenchTimes took;
  bench_times_init(&took);
  for (int n = 0; n < times; n++) {
    vbus_unplug(counter->plugs[i]);
    AWAIT(device_state(counter->devices[i]) & DEVICE_GONE, "an unplug");
    int64_t begun_ns = bench_now_ns();
    counter->plugs[i] = vbus_plug(counter->bus, counter->vdevs[i], PORTS[i]);
    AWAIT(device_state(counter->devices[i]) == 0, "a plug");
    bench_times_add(&took, begun_ns);
  }
  g_autofree char *half = g_strconcat(metric, ".p50", NULL);
  g_autofree char *most = g_strconcat(metric, ".p99", NULL);
  bench_tell(half, bench_times_us(&took, 0.5) / 1000, "ms", 0, false);
  bench_tell(most, bench_times_us(&took, 0.99) / 1000, "ms", 0, false);
  bench_times_clear(&took);
}

int
main(int argc, char **argv)
{
  int scans = argc > 1 ? MAX((int)g_ascii_strtoll(argv[1], NULL, 10), 1) : 2000;
  Counter counter;
  set_up(&counter);
  event(&counter, scans);
  plug(&counter, 0, "devices.plug.scanner", scans < 1000 ? 3 : PLUGS);
  plug(&counter, 1, "devices.plug.printer", scans < 1000 ? 3 : PLUGS);
  idle(scans < 1000 ? 1 : 20);
  tear_down(&counter);
  return 0;
}
