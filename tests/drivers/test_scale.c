#include "drivers/scale.h"

#include <string.h>

#include "drivers/sim/scale_model.h"
#include "tests/test.h"

static void
reports_become_milligrams(void)
{
  static const struct {
    guint8 report[6];
    ScaleStatus status;
    int64_t mg;
    bool unit_is_known;
  } CASES[] = {
      {{3, 4, 2, 0xff, 0x76, 0x02}, SCALE_STABLE, 63000, true},   /* 630 × 0.1 g */
      {{4, 4, 2, 0x00, 0x3f, 0x00}, SCALE_STABLE, 63000, true},   /* 63 g */
      {{3, 4, 3, 0xfd, 0x3f, 0x00}, SCALE_STABLE, 63000, true},   /* 63 × 0.001 kg */
      {{3, 3, 1, 0x03, 0x3f, 0x00}, SCALE_MOVES, 63000, true},    /* 63 × 1000 mg */
      {{3, 4, 11, 0xff, 0x0a, 0x00}, SCALE_STABLE, 28350, true},  /* 1 oz = 28.349523 g */
      {{3, 4, 12, 0x00, 0x01, 0x00}, SCALE_STABLE, 453592, true}, /* 1 lb = 453.59237 g */
      {{3, 5, 2, 0xff, 0x0a, 0x00}, SCALE_UNDER_ZERO, -1000, true},
      {{3, 2, 2, 0xff, 0x05, 0x00}, SCALE_ZERO, 0, true},
      {{3, 1, 2, 0xff, 0x05, 0x00}, SCALE_FAULT, 0, true},
      {{3, 6, 2, 0xff, 0xff, 0xff}, SCALE_OVER_LIMIT, 0, true},
      {{3, 4, 2, 0x7f, 0xff, 0xff}, SCALE_OVER_LIMIT, 0, true}, /* 65535 × 10^127 g */
      {{3, 4, 3, 0x80, 0xff, 0xff}, SCALE_STABLE, 0, true},     /* × 10^-128 */
      {{3, 4, 5, 0x00, 0x02, 0x00}, SCALE_STABLE, 0, false},    /* which tael? */
      {{3, 4, 0, 0x00, 0x02, 0x00}, SCALE_STABLE, 0, false},
      {{3, 4, 99, 0x00, 0x02, 0x00}, SCALE_STABLE, 0, false},
      {{3, 9, 2, 0x00, 0x02, 0x00}, SCALE_UNKNOWN, 0, true},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    ScaleReading reading;
    CU_ASSERT_TRUE(scale_read_report(CASES[i].report, 6, &reading));
    CU_ASSERT_EQUAL(reading.status, CASES[i].status);
    CU_ASSERT_EQUAL(reading.weight_mg, CASES[i].mg);
    CU_ASSERT_EQUAL(reading.unit_is_known, CASES[i].unit_is_known);
  }
}

static void
what_is_no_report_is_not_read(void)
{
  static const guint8 BYTES[] = {5, 4, 2, 0, 1, 0};
  ScaleReading reading = {SCALE_FAULT, 7, true};
  CU_ASSERT_FALSE(scale_read_report(BYTES, 6, &reading));
  CU_ASSERT_FALSE(scale_read_report((const guint8 *)"\x03\x04\x02\x00\x01", 5, &reading));
  CU_ASSERT_FALSE(scale_read_report(BYTES, 0, &reading));
  CU_ASSERT_EQUAL(reading.weight_mg, 7);
}

static void
a_line_says_what_the_reading_said(void)
{
  static const struct {
    ScaleReading reading;
    const char *line;
  } CASES[] = {{{SCALE_STABLE, 63000, true}, "stable 63000"},
               {{SCALE_MOVES, 5, true}, "moves 5"},
               {{SCALE_UNDER_ZERO, -1000, true}, "under -1000"},
               {{SCALE_ZERO, 0, true}, "zero 0"},
               {{SCALE_OVER_LIMIT, 0, true}, "over 0"},
               {{SCALE_FAULT, 0, true}, "fault 0"},
               {{SCALE_CALIBRATE, 0, true}, "calibrate 0"},
               {{SCALE_REZERO, 0, true}, "re-zero 0"},
               {{SCALE_STABLE, 0, false}, "unit 0"}};
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    ScaleReading back;
    g_autoptr(GBytes) line = scale_line(&CASES[i].reading);
    gsize length;
    const char *text = g_bytes_get_data(line, &length);
    CU_ASSERT_EQUAL(length, strlen(CASES[i].line));
    CU_ASSERT_NSTRING_EQUAL(text, CASES[i].line, length);
    CU_ASSERT_TRUE(scale_parse(text, length, &back));
    CU_ASSERT_TRUE(scale_reading_equal(&back, &CASES[i].reading));
  }
}

static void
what_is_no_line_is_refused(void)
{
  static const char *const LINES[] = {"",
                                      "stable",
                                      "stable ",
                                      "stable x",
                                      "stable 1x",
                                      "heavy 5",
                                      "stable 99999999999999999999",
                                      "stable -99999999999999999999",
                                      "stable  5"};
  for (gsize i = 0; i < G_N_ELEMENTS(LINES); i++) {
    ScaleReading reading;
    CU_ASSERT_FALSE(scale_parse(LINES[i], strlen(LINES[i]), &reading));
  }
}

static void
the_first_report_is_stale_and_the_same_is_told_once(void)
{
  static const guint8 OLD[] = {3, 4, 2, 0, 99, 0}, NEW[] = {3, 4, 2, 0, 5, 0};
  static const ScaleForm AS_USUAL = {NULL};
  ScaleTalk talk = {false};
  CU_ASSERT_PTR_NULL(scale_hear(&talk, &AS_USUAL, OLD, sizeof OLD));
  g_autoptr(GBytes) line = scale_hear(&talk, &AS_USUAL, NEW, sizeof NEW);
  CU_ASSERT_PTR_NOT_NULL(line);
  CU_ASSERT_PTR_NULL(scale_hear(&talk, &AS_USUAL, NEW, sizeof NEW));
}

static void
the_descriptor_says_where_things_stand(void)
{
  static const guint8 REPORT[] = {3, 4, 2, 0xff, 0x76, 0x02};
  gsize length;
  const guint8 *descriptor = scale_model_descriptor(&length);
  g_autoptr(GArray) fields = hid_fields(descriptor, length);
  ScaleForm form = scale_form(fields);
  ScaleReading reading;
  CU_ASSERT_PTR_NOT_NULL(form.weight);
  CU_ASSERT_TRUE(scale_read_by(&form, REPORT, sizeof REPORT, &reading));
  CU_ASSERT_EQUAL(reading.status, SCALE_STABLE);
  CU_ASSERT_EQUAL(reading.weight_mg, 63000);
  CU_ASSERT_FALSE(scale_read_by(&form, REPORT, 4, &reading));
}

TESTS("scale",
      TEST(reports_become_milligrams),
      TEST(what_is_no_report_is_not_read),
      TEST(a_line_says_what_the_reading_said),
      TEST(what_is_no_line_is_refused),
      TEST(the_first_report_is_stale_and_the_same_is_told_once),
      TEST(the_descriptor_says_where_things_stand))
