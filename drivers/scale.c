#include "drivers/scale.h"

#include <string.h>

#define REPORT_LENGTH 6
#define FIRST_STATUS  0x70
#define FIRST_UNIT    0x50
#define DATA_WEIGHT   0x40
#define DATA_SCALING  0x41
#define MOST_MG       INT64_C(10000000000) /* ten tonnes: no counter scale shows more */

/* Unit: a fraction of milligrams. Usages 0x51 … 0x5C in their order. */
static const struct {
  int64_t mg, per;
} UNITS[] = {
    {0, 1},                 /* none */
    {1, 1},                 /* milligram */
    {1000, 1},              /* gram */
    {1000000, 1},           /* kilogram */
    {200, 1},               /* carat */
    {0, 1},                 /* tael: 37.8 g in Hong Kong, 50 g on the mainland */
    {6479891, 100000},      /* grain */
    {15551738, 10000},      /* pennyweight */
    {1000000000, 1},        /* metric ton */
    {907184740, 1},         /* avoirdupois ton */
    {311034768, 10000},     /* troy ounce */
    {28349523125, 1000000}, /* ounce */
    {45359237, 100},        /* pound */
};

static const char *const WORDS[N_SCALE_STATUS] = {[SCALE_UNKNOWN] = "unknown",
                                                  [SCALE_FAULT] = "fault",
                                                  [SCALE_ZERO] = "zero",
                                                  [SCALE_MOVES] = "moves",
                                                  [SCALE_STABLE] = "stable",
                                                  [SCALE_UNDER_ZERO] = "under",
                                                  [SCALE_OVER_LIMIT] = "over",
                                                  [SCALE_CALIBRATE] = "calibrate",
                                                  [SCALE_REZERO] = "re-zero"};
#define WORD_NO_UNIT "unit"

/* @weight × 10^@exponent of a unit, half up. @return false: more than any scale shows. */
static bool
in_mg(int64_t weight, int64_t exponent, int64_t mg, int64_t per, int64_t *ret)
{
  __int128 scaled = (__int128)weight * mg, divisor = per;

  for (; exponent > 0; exponent--) {
    scaled *= 10;
    if (scaled / divisor > MOST_MG)
      return false;
  }
  for (; exponent < 0 && divisor < (__int128)MOST_MG * MOST_MG; exponent++)
    divisor *= 10;
  __int128 whole = (scaled + divisor / 2) / divisor;
  *ret = (int64_t)whole;
  return whole <= MOST_MG;
}

static bool
says_weight(ScaleStatus status)
{
  return status == SCALE_MOVES || status == SCALE_STABLE || status == SCALE_UNDER_ZERO;
}

void
scale_reading_of(
    ScaleReading *ret, int64_t status, int64_t unit, int64_t exponent, int64_t weight)
{
  bool is_status = status > SCALE_UNKNOWN && status < N_SCALE_STATUS;
  bool is_unit = unit >= 0 && unit < (int64_t)G_N_ELEMENTS(UNITS) && UNITS[unit].mg;
  bool is_number =
      exponent >= INT8_MIN && exponent <= INT8_MAX && ABS(weight) <= G_MAXINT32;

  *ret = (ScaleReading){is_status ? (ScaleStatus)status : SCALE_UNKNOWN, 0, is_unit};
  if (!says_weight(ret->status) || !is_unit)
    return;
  if (!is_number ||
      !in_mg(ABS(weight), exponent, UNITS[unit].mg, UNITS[unit].per, &ret->weight_mg)) {
    *ret = (ScaleReading){SCALE_OVER_LIMIT, 0, true};
    return;
  }
  if (ret->status == SCALE_UNDER_ZERO || weight < 0)
    ret->weight_mg = -ret->weight_mg;
}

bool
scale_read_report(const guint8 *report, gsize length, ScaleReading *ret)
{
  if (length < REPORT_LENGTH || (report[0] != 3 && report[0] != 4))
    return false;
  scale_reading_of(
      ret, report[1], report[2], (int8_t)report[3], report[4] | report[5] << 8);
  return true;
}

ScaleForm
scale_form(const GArray *fields)
{
  return (ScaleForm){hid_field_of(fields, HID_INPUT, SCALE_PAGE, FIRST_STATUS + 1),
                     hid_field_of(fields, HID_INPUT, SCALE_PAGE, FIRST_UNIT + 1),
                     hid_field_of(fields, HID_INPUT, SCALE_PAGE, DATA_SCALING),
                     hid_field_of(fields, HID_INPUT, SCALE_PAGE, DATA_WEIGHT)};
}

static bool
is_whole(const ScaleForm *form)
{
  return form->status && form->unit && form->exponent && form->weight &&
         form->status->is_array && form->unit->is_array;
}

/* Which of its usages a selector has, counted from @before. */
static int64_t
selected(const HidField *field, int before, const guint8 *report, gsize length)
{
  return hid_value(field, 0, report, length) - field->least + field->usage - before;
}

bool
scale_read_by(const ScaleForm *form,
              const guint8 *report,
              gsize length,
              ScaleReading *ret)
{
  if (!is_whole(form))
    return scale_read_report(report, length, ret);
  if (!hid_has(form->weight, 0, report, length) ||
      !hid_has(form->status, 0, report, length) ||
      !hid_has(form->unit, 0, report, length) ||
      !hid_has(form->exponent, 0, report, length))
    return false;
  /* Some say that the exponent is without a sign. */
  scale_reading_of(ret,
                   selected(form->status, FIRST_STATUS, report, length),
                   selected(form->unit, FIRST_UNIT, report, length),
                   (int8_t)hid_value(form->exponent, 0, report, length),
                   hid_value(form->weight, 0, report, length));
  return true;
}

bool
scale_reading_equal(const ScaleReading *a, const ScaleReading *b)
{
  return a->status == b->status && a->weight_mg == b->weight_mg &&
         a->unit_is_known == b->unit_is_known;
}

GBytes *
scale_line(const ScaleReading *reading)
{
  bool no_unit = says_weight(reading->status) && !reading->unit_is_known;
  char *line = g_strdup_printf("%s %" G_GINT64_FORMAT,
                               no_unit ? WORD_NO_UNIT : WORDS[reading->status],
                               reading->weight_mg);
  return g_bytes_new_take(line, strlen(line));
}

static bool
parse_weight(const char *text, int64_t *ret)
{
  char *end = NULL;
  int64_t weight = g_ascii_strtoll(text, &end, 10);
  bool is_number = g_ascii_isdigit(*text) || (*text == '-' && g_ascii_isdigit(text[1]));

  if (!is_number || *end || weight < -MOST_MG || weight > MOST_MG)
    return false;
  *ret = weight;
  return true;
}

bool
scale_parse(const char *line, gsize length, ScaleReading *ret)
{
  ScaleReading reading = {SCALE_UNKNOWN, 0, true};
  g_autofree char *text = g_strndup(line, length);
  char *blank = strchr(text, ' ');

  if (!blank || strlen(text) != length || !parse_weight(blank + 1, &reading.weight_mg))
    return false;
  *blank = '\0';
  if (strcmp(text, WORD_NO_UNIT) == 0)
    reading = (ScaleReading){SCALE_STABLE, 0, false};
  else {
    while (reading.status < N_SCALE_STATUS && strcmp(text, WORDS[reading.status]) != 0)
      reading.status++;
  }
  if (reading.status == N_SCALE_STATUS)
    return false;
  *ret = reading;
  return true;
}

static GBytes *
take(ScaleTalk *talk, const ScaleReading *reading)
{
  bool is_new = !talk->has_told || !scale_reading_equal(&talk->told, reading);
  bool is_stale = !talk->has_begun;

  talk->has_begun = true;
  if (is_stale || !is_new)
    return NULL;
  talk->has_told = true;
  talk->told = *reading;
  return scale_line(reading);
}

GBytes *
scale_hear(ScaleTalk *talk, const ScaleForm *form, const guint8 *report, gsize length)
{
  ScaleReading reading;
  return scale_read_by(form, report, length, &reading) ? take(talk, &reading) : NULL;
}
