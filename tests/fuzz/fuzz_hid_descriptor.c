/* A report descriptor as any device may send it, and a report read by it: the first byte
 * says where the one ends and the other begins. */
#include "drivers/hid_descriptor.h"

#include "tests/fuzz/fuzz.h"

static void
check_field(const HidField *field, const uint8_t *report, size_t length)
{
  PROMISE(field->count >= 1 && field->size >= 1);
  PROMISE(field->bit + (uint64_t)field->count * field->size <= 8 * HID_MOST_REPORT + 8);
  PROMISE(field->kind <= HID_FEATURE && field->bit >= (field->report ? 8 : 0));
  uint32_t last = field->count - 1;
  int64_t value = hid_value(field, last, report, length);
  PROMISE(hid_has(field, last, report, length) || value == 0);
  PROMISE(field->least < 0 || value >= 0);
  PROMISE(value >= INT32_MIN && value <= UINT32_MAX);
  PROMISE(!hid_has(field, field->count, report, length));

  size_t n = (field->bit + (size_t)field->count * field->size + 7) / 8;
  g_autofree uint8_t *out = g_malloc0(n);
  out[0] = field->report;
  hid_put(field, last, value, out, n);
  PROMISE(hid_value(field, last, out, n) == value);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
  if (length < 1)
    return 0;
  size_t n = MIN(bytes[0], length - 1);
  g_autofree uint8_t *descriptor = g_memdup2(bytes + 1, n);
  g_autofree uint8_t *report = g_memdup2(bytes + 1 + n, length - 1 - n);
  g_autoptr(GArray) fields = hid_fields(descriptor, n);
  PROMISE(fields->len <= HID_MOST_FIELDS);
  for (guint i = 0; i < fields->len; i++) {
    const HidField *field = &g_array_index(fields, HidField, i);
    if (i == 0)
      PROMISE(hid_report_length(fields, field->kind, field->report) <=
              HID_MOST_REPORT + 1);
    check_field(field, report, length - 1 - n);
  }
  return 0;
}
