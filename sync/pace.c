#include "sync/pace.h"

#define SECOND ((int64_t)G_USEC_PER_SEC)

static const struct {
  int64_t low_us, high_us;
} WAITS[] = {
    [PACE_USUAL] = {SECOND / 2, 60 * SECOND}, [PACE_SLOW] = {20 * SECOND, 120 * SECOND}};

void
pace_good(Pace *pace)
{
  pace->size = MIN(pace->most, pace->size + pace->most / 16 + 1);
  pace->wait_us = 0;
  pace->not_before_us = 0;
}

void
pace_bad(Pace *pace,
         PaceKind kind,
         int retry_after_s,
         int64_t now_us,
         PaceRandom random,
         gpointer data)
{
  int64_t low = WAITS[kind].low_us;
  int64_t top = MIN(MAX(pace->wait_us, low) * 3, WAITS[kind].high_us);
  int64_t asked_for = CLAMP(retry_after_s, 0, PACE_RETRY_AFTER_MAX_S) * SECOND;

  pace->size = MAX(1, pace->size / 2);
  pace->wait_us = low + random(data) % (top - low + 1);
  pace->not_before_us = now_us + MAX(pace->wait_us, asked_for);
}
