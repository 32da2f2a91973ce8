#include "drivers/device.h"

#include <string.h>

#include "drivers/sim/desk.h"
#include "tests/test.h"

/* A device made of atomics: what the test does with it, it does from the main thread. */
static struct {
  int there;  /* open() works */
  int state;  /* what listen() finds */
  int pulled; /* the next listen() finds it gone */
  int slow;   /* command() goes on until the device is being closed */
  int opens, closes, commands;
} hardware;

#define GET(field)        __atomic_load_n(&hardware.field, __ATOMIC_ACQUIRE)
#define SET(field, value) __atomic_store_n(&hardware.field, value, __ATOMIC_RELEASE)
#define ADD(field)        __atomic_add_fetch(&hardware.field, 1, __ATOMIC_ACQ_REL)

static bool
gone(GError **error)
{
  g_set_error_literal(error, DEVICE_ERROR, DEVICE_ERROR_GONE, "pulled");
  return false;
}

static gpointer
test_open(const char *address, GError **error)
{
  ADD(opens);
  if (GET(there))
    return &hardware;
  gone(error);
  return NULL;
}

static bool
test_command(gpointer self, GBytes *bytes, DeviceState *state, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data(bytes, &length);

  ADD(commands);
  while (GET(slow) && !device_is_ending())
    ;
  if (length && *data == '!') {
    *state |= DEVICE_PAPER_OUT;
    SET(state, DEVICE_PAPER_OUT);
    g_set_error_literal(error, DEVICE_ERROR, DEVICE_ERROR_PAPER_OUT, "no paper");
    return false;
  }
  if (length && *data == '?')
    return gone(error);
  return true;
}

static GBytes *
test_listen(gpointer self, DeviceState *state, GError **error)
{
  int expected = 1;

  if (__atomic_compare_exchange_n(
          &hardware.pulled, &expected, 0, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) {
    SET(there, 0);
    gone(error);
    return NULL;
  }
  *state = (DeviceState)GET(state);
  return NULL;
}

static void
test_close(gpointer self)
{
  ADD(closes);
}

static const DeviceDriver TEST_DRIVER = {
    "test", 5, test_open, test_command, test_listen, test_close};

/* What the watch heard: "state bits", then d/f and the tag, h and what was heard. */
typedef struct {
  GString *heard;
  Device *to_close; /* closed by the watch itself */
} Ear;

static void
note(Device *device, const DeviceEvent *event, gpointer data)
{
  Ear *ear = data;

  CU_ASSERT_EQUAL(device_state(device), event->state);
  switch (event->kind) {
  case DEVICE_STATE:
    g_string_append_printf(ear->heard, "s%d ", event->state);
    break;
  case DEVICE_HEARD:
    g_string_append_printf(ear->heard,
                           "h%.*s ",
                           (int)g_bytes_get_size(event->data),
                           (const char *)g_bytes_get_data(event->data, NULL));
    break;
  case DEVICE_DONE:
    g_string_append_printf(ear->heard, "d%d ", (int)event->tag);
    break;
  case DEVICE_FAILED:
    g_string_append_printf(ear->heard, "f%d:%d ", (int)event->tag, event->failure->code);
    break;
  }
  if (ear->to_close) {
    device_close(ear->to_close);
    ear->to_close = NULL;
  }
}

static bool
await(Ear *ear, const char *heard)
{
  gint64 end = g_get_monotonic_time() + 30 * G_USEC_PER_SEC;
  while (strcmp(ear->heard->str, heard) != 0 && g_get_monotonic_time() < end)
    g_main_context_iteration(NULL, FALSE);
  if (strcmp(ear->heard->str, heard) != 0)
    g_printerr("heard \"%s\", not \"%s\"\n", ear->heard->str, heard);
  return strcmp(ear->heard->str, heard) == 0;
}

static void
send_text(Device *device, const char *text, gint64 tag)
{
  g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
  device_send(device, bytes, tag);
}

static Ear
set_up(bool there)
{
  SET(there, there);
  SET(state, 0);
  SET(pulled, 0);
  SET(slow, 0);
  SET(opens, 0);
  SET(closes, 0);
  SET(commands, 0);
  desk_reset();
  return (Ear){g_string_new(NULL), NULL};
}

static void
tear_down(Ear *ear)
{
  g_string_free(ear->heard, TRUE);
}

static void
a_device_that_is_there_is_well(void)
{
  Ear ear = set_up(true);
  Device *device = device_open_with(&TEST_DRIVER, "test:1", note, &ear);
  CU_ASSERT_EQUAL(device_state(device), DEVICE_GONE);
  CU_ASSERT(await(&ear, "s0 "));
  CU_ASSERT_STRING_EQUAL(device_address(device), "test:1");
  CU_ASSERT_PTR_NULL(device_failure(device));
  device_close(device);
  CU_ASSERT_EQUAL(GET(opens), 1);
  CU_ASSERT_EQUAL(GET(closes), 1);
  tear_down(&ear);
}

static void
commands_come_out_in_order_and_a_failure_says_why(void)
{
  Ear ear = set_up(true);
  Device *device = device_open_with(&TEST_DRIVER, "test:1", note, &ear);
  send_text(device, "a", 1);
  send_text(device, "!", 2);
  send_text(device, "b", 3);
  CU_ASSERT(await(&ear, "s0 d1 s2 f2:1 d3 "));
  CU_ASSERT_EQUAL(device_state(device), DEVICE_PAPER_OUT);
  device_close(device);
  tear_down(&ear);
}

static void
a_device_that_is_gone_is_tried_again_and_comes_back(void)
{
  Ear ear = set_up(false);
  Device *device = device_open_with(&TEST_DRIVER, "test:1", note, &ear);
  CU_ASSERT(await(&ear, "s1 "));
  CU_ASSERT_PTR_NOT_NULL_FATAL(device_failure(device));
  CU_ASSERT_STRING_EQUAL(device_failure(device)->message, "pulled");
  send_text(device, "a", 7);
  CU_ASSERT(await(&ear, "s1 f7:0 "));
  SET(there, 1);
  CU_ASSERT(await(&ear, "s1 f7:0 s0 "));
  CU_ASSERT_PTR_NULL(device_failure(device));
  SET(pulled, 1);
  CU_ASSERT(await(&ear, "s1 f7:0 s0 s1 "));
  CU_ASSERT_EQUAL(GET(closes), 1);
  device_close(device);
  CU_ASSERT_EQUAL(GET(closes), 1);
  tear_down(&ear);
}

static void
a_command_that_finds_it_gone_closes_it(void)
{
  Ear ear = set_up(true);
  Device *device = device_open_with(&TEST_DRIVER, "test:1", note, &ear);
  CU_ASSERT(await(&ear, "s0 "));
  SET(there, 0);
  send_text(device, "?", 4);
  CU_ASSERT(await(&ear, "s0 s1 f4:0 "));
  CU_ASSERT_EQUAL(GET(closes), 1);
  device_close(device);
  tear_down(&ear);
}

static void
each_change_of_state_is_told_once(void)
{
  Ear ear = set_up(true);
  Device *device = device_open_with(&TEST_DRIVER, "test:1", note, &ear);
  CU_ASSERT(await(&ear, "s0 "));
  SET(state, DEVICE_COVER_OPEN | DEVICE_DRAWER_OPEN);
  CU_ASSERT(await(&ear, "s0 s40 "));
  SET(state, 0);
  CU_ASSERT(await(&ear, "s0 s40 s0 "));
  device_close(device);
  tear_down(&ear);
}

static void
an_unknown_address_is_gone_for_good(void)
{
  static const char *const ADDRESSES[] = {"", "printer", "nothing:x", "file", "sim"};
  for (gsize i = 0; i < G_N_ELEMENTS(ADDRESSES); i++) {
    Ear ear = set_up(true);
    Device *device = device_open(ADDRESSES[i], note, &ear);
    send_text(device, "a", 1);
    CU_ASSERT(await(&ear, "s1 f1:7 "));
    CU_ASSERT(
        g_error_matches(device_failure(device), DEVICE_ERROR, DEVICE_ERROR_ADDRESS));
    device_close(device);
    tear_down(&ear);
  }
}

static void
no_event_comes_after_closing(void)
{
  for (int i = 0; i < 200; i++) {
    Ear ear = set_up(i % 3 != 0);
    Device *device = device_open_with(&TEST_DRIVER, "test:1", note, &ear);
    for (int k = 0; k < 20; k++)
      send_text(device, k % 5 == 4 ? "!" : "a", k);
    for (int k = 0; k < i % 7; k++)
      g_main_context_iteration(NULL, FALSE);
    device_close(device);
    gsize heard = ear.heard->len;
    while (g_main_context_iteration(NULL, FALSE))
      ;
    CU_ASSERT_EQUAL(ear.heard->len, heard);
    CU_ASSERT_EQUAL(GET(closes), GET(there) ? GET(opens) : 0);
    tear_down(&ear);
  }
}

static void
closing_ends_a_long_command_and_drops_what_waits(void)
{
  Ear ear = set_up(true);
  SET(slow, 1);
  Device *device = device_open_with(&TEST_DRIVER, "test:1", note, &ear);
  send_text(device, "a", 1);
  send_text(device, "b", 2);
  while (!GET(commands))
    g_main_context_iteration(NULL, FALSE);
  device_close(device);
  CU_ASSERT_EQUAL(GET(commands), 1);
  CU_ASSERT_EQUAL(GET(closes), 1);
  CU_ASSERT(!device_is_ending());
  tear_down(&ear);
}

static void
the_watch_may_close_its_device(void)
{
  Ear ear = set_up(true);
  ear.to_close = device_open_with(&TEST_DRIVER, "test:1", note, &ear);
  CU_ASSERT(await(&ear, "s0 "));
  while (g_main_context_iteration(NULL, FALSE))
    ;
  CU_ASSERT_STRING_EQUAL(ear.heard->str, "s0 ");
  CU_ASSERT_EQUAL(GET(closes), 1);
  device_close(NULL);
  tear_down(&ear);
}

static void
drivers_have_names_of_their_own(void)
{
  g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
  int n = 0;
  for (; device_drivers()[n]; n++)
    g_hash_table_add(names, (gpointer)device_drivers()[n]->scheme);
  CU_ASSERT_EQUAL(g_hash_table_size(names), (guint)n);
  CU_ASSERT(g_hash_table_contains(names, "sim-printer"));
  CU_ASSERT(g_hash_table_contains(names, "file"));
}

/* The scanner on the desk. */
static void
what_is_scanned_is_heard_byte_for_byte(void)
{
  static const char GS1[] = "]d2010690123456789210A\x1d"
                            "17271231";
  Ear ear = set_up(true);
  Device *device = device_open("sim-scanner:", note, &ear);
  CU_ASSERT(await(&ear, "s0 "));
  desk_scan("6901234567892", 13);
  desk_scan(GS1, strlen(GS1));
  CU_ASSERT(await(&ear,
                  "s0 h6901234567892 h]d2010690123456789210A\x1d"
                  "17271231 "));
  CU_ASSERT_EQUAL(device_heard(device), 2);
  device_close(device);
  tear_down(&ear);
}

static void
a_scan_of_an_unplugged_scanner_is_lost_and_the_next_one_arrives(void)
{
  Ear ear = set_up(true);
  desk_plug(DESK_SCANNER, false);
  Device *device = device_open("sim-scanner:", note, &ear);
  CU_ASSERT(await(&ear, "s1 "));
  desk_scan("lost", 4);
  desk_plug(DESK_SCANNER, true);
  CU_ASSERT(await(&ear, "s1 s0 "));
  desk_set_delay(DESK_SCANNER, 20);
  desk_scan("late", 4);
  CU_ASSERT(await(&ear, "s1 s0 hlate "));
  desk_plug(DESK_SCANNER, false);
  desk_plug(DESK_SCANNER, true);
  CU_ASSERT(await(&ear, "s1 s0 hlate s1 s0 "));
  device_close(device);
  tear_down(&ear);
}

TESTS("device",
      TEST(a_device_that_is_there_is_well),
      TEST(commands_come_out_in_order_and_a_failure_says_why),
      TEST(a_device_that_is_gone_is_tried_again_and_comes_back),
      TEST(a_command_that_finds_it_gone_closes_it),
      TEST(each_change_of_state_is_told_once),
      TEST(an_unknown_address_is_gone_for_good),
      TEST(no_event_comes_after_closing),
      TEST(closing_ends_a_long_command_and_drops_what_waits),
      TEST(the_watch_may_close_its_device),
      TEST(drivers_have_names_of_their_own),
      TEST(what_is_scanned_is_heard_byte_for_byte),
      TEST(a_scan_of_an_unplugged_scanner_is_lost_and_the_next_one_arrives))
