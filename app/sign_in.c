#include "app/sign_in.h"

#include "app/auditing.h"
#include "app/card_reading.h"
#include "app/cataloguing.h"
#include "app/minding.h"
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

static Staff *
find_staff(Till *till, const char *number_or_badge)
{
  Staff *staff = NULL;
  GError *error = NULL;

  if (!cataloguing_is_there(till))
    return NULL;
  if (!people_store_find(till->catalogue, number_or_badge, &staff, &error)) {
    cataloguing_failed(till, error);
    return NULL;
  }
  if (staff)
    return staff;
  g_autoptr(GPtrArray) anybody = sign_in_list(till);
  NoticeId id = anybody->len ? NOTICE_STAFF_UNKNOWN : NOTICE_NO_STAFF_YET;
  till_notice(till, (Notice){.kind = NOTICE_WARN, .id = id});
  return NULL;
}

static bool
pin_is_right(Till *till, const Staff *staff, const char *pin)
{
  PinAnswer answer = PIN_LOCKED;
  int64_t wait_s = 0;
  GError *error = NULL;

  if (!people_store_check_pin(till->catalogue,
                              till->store,
                              till->seal,
                              staff,
                              pin,
                              till_now_us(till),
                              &answer,
                              &wait_s,
                              &error)) {
    till_failed(till, error);
    return false;
  }
  if (wait_s > 0)
    till_notice(
        till, (Notice){.kind = NOTICE_BLOCK, .id = NOTICE_PIN_LOCKED, .number = wait_s});
  else if (answer == PIN_WRONG)
    till_notice(till,
                (Notice){.kind = NOTICE_WARN,
                         .id = NOTICE_PIN_WRONG,
                         .number = people_store_tries_left(till->store, staff) + 1});
  return answer == PIN_RIGHT;
}

void
sign_in_begin(Till *till, const char *number_or_badge)
{
  minding_begin_deed(till);
  if (till->staff)
    return;
  g_clear_pointer(&till->signing, staff_free);
  if (number_or_badge && *number_or_badge)
    till->signing = find_staff(till, number_or_badge);
  till_changed(till, TILL_STAFF);
}

void
sign_in(Till *till, const char *number_or_badge, const char *pin)
{
  GError *error = NULL;
  minding_begin_deed(till);
  if (till->staff)
    return;
  g_autoptr(Staff) staff = find_staff(till, number_or_badge);
  if (!staff || !pin_is_right(till, staff, pin))
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
  if (!till->staff)
    return;
  if (!sale_is_empty(till->sale)) {
    till_notice(till, (Notice){.kind = NOTICE_WARN, .id = NOTICE_TICKET_IN_WORK});
    return;
  }
  if (auditing_note(till, "sign.out", NULL, NULL))
    sign_in_forget(till);
}
