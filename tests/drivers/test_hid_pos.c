#include "drivers/hid_pos.h"

#include <stdio.h>
#include <string.h>

#include "drivers/sim/scanner_model.h"
#include "tests/test.h"

#define REPORT 64

/* A report as scanners send it; what is not given is 0. */
typedef struct {
  const char *what;
  uint8_t head[16];
  uint8_t maker, goes_on;
  const char *heard; /* NULL: no code */
} Shape;

static const Shape USUAL[] = {
    {"EAN-13 with its identifier",
     {2, 4, ']', 'E', '0', '6', '9', '0', '1'},
     'd',
     0,
     "]E06901"},
    {"the identifier one byte later",
     {2, 4, 0, ']', 'E', '0', '6', '9', '0', '1'},
     'd',
     0,
     "]E06901"},
    {"no identifier", {2, 4, 0, 0, 0, '6', '9', '0', '1'}, 0, 0, "6901"},
    {"a suffix",
     {2, 6, ']', 'C', '0', 'A', 'B', 'C', 'D', '\r', '\n'},
     'j',
     0,
     "]C0ABCD"},
    {"FNC1",
     {2, 6, ']', 'd', '2', '1', '0', 'A', 0x1d, '2', '1'},
     'w',
     0,
     "]d210A\x1d"
     "21"},
    {"a length that is too great: padding tells",
     {2, 200, ']', 'C', '0', 'A', 'B'},
     0,
     0,
     "]C0AB"},
    {"a length shorter than what is left from before",
     {2, 2, ']', 'C', '0', 'A', 'B', 'X', 'X'},
     0,
     0,
     "]C0AB"},
    {"an empty code", {2, 0, ']', 'C', '0'}, 0, 0, NULL},
    {"an empty code with a suffix", {2, 1, ']', 'C', '0', '\r'}, 0, 0, NULL},
    {"no identifier where there must be one",
     {2, 3, 'x', 'y', 'z', 'A', 'B', 'C'},
     0,
     0,
     NULL},
    {"another report", {3, 4, ']', 'E', '0', '6', '9', '0', '1'}, 0, 0, NULL},
    {"identifier among the data, as Microscan's",
     {1, 5, ']', 'C', '0', 'A', 'B'},
     0,
     0,
     "]C0AB"},
    {"Microscan's without one", {1, 3, 'A', 'B', '\r'}, 0, 0, "AB"},
};

static bool
is_heard(HidPos *pos, const uint8_t *report, gsize length, const char *wanted)
{
  g_autofree uint8_t *exact = g_memdup2(report, length);
  g_autoptr(GBytes) code = hid_pos_hear(pos, exact, length, 0);
  if (!code || !wanted)
    return !code && !wanted;
  return g_bytes_get_size(code) == strlen(wanted) &&
         memcmp(g_bytes_get_data(code, NULL), wanted, strlen(wanted)) == 0;
}

static HidPos *
pos_of(ScannerMode mode, HidPosMake make)
{
  gsize length;
  const guint8 *descriptor = scanner_model_descriptor(mode, &length);
  return hid_pos_new(descriptor, length, make);
}

static void
reports_are_read_without_a_descriptor(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(USUAL); i++) {
    g_autoptr(HidPos) pos = hid_pos_new(NULL, 0, HID_POS_PLAIN);
    uint8_t report[REPORT] = {0};
    memcpy(report, USUAL[i].head, sizeof USUAL[i].head);
    report[61] = USUAL[i].maker;
    report[63] = USUAL[i].goes_on;
    bool is_right = is_heard(pos, report, sizeof report, USUAL[i].heard);
    if (!is_right)
      fprintf(stderr, "  %s\n", USUAL[i].what);
    CU_ASSERT_TRUE(is_right);
  }
}

static void
the_descriptor_says_the_same_of_the_same_reports(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(USUAL); i++) {
    bool is_bare = USUAL[i].head[0] == 1;
    g_autoptr(HidPos) pos =
        pos_of(is_bare ? SCANNER_HID_POS_BARE : SCANNER_HID_POS, HID_POS_PLAIN);
    uint8_t report[REPORT] = {0};
    memcpy(report, USUAL[i].head, sizeof USUAL[i].head);
    CU_ASSERT_TRUE(is_heard(pos, report, sizeof report, USUAL[i].heard));
  }
}

/* Another maker's order: code first, then the identifier as one field of three, a length
 * at the end, no report id. */
static const uint8_t OTHER[] = {
    0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01, 0x15, 0x00, 0x26, 0xff, 0x00,
    0x75, 0x08, 0x95, 0x08, 0x09, 0xfe, 0x81, 0x02, 0x95, 0x03, 0x09,
    0xfb, 0x81, 0x02, 0x95, 0x01, 0x09, 0xff, 0x81, 0x02, 0xc0,
};

static void
offsets_come_from_the_descriptor(void)
{
  g_autoptr(HidPos) pos = hid_pos_new(OTHER, sizeof OTHER, HID_POS_PLAIN);
  static const uint8_t FIRST[] = "ABCDEFGH]C0\1";
  static const uint8_t LAST[] = "IJ\0\0\0\0\0\0]C0\0";
  CU_ASSERT_TRUE(is_heard(pos, FIRST, 12, NULL));
  CU_ASSERT_TRUE(is_heard(pos, LAST, 12, "]C0ABCDEFGHIJ"));
}

static void
a_long_code_comes_in_parts(void)
{
  static const ScannerMode MODES[] = {SCANNER_HID_POS, SCANNER_HID_POS_LATE};
  static const int LENGTHS[] = {1, 55, 56, 57, 112, 113, 400};
  for (gsize m = 0; m < 2; m++) {
    for (gsize i = 0; i < G_N_ELEMENTS(LENGTHS); i++) {
      g_autoptr(ScannerModel) model = scanner_model_new(MODES[m]);
      g_autoptr(HidPos) pos = pos_of(MODES[m], HID_POS_PLAIN);
      g_autofree char *code = g_strnfill((gsize)LENGTHS[i], 'k');
      g_autofree char *wanted = g_strconcat("]Q1", code, NULL);
      int parts = 0, n = (LENGTHS[i] + 55) / 56;
      scanner_model_scan(model, "]Q1", code, strlen(code));
      for (GBytes *part; (part = scanner_model_take(model)); g_bytes_unref(part)) {
        parts++;
        CU_ASSERT_TRUE(is_heard(pos,
                                g_bytes_get_data(part, NULL),
                                g_bytes_get_size(part),
                                parts == n ? wanted : NULL));
      }
      CU_ASSERT_EQUAL(parts, n);
    }
  }
}

static void
a_part_that_never_came_does_not_spoil_the_next_code(void)
{
  uint8_t part[REPORT] = {2, 2, ']', 'Q', '1', 'A', 'B'};
  uint8_t other[REPORT] = {2, 2, ']', 'E', '0', '6', '9'};
  uint8_t same[REPORT] = {2, 2, ']', 'Q', '1', 'C', 'D'};
  part[63] = 1;

  g_autoptr(HidPos) pos = hid_pos_new(NULL, 0, HID_POS_PLAIN);
  CU_ASSERT_TRUE(is_heard(pos, part, sizeof part, NULL));
  CU_ASSERT_TRUE(is_heard(pos, other, sizeof other, "]E069"));

  CU_ASSERT_PTR_NULL(hid_pos_hear(pos, part, sizeof part, 0));
  g_autoptr(GBytes) late = hid_pos_hear(pos, same, sizeof same, HID_POS_PART_US + 1);
  CU_ASSERT_EQUAL(memcmp(g_bytes_get_data(late, NULL), "]Q1CD", 5), 0);
}

static void
parts_without_end_are_cut_off(void)
{
  g_autoptr(HidPos) pos = hid_pos_new(NULL, 0, HID_POS_PLAIN);
  uint8_t part[REPORT] = {2, 56, ']', 'Q', '1'};
  memset(part + 5, '7', 56);
  part[63] = 1;
  for (int i = 0; i < 10000; i++)
    CU_ASSERT_TRUE(is_heard(pos, part, sizeof part, NULL));
  part[63] = 0;
  g_autoptr(GBytes) code = hid_pos_hear(pos, part, sizeof part, 0);
  CU_ASSERT_EQUAL(g_bytes_get_size(code), HID_POS_LONGEST);
}

static void
a_report_cut_short_gives_what_is_in_it_or_nothing(void)
{
  static const uint8_t WHOLE[] = {2, 4, ']', 'E', '0', '6', '9', '0', '1'};
  static const char *const HEARD[] = {
      NULL, NULL, NULL, NULL, NULL, NULL, "]E06", "]E069", "]E0690", "]E06901"};
  for (gsize length = 0; length <= sizeof WHOLE; length++) {
    g_autoptr(HidPos) pos = hid_pos_new(NULL, 0, HID_POS_PLAIN);
    CU_ASSERT_TRUE(is_heard(pos, WHOLE, length, HEARD[length]));
  }
}

static void
answers_to_honeywells_commands_are_no_codes(void)
{
  uint8_t answer[REPORT] = {2, 4, ']', 'X', '0', 'T', 'E', 'S', 'T'};
  uint8_t last[REPORT] = {2, 4, ']', 'Z', '6', 'T', 'S', 'T', 6};
  g_autoptr(HidPos) honeywell = pos_of(SCANNER_HID_POS, HID_POS_HONEYWELL);
  g_autoptr(HidPos) other = pos_of(SCANNER_HID_POS, HID_POS_PLAIN);
  CU_ASSERT_TRUE(is_heard(honeywell, answer, sizeof answer, NULL));
  CU_ASSERT_TRUE(is_heard(honeywell, last, sizeof last, NULL));
  CU_ASSERT_TRUE(is_heard(other, answer, sizeof answer, "]X0TEST"));
}

static void
a_beep_is_a_bit_in_the_report_that_has_it(void)
{
  uint8_t id = 0;
  g_autoptr(HidPos) pos = pos_of(SCANNER_HID_POS, HID_POS_PLAIN);
  g_autoptr(GBytes) refused = hid_pos_beep(pos, BEEP_REFUSED, &id);
  g_autoptr(GBytes) unknown = hid_pos_beep(pos, BEEP_NOT_ON_FILE, &id);
  CU_ASSERT_FATAL(refused && unknown);
  CU_ASSERT_EQUAL(id, 4);
  CU_ASSERT_EQUAL(memcmp(g_bytes_get_data(refused, NULL), "\x04\x04", 2), 0);
  CU_ASSERT_EQUAL(memcmp(g_bytes_get_data(unknown, NULL), "\x04\x08", 2), 0);

  g_autoptr(HidPos) mute = pos_of(SCANNER_HID_POS_BARE, HID_POS_PLAIN);
  CU_ASSERT_PTR_NULL(hid_pos_beep(mute, BEEP_REFUSED, &id));
  g_autoptr(HidPos) honeywell = pos_of(SCANNER_HID_POS_BARE, HID_POS_HONEYWELL);
  g_autoptr(GBytes) command = hid_pos_beep(honeywell, BEEP_REFUSED, &id);
  CU_ASSERT_FATAL(g_bytes_get_size(command) == 5);
  CU_ASSERT_EQUAL(id, 0xfd);
  CU_ASSERT_EQUAL(memcmp(g_bytes_get_data(command, NULL), "\xfd\x03\x16\x07\x0d", 5), 0);
}

TESTS("hid_pos",
      TEST(reports_are_read_without_a_descriptor),
      TEST(the_descriptor_says_the_same_of_the_same_reports),
      TEST(offsets_come_from_the_descriptor),
      TEST(a_long_code_comes_in_parts),
      TEST(a_part_that_never_came_does_not_spoil_the_next_code),
      TEST(parts_without_end_are_cut_off),
      TEST(a_report_cut_short_gives_what_is_in_it_or_nothing),
      TEST(answers_to_honeywells_commands_are_no_codes),
      TEST(a_beep_is_a_bit_in_the_report_that_has_it))
