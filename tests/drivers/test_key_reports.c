#include "drivers/key_reports.h"

#include <stdio.h>
#include <string.h>

#include "drivers/sim/scanner_model.h"
#include "tests/test.h"

#define UP                                                                               \
  {                                                                                      \
    0                                                                                    \
  }

static const struct {
  const char *what;
  uint8_t reports[12][KEY_REPORTS_LENGTH];
  int n;
  const char *typed;
} STROKES[] = {
    {"a key and its release", {{0, 0, 0x04}, UP}, 2, "a"},
    {"the last letter and the digits' ends",
     {{0, 0, 0x1d}, UP, {0, 0, 0x1e}, UP, {0, 0, 0x27}, UP},
     6,
     "z10"},
    {"left and right Shift", {{0x02, 0, 0x04}, UP, {0x20, 0, 0x1e}, UP}, 4, "A!"},
    {"a key held down types once",
     {{0, 0, 0x04}, {0, 0, 0x04}, {0, 0, 0x04}, UP},
     4,
     "a"},
    {"the same key again after its release",
     {{0, 0, 0x1f}, UP, {0, 0, 0x1f}, UP},
     4,
     "22"},
    {"several keys in one report, in their order",
     {{0, 0, 0x26, 0x1e, 0x22}, UP},
     2,
     "915"},
    {"a key more while the others stay down",
     {{0, 0, 0x26}, {0, 0, 0x26, 0x1e}, {0, 0, 0x1e, 0x22}, UP},
     4,
     "915"},
    {"the same key twice in one report", {{0, 0, 0x04, 0x04}, UP}, 2, "a"},
    {"roll-over changes nothing",
     {{0, 0, 0x04}, {0, 0, 1, 1, 1, 1, 1, 1}, {0, 0, 0x04}, UP},
     4,
     "a"},
    {"Enter, keypad Enter and Tab",
     {{0, 0, 0x28}, UP, {0, 0, 0x58}, UP, {0, 0, 0x2b}, UP},
     6,
     "\r\r\t"},
    {"the keypad",
     {{0, 0, 0x59}, UP, {0, 0, 0x61}, UP, {0, 0, 0x62}, UP, {0, 0, 0x63}, UP},
     8,
     "190."},
    {"punctuation",
     {{0, 0, 0x2d}, UP, {0x02, 0, 0x2d}, UP, {0, 0, 0x30}, UP, {0x02, 0, 0x38}, UP},
     8,
     "-_]?"},
    {"GS is Ctrl and ]", {{0x01, 0, 0x30}, UP}, 2, "\x1d"},
    {"GS with the right Ctrl", {{0x10, 0, 0x30}, UP}, 2, "\x1d"},
    {"Ctrl comes before its key", {{0x01}, {0x01, 0, 0x30}, {0x01}, UP}, 4, "\x1d"},
    {"RS with and without Shift",
     {{0x03, 0, 0x23}, UP, {0x01, 0, 0x23}, UP},
     4,
     "\x1e\x1e"},
    {"US with and without Shift",
     {{0x03, 0, 0x2d}, UP, {0x01, 0, 0x2d}, UP},
     4,
     "\x1f\x1f"},
    {"Ctrl with a letter", {{0x01, 0, 0x10}, UP, {0x01, 0, 0x0d}, UP}, 4, "\r\n"},
    {"Ctrl with what makes no control character", {{0x01, 0, 0x36}, UP}, 2, ""},
    {"Alt and a number",
     {{0x04},
      {0x04, 0, 0x62},
      {0x04},
      {0x04, 0, 0x5e},
      {0x04},
      {0x04, 0, 0x5d},
      {0x04},
      UP},
     8,
     "A"},
    {"Alt and GS",
     {{0x04}, {0x04, 0, 0x62}, {0x04}, {0x04, 0, 0x5a}, {0x04}, {0x04, 0, 0x61}, UP},
     7,
     "\x1d"},
    {"Alt alone types nothing", {{0x04}, UP, {0x40}, UP}, 4, ""},
    {"Alt with a letter types nothing", {{0x04, 0, 0x04}, UP}, 2, ""},
    {"keys that type nothing",
     {{0, 0, 0x3a}, UP, {0, 0, 0x53}, UP, {0x08, 0, 0xe3}, UP},
     6,
     ""},
};

static void
each_stroke_types_what_a_us_keyboard_would(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(STROKES); i++) {
    KeyReports keys = {0};
    g_autoptr(GString) typed = g_string_new(NULL);
    for (int r = 0; r < STROKES[i].n; r++)
      key_reports_hear(&keys, STROKES[i].reports[r], KEY_REPORTS_LENGTH, typed);
    if (strcmp(typed->str, STROKES[i].typed) != 0)
      fprintf(stderr, "  %s: \"%s\"\n", STROKES[i].what, typed->str);
    CU_ASSERT_STRING_EQUAL(typed->str, STROKES[i].typed);
  }
}

static void
type_number(KeyReports *keys, const char *digits, GString *typed)
{
  static const uint8_t HELD[KEY_REPORTS_LENGTH] = {0x04};
  static const uint8_t FREE[KEY_REPORTS_LENGTH] = UP;
  for (const char *p = digits; *p; p++) {
    uint8_t down[KEY_REPORTS_LENGTH] = {
        0x04, 0, *p == '0' ? 0x62 : (uint8_t)(0x59 + *p - '1')};
    key_reports_hear(keys, down, sizeof down, typed);
    key_reports_hear(keys, HELD, sizeof HELD, typed);
  }
  key_reports_hear(keys, FREE, sizeof FREE, typed);
}

static void
a_number_with_alt_may_be_chinese_in_either_way(void)
{
  static const struct {
    const char *digits, *typed;
  } NUMBERS[] = {
      {"65", "A"},
      {"0065", "A"},
      {"053", "5"},
      {"233", "é"},
      {"33647", "药"},
      {"53929", "药"},
      {"99999999", ""},
      {"55296", ""},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(NUMBERS); i++) {
    KeyReports keys = {0};
    g_autoptr(GString) typed = g_string_new(NULL);
    type_number(&keys, NUMBERS[i].digits, typed);
    CU_ASSERT_STRING_EQUAL(typed->str, NUMBERS[i].typed);
  }
}

static void
a_report_cut_short_is_read_as_far_as_it_goes(void)
{
  static const uint8_t REPORT[] = {0x02, 0, 0x04, 0x05, 0, 0, 0, 0, 0x06, 0x07};
  for (gsize length = 0; length <= sizeof REPORT; length++) {
    KeyReports keys = {0};
    g_autoptr(GString) typed = g_string_new(NULL);
    g_autofree uint8_t *exact = g_memdup2(REPORT, length);
    key_reports_hear(&keys, exact, length, typed);
    CU_ASSERT_STRING_EQUAL(typed->str, length < 3 ? "" : length == 3 ? "A" : "AB");
  }
}

static void
what_a_scanner_types_is_read_whatever_its_mode(void)
{
  static const char CODE[] = "]d201095212345432131727083110A-1/x\x1d"
                             "21SN(7)&%!\"'*+,.:;<=>?_";
  for (int mode = SCANNER_WEDGE; mode <= SCANNER_WEDGE_ALT; mode++) {
    g_autoptr(ScannerModel) model = scanner_model_new((ScannerMode)mode);
    g_autoptr(GString) typed = g_string_new(NULL);
    KeyReports keys = {0};
    scanner_model_scan(model, NULL, CODE, sizeof CODE - 1);
    for (GBytes *report; (report = scanner_model_take(model)); g_bytes_unref(report)) {
      gsize length;
      const uint8_t *bytes = g_bytes_get_data(report, &length);
      key_reports_hear(&keys, bytes, length, typed);
    }
    CU_ASSERT_EQUAL(typed->str[typed->len - 1], '\r');
    g_string_truncate(typed, typed->len - 1);
    CU_ASSERT_STRING_EQUAL(typed->str, CODE);
  }
}

static void
every_character_comes_through_whatever_the_mode(void)
{
  for (int mode = SCANNER_WEDGE; mode <= SCANNER_WEDGE_ALT; mode++) {
    for (char c = 0x01; c < 0x7f; c++) {
      g_autoptr(ScannerModel) model = scanner_model_new((ScannerMode)mode);
      g_autoptr(GString) typed = g_string_new(NULL);
      KeyReports keys = {0};
      scanner_model_set_suffix(model, "");
      scanner_model_scan(model, NULL, &c, 1);
      for (GBytes *report; (report = scanner_model_take(model)); g_bytes_unref(report))
        key_reports_hear(
            &keys, g_bytes_get_data(report, NULL), g_bytes_get_size(report), typed);
      CU_ASSERT_EQUAL(typed->len, 1);
      CU_ASSERT_EQUAL(typed->str[0], c);
      if (typed->len != 1 || typed->str[0] != c)
        fprintf(stderr, "  %02x in mode %d\n", c, mode);
    }
  }
}

TESTS("key_reports",
      TEST(each_stroke_types_what_a_us_keyboard_would),
      TEST(a_number_with_alt_may_be_chinese_in_either_way),
      TEST(a_report_cut_short_is_read_as_far_as_it_goes),
      TEST(what_a_scanner_types_is_read_whatever_its_mode),
      TEST(every_character_comes_through_whatever_the_mode))
