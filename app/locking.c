#include "app/locking.h"

#include "app/auditing.h"
#include "app/backroom.h"
#include "app/checkout.h"
#include "app/finding.h"
#include "app/identifying.h"
#include "app/minding.h"
#include "app/on_duty.h"
#include "app/syncing.h"
#include "db/ticket_store.h"

#define IDLE_S 600

static void
say(Till *till, NoticeKind kind, NoticeId id, const char *what)
{
  till_notice(till, (Notice){.kind = kind, .id = id, .what = g_strdup(what)});
}

static void
go_to(Till *till, TillPage page)
{
  till->page = page;
  till_changed(till, TILL_PAGE | TILL_EVERYTHING);
}

static void
lock(Till *till, const char *why)
{
  if (!till->staff || till->page == PAGE_LOCK ||
      !auditing_note(till, "till.lock", NULL, why))
    return;
  finding_close(till);
  till->ask = ASK_NOTHING;
  g_clear_pointer(&till->asked, staff_free);
  g_clear_pointer(&till->signing, staff_free);
  till->backroom->before_lock = till->page;
  go_to(till, PAGE_LOCK);
}

void
locking_lock(Till *till)
{
  minding_begin_deed(till);
  lock(till, NULL);
}

void
locking_mind(Till *till, int64_t now_us)
{
  int64_t idle_s = setting_store_int(till->store, "lock.idle_s", IDLE_S);
  bool is_idle = idle_s > 0 && now_us - till->backroom->deed_us > idle_s * G_USEC_PER_SEC;
  if (is_idle && till->staff && till->page != PAGE_LOCK)
    lock(till, "idle");
}

void
locking_begin(Till *till, const char *number_or_badge)
{
  if (till->page != PAGE_LOCK)
    return;
  minding_begin_deed(till);
  g_clear_pointer(&till->signing, staff_free);
  if (number_or_badge && *number_or_badge)
    till->signing = identifying_find(till, number_or_badge);
  till_changed(till, TILL_STAFF);
}

static void
unlock(Till *till)
{
  if (!auditing_note(till, "till.unlock", NULL, NULL))
    return;
  g_clear_pointer(&till->signing, staff_free);
  go_to(till, till->backroom->before_lock);
}

/* In the other's name: it was theirs. @return false after telling why not. */
static bool
park(Till *till, bool *ret_held)
{
  GError *error = NULL;
  *ret_held = !sale_is_empty(till->sale);
  if (till->payment && till->payment->tenders->len &&
      !auditing_note(till, "payment.cancel", till->sale->uid, "taken over"))
    return false;
  g_clear_pointer(&till->payment, payment_free);
  if (!*ret_held)
    return true;
  if (!ticket_store_hold(till->store,
                         till->sale,
                         till->staff->name,
                         till->staff->number,
                         till_now_us(till),
                         &error)) {
    till_failed(till, error);
    return false;
  }
  auditing_note(till, "ticket.hold", till->sale->uid, "taken over");
  checkout_begin_sale(till);
  till->held = ticket_store_count(till->store);
  return true;
}

static void
take_over(Till *till)
{
  bool has_held = false;
  g_autofree char *other = g_strdup(till->staff->number);
  if (!auditing_note(till, "till.taken-over", NULL, till->signing->number) ||
      !park(till, &has_held) || !auditing_note(till, "sign.out", NULL, NULL))
    return;
  staff_free(till->staff);
  till->staff = g_steal_pointer(&till->signing);
  auditing_note(till, "sign.in", NULL, other);
  till->wish = (ApprovalWish){0};
  approval_clear(&till->approval);
  go_to(till, PAGE_SALE);
  till_notice(till,
              (Notice){.kind = NOTICE_INFO, .id = NOTICE_TAKEN_OVER, .number = has_held});
  on_duty_arrive(till);
  syncing_nudge(till);
}

void
locking_open(Till *till, const char *pin)
{
  if (till->page != PAGE_LOCK)
    return;
  minding_begin_deed(till);
  bool is_other =
      till->signing && !g_str_equal(till->signing->number, till->staff->number);
  if (!identifying_pin(till, is_other ? till->signing : till->staff, pin))
    return;
  if (!is_other) {
    unlock(till);
    return;
  }
  if (staff_may(till->signing, RIGHT_STAFF)) {
    take_over(till);
    return;
  }
  say(till, NOTICE_BLOCK, NOTICE_LOCKED_BY_OTHER, till->staff->name);
  auditing_note(till, "unlock.refused", NULL, till->signing->number);
}
