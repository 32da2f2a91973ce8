/* scale: the reports of a USB scale (HID Point of Sale, usage page 0x8D, "Weighing
 * devices") as weights. Pure. What it says reaches the till as a line of text. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "drivers/hid_descriptor.h"

#define SCALE_PAGE 0x8d

/* Scale status, usages 0x71 … 0x78 of the page, as their numbers in a report. */
typedef enum {
  SCALE_UNKNOWN,
  SCALE_FAULT,
  SCALE_ZERO, /* stable, and nothing on it */
  SCALE_MOVES,
  SCALE_STABLE,
  SCALE_UNDER_ZERO,
  SCALE_OVER_LIMIT,
  SCALE_CALIBRATE, /* wants calibration */
  SCALE_REZERO,    /* wants to be zeroed */
  N_SCALE_STATUS
} ScaleStatus;

typedef struct {
  ScaleStatus status;
  /* Milligrams, whole; as displayed, so net of the scale's own tare; negative under zero.
   * 0 unless MOVES, STABLE or UNDER_ZERO. */
  int64_t weight_mg;
  bool unit_is_known; /* false: its unit has no fixed mass here (tael), or none at all */
} ScaleReading;

/* One input report with its id in front: id, status, unit, exponent of ten, weight LE16.
 * @return false when it is too short or of another id than 3 or 4. */
bool scale_read_report(const guint8 *report, gsize length, ScaleReading *ret);

/* Where these stand by the device's own report descriptor. Plain; borrows from @fields.
 */
typedef struct {
  const HidField *status, *unit, *exponent, *weight; /* NULL: not told */
} ScaleForm;
ScaleForm scale_form(const GArray *fields);
/* As scale_read_report() when @form does not tell all. @return false: another report. */
bool scale_read_by(const ScaleForm *form,
                   const guint8 *report,
                   gsize length,
                   ScaleReading *ret);

/* A reading from its numbers; units count as in a report: 1 mg, 2 g, 3 kg … 12 lb. */
void scale_reading_of(
    ScaleReading *ret, int64_t status, int64_t unit, int64_t exponent, int64_t weight);

bool scale_reading_equal(const ScaleReading *a, const ScaleReading *b);

/* DEVICE_HEARD of a scale: "stable 63000" (transfer full). The word says the status:
 * "fault", "zero", "moves", "stable", "under", "over", "calibrate", "re-zero", "unknown",
 * and "unit" when its unit is not known. */
GBytes *scale_line(const ScaleReading *reading);
/* @return false when it is no such line. */
bool scale_parse(const char *line, gsize length, ScaleReading *ret);

/* What a driver keeps between reports. The first one after opening may be from before the
 * plug and is thrown away; the same reading is told once. */
typedef struct {
  bool has_begun, has_told;
  ScaleReading told;
} ScaleTalk;
/* @return the line to tell (transfer full), NULL: nothing new. */
GBytes *
scale_hear(ScaleTalk *talk, const ScaleForm *form, const guint8 *report, gsize length);
