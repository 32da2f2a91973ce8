/* Receipt: the voucher of a sale with the legal content (CN-MN-01): store, till, number,
 * time, clerk; per line name, maker, spec, lot, expiry, quantity, price; sums; tenders.
 */
#pragma once

#include "app/domain/document.h"
#include "app/domain/sale.h"
#include "app/domain/tender.h"

/* The words on paper, in the shop's language; given by the caller, so this stays pure. */
typedef enum {
  RW_NUMBER,
  RW_TIME,
  RW_TILL,
  RW_CLERK,
  RW_LOT,
  RW_EXPIRY,
  RW_MAKER,
  RW_DISCOUNT,
  RW_ROUNDING,
  RW_TOTAL,  /* 合计, before discounts */
  RW_PIECES, /* 件, after their number */
  RW_CHANGE,
  RW_GIVEN, /* 实收, cash handed over */
  RW_COPY,
  RW_NO_RETURN, /* CN-RT-01; printed when a medicine is among the lines */
  RW_KEEP_RECEIPT,
  RW_HEALTH_FOOD, /* CN-FD-01; printed under each such line */
  RW_PRICE,
  RW_QUANTITY,
  RW_AMOUNT,
  RW_TRAINING, /* not a receipt: nothing was sold */
  RW_DUE,      /* 应收, what the customer pays */
  N_RECEIPT_WORDS
} ReceiptWord;

typedef struct {
  const char *store_name;
  const char *store_address; /* may be "" */
  const char *store_phone;   /* may be "" */
  GBytes *logo;              /* (nullable) the shop's picture, above its name */
  const char *till_code;     /* "03" */
  const char *number;        /* "0123-03-e1-000457" */
  const char *time;          /* local, "2026-11-22 09:41" */
  const char *clerk;         /* "0312 张三" */
  const Sale *sale;
  Money round_step;
  const Payment *payment;
  const char *const *words;        /* N_RECEIPT_WORDS */
  const char *const *tender_names; /* by TenderKind */
  int copy;                        /* 0: the first print; n: marked as copy n */
  bool is_training;                /* marked so, and the drawer stays shut */
} ReceiptFacts;

/* (transfer full). Asks for the drawer on the first print of a sale paid with cash. */
Document *receipt_compose(const ReceiptFacts *facts);
