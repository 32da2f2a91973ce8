/* Sale: what one customer is buying now. Plain data; no storage, no devices, no clock.
 *
 * A sale only grows: a deleted line stays, marked, so that the journal tells the whole
 * story. Totals are computed, never stored. */
#pragma once

#include <stdbool.h>

#include "app/domain/lot.h"
#include "app/domain/money.h"
#include "app/domain/product.h"

#define SALE_MAX_LINES 200

/* Why a price or discount is what it is; a number, worded by the screens. */
typedef enum { DISCOUNT_NONE, DISCOUNT_CLERK, DISCOUNT_MANAGER } DiscountReason;

typedef struct {
  Product *product; /* owned; a copy as it was when scanned */
  char *unit_name;  /* owned */
  Quantity unit_base;
  Quantity quantity;  /* base units, > 0 */
  Money price;        /* per unit */
  char *price_source; /* owned (nullable) */
  Money discount;     /* >= 0, of the whole line */
  DiscountReason discount_reason;
  char *approver;  /* owned (nullable); staff number of whoever allowed it */
  Lot *lot;        /* owned (nullable); proposed or chosen */
  bool lot_chosen; /* by a person or a scan, not by FEFO */
  bool oversold;   /* the books hold less than this line takes */
  bool deleted;
} SaleLine;

typedef struct {
  char uid[33];     /* 32 hex digits, fixed for the life of the sale; idempotency key */
  GPtrArray *lines; /* owned; of SaleLine, oldest first */
  char *label;      /* owned (nullable); name given when it was held */
  int64_t begun_us;
} Sale;

Sale *sale_new(const char *uid, int64_t now_us);
void sale_free(Sale *sale);
SaleLine *sale_line(const Sale *sale, guint position); /* (nullable), borrowed */

/* Adds @quantity base units at the price of @unit; the same article, unit, lot and price
 * without a discount joins its line. @lot: (nullable) copied. @return the line, or NULL
 * when the sale is full. */
SaleLine *sale_add(Sale *sale,
                   const Product *product,
                   const ProductUnit *unit,
                   Quantity quantity,
                   const Lot *lot);

/* Position of @line in @sale, or -1. */
int sale_position(const Sale *sale, const SaleLine *line);

Money sale_line_gross(const SaleLine *line); /* before discount; 0 when deleted */
Money sale_line_net(const SaleLine *line);   /* what is paid for it */
Money sale_line_tax(const SaleLine *line);   /* contained in the net */

/* Taken together: @gross - @discount - @rounding = @due. */
typedef struct {
  int lines;  /* that are not deleted */
  int pieces; /* units of COUNT lines, a part of one counts 1; a weighed line counts 1 */
  Money gross;
  Money discount;
  Money rounding; /* >= 0; taken off downwards (CN-MN-05) */
  Money due;
  Money tax;
} SaleTotals;

/* @round_step: fen that the sum is rounded down to: 1 (off), 10 (jiao), 100 (yuan). */
SaleTotals sale_totals(const Sale *sale, Money round_step);
bool sale_is_empty(const Sale *sale); /* no line that is not deleted */

/* The same articles from the same lots in base units, together: what the sale takes of
 * @lot_id. */
Quantity sale_takes_of_lot(const Sale *sale, int64_t product_id, int64_t lot_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sale, sale_free)
