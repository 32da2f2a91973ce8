#include "drivers/pairing.h"

#include <string.h>

#include "drivers/usb.h"
#include "tests/test.h"
#include "tests/usb/usb_fake.h"
#include "tests/usb/vdev_scanner.h"

#define PLACE "1eab:0c03@1-2"
#define CODE  "40925173"

typedef struct {
  UsbFake *fake;
  VdevScanner *scanner;
  Device *device;
  PairingOutcome outcome;
  int heard, gone;
  DeviceError code;
} Desk;

static void
on_pairing(Device *device, const DeviceEvent *event, gpointer data)
{
  Desk *desk = data;
  if (event->kind == DEVICE_HEARD) {
    desk->outcome = pairing_outcome(event->data);
    desk->heard++;
  } else if (event->state & DEVICE_GONE) {
    desk->gone++;
    desk->code = (DeviceError)event->failure->code;
  }
}

static const char *
owner(Desk *desk)
{
  return usb_fake_driver(desk->fake, vdev_scanner_device(desk->scanner), 0);
}

static Desk *
desk_new(ScannerMode mode)
{
  Desk *desk = g_new0(Desk, 1);
  desk->fake = usb_fake_new();
  desk->scanner = vdev_scanner_new(mode);
  desk->outcome = N_PAIRING_OUTCOMES;
  usb_fake_plug(desk->fake, vdev_scanner_device(desk->scanner), "1-2");
  return desk;
}

static void
desk_free(Desk *desk)
{
  device_close(desk->device);
  CU_ASSERT_EQUAL(usb_fake_open_count(desk->fake), 0);
  usb_fake_free(desk->fake);
  vdev_scanner_free(desk->scanner);
  g_free(desk);
}

static gboolean
on_late(gpointer data)
{
  *(bool *)data = true;
  return G_SOURCE_CONTINUE;
}

static gboolean
on_tick(gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Lets the main loop run until *@happened, but not for ever. */
static void
wait_for(UsbFake *fake, const int *happened)
{
  bool is_late = false;
  guint id = g_timeout_add_seconds(20, on_late, &is_late);
  guint tick = g_timeout_add(2, on_tick, NULL);
  while (!*happened && !is_late) {
    usb_fake_run(fake);
    g_main_context_iteration(NULL, TRUE);
  }
  g_source_remove(id);
  g_source_remove(tick);
  CU_ASSERT_TRUE(*happened);
}

static gboolean
until_claimed(gpointer data)
{
  Desk *desk = data;
  return strcmp(owner(desk), "usbfs") != 0;
}

static void
begin(Desk *desk, int seconds)
{
  bool is_late = false;
  guint id = g_timeout_add_seconds(20, on_late, &is_late);
  guint tick = g_timeout_add(2, on_tick, NULL);
  desk->device = pairing_open(PLACE, CODE, seconds, on_pairing, desk);
  while (until_claimed(desk) && !is_late)
    g_main_context_iteration(NULL, TRUE);
  g_source_remove(id);
  g_source_remove(tick);
  CU_ASSERT_STRING_EQUAL(owner(desk), "usbfs");
}

static void
the_code_itself_makes_it_a_scanner(void)
{
  static const ScannerMode MODES[] = {SCANNER_WEDGE, SCANNER_WEDGE_ALT};
  static const char *const AIMS[] = {NULL, "]C0"};
  for (gsize i = 0; i < 4; i++) {
    Desk *desk = desk_new(MODES[i / 2]);
    begin(desk, 15);
    vdev_scanner_scan(desk->scanner, AIMS[i % 2], CODE);
    wait_for(desk->fake, &desk->heard);
    CU_ASSERT_EQUAL(desk->outcome, PAIRING_IT);
    CU_ASSERT_STRING_EQUAL(owner(desk), "usbhid");
    desk_free(desk);
  }
}

static void
anything_else_gives_the_keyboard_back_at_once(void)
{
  static const char *const TYPED[] = {"p", "41", "40925173x", "]C0x", "\x1d"};
  for (gsize i = 0; i < G_N_ELEMENTS(TYPED); i++) {
    Desk *desk = desk_new(SCANNER_WEDGE);
    begin(desk, 15);
    vdev_scanner_scan(desk->scanner, NULL, TYPED[i]);
    wait_for(desk->fake, &desk->heard);
    CU_ASSERT_EQUAL(desk->outcome, PAIRING_NOT_IT);
    CU_ASSERT_STRING_EQUAL(owner(desk), "usbhid");
    desk_free(desk);
  }
}

static void
part_of_the_code_or_nothing_is_too_late_one_day(void)
{
  Desk *desk = desk_new(SCANNER_WEDGE);
  begin(desk, 15);
  usb_fake_advance(desk->fake, 15001);
  wait_for(desk->fake, &desk->heard);
  CU_ASSERT_EQUAL(desk->outcome, PAIRING_TOO_LATE);
  CU_ASSERT_STRING_EQUAL(owner(desk), "usbhid");
  CU_ASSERT_EQUAL(desk->heard, 1);
  desk_free(desk);
}

static void
one_that_may_not_be_opened_says_why(void)
{
  Desk *desk = desk_new(SCANNER_WEDGE);
  usb_fake_forbid(desk->fake, vdev_scanner_device(desk->scanner), true);
  desk->device = pairing_open(PLACE, CODE, 15, on_pairing, desk);
  wait_for(desk->fake, &desk->gone);
  CU_ASSERT_EQUAL(desk->code, DEVICE_ERROR_ACCESS);
  CU_ASSERT_EQUAL(desk->heard, 0);
  desk_free(desk);
}

static void
other_news_is_no_outcome(void)
{
  g_autoptr(GBytes) other = g_bytes_new_static("6901", 4);
  g_autoptr(GBytes) none = g_bytes_new_static("", 0);
  CU_ASSERT_EQUAL(pairing_outcome(other), N_PAIRING_OUTCOMES);
  CU_ASSERT_EQUAL(pairing_outcome(none), N_PAIRING_OUTCOMES);
}

TESTS("pairing",
      TEST(the_code_itself_makes_it_a_scanner),
      TEST(anything_else_gives_the_keyboard_back_at_once),
      TEST(part_of_the_code_or_nothing_is_too_late_one_day),
      TEST(one_that_may_not_be_opened_says_why),
      TEST(other_news_is_no_outcome))
