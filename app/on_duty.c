#include "app/on_duty.h"

#include "app/auditing.h"
#include "app/syncing.h"
#include "db/duty_store.h"
#include "db/people_store.h"

void
on_duty_read(Till *till)
{
  GPtrArray *list = NULL;
  GError *error = NULL;
  if (!duty_store_here(till->store, &list, &error)) {
    till_failed(till, error);
    return;
  }
  g_clear_pointer(&till->duty, g_ptr_array_unref);
  till->duty = list;
  till_changed(till, TILL_DUTY);
}

static bool
is_linked(const Till *till)
{
  return till->sync && till->sync_status.line == SYNC_ONLINE;
}

uint32_t
on_duty_scopes(const Till *till)
{
  return duty_scopes(till->duty, is_linked(till), till_today(till), till_now_us(till));
}

static bool
counts(const Till *till, const Duty *duty)
{
  bool in_reach = duty->place == DUTY_LOCAL || is_linked(till);
  return in_reach && duty_counts(duty, till_today(till), till_now_us(till));
}

const Duty *
on_duty_first(const Till *till)
{
  for (guint i = 0; till->duty && i < till->duty->len; i++)
    if (counts(till, till->duty->pdata[i]))
      return till->duty->pdata[i];
  return NULL;
}

char *
on_duty_name(Till *till, const Duty *duty)
{
  g_autoptr(Staff) staff = NULL;
  if (till->catalogue)
    people_store_find(till->catalogue, duty->staff, &staff, NULL);
  return g_strdup(staff ? staff->name : duty->staff);
}

const Duty *
on_duty_of(const Till *till, const char *number)
{
  for (guint i = 0; till->duty && i < till->duty->len; i++) {
    const Duty *duty = till->duty->pdata[i];
    if (g_str_equal(duty->staff, number) && counts(till, duty))
      return duty;
  }
  return NULL;
}

/* The registration goes along: the log says by which right somebody was here. */
static bool
write_down(Till *till, const Staff *staff, Duty *duty)
{
  GError *error = NULL;
  const char *who = till->staff ? till->staff->number : "";
  duty->staff = staff->number;
  duty->till = till->identity ? till->identity->till_code : NULL;
  duty->number = staff->registration.number;
  duty->scopes = staff->registration.scopes;
  duty->valid_to = staff->registration.to;
  duty->at_us = till_now_us(till);
  if (!duty_store_add(till->store, duty, who, &error)) {
    till_failed(till, error);
    return false;
  }
  on_duty_read(till);
  syncing_nudge(till);
  return true;
}

static void
tell_came(Till *till, const Staff *staff)
{
  Day today = till_today(till);
  bool soon = registration_ends_soon(&staff->registration, today);
  till_notice(till,
              (Notice){.kind = soon ? NOTICE_WARN : NOTICE_INFO,
                       .id = soon ? NOTICE_REGISTRATION_ENDS : NOTICE_DUTY_CAME,
                       .what = g_strdup(staff->name),
                       .number = registration_days_left(&staff->registration, today)});
}

bool
on_duty_come(Till *till, const Staff *staff, DutyPlace place)
{
  Duty duty = {.here = true, .place = place};
  const RuleFacts facts = {.event = EVENT_DUTY_COME,
                           .staff = staff,
                           .today = till_today(till),
                           .clock_is_trusted = till->clock_is_trusted};
  RuleAnswer answer = rules_judge(&facts);
  if (answer.verdict >= VERDICT_GATE) {
    till_notice(till,
                (Notice){.kind = NOTICE_BLOCK,
                         .id = NOTICE_RULE,
                         .what = g_strdup(staff->name),
                         .number = answer.number,
                         .rule = answer});
    auditing_note(till, "duty.refused", staff->number, answer.rule_id);
    return false;
  }
  if (!write_down(till, staff, &duty))
    return false;
  tell_came(till, staff);
  return true;
}

bool
on_duty_go(Till *till, const Staff *staff, DutyGo why)
{
  Duty duty = {.here = false, .go = why};
  if (!write_down(till, staff, &duty))
    return false;
  till_notice(till,
              (Notice){.kind = NOTICE_INFO,
                       .id = NOTICE_DUTY_WENT,
                       .what = g_strdup(staff->name)});
  return true;
}

void
on_duty_arrive(Till *till)
{
  const Staff *staff = till->staff;
  if (staff && staff_may(staff, RIGHT_REVIEW_RX) &&
      staff->registration.kind != REGISTRATION_NONE && !on_duty_of(till, staff->number))
    on_duty_come(till, staff, DUTY_LOCAL);
}
