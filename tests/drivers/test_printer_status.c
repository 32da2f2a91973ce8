#include "drivers/printer_status.h"

#include "tests/test.h"

/* What a printer answered, after DLE EOT @asked (0: by itself). */
static const struct {
  const char *what;
  int asked;
  const char *bytes;
  gsize length;
  DeviceState state;
  bool buffer_done;
} ANSWERS[] = {
    {"all well", 1, "\x12", 1, 0, false},
    {"drawer", 1, "\x16", 1, DEVICE_DRAWER_OPEN, false},
    {"cover", 2, "\x16", 1, DEVICE_COVER_OPEN, false},
    {"stopped by paper end", 2, "\x32", 1, DEVICE_PAPER_OUT, false},
    {"cutter", 3, "\x1a", 1, DEVICE_CUTTER_JAM, false},
    {"hot", 3, "\x52", 1, DEVICE_HOT, false},
    {"broken", 3, "\x32", 1, DEVICE_BROKEN, false},
    {"near end", 4, "\x1e", 1, DEVICE_PAPER_LOW, false},
    {"end", 4, "\x7e", 1, DEVICE_PAPER_OUT, false},
    {"nobody asked", 0, "\x16", 1, 0, false},
    {"XOFF and XON before the answer", 2, "\x13\x11\x16", 3, DEVICE_COVER_OPEN, false},
    {"GS r", 0, "\x00", 1, 0, true},
    {"GS r: near end", 0, "\x03", 1, DEVICE_PAPER_LOW, true},
    {"GS r: end", 0, "\x0f", 1, DEVICE_PAPER_OUT, true},
    {"automatic: all well", 0, "\x10\x00\x00\x00", 4, 0, false},
    {"automatic: drawer and cover",
     0,
     "\x3c\x00\x00\x00",
     4,
     DEVICE_DRAWER_OPEN | DEVICE_COVER_OPEN,
     false},
    {"automatic: cutter, paper end",
     0,
     "\x18\x08\x0f\x00",
     4,
     DEVICE_CUTTER_JAM | DEVICE_PAPER_OUT,
     false},
    {"automatic broken off by an answer", 2, "\x10\x00\x16", 3, DEVICE_COVER_OPEN, false},
    {"automatic, then an answer", 4, "\x10\x00\x00\x00\x1e", 5, DEVICE_PAPER_LOW, false},
    {"garbage", 0, "\xff\x80\x93\x90", 4, 0, false},
};

static void
answers_are_told_apart_in_one_stream(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(ANSWERS); i++) {
    PrinterStatus whole = {.asking = ANSWERS[i].asked}, split = whole;
    const guint8 *bytes = (const guint8 *)ANSWERS[i].bytes;

    printer_status_hear(&whole, bytes, ANSWERS[i].length);
    for (gsize k = 0; k < ANSWERS[i].length; k++)
      printer_status_hear(&split, bytes + k, 1);
    CU_ASSERT_EQUAL(printer_status_state(&whole), ANSWERS[i].state);
    CU_ASSERT_EQUAL(printer_status_state(&split), ANSWERS[i].state);
    CU_ASSERT_EQUAL(whole.buffer_done, ANSWERS[i].buffer_done);
    if (printer_status_state(&whole) != ANSWERS[i].state)
      g_printerr("%s\n", ANSWERS[i].what);
  }
}

static void
every_fault_has_a_name_and_low_paper_is_none(void)
{
  static const struct {
    DeviceState state;
    int code;
  } FAULTS[] = {{DEVICE_PAPER_OUT | DEVICE_PAPER_LOW, DEVICE_ERROR_PAPER_OUT},
                {DEVICE_COVER_OPEN | DEVICE_PAPER_OUT, DEVICE_ERROR_COVER},
                {DEVICE_CUTTER_JAM, DEVICE_ERROR_CUTTER},
                {DEVICE_HOT, DEVICE_ERROR_HOT},
                {DEVICE_BROKEN, DEVICE_ERROR_BROKEN}};
  for (gsize i = 0; i < G_N_ELEMENTS(FAULTS); i++) {
    g_autoptr(GError) error = NULL;
    CU_ASSERT(printer_status_fault(FAULTS[i].state, &error));
    CU_ASSERT(g_error_matches(error, DEVICE_ERROR, FAULTS[i].code));
  }
  CU_ASSERT(!printer_status_fault(DEVICE_PAPER_LOW | DEVICE_DRAWER_OPEN, NULL));
}

TESTS("printer_status",
      TEST(answers_are_told_apart_in_one_stream),
      TEST(every_fault_has_a_name_and_low_paper_is_none))
