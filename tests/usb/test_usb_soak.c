/* usb_soak [--cycles N]: a scanner and a receipt printer are pulled and put back while
 * they scan and print, by the real libusb; nothing may be left behind: no descriptor, no
 * thread, no memory (under ASan). */
#include <stdlib.h>
#include <string.h>

#include "tests/usb/stage.h"
#include "tests/usb/vdev_printer.h"
#include "tests/usb/vdev_scanner.h"

#define WARM 10 /* cycles before it is counted */

static int cycles = 50;

static const VdevPrinterKind EPSON = {.vendor = 0x04b8,
                                      .product = 0x0e15,
                                      .shape = PRINTER_TWO_WAY,
                                      .id = "MFG:EPSON;CMD:ESC/POS;MDL:TM-T20II;"};

typedef struct {
  int well, gone, heard, done, failed;
} Ear;

typedef struct {
  Vbus *bus;
  VdevScanner *scanner;
  VdevPrinter *printer;
  VbusPlug *plugs[2]; /* of the scanner, of the printer */
  Device *devices[2];
  Ear ears[2];
  int sent, scanned;
} Counter;

static void
on_event(Device *device, const DeviceEvent *event, gpointer data)
{
  Ear *ear = data;
  switch (event->kind) {
  case DEVICE_STATE:
    ear->gone += (event->state & DEVICE_GONE) != 0;
    ear->well += event->state == 0;
    break;
  case DEVICE_HEARD:
    ear->heard++;
    break;
  case DEVICE_DONE:
    ear->done++;
    break;
  case DEVICE_FAILED:
    ear->failed++;
    break;
  }
}

static Vdev *
vdev_of(const Counter *counter, int i)
{
  return i ? vdev_printer_vdev(counter->printer) : vdev_scanner_device(counter->scanner);
}

static void
plug(Counter *counter, int i)
{
  counter->plugs[i] = vbus_plug(counter->bus, vdev_of(counter, i), i ? "1-3" : "1-2");
}

static bool
is_well(const Counter *counter, int i)
{
  return device_state(counter->devices[i]) == 0;
}

#define AWAIT(counter, condition)                                                        \
  do {                                                                                   \
    Stage stage_ = {.bus = (counter)->bus};                                              \
    UNTIL(&stage_, condition);                                                           \
  } while (0)

static void
work(Counter *counter)
{
  g_autoptr(GBytes) job = g_bytes_new_static("\x1b@receipt\n\x1dV\x42\x00", 14);
  device_send(counter->devices[1], job, ++counter->sent);
  vdev_scanner_scan(counter->scanner, "]E0", "6901234567892");
  counter->scanned++;
}

/* Pulled at once, in the midst of a job, or when all is quiet: by turns. */
static void
cycle(Counter *counter, int n)
{
  int pulled = n % 2, gone = counter->ears[pulled].gone;
  work(counter);
  for (int i = 0; i < n % 7; i++)
    vbus_turn(counter->bus);
  if (n % 5 == 0)
    AWAIT(counter, counter->ears[1].done + counter->ears[1].failed == counter->sent);
  vbus_unplug(counter->plugs[pulled]);
  work(counter);
  AWAIT(counter, counter->ears[pulled].gone > gone);
  plug(counter, pulled);
  AWAIT(counter, is_well(counter, 0) && is_well(counter, 1));
  int heard = counter->ears[0].heard;
  work(counter);
  AWAIT(counter, counter->ears[0].heard > heard);
  AWAIT(counter, counter->ears[1].done + counter->ears[1].failed == counter->sent);
}

static int
entries(const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  int n = 0;
  while (dir && g_dir_read_name(dir))
    n++;
  return n;
}

static void
plugs_and_pulls_leave_nothing_behind(void)
{
  Counter counter = {.bus = vbus_start(&VBUS_UMOCKDEV),
                     .scanner = vdev_scanner_new(SCANNER_HID_POS),
                     .printer = vdev_printer_new(&EPSON)};
  const char *const addresses[] = {"hid-scanner:usb:1eab:0c10@1-2",
                                   "escpos:usb:04b8:0e15@1-3"};
  CU_ASSERT(usb_start(NULL));
  for (int i = 0; i < 2; i++) {
    plug(&counter, i);
    counter.devices[i] = device_open(addresses[i], on_event, &counter.ears[i]);
  }
  AWAIT(&counter, is_well(&counter, 0) && is_well(&counter, 1));
  int files = 0, threads = 0;
  for (int n = 0; n < cycles; n++) {
    if (n == MIN(WARM, cycles - 1)) {
      AWAIT(&counter, vbus_let_go(counter.bus));
      files = entries("/proc/self/fd");
      threads = entries("/proc/self/task");
    }
    cycle(&counter, n);
  }
  AWAIT(&counter, vbus_let_go(counter.bus) && entries("/proc/self/fd") == files);
  CU_ASSERT_EQUAL(entries("/proc/self/task"), threads);
  g_print("\n  %d cycles: %d receipts printed, %d refused; %d of %d scans heard; "
          "%d descriptors and %d threads before, %d and %d after\n",
          cycles,
          counter.ears[1].done,
          counter.ears[1].failed,
          counter.ears[0].heard,
          counter.scanned,
          files,
          threads,
          entries("/proc/self/fd"),
          entries("/proc/self/task"));
  CU_ASSERT_EQUAL(counter.ears[1].done + counter.ears[1].failed, counter.sent);
  for (int i = 0; i < 2; i++)
    device_close(counter.devices[i]);
  usb_stop();
  vbus_stop(counter.bus);
  vdev_scanner_free(counter.scanner);
  vdev_printer_free(counter.printer);
}

int
main(int argc, char **argv)
{
  CU_TestInfo tests[] = {TEST(plugs_and_pulls_leave_nothing_behind), CU_TEST_INFO_NULL};
  CU_SuiteInfo suites[] = {{"usb soak", NULL, NULL, NULL, NULL, tests},
                           CU_SUITE_INFO_NULL};
  if (argc == 3 && strcmp(argv[1], "--cycles") == 0)
    cycles = MAX((int)g_ascii_strtoll(argv[2], NULL, 10), 2);
  if (CU_initialize_registry() || CU_register_suites(suites))
    return 2;
  CU_basic_set_mode(CU_BRM_VERBOSE);
  CU_basic_run_tests();
  unsigned failures = CU_get_number_of_failures();
  CU_cleanup_registry();
  return failures ? 1 : 0;
}
