#include "app/asking.h"

#include "app/auditing.h"
#include "app/backroom.h"
#include "app/base/clock.h"
#include "app/checkout.h"
#include "app/identifying.h"
#include "app/minding.h"
#include "app/on_duty.h"
#include "app/printing.h"
#include "app/syncing.h"
#include "db/approval_store.h"

static void
say(Till *till, NoticeKind kind, NoticeId id, const Staff *who)
{
  till_notice(till,
              (Notice){.kind = kind, .id = id, .what = g_strdup(who ? who->name : NULL)});
}

/* By both clocks: neither setting the clock back nor forward buys time. */
static bool
is_late(const Till *till, int64_t since_us)
{
  return till_now_us(till) < since_us || approval_is_late(since_us, till_now_us(till)) ||
         approval_is_late(till->backroom->asked_us, clock_monotonic_us());
}

static void
forget_wish(Till *till)
{
  till->wish = (ApprovalWish){0};
  g_clear_pointer(&till->backroom->wish_words, g_free);
}

ApprovalWish
asking_wish(const Till *till, ApprovalAct act, int row, int64_t number)
{
  ApprovalWish wish = {.act = act, .row = row, .number = number};
  g_strlcpy(wish.document, till->sale->uid, sizeof wish.document);
  return wish;
}

void
asking_want(Till *till, const ApprovalWish *wish, const char *words)
{
  g_autofree char *what =
      g_strdup_printf("%s %" G_GINT64_FORMAT, approval_act_word(wish->act), wish->number);
  if (!auditing_note(till, "act.refused", wish->document, what))
    return;
  approval_clear(&till->approval);
  forget_wish(till);
  till->wish = *wish;
  till->wish.asked_us = till_now_us(till);
  till->backroom->wish_words = g_strdup(words);
  till->backroom->asked_us = clock_monotonic_us();
  till_changed(till, TILL_ASK | TILL_NOTICE);
}

/* -- An approval is used ----------------------------------------------------------------
 */

char *
asking_take(Till *till, const ApprovalWish *wish)
{
  GError *error = NULL;
  if (!till->staff || !approval_covers(&till->approval, wish, till_now_us(till)) ||
      is_late(till, till->approval.granted_us))
    return NULL;
  if (!approval_store_use(till->store,
                          &till->approval,
                          till->staff->number,
                          till->identity != NULL,
                          till_now_us(till),
                          &error)) {
    till_failed(till, error);
    return NULL;
  }
  char *approver = g_steal_pointer(&till->approval.approver);
  approval_clear(&till->approval);
  forget_wish(till);
  syncing_nudge(till);
  till_changed(till, TILL_ASK);
  return approver;
}

/* -- The panel --------------------------------------------------------------------------
 */

static void
shut(Till *till)
{
  till->ask = ASK_NOTHING;
  g_clear_pointer(&till->asked, staff_free);
  till_changed(till, TILL_ASK);
}

static bool
is_wanted(const Till *till)
{
  return till->wish.act != APPROVE_NOTHING && !is_late(till, till->wish.asked_us);
}

void
asking_open(Till *till, TillAsk ask)
{
  bool has_no_point = ask == ASK_APPROVAL && !is_wanted(till);
  bool is_elsewhere = till->page == PAGE_SIGN_IN || till->page == PAGE_LOCK;
  if (!till->staff || is_elsewhere || has_no_point)
    return;
  minding_begin_deed(till);
  g_clear_pointer(&till->asked, staff_free);
  till->ask = ask;
  till_changed(till, TILL_ASK);
}

void
asking_close(Till *till)
{
  if (till->ask == ASK_NOTHING)
    return;
  minding_begin_deed(till);
  shut(till);
}

void
asking_begin(Till *till, const char *number_or_badge)
{
  if (till->ask == ASK_NOTHING)
    return;
  minding_begin_deed(till);
  g_clear_pointer(&till->asked, staff_free);
  if (number_or_badge && *number_or_badge)
    till->asked = identifying_find(till, number_or_badge);
  bool is_self = till->ask == ASK_APPROVAL && till->asked &&
                 g_str_equal(till->asked->number, till->staff->number);
  if (is_self) {
    say(till, NOTICE_BLOCK, NOTICE_APPROVER_SAME, till->asked);
    auditing_note(till, "approval.refused", till->wish.document, "self");
    g_clear_pointer(&till->asked, staff_free);
  }
  till_changed(till, TILL_ASK);
}

/* @return false after telling why @approver may not, and keeping it. */
static bool
may_approve(Till *till, const Staff *approver)
{
  static const struct {
    NoticeId id;
    const char *word;
  } NO[] = {
      [APPROVER_MAY] = {NOTICE_NOTHING, ""},
      [APPROVER_IS_ASKER] = {NOTICE_APPROVER_SAME, "self"},
      [APPROVER_HAS_NO_RIGHT] = {NOTICE_APPROVER_CANNOT, "right"},
      [APPROVER_LIMIT] = {NOTICE_APPROVER_LIMIT, "limit"},
  };
  ApproverAnswer answer = approval_judge(&till->wish, approver, till->staff->number);
  if (answer == APPROVER_MAY)
    return true;
  g_autofree char *how = g_strdup_printf("%s %s", approver->number, NO[answer].word);
  till_notice(till,
              (Notice){.kind = NOTICE_BLOCK,
                       .id = NO[answer].id,
                       .what = g_strdup(approver->name),
                       .number = approver->discount_limit_bp});
  auditing_note(till, "approval.refused", till->wish.document, how);
  return false;
}

static bool
reason_is_good(Till *till, ApprovalReason reason, const char *words)
{
  NoticeId id = NOTICE_NOTHING;
  if (reason <= REASON_NONE || reason >= N_REASONS)
    id = NOTICE_REASON_MISSING;
  else if (reason == REASON_OTHER && !approval_words_are_fit(words))
    id = NOTICE_REASON_UNFIT;
  if (id != NOTICE_NOTHING)
    say(till, NOTICE_WARN, id, NULL);
  return id == NOTICE_NOTHING;
}

/* Does what was refused, now with the approval. */
static void
do_again(Till *till)
{
  g_autofree char *words = g_strdup(till->backroom->wish_words);
  switch (till->wish.act) {
  case APPROVE_DISCOUNT:
    checkout_choose(till, till->wish.row);
    checkout_set_discount(till, words ? words : "");
    break;
  case APPROVE_VOID:
    checkout_void(till);
    break;
  case APPROVE_DRAWER:
    printing_open_drawer(till);
    break;
  case APPROVE_NOTHING:
  case N_APPROVALS:
    break;
  }
}

static bool
grant(Till *till, ApprovalReason reason, const char *words)
{
  GError *error = NULL;
  approval_clear(&till->approval);
  Approval approval = {.wish = till->wish,
                       .approver = g_strdup(till->asked->number),
                       .reason = reason,
                       .words = g_strdup(words),
                       .granted_us = till_now_us(till)};
  if (!approval_store_grant(till->store, &approval, till->staff->number, &error)) {
    approval_clear(&approval);
    till_failed(till, error);
    return false;
  }
  till->approval = approval;
  till->backroom->asked_us = clock_monotonic_us();
  return true;
}

void
asking_approve(Till *till, const char *pin, ApprovalReason reason, const char *words)
{
  if (till->ask != ASK_APPROVAL || !till->asked)
    return;
  minding_begin_deed(till);
  asking_tick(till);
  const char *said = reason == REASON_OTHER ? words : NULL;
  if (till->ask != ASK_APPROVAL || !reason_is_good(till, reason, said) ||
      !identifying_pin(till, till->asked, pin) || !may_approve(till, till->asked) ||
      !grant(till, reason, said))
    return;
  g_autofree char *name = g_strdup(till->asked->name);
  shut(till);
  do_again(till);
  if (!till->approval.approver && till->notice.kind < NOTICE_WARN)
    till_notice(
        till,
        (Notice){.kind = NOTICE_INFO, .id = NOTICE_APPROVED, .what = g_strdup(name)});
}

void
asking_duty(Till *till, const char *pin, DutyPlace place, DutyGo why)
{
  if (till->ask != ASK_DUTY || !till->asked)
    return;
  minding_begin_deed(till);
  if (!identifying_pin(till, till->asked, pin))
    return;
  if (on_duty_of(till, till->asked->number))
    on_duty_go(till, till->asked, why == DUTY_GO_NONE ? DUTY_GO_HOME : why);
  else
    on_duty_come(till, till->asked, place);
  shut(till);
}

void
asking_tick(Till *till)
{
  bool wish_is_late =
      till->wish.act != APPROVE_NOTHING && is_late(till, till->wish.asked_us);
  bool has_approval = till->approval.approver != NULL;
  if (has_approval && is_late(till, till->approval.granted_us)) {
    auditing_note(till,
                  "approval.expired",
                  till->approval.wish.document,
                  approval_act_word(till->approval.wish.act));
    approval_clear(&till->approval);
    forget_wish(till);
    say(till, NOTICE_WARN, NOTICE_APPROVAL_LATE, NULL);
  } else if (wish_is_late && !has_approval) {
    bool was_open = till->ask == ASK_APPROVAL;
    if (was_open) {
      auditing_note(till,
                    "approval.expired",
                    till->wish.document,
                    approval_act_word(till->wish.act));
      shut(till);
      say(till, NOTICE_WARN, NOTICE_APPROVAL_LATE, NULL);
    }
    forget_wish(till);
    till_changed(till, TILL_ASK | TILL_NOTICE);
  }
}
