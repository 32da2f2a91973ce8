#include "app/sign_in.h"

#include "app/auditing.h"
#include "app/card_reading.h"
#include "app/cataloguing.h"
#include "app/identifying.h"
#include "app/minding.h"
#include "app/on_duty.h"
#include "app/shift.h"
#include "app/syncing.h"
#include "db/people_store.h"

GPtrArray *
sign_in_list(Till *till)
{
  GError *error = NULL;
  GPtrArray *staff = NULL;

  if (till->catalogue && !people_store_list(till->catalogue, &staff, &error))
    cataloguing_failed(till, error);
  return staff ? staff : g_ptr_array_new_with_free_func((GDestroyNotify)staff_free);
}

void
sign_in_begin(Till *till, const char *number_or_badge)
{
  minding_begin_deed(till);
  if (till->staff)
    return;
  g_clear_pointer(&till->signing, staff_free);
  if (number_or_badge && *number_or_badge)
    till->signing = identifying_find(till, number_or_badge);
  till_changed(till, TILL_STAFF);
}

void
sign_in(Till *till, const char *number_or_badge, const char *pin)
{
  GError *error = NULL;
  minding_begin_deed(till);
  if (till->staff)
    return;
  g_autoptr(Staff) staff = identifying_find(till, number_or_badge);
  if (!staff || !identifying_pin(till, staff, pin))
    return;
  if (!shift_begin(till, staff, &error)) {
    till_failed(till, error);
    return;
  }
  till->staff = g_steal_pointer(&staff);
  if (!auditing_note(till, "sign.in", NULL, NULL)) {
    g_clear_pointer(&till->staff, staff_free);
    return;
  }
  g_clear_pointer(&till->signing, staff_free);
  syncing_nudge(till);
  till_changed(till, TILL_STAFF);
  till_open_page(till, PAGE_SALE);
  on_duty_arrive(till);
}

void
sign_in_forget(Till *till)
{
  g_clear_pointer(&till->staff, staff_free);
  g_clear_pointer(&till->signing, staff_free);
  card_reading_forget(till);
  till_changed(till, TILL_STAFF);
  till_open_page(till, PAGE_SIGN_IN);
}

void
sign_out(Till *till)
{
  minding_begin_deed(till);
  if (!till->staff || till->page == PAGE_LOCK)
    return;
  if (!sale_is_empty(till->sale)) {
    till_notice(till, (Notice){.kind = NOTICE_WARN, .id = NOTICE_TICKET_IN_WORK});
    return;
  }
  if (auditing_note(till, "sign.out", NULL, NULL))
    sign_in_forget(till);
}
