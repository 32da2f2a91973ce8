#include "app/pay.h"

#include "app/auditing.h"
#include "app/backroom.h"
#include "app/checkout.h"
#include "app/finding.h"
#include "app/labelling.h"
#include "app/minding.h"
#include "app/printing.h"
#include "app/ringing.h"
#include "app/syncing.h"
#include "db/sale_store.h"

static void
say(Till *till, NoticeKind kind, NoticeId id, int64_t number)
{
  till_notice(till, (Notice){.kind = kind, .id = id, .number = number});
}

bool
pay_is_connected(const Till *till, TenderKind kind)
{
  return kind == TENDER_CASH;
}

/* Says the one thing that hinders, or how many, and goes to the first line that does. */
static void
tell_gates(Till *till, const GArray *gates)
{
  const GateLine *first = &g_array_index(gates, GateLine, 0);
  const SaleLine *line =
      first->row >= 0 ? sale_line(till->sale, (guint)first->row) : NULL;

  for (guint i = 0; i < gates->len && first->rule.verdict < VERDICT_BLOCK; i++) {
    const GateLine *gate = &g_array_index(gates, GateLine, i);
    if (gate->rule.verdict == VERDICT_BLOCK) {
      first = gate;
      line = gate->row >= 0 ? sale_line(till->sale, (guint)gate->row) : NULL;
    }
  }
  if (first->row >= 0)
    checkout_choose(till, first->row);
  if (first->rule.verdict == VERDICT_BLOCK || gates->len == 1)
    ringing_tell(till, first->rule, line ? line->product : NULL, line);
  else
    say(till, NOTICE_WARN, NOTICE_GATES, gates->len);
}

static bool
gates_are_open(Till *till, RuleEvent event)
{
  g_autoptr(GArray) gates = checkout_gates_for(till, event);
  if (gates->len)
    tell_gates(till, gates);
  return gates->len == 0;
}

void
pay_open(Till *till)
{
  minding_begin_deed(till);
  if (till->payment)
    return;
  if (sale_is_empty(till->sale)) {
    say(till, NOTICE_INFO, NOTICE_SALE_EMPTY, 0);
    return;
  }
  if (!ringing_refresh(till) || !gates_are_open(till, EVENT_TENDER_OPEN))
    return;
  finding_close(till);
  till->payment = payment_new(checkout_totals(till).due);
  till_changed(till, TILL_PAYMENT);
  till_open_page(till, PAGE_PAYMENT);
}

static void
leave(Till *till)
{
  g_clear_pointer(&till->payment, payment_free);
  till_changed(till, TILL_PAYMENT);
  till_open_page(till, PAGE_SALE);
}

void
pay_cancel(Till *till)
{
  minding_begin_deed(till);
  if (!till->payment)
    return;
  bool had_money = till->payment->tenders->len > 0;
  if (had_money && !auditing_note(till, "payment.cancel", till->sale->uid, NULL))
    return;
  if (had_money)
    g_strlcpy(
        till->backroom->gave_back, till->sale->uid, sizeof till->backroom->gave_back);
  leave(till);
}

static void
tender(Till *till, TenderKind kind, const char *amount)
{
  Money given = payment_left(till->payment);
  bool is_exact = !amount || !*amount;

  if (!pay_is_connected(till, kind))
    say(till, NOTICE_WARN, NOTICE_TENDER_NOT_HERE, kind);
  else if ((!is_exact && !money_parse(amount, &given)) ||
           !payment_add(till->payment, kind, given, NULL))
    say(till, NOTICE_WARN, NOTICE_AMOUNT_BAD, 0);
  till_changed(till, TILL_PAYMENT);
}

void
pay_tender(Till *till, TenderKind kind, const char *amount)
{
  minding_begin_deed(till);
  if (till->payment)
    tender(till, kind, amount);
}

void
pay_remove(Till *till, int position)
{
  minding_begin_deed(till);
  if (!till->payment || position < 0)
    return;
  payment_remove(till->payment, (guint)position);
  till_changed(till, TILL_PAYMENT);
}

/* An earlier try may have reached the disk although it was told to have failed. */
static char *
number_if_kept(Till *till)
{
  KeptSale *last = NULL;
  char *number = NULL;
  if (sale_store_last(till->store, &last, NULL) && last &&
      g_str_equal(last->uid, till->sale->uid))
    number = g_strdup(last->number);
  kept_sale_free(last);
  return number;
}

/* @return the receipt number (transfer full); NULL after telling why it was not taken. */
static char *
commit(Till *till)
{
  char *number = NULL;
  GError *error = NULL;
  g_autoptr(GArray) loose = labelling_loose_lines(till);
  SaleCommit facts = {
      .sale = till->sale,
      .payment = till->payment,
      .round_step = till->round_step,
      .staff_number = till->staff->number,
      .shift_id = till->shift.id,
      .business_date = till->shift.business_date,
      .now_us = till_now_us(till),
      .receipt_kind = till->device[USE_PRINTER] ? "receipt" : NULL,
      .label_lines = loose,
  };
  if (sale_store_commit(till->store, &facts, &number, &error))
    return number;
  number = number_if_kept(till);
  if (number)
    g_error_free(error);
  else
    till_failed(till, error);
  return number;
}

static bool
has_cash(const Payment *payment)
{
  for (guint i = 0; i < payment->tenders->len; i++)
    if (((const Tender *)payment->tenders->pdata[i])->kind == TENDER_CASH)
      return true;
  return false;
}

static Money
given(const Payment *payment)
{
  Money sum = 0;
  for (guint i = 0; i < payment->tenders->len; i++)
    sum += ((const Tender *)payment->tenders->pdata[i])->given;
  return sum;
}

/* The sale is on disk: only now the drawer opens and paper moves. Takes @number. */
static void
finish(Till *till, char *number)
{
  if (has_cash(till->payment))
    printing_kick_drawer(till);
  g_free(till->last.number);
  till->last = (LastSale){
      .number = number,
      .due = till->payment->due,
      .given = given(till->payment),
      .change = payment_change(till->payment),
  };
  say(till, NOTICE_INFO, NOTICE_SALE_KEPT, till->last.change);
  syncing_tell_sold(till, till->sale);
  checkout_begin_sale(till);
  leave(till);
  printing_start(till);
  labelling_start(till);
  syncing_nudge(till);
}

void
pay_confirm(Till *till, const char *typed_cash)
{
  /* The latch: with the sale its payment is gone, and a second confirmation finds none.
   */
  if (!till->payment)
    return;
  minding_begin_deed(till);
  if (typed_cash && *typed_cash && !till->payment->tenders->len)
    tender(till, TENDER_CASH, typed_cash);
  if (till->notice.id != NOTICE_NOTHING)
    return;
  if (!payment_is_complete(till->payment)) {
    say(till, NOTICE_WARN, NOTICE_AMOUNT_SHORT, payment_left(till->payment));
    return;
  }
  if (!ringing_refresh(till))
    return;
  if (!gates_are_open(till, EVENT_COMMIT)) {
    leave(till);
    return;
  }
  char *number = commit(till);
  if (number)
    finish(till, number);
}
