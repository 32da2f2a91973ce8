#include "app/minding.h"

#include "app/asking.h"
#include "app/backroom.h"
#include "app/base/clock.h"
#include "app/card_reading.h"
#include "app/drawer.h"
#include "app/locking.h"
#include "app/on_duty.h"
#include "app/syncing.h"

#define TICK_S  2
#define REST_US ((int64_t)2 * G_USEC_PER_SEC)
/* domain.md 2.0: a clock that moved back by more refuses what depends on dates. */
#define BACK_US ((int64_t)5 * 60 * G_USEC_PER_SEC)

void
minding_begin_deed(Till *till)
{
  till->backroom->deed_us = g_get_monotonic_time();
  till_clear_notice(till);
}

static bool
moved_back(Till *till)
{
  int64_t base_us = clock_now_us() - clock_monotonic_us();
  bool back = till->backroom->clock_base_us != 0 &&
              base_us < till->backroom->clock_base_us - BACK_US;

  /* The highest base stays, or a clock set back in small steps would never be noticed. */
  till->backroom->clock_base_us = MAX(base_us, till->backroom->clock_base_us);
  return back;
}

void
minding_judge_clock(Till *till)
{
  bool was_trusted = till->clock_is_trusted;
  bool hub_agrees =
      till->sync_status.last_contact_us == 0 || till->sync_status.hub_ahead_us < BACK_US;
  bool behind_the_books = clock_now_us() < till->backroom->newest_fact_us - BACK_US;

  till->clock_is_trusted = !moved_back(till) && hub_agrees && !behind_the_books;
  if (was_trusted && !till->clock_is_trusted)
    till_notice(till, (Notice){.kind = NOTICE_WARN, .id = NOTICE_CLOCK_MOVED});
}

void
minding_trust_hub(Till *till)
{
  if (ABS(till->sync_status.hub_ahead_us) < BACK_US) {
    till->backroom->clock_base_us = 0;
    till->backroom->newest_fact_us = 0;
  }
  minding_judge_clock(till);
}

static void
notice_midnight(Till *till)
{
  Day today = till_today(till);
  if (today == till->backroom->last_day)
    return;
  till->backroom->last_day = today;
  till_changed(till, TILL_SALE | TILL_FOUND);
}

/* A duty ends by itself too: a day too long, a registration's last day, the line. */
static void
notice_duty(Till *till)
{
  uint32_t scopes = on_duty_scopes(till);
  if (scopes == till->backroom->last_scopes)
    return;
  till->backroom->last_scopes = scopes;
  till_changed(till, TILL_DUTY | TILL_SALE);
}

void
minding_stay_awake(Till *till)
{
  till->backroom->deed_us = g_get_monotonic_time();
}

static gboolean
tick(gpointer data)
{
  Till *till = data;

  notice_midnight(till);
  minding_judge_clock(till);
  drawer_mind(till, clock_monotonic_us());
  card_reading_tick(till);
  notice_duty(till);
  asking_tick(till);
  locking_mind(till, g_get_monotonic_time());
  if (g_get_monotonic_time() - till->backroom->deed_us > REST_US) {
    db_checkpoint_if_large(till->store);
    syncing_count(till);
  }
  return G_SOURCE_CONTINUE;
}

void
minding_start(Till *till)
{
  till->clock_is_trusted = true;
  till->backroom->last_day = till_today(till);
  minding_judge_clock(till);
  till->tick = g_timeout_add_seconds(TICK_S, tick, till);
}

void
minding_stop(Till *till)
{
  g_clear_handle_id(&till->tick, g_source_remove);
}
