/* Label printer, customer's display and scale over the fake carrier, their drivers called
 * as a device's thread would; its clock jumps. */
#include <string.h>

#include "drivers/hid_scale.h"
#include "drivers/label_printer.h"
#include "drivers/pole.h"
#include "drivers/pole_display.h"
#include "drivers/scale.h"
#include "drivers/usb.h"
#include "tests/test.h"
#include "tests/usb/usb_fake.h"
#include "tests/usb/vdev_label.h"
#include "tests/usb/vdev_pole.h"
#include "tests/usb/vdev_scale.h"

#define MOST_LIFE 12

static const char JOB[] = "SIZE 40 mm,30 mm\r\nCLS\r\n"
                          "TEXT 8,8,\"TSS24.BF2\",0,1,1,\"DOSE\"\r\nPRINT 1,1\r\n";

typedef struct {
  UsbFake *bus;
  VdevLabel *label;
  VdevPole *pole;
  VdevScale *scale;
} Counter;

static Counter
lay_out(void)
{
  Counter counter = {usb_fake_new(), vdev_label_new(), vdev_pole_new(), vdev_scale_new()};
  usb_fake_plug(counter.bus, vdev_label_device(counter.label), "1-1");
  usb_fake_plug(counter.bus, vdev_pole_device(counter.pole), "1-2");
  usb_fake_plug(counter.bus, vdev_scale_device(counter.scale), "1-3");
  return counter;
}

static void
clear(Counter *counter)
{
  CU_ASSERT_EQUAL(usb_fake_open_count(counter->bus), 0);
  usb_fake_free(counter->bus);
  vdev_label_free(counter->label);
  vdev_pole_free(counter->pole);
  vdev_scale_free(counter->scale);
}

static gpointer
open_or_fail(const DeviceDriver *driver, const char *address)
{
  g_autoptr(GError) error = NULL;
  gpointer self = driver->open(address, &error);
  if (error)
    g_printerr("%s: %s\n", address, error->message);
  CU_ASSERT_PTR_NOT_NULL_FATAL(self);
  return self;
}

/* @return the error's code; -1: done. */
static int
print(gpointer self, DeviceState *state)
{
  g_autoptr(GBytes) job = g_bytes_new_static(JOB, strlen(JOB));
  g_autoptr(GError) error = NULL;
  bool done = LABEL_PRINTER.command(self, job, state, &error);
  CU_ASSERT_EQUAL(done, error == NULL);
  return error ? error->code : -1;
}

static int
labels_out(Counter *counter)
{
  int n = label_model_count(vdev_label_begin(counter->label));
  vdev_label_end(counter->label);
  return n;
}

static void
a_label_comes_out(void)
{
  Counter counter = lay_out();
  DeviceState state = 0;
  gpointer self = open_or_fail(&LABEL_PRINTER, "label:usb:1203:0230@1-1");
  CU_ASSERT_EQUAL(print(self, &state), -1);
  CU_ASSERT_EQUAL(state, 0);
  CU_ASSERT_EQUAL(labels_out(&counter), 1);
  g_autofree char *text = label_model_text(vdev_label_begin(counter.label));
  vdev_label_end(counter.label);
  CU_ASSERT_STRING_EQUAL(text, "DOSE\n");
  LABEL_PRINTER.close(self);
  clear(&counter);
}

static void
each_complaint_of_a_label_printer_is_told_and_nothing_is_printed(void)
{
  static const struct {
    void (*hand)(LabelModel *model, bool on);
    bool on;
    DeviceState state;
    DeviceError error;
  } COMPLAINTS[] = {
      {label_model_load, false, DEVICE_PAPER_OUT, DEVICE_ERROR_PAPER_OUT},
      {label_model_open_head, true, DEVICE_COVER_OPEN, DEVICE_ERROR_COVER},
      {label_model_jam, true, DEVICE_JAM, DEVICE_ERROR_JAM},
      {label_model_end_ribbon, true, DEVICE_RIBBON_OUT, DEVICE_ERROR_RIBBON},
      {label_model_pause, true, DEVICE_PAUSED, DEVICE_ERROR_PAUSED}};
  for (gsize i = 0; i < G_N_ELEMENTS(COMPLAINTS); i++) {
    Counter counter = lay_out();
    DeviceState state = 0;
    gpointer self = open_or_fail(&LABEL_PRINTER, "label:usb:1203:0230");
    COMPLAINTS[i].hand(vdev_label_begin(counter.label), COMPLAINTS[i].on);
    vdev_label_end(counter.label);
    CU_ASSERT_EQUAL(print(self, &state), (int)COMPLAINTS[i].error);
    CU_ASSERT_EQUAL(state, COMPLAINTS[i].state);
    CU_ASSERT_EQUAL(labels_out(&counter), 0);
    COMPLAINTS[i].hand(vdev_label_begin(counter.label), !COMPLAINTS[i].on);
    vdev_label_end(counter.label);
    CU_ASSERT_EQUAL(print(self, &state), -1);
    CU_ASSERT_EQUAL(labels_out(&counter), 1);
    LABEL_PRINTER.close(self);
    clear(&counter);
  }
}

static void
a_silent_label_printer_is_believed_and_soon_not_asked_any_more(void)
{
  Counter counter = lay_out();
  DeviceState state = 0;
  gpointer self = open_or_fail(&LABEL_PRINTER, "label:usb:1203:0230");
  label_model_set_silent(vdev_label_begin(counter.label), true);
  vdev_label_end(counter.label);
  for (int i = 0; i < 3; i++)
    CU_ASSERT_EQUAL(print(self, &state), -1);
  int64_t before_us = usb_now_us();
  CU_ASSERT_EQUAL(print(self, &state), -1);
  CU_ASSERT_TRUE(usb_now_us() - before_us < 100000);
  CU_ASSERT_EQUAL(labels_out(&counter), 4);
  LABEL_PRINTER.close(self);
  clear(&counter);
}

static void
the_roll_ends_between_two_labels(void)
{
  Counter counter = lay_out();
  DeviceState state = 0;
  gpointer self = open_or_fail(&LABEL_PRINTER, "label:usb:1203:0230");
  label_model_set_left(vdev_label_begin(counter.label), 1);
  vdev_label_end(counter.label);
  CU_ASSERT_EQUAL(print(self, &state), -1);
  CU_ASSERT_EQUAL(print(self, &state), DEVICE_ERROR_PAPER_OUT);
  label_model_load(vdev_label_begin(counter.label), true);
  vdev_label_end(counter.label);
  CU_ASSERT_EQUAL(labels_out(&counter), 1);
  CU_ASSERT_EQUAL(print(self, &state), -1);
  CU_ASSERT_EQUAL(labels_out(&counter), 2);
  LABEL_PRINTER.close(self);
  clear(&counter);
}

static void
a_label_printer_may_be_pulled_out_at_each_transfer(void)
{
  int gone = 0;
  for (int life = 0; life < MOST_LIFE; life++) {
    Counter counter = lay_out();
    DeviceState state = 0;
    gpointer self = open_or_fail(&LABEL_PRINTER, "label:usb:1203:0230");
    vdev_label_set_life(counter.label, life);
    int code = print(self, &state);
    gone += code == DEVICE_ERROR_GONE;
    CU_ASSERT_TRUE(code == -1 || code == DEVICE_ERROR_GONE);
    CU_ASSERT_TRUE(code != -1 || labels_out(&counter) == 1);
    LABEL_PRINTER.close(self);
    clear(&counter);
  }
  CU_ASSERT_TRUE(gone > 0 && gone < MOST_LIFE);
}

static bool
show(const DeviceDriver *driver, gpointer self, GError **error)
{
  DeviceState state = 0;
  PoleText text = {POLE_TOTAL, 4680, {{"应收", "46.80"}, {"Total", "46.80"}}};
  g_autoptr(GBytes) command = pole_command(&text);
  return driver->command(self, command, &state, error);
}

static void
each_kind_of_display_shows_the_total_at_its_own_speed(void)
{
  static const struct {
    const DeviceDriver *driver;
    const char *address;
    int baud;
    const char *seen;
  } KINDS[] = {{&POLE_DISPLAY,
                "pole:usb:1a86:5523@1-2",
                9600,
                "TOTAL          46.80\nTotal          46.80\n"},
               {&POLE_DISPLAY_GBK,
                "pole-gbk:usb:1a86:5523",
                9600,
                "应收           46.80\nTotal          46.80\n"},
               {&POLE_DISPLAY_LED8, "pole-led8:usb:1a86:5523", 2400, "46.80\n[total]\n"}};
  for (gsize i = 0; i < G_N_ELEMENTS(KINDS); i++) {
    Counter counter = lay_out();
    gpointer self = open_or_fail(KINDS[i].driver, KINDS[i].address);
    CU_ASSERT_TRUE(show(KINDS[i].driver, self, NULL));
    g_autofree char *seen = vdev_pole_text(counter.pole);
    CU_ASSERT_STRING_EQUAL(seen, KINDS[i].seen);
    CU_ASSERT_EQUAL(vdev_pole_baud(counter.pole), KINDS[i].baud);
    KINDS[i].driver->close(self);
    clear(&counter);
  }
}

static void
a_display_may_be_pulled_out_at_each_transfer(void)
{
  int gone = 0;
  for (int life = 0; life < MOST_LIFE; life++) {
    Counter counter = lay_out();
    g_autoptr(GError) error = NULL;
    vdev_pole_set_life(counter.pole, life);
    gpointer self = POLE_DISPLAY.open("pole:usb:1a86:5523", &error);
    bool shown = self && show(&POLE_DISPLAY, self, &error);
    CU_ASSERT_EQUAL(shown, error == NULL);
    gone += g_error_matches(error, DEVICE_ERROR, DEVICE_ERROR_GONE);
    if (self)
      POLE_DISPLAY.close(self);
    clear(&counter);
  }
  CU_ASSERT_TRUE(gone > 0 && gone < MOST_LIFE);
}

/* The newest line; "": none. */
static char *
weigh(gpointer self)
{
  DeviceState state = 0;
  char *line = g_strdup("");
  for (int i = 0; i < 4; i++) {
    g_autoptr(GBytes) heard = HID_SCALE.listen(self, &state, NULL);
    if (!heard)
      continue;
    g_free(line);
    line = g_strndup(g_bytes_get_data(heard, NULL), g_bytes_get_size(heard));
  }
  return line;
}

static void
says(Counter *counter, gpointer self, const char *wanted)
{
  usb_fake_advance(counter->bus, 20);
  g_autofree char *line = weigh(self);
  CU_ASSERT_STRING_EQUAL(line, wanted);
}

static void
a_scale_says_what_lies_on_it_by_descriptor_and_by_table(void)
{
  for (int is_mute = 0; is_mute < 2; is_mute++) {
    Counter counter = lay_out();
    if (is_mute)
      vdev_scale_set_mute(counter.scale);
    gpointer self = open_or_fail(&HID_SCALE, "scale:usb:0922:8003@1-3");
    vdev_scale_begin(counter.scale);
    vdev_scale_end(counter.scale);
    says(&counter, self, "zero 0"); /* the stale report before it is not told */
    scale_model_lay(vdev_scale_begin(counter.scale), 63000);
    vdev_scale_end(counter.scale);
    says(&counter, self, "stable 63000");
    scale_model_set_unit(vdev_scale_begin(counter.scale), 3, -3);
    vdev_scale_end(counter.scale);
    says(&counter, self, "stable 63000");
    scale_model_lay(vdev_scale_begin(counter.scale), -5000);
    vdev_scale_end(counter.scale);
    says(&counter, self, "under -5000");
    scale_model_lay(vdev_scale_begin(counter.scale), SCALE_MODEL_MOST + 1);
    vdev_scale_end(counter.scale);
    says(&counter, self, "over 0");
    scale_model_shake(vdev_scale_begin(counter.scale), true);
    scale_model_lay(vdev_scale_begin(counter.scale), 8000);
    vdev_scale_end(counter.scale);
    vdev_scale_end(counter.scale);
    says(&counter, self, "moves 8000");
    HID_SCALE.close(self);
    clear(&counter);
  }
}

static void
a_scale_that_is_pulled_out_is_gone(void)
{
  Counter counter = lay_out();
  DeviceState state = 0;
  g_autoptr(GError) error = NULL;
  gpointer self = open_or_fail(&HID_SCALE, "scale:usb:0922:8003");
  usb_fake_unplug(counter.bus, vdev_scale_device(counter.scale));
  for (int i = 0; i < 5 && !error; i++)
    CU_ASSERT_PTR_NULL(HID_SCALE.listen(self, &state, &error));
  CU_ASSERT_TRUE(g_error_matches(error, DEVICE_ERROR, DEVICE_ERROR_GONE));
  HID_SCALE.close(self);
  clear(&counter);
}

static void
a_thing_of_another_kind_is_refused_by_name(void)
{
  static const struct {
    const DeviceDriver *driver;
    const char *address;
    DeviceError error;
  } WRONG[] = {{&LABEL_PRINTER, "label:usb:0922:8003", DEVICE_ERROR_WRONG},
               {&POLE_DISPLAY, "pole:usb:1203:0230", DEVICE_ERROR_WRONG},
               {&HID_SCALE, "scale:usb:1203:0230", DEVICE_ERROR_WRONG},
               {&LABEL_PRINTER, "label:tty", DEVICE_ERROR_ADDRESS},
               {&HID_SCALE, "scale:usb:1111:2222", DEVICE_ERROR_GONE}};
  for (gsize i = 0; i < G_N_ELEMENTS(WRONG); i++) {
    Counter counter = lay_out();
    g_autoptr(GError) error = NULL;
    CU_ASSERT_PTR_NULL(WRONG[i].driver->open(WRONG[i].address, &error));
    CU_ASSERT_TRUE(g_error_matches(error, DEVICE_ERROR, WRONG[i].error));
    clear(&counter);
  }
}

TESTS("things_usb",
      TEST(a_label_comes_out),
      TEST(each_complaint_of_a_label_printer_is_told_and_nothing_is_printed),
      TEST(a_silent_label_printer_is_believed_and_soon_not_asked_any_more),
      TEST(the_roll_ends_between_two_labels),
      TEST(a_label_printer_may_be_pulled_out_at_each_transfer),
      TEST(each_kind_of_display_shows_the_total_at_its_own_speed),
      TEST(a_display_may_be_pulled_out_at_each_transfer),
      TEST(a_scale_says_what_lies_on_it_by_descriptor_and_by_table),
      TEST(a_scale_that_is_pulled_out_is_gone),
      TEST(a_thing_of_another_kind_is_refused_by_name))
