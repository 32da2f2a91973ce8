#include "app/staffing.h"

#include "app/auditing.h"
#include "app/cataloguing.h"
#include "app/minding.h"
#include "app/on_duty.h"
#include "app/sign_in.h"
#include "db/people_store.h"

void
staff_view_free(StaffView *view)
{
  if (!view)
    return;
  staff_free(view->staff);
  g_free(view);
}

bool
staffing_may_look(const Till *till)
{
  return staff_may(till->staff, RIGHT_STAFF);
}

static void
say(Till *till, NoticeKind kind, NoticeId id, const char *what)
{
  till_notice(till, (Notice){.kind = kind, .id = id, .what = g_strdup(what)});
}

static bool
may(Till *till)
{
  bool allowed = staffing_may_look(till);
  if (!allowed)
    say(till, NOTICE_WARN, NOTICE_NO_RIGHT, NULL);
  return allowed;
}

void
staffing_open(Till *till)
{
  minding_begin_deed(till);
  if (may(till))
    till_open_page(till, PAGE_STAFF);
}

static GPtrArray *
list_waits(Till *till)
{
  GPtrArray *waits = NULL;
  GError *error = NULL;
  if (!people_store_waits(till->store, till_now_us(till), &waits, &error))
    till_failed(till, error);
  return waits;
}

static const PinWait *
wait_of(const GPtrArray *waits, const char *number)
{
  for (guint i = 0; waits && i < waits->len; i++) {
    const PinWait *wait = waits->pdata[i];
    if (g_str_equal(wait->number, number))
      return wait;
  }
  return NULL;
}

static StaffView *
view_new(Till *till, const Staff *staff, const GPtrArray *waits)
{
  StaffView *view = g_new0(StaffView, 1);
  const PinWait *wait = wait_of(waits, staff->number);
  const Duty *duty = on_duty_of(till, staff->number);
  view->staff = staff_copy(staff);
  people_store_last_here(till->store, staff->number, &view->here_us, NULL);
  view->failures = wait ? wait->failures : 0;
  view->wait_s = wait ? wait->wait_s : 0;
  view->is_on_duty = duty != NULL;
  view->place = duty ? duty->place : DUTY_LOCAL;
  return view;
}

GPtrArray *
staffing_list(Till *till)
{
  GPtrArray *list = g_ptr_array_new_with_free_func((GDestroyNotify)staff_view_free);
  g_autoptr(GPtrArray) staff = sign_in_list(till);
  g_autoptr(GPtrArray) waits = list_waits(till);
  for (guint i = 0; i < staff->len; i++)
    g_ptr_array_add(list, view_new(till, staff->pdata[i], waits));
  return list;
}

void
staffing_forgive(Till *till, const char *number)
{
  GError *error = NULL;
  minding_begin_deed(till);
  if (!may(till))
    return;
  g_autoptr(GPtrArray) waits = list_waits(till);
  if (!wait_of(waits, number)) {
    say(till, NOTICE_INFO, NOTICE_NOT_LOCKED_OUT, number);
    return;
  }
  if (!auditing_note(till, "lockout.clear", number, NULL))
    return;
  if (!people_store_forgive(till->store, number, &error)) {
    till_failed(till, error);
    return;
  }
  say(till, NOTICE_INFO, NOTICE_LOCKOUT_CLEARED, number);
  till_changed(till, TILL_STAFF);
}
