#include "app/domain/tender.h"

static void
tender_free(gpointer pointer)
{
  Tender *tender = pointer;
  g_free(tender->reference);
  g_free(tender);
}

Payment *
payment_new(Money due)
{
  Payment *payment = g_new0(Payment, 1);
  payment->due = due;
  payment->tenders = g_ptr_array_new_with_free_func(tender_free);
  return payment;
}

void
payment_free(Payment *payment)
{
  if (!payment)
    return;
  g_ptr_array_unref(payment->tenders);
  g_free(payment);
}

Money
payment_left(const Payment *payment)
{
  Money left = payment->due;
  for (guint i = 0; i < payment->tenders->len; i++) {
    const Tender *tender = payment->tenders->pdata[i];
    left -= tender->amount;
  }
  return MAX(left, 0);
}

Money
payment_change(const Payment *payment)
{
  Money change = 0;
  for (guint i = 0; i < payment->tenders->len; i++) {
    const Tender *tender = payment->tenders->pdata[i];
    change += tender->given - tender->amount;
  }
  return change;
}

bool
payment_is_complete(const Payment *payment)
{
  return payment_left(payment) == 0;
}

bool
payment_add(Payment *payment, TenderKind kind, Money given, const char *reference)
{
  Money left = payment_left(payment);
  if (given <= 0 || left == 0)
    return false;
  if (kind != TENDER_CASH && given > left)
    return false;

  Tender *tender = g_new0(Tender, 1);
  tender->kind = kind;
  tender->given = given;
  tender->amount = MIN(given, left);
  tender->reference = g_strdup(reference);
  g_ptr_array_add(payment->tenders, tender);
  return true;
}

/* What another tender leaves open is taken from the change before it is asked for again.
 */
static void
use_change(Payment *payment)
{
  for (guint i = 0; i < payment->tenders->len; i++) {
    Tender *tender = payment->tenders->pdata[i];
    tender->amount += MIN(tender->given - tender->amount, payment_left(payment));
  }
}

void
payment_remove(Payment *payment, guint position)
{
  if (position >= payment->tenders->len)
    return;
  g_ptr_array_remove_index(payment->tenders, position);
  use_change(payment);
}

int
payment_suggest_cash(Money left, Money *ret_amounts, int max)
{
  /* Coins and notes in hands today; the next multiple of each is what a buyer holds out.
   */
  static const Money NOTES[] = {100, 500, 1000, 2000, 5000, 10000};
  int n = 0;
  if (left <= 0 || max <= 0)
    return 0;
  ret_amounts[n++] = left;
  for (gsize i = 0; i < G_N_ELEMENTS(NOTES) && n < max; i++) {
    Money amount = (left + NOTES[i] - 1) / NOTES[i] * NOTES[i];
    if (amount > ret_amounts[n - 1])
      ret_amounts[n++] = amount;
  }
  return n;
}
