/* hid_descriptor: what a HID report descriptor says about a device's reports (HID 1.11,
 * chapter 6.2.2). Pure; the bytes are hostile: items cut short, sizes without end,
 * collections never closed. What cannot be understood is left out. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define HID_MOST_FIELDS 512
#define HID_MOST_REPORT 4096 /* bytes of one report; what lies beyond is left out */

typedef enum { HID_INPUT, HID_OUTPUT, HID_FEATURE } HidReportKind;

/* Values of one usage that lie side by side in one report. A row of several usages comes
 * as one field for each. */
typedef struct {
  HidReportKind kind;
  uint8_t report;       /* its id; 0: the device's reports have none */
  bool is_array;        /* a value is a usage out of the range, counted from @least */
  uint16_t page, usage; /* of an array: the first of its range */
  uint16_t last_usage;  /* of an array; else the same as @usage */
  uint32_t application; /* page << 16 | usage of the outermost collection */
  uint32_t collection;  /* the same of the innermost one */
  uint32_t bit;         /* where it begins in the report as sent: after its id byte */
  uint32_t size;        /* bits of one value, 1 … */
  uint32_t count;       /* values, 1 … */
  int32_t least, most;  /* logical range; @least below 0: the values have a sign */
  int8_t exponent;      /* of ten; -8 … 7 */
  uint32_t unit;        /* as the standard packs it; 0: none */
} HidField;

/* Constants (padding) are no fields. (transfer full), of HidField, in their order. */
GArray *hid_fields(const uint8_t *descriptor, gsize length);

/* The first of its kind with this usage; inside an array's range too. NULL: none. */
const HidField *
hid_field_of(const GArray *fields, HidReportKind kind, uint16_t page, uint16_t usage);
/* Does the device say that it is such a thing, by any outermost collection? */
bool hid_is(const GArray *fields, uint16_t page, uint16_t usage);
/* Bytes of a whole report with its id byte, as far as fields tell; 0: no such report. */
gsize hid_report_length(const GArray *fields, HidReportKind kind, uint8_t report);

/* Is @bytes, as it came, long enough for @field's value @index, and the report it lies
 * in? */
bool hid_has(const HidField *field, uint32_t index, const uint8_t *bytes, gsize length);
/* The value, with a sign when the field has one; at most its lowest 32 bits. 0 when the
 * report does not hold it. */
int64_t
hid_value(const HidField *field, uint32_t index, const uint8_t *bytes, gsize length);
/* Puts @value into a report that is to be sent; it must hold the field. */
void hid_put(
    const HidField *field, uint32_t index, int64_t value, uint8_t *bytes, gsize length);
