/* Reports of a scale, by its own descriptor and by the table, and lines to the till: byte
 * 0: bytes of descriptor; then the descriptor; then the report. */
#include "drivers/scale.h"

#include <string.h>

#include "drivers/sim/scale_model.h"
#include "tests/fuzz/fuzz.h"

#define MOST_MG INT64_C(10000000000)

static void
check(const ScaleReading *reading)
{
  ScaleReading back;
  PROMISE(reading->status < N_SCALE_STATUS);
  PROMISE(reading->weight_mg >= -MOST_MG && reading->weight_mg <= MOST_MG);
  g_autoptr(GBytes) line = scale_line(reading);
  gsize length;
  const char *text = g_bytes_get_data(line, &length);
  PROMISE(scale_parse(text, length, &back));
  PROMISE(!reading->unit_is_known || scale_reading_equal(reading, &back));
}

static void
hear(const GArray *fields, const uint8_t *report, size_t length)
{
  ScaleForm form = scale_form(fields);
  ScaleTalk talk = {false};
  ScaleReading reading;

  if (scale_read_by(&form, report, length, &reading))
    check(&reading);
  GBytes *stale = scale_hear(&talk, &form, report, length);
  PROMISE(!stale);
  GBytes *line = scale_hear(&talk, &form, report, length);
  g_clear_pointer(&line, g_bytes_unref);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
  static GArray *usual;
  ScaleReading reading;
  gsize own_length;
  if (length < 1)
    return 0;
  const guint8 *own = scale_model_descriptor(&own_length);
  if (!usual)
    usual = hid_fields(own, own_length);
  size_t described = MIN((size_t)bytes[0], length - 1);
  g_autoptr(GArray) fields = hid_fields(bytes + 1, described);

  hear(fields, bytes + 1 + described, length - 1 - described);
  hear(usual, bytes + 1, length - 1);
  if (scale_read_report(bytes + 1, length - 1, &reading))
    check(&reading);
  if (scale_parse((const char *)bytes + 1, length - 1, &reading))
    check(&reading);
  return 0;
}
