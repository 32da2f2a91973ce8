#include "app/weighing.h"

#include "app/backroom.h"
#include "app/checkout.h"
#include "app/minding.h"

static void
say(Till *till, NoticeKind kind, NoticeId id, int64_t mg)
{
  till_notice(till, (Notice){.kind = kind, .id = id, .number = mg});
}

bool
weighing_now(const Till *till, ScaleReading *ret, int64_t *ret_tare_mg)
{
  const Device *scale = till->device[USE_SCALE];
  if (!scale || device_state(scale) & DEVICE_GONE || !till->backroom->has_weight)
    return false;
  *ret = till->backroom->weight;
  *ret_tare_mg = till->backroom->tare_mg;
  return true;
}

/* @return NOTICE_NOTHING: the scale stands still and shows a weight. */
static NoticeId
hindrance(const ScaleReading *reading)
{
  if (!reading->unit_is_known)
    return NOTICE_SCALE_UNIT;
  switch (reading->status) {
  case SCALE_STABLE:
    return NOTICE_NOTHING;
  case SCALE_ZERO:
    return NOTICE_SCALE_EMPTY;
  case SCALE_MOVES:
    return NOTICE_SCALE_MOVES;
  case SCALE_UNDER_ZERO:
  case SCALE_REZERO:
    return NOTICE_SCALE_UNDER;
  case SCALE_OVER_LIMIT:
    return NOTICE_SCALE_OVER;
  default:
    return NOTICE_SCALE_FAULT;
  }
}

/* @return false after saying why there is no weight. */
static bool
read_scale(Till *till, ScaleReading *ret, int64_t *ret_tare_mg)
{
  if (!weighing_now(till, ret, ret_tare_mg)) {
    say(till, NOTICE_WARN, NOTICE_NO_SCALE, 0);
    return false;
  }
  NoticeId id = hindrance(ret);
  if (id != NOTICE_NOTHING)
    say(till, NOTICE_WARN, id, 0);
  return id == NOTICE_NOTHING;
}

void
weighing_take(Till *till)
{
  ScaleReading reading;
  int64_t tare_mg;
  minding_begin_deed(till);
  if (!read_scale(till, &reading, &tare_mg))
    return;
  int64_t net_mg = reading.weight_mg - tare_mg;
  if (net_mg <= 0)
    say(till, NOTICE_WARN, NOTICE_SCALE_EMPTY, 0);
  else
    checkout_set_weight(till, net_mg);
}

void
weighing_tare(Till *till)
{
  ScaleReading reading;
  int64_t tare_mg;
  minding_begin_deed(till);
  bool is_empty = weighing_now(till, &reading, &tare_mg) && reading.status == SCALE_ZERO;
  if (!is_empty && !read_scale(till, &reading, &tare_mg))
    return;
  till->backroom->tare_mg = is_empty ? 0 : reading.weight_mg;
  say(till,
      NOTICE_INFO,
      is_empty ? NOTICE_TARE_NONE : NOTICE_TARE_SET,
      till->backroom->tare_mg);
  till_changed(till, TILL_DEVICES);
}

void
weighing_test(Till *till)
{
  ScaleReading reading;
  int64_t tare_mg;
  minding_begin_deed(till);
  if (read_scale(till, &reading, &tare_mg))
    say(till, NOTICE_INFO, NOTICE_SCALE_SHOWS, reading.weight_mg);
}

void
weighing_on_device(Till *till, const DeviceEvent *event)
{
  struct Backroom *backroom = till->backroom;
  gsize length;

  if (event->kind == DEVICE_STATE && event->state & DEVICE_GONE)
    backroom->has_weight = false;
  if (event->kind != DEVICE_HEARD)
    return;
  const char *line = g_bytes_get_data(event->data, &length);
  if (scale_parse(line, length, &backroom->weight))
    backroom->has_weight = true;
}
