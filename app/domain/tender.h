/* Tender: one way the customer pays, and the arithmetic of a payment in several parts. */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "app/domain/money.h"

/* Keys 1…9 of the payment page. Stored as these numbers: only append. */
typedef enum {
  TENDER_CASH = 1,
  TENDER_CODE_PAY,
  TENDER_CARD,
  TENDER_INSURANCE,
  TENDER_STORED,
  TENDER_COUPON,
  TENDER_POINTS,
  TENDER_PLATFORM,
  TENDER_OTHER
} TenderKind;

typedef struct {
  TenderKind kind;
  Money amount;    /* counted towards the sale */
  Money given;     /* cash: what was handed over; else = amount */
  char *reference; /* owned (nullable); authorisation number, masked account */
} Tender;

typedef struct {
  Money due;
  GPtrArray *tenders; /* owned; of Tender */
} Payment;

Payment *payment_new(Money due);
void payment_free(Payment *payment);
Money payment_left(const Payment *payment);   /* still to pay, >= 0 */
Money payment_change(const Payment *payment); /* cash to hand back, >= 0 */
bool payment_is_complete(const Payment *payment);

/* Cash: @given may exceed what is left (the rest is change). Others: never above what is
 * left. @return false, nothing added, for an amount that does not fit. */
bool payment_add(Payment *payment, TenderKind kind, Money given, const char *reference);
/* Change that was to be handed back pays first for what this leaves open. */
void payment_remove(Payment *payment, guint position);

/* Sensible notes for @left: exact first, then amounts a buyer would hand over, ascending,
 * no doubles. @return how many were written, at most @max. */
int payment_suggest_cash(Money left, Money *ret_amounts, int max);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Payment, payment_free)
