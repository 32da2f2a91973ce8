#include "app/domain/duty.h"

bool
duty_counts(const Duty *duty, Day today, int64_t now_us)
{
  bool is_registered = duty->valid_to == DAY_NONE || today <= duty->valid_to;
  return duty->here && is_registered && now_us - duty->at_us <= DUTY_LONGEST_US;
}

uint32_t
duty_scopes(const GPtrArray *list, bool linked, Day today, int64_t now_us)
{
  uint32_t scopes = 0;
  for (guint i = 0; list && i < list->len; i++) {
    const Duty *duty = list->pdata[i];
    bool in_reach = duty->place == DUTY_LOCAL || linked;
    if (in_reach && duty_counts(duty, today, now_us))
      scopes |= duty->scopes;
  }
  return scopes;
}

void
duty_free(Duty *duty)
{
  if (!duty)
    return;
  g_free(duty->staff);
  g_free(duty->till);
  g_free(duty->number);
  g_free(duty);
}
