#include "drivers/hid_descriptor.h"

#include <stdio.h>

#include "tests/test.h"

/* A scanner as the HID Point of Sale tables draw it: a length, the identifier's three
 * characters, the code, a bit that says that more comes; and what it can be told. */
static const uint8_t SCANNER[] = {
    0x05, 0x8c,       /* page: bar code scanner */
    0x09, 0x02,       /* usage: scanner */
    0xa1, 0x01,       /* application */
    0x09, 0x12,       /* scanned data report */
    0xa1, 0x02,       /* logical */
    0x85, 0x02,       /* id 2 */
    0x15, 0x00,       /* least 0 */
    0x26, 0xff, 0x00, /* most 255 */
    0x75, 0x08, 0x95, 0x01, 0x05, 0x01, 0x09, 0x3b, 0x81, 0x02, /* byte count */
    0x05, 0x8c, 0x95, 0x03, 0x09, 0xfb, 0x09, 0xfc, 0x09, 0xfd, 0x81,
    0x02, 0x95, 0x38, 0x09, 0xfe, 0x82, 0x02, 0x01,       /* 56 of code */
    0x95, 0x02, 0x06, 0x66, 0xff, 0x09, 0x04, 0x81, 0x02, /* maker's own */
    0x05, 0x8c, 0x25, 0x01, 0x75, 0x01, 0x95, 0x01, 0x09, 0xff, 0x81,
    0x02, 0x95, 0x07, 0x81, 0x03, /* seven bits of padding */
    0xc0, 0x85, 0x04, 0x09, 0x85, 0x09, 0x86, 0x95, 0x02, 0x91, 0x02, /* two beeps */
    0x95, 0x06, 0x91, 0x03, 0xc0,
};

/* A scale: reports of its own with a sign and an exponent. */
static const uint8_t SCALE[] = {
    0x05, 0x8d, 0x09, 0x20, 0xa1, 0x01, 0x09, 0x22, 0xa1, 0x02, 0x85, 0x03,
    0x15, 0x01, 0x25, 0x08, 0x75, 0x08, 0x95, 0x01, 0x09, 0x70, 0xa1, 0x02,
    0x09, 0x71, 0x09, 0x72, 0x09, 0x73, 0x09, 0x74, 0x81, 0x00, /* an array: one usage out
                                                                   of four */
    0xc0, 0x15, 0x80, 0x25, 0x7f, 0x09, 0x41, 0x81, 0x02, /* scaling: -128 … 127 */
    0x16, 0x00, 0x80, 0x26, 0xff, 0x7f, 0x75, 0x10, 0x55, 0x0e, 0x66, 0x01,
    0x01, 0x09, 0x40, 0x81, 0x02, /* weight, 10^-2 g */
    0xc0, 0xc0,
};

static const uint8_t KEYBOARD[] = {
    0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0x05, 0x07, 0x19, 0xe0, 0x29, 0xe7, 0x15,
    0x00, 0x25, 0x01, 0x75, 0x01, 0x95, 0x08, 0x81, 0x02, 0x95, 0x01, 0x75, 0x08,
    0x81, 0x01, 0x95, 0x05, 0x75, 0x01, 0x05, 0x08, 0x19, 0x01, 0x29, 0x05, 0x91,
    0x02, 0x95, 0x01, 0x75, 0x03, 0x91, 0x01, 0x95, 0x06, 0x75, 0x08, 0x15, 0x00,
    0x25, 0x65, 0x05, 0x07, 0x19, 0x00, 0x29, 0x65, 0x81, 0x00, 0xc0,
};

static void
a_scanner_says_where_its_code_stands(void)
{
  static const struct {
    uint16_t page, usage;
    HidReportKind kind;
    uint8_t report;
    uint32_t bit, size, count;
  } WANTED[] = {
      {0x01, 0x3b, HID_INPUT, 2, 8, 8, 1},
      {0x8c, 0xfb, HID_INPUT, 2, 16, 8, 1},
      {0x8c, 0xfc, HID_INPUT, 2, 24, 8, 1},
      {0x8c, 0xfd, HID_INPUT, 2, 32, 8, 1},
      {0x8c, 0xfe, HID_INPUT, 2, 40, 8, 56},
      {0xff66, 0x04, HID_INPUT, 2, 488, 8, 2},
      {0x8c, 0xff, HID_INPUT, 2, 504, 1, 1},
      {0x8c, 0x85, HID_OUTPUT, 4, 8, 1, 1},
      {0x8c, 0x86, HID_OUTPUT, 4, 9, 1, 1},
  };
  g_autoptr(GArray) fields = hid_fields(SCANNER, sizeof SCANNER);
  CU_ASSERT_EQUAL(fields->len, G_N_ELEMENTS(WANTED));
  for (gsize i = 0; i < G_N_ELEMENTS(WANTED); i++) {
    const HidField *field =
        hid_field_of(fields, WANTED[i].kind, WANTED[i].page, WANTED[i].usage);
    CU_ASSERT_PTR_NOT_NULL_FATAL(field);
    CU_ASSERT_EQUAL(field->report, WANTED[i].report);
    CU_ASSERT_EQUAL(field->bit, WANTED[i].bit);
    CU_ASSERT_EQUAL(field->size, WANTED[i].size);
    CU_ASSERT_EQUAL(field->count, WANTED[i].count);
    CU_ASSERT_EQUAL(field->application, 0x8c0002);
  }
  CU_ASSERT_TRUE(hid_is(fields, 0x8c, 0x02));
  CU_ASSERT_FALSE(hid_is(fields, 0x8d, 0x20));
  CU_ASSERT_EQUAL(hid_report_length(fields, HID_INPUT, 2), 64);
  CU_ASSERT_EQUAL(hid_report_length(fields, HID_OUTPUT, 4), 2);
  CU_ASSERT_EQUAL(hid_report_length(fields, HID_FEATURE, 2), 0);
  CU_ASSERT_PTR_NULL(hid_field_of(fields, HID_FEATURE, 0x8c, 0xfe));
}

static void
a_scale_says_its_weight_with_sign_and_exponent(void)
{
  static const uint8_t REPORT[] = {0x03, 0x04, 0xff, 0x2e, 0xfb};
  g_autoptr(GArray) fields = hid_fields(SCALE, sizeof SCALE);
  const HidField *status = hid_field_of(fields, HID_INPUT, 0x8d, 0x73);
  const HidField *scaling = hid_field_of(fields, HID_INPUT, 0x8d, 0x41);
  const HidField *weight = hid_field_of(fields, HID_INPUT, 0x8d, 0x40);

  CU_ASSERT_FATAL(status && scaling && weight);
  CU_ASSERT_TRUE(status->is_array);
  CU_ASSERT_EQUAL(status->usage, 0x71);
  CU_ASSERT_EQUAL(status->last_usage, 0x74);
  CU_ASSERT_EQUAL(status->collection, 0x8d0070);
  CU_ASSERT_EQUAL(hid_value(status, 0, REPORT, sizeof REPORT), 4);
  CU_ASSERT_EQUAL(hid_value(scaling, 0, REPORT, sizeof REPORT), -1);
  CU_ASSERT_EQUAL(hid_value(weight, 0, REPORT, sizeof REPORT), -1234);
  CU_ASSERT_EQUAL(weight->exponent, -2);
  CU_ASSERT_EQUAL(weight->unit, 0x101);
  CU_ASSERT_EQUAL(weight->least, -32768);
  CU_ASSERT_EQUAL(weight->most, 32767);
}

static void
a_report_that_is_too_short_or_another_one_has_no_value(void)
{
  static const uint8_t REPORT[] = {0x03, 0x04, 0xff, 0x2e, 0xfb};
  static const uint8_t OTHER[] = {0x04, 0x04, 0xff, 0x2e, 0xfb};
  g_autoptr(GArray) fields = hid_fields(SCALE, sizeof SCALE);
  const HidField *weight = hid_field_of(fields, HID_INPUT, 0x8d, 0x40);
  CU_ASSERT_PTR_NOT_NULL_FATAL(weight);
  for (gsize length = 0; length < sizeof REPORT; length++) {
    CU_ASSERT_FALSE(hid_has(weight, 0, REPORT, length));
    CU_ASSERT_EQUAL(hid_value(weight, 0, REPORT, length), 0);
  }
  CU_ASSERT_TRUE(hid_has(weight, 0, REPORT, sizeof REPORT));
  CU_ASSERT_FALSE(hid_has(weight, 1, REPORT, sizeof REPORT));
  CU_ASSERT_FALSE(hid_has(weight, 0, OTHER, sizeof OTHER));
}

static void
a_keyboard_has_eight_bits_and_six_keys_and_no_report_id(void)
{
  static const uint8_t REPORT[] = {0x02, 0, 0x04, 0x05, 0, 0, 0, 0};
  g_autoptr(GArray) fields = hid_fields(KEYBOARD, sizeof KEYBOARD);
  const HidField *shift = hid_field_of(fields, HID_INPUT, 0x07, 0xe1);
  const HidField *keys = hid_field_of(fields, HID_INPUT, 0x07, 0x04);
  const HidField *caps = hid_field_of(fields, HID_OUTPUT, 0x08, 0x02);
  CU_ASSERT_FATAL(shift && keys && caps);
  CU_ASSERT_EQUAL(shift->bit, 1);
  CU_ASSERT_EQUAL(caps->bit, 1);
  CU_ASSERT_TRUE(keys->is_array);
  CU_ASSERT_EQUAL(keys->bit, 16);
  CU_ASSERT_EQUAL(keys->count, 6);
  CU_ASSERT_EQUAL(hid_value(shift, 0, REPORT, sizeof REPORT), 1);
  CU_ASSERT_EQUAL(hid_value(keys, 1, REPORT, sizeof REPORT), 5);
  CU_ASSERT_EQUAL(hid_report_length(fields, HID_INPUT, 0), 8);
}

static void
a_value_is_put_where_it_is_read(void)
{
  g_autoptr(GArray) fields = hid_fields(SCALE, sizeof SCALE);
  const HidField *weight = hid_field_of(fields, HID_INPUT, 0x8d, 0x40);
  uint8_t report[5] = {0x03, 0xff, 0xff, 0xff, 0xff};
  static const int64_t VALUES[] = {0, 1, -1, 32767, -32768, -1234};
  CU_ASSERT_PTR_NOT_NULL_FATAL(weight);
  for (gsize i = 0; i < G_N_ELEMENTS(VALUES); i++) {
    hid_put(weight, 0, VALUES[i], report, sizeof report);
    CU_ASSERT_EQUAL(hid_value(weight, 0, report, sizeof report), VALUES[i]);
    CU_ASSERT_EQUAL(report[2], 0xff);
  }
}

static void
broken_descriptors_lose_only_what_is_broken(void)
{
  static const struct {
    const char *what;
    guint8 bytes[24];
    gsize length;
    guint fields;
  } BROKEN[] = {
      {"nothing", {0}, 0, 0},
      {"an item cut short",
       {0x75, 0x08, 0x95, 0x01, 0x09, 0x01, 0x81, 0x02, 0x26, 0xff},
       10,
       1},
      {"a long item cut short",
       {0x75, 0x08, 0x95, 0x01, 0x81, 0x02, 0xfe, 0x40, 0x00},
       9,
       1},
      {"a long item skipped",
       {0xfe, 0x01, 0x00, 0x77, 0x75, 0x08, 0x95, 0x01, 0x81, 0x02},
       10,
       1},
      {"no size", {0x95, 0x01, 0x09, 0x01, 0x81, 0x02}, 6, 0},
      {"a size without end",
       {0x77, 0xff, 0xff, 0xff, 0xff, 0x97, 0xff, 0xff, 0xff, 0xff, 0x81, 0x02},
       12,
       0},
      {"more ends than beginnings",
       {0xc0, 0xc0, 0x75, 0x08, 0x95, 0x01, 0x81, 0x02},
       8,
       1},
      {"pops without pushes", {0xb4, 0xb4, 0x75, 0x08, 0x95, 0x01, 0x81, 0x02}, 8, 1},
      {"a range turned round",
       {0x75, 0x08, 0x95, 0x01, 0x19, 0x09, 0x29, 0x01, 0x81, 0x02},
       10,
       1},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(BROKEN); i++) {
    g_autofree uint8_t *exact = g_memdup2(BROKEN[i].bytes, BROKEN[i].length);
    g_autoptr(GArray) fields = hid_fields(exact, BROKEN[i].length);
    if (fields->len != BROKEN[i].fields)
      fprintf(stderr, "  %s: %u fields\n", BROKEN[i].what, fields->len);
    CU_ASSERT_EQUAL(fields->len, BROKEN[i].fields);
  }
}

static void
what_was_pushed_comes_back_and_of_alternatives_the_first_counts(void)
{
  static const uint8_t DESCRIPTOR[] = {
      0x05, 0x01, 0x75, 0x08, 0x95, 0x01, 0xa4, /* push */
      0x05, 0x8d, 0x75, 0x10, 0xb4,             /* pop */
      0xa9, 0x01, 0x09, 0x30, 0x09, 0x31, 0xa9, 0x00, 0x81,
      0x02, 0x0b, 0x41, 0x00, 0x8d, 0x00, 0x81, 0x02, /* a usage with its page */
  };
  g_autoptr(GArray) fields = hid_fields(DESCRIPTOR, sizeof DESCRIPTOR);
  CU_ASSERT_EQUAL(fields->len, 2);
  const HidField *first = hid_field_of(fields, HID_INPUT, 0x01, 0x30);
  const HidField *other = hid_field_of(fields, HID_INPUT, 0x8d, 0x41);
  CU_ASSERT_FATAL(first && other);
  CU_ASSERT_EQUAL(first->size, 8);
  CU_ASSERT_EQUAL(other->bit, 8);
  CU_ASSERT_PTR_NULL(hid_field_of(fields, HID_INPUT, 0x01, 0x31));
}

TESTS("hid_descriptor",
      TEST(a_scanner_says_where_its_code_stands),
      TEST(a_scale_says_its_weight_with_sign_and_exponent),
      TEST(a_report_that_is_too_short_or_another_one_has_no_value),
      TEST(a_keyboard_has_eight_bits_and_six_keys_and_no_report_id),
      TEST(a_value_is_put_where_it_is_read),
      TEST(broken_descriptors_lose_only_what_is_broken),
      TEST(what_was_pushed_comes_back_and_of_alternatives_the_first_counts))
