/* checkout: ringing up a sale. Every verb answers on the till (sale, notice) and is
 * refused there; none fails to the caller. Rows are positions in till->sale->lines. */
#pragma once

#include "app/till.h"
#include "db/ticket_store.h"

/* Adds an article by its number on file; the unit @unit_name or, when NULL, its default;
 * the lot @lot_no or, when NULL, by FEFO. Judged first; takes till->typed_count into
 * account. */
void
checkout_add(Till *till, int64_t product_id, const char *unit_name, const char *lot_no);

void checkout_choose(Till *till, int row); /* keys act on this row */
void checkout_move(Till *till, int rows);  /* chosen row up (-) or down (+) */
void checkout_set_quantity(Till *till,
                           const char *count); /* "3", "1.5" of the line's unit */
/* What a scale says of the chosen line, which must be sold by weight. */
void checkout_set_weight(Till *till, Quantity mg);
void checkout_step_quantity(Till *till, int step); /* +1, -1; never below 1 */
void checkout_next_unit(Till *till);               /* box ↔ loose, where sold so */
void checkout_delete_line(Till *till);
void checkout_void(Till *till); /* the whole ticket, before payment */
void checkout_set_lot(Till *till, const char *lot_no); /* another lot than FEFO's */
/* Lots of the chosen line's article, FEFO order (transfer full), of Lot. */
GPtrArray *checkout_lots(Till *till);
/* "10%" or "2.50" off the chosen line; "0" takes it away. Within the role's limit. */
void checkout_set_discount(Till *till, const char *discount);

void checkout_hold(Till *till, const char *label); /* @label: (nullable) */
void checkout_recall(Till *till, int64_t ticket_id);
void checkout_open_held(Till *till);  /* the list; recalls at once when only one waits */
GPtrArray *checkout_held(Till *till); /* (transfer full), of HeldTicket, oldest first */
/* A held ticket without taking it (transfer full); NULL when it is gone. */
Sale *checkout_peek(Till *till, int64_t ticket_id);

/* What is missing before payment: of GateLine (transfer full). Empty: F12 opens payment.
 */
typedef struct {
  int row; /* of the line; -1: the whole ticket */
  RuleAnswer rule;
} GateLine;
GArray *checkout_gates(Till *till);

/* The same for another moment: EVENT_COMMIT asks again when the money is on the counter.
 */
GArray *checkout_gates_for(const Till *till, RuleEvent event);

/* Puts the next, empty ticket on the table; the one before is gone. */
void checkout_begin_sale(Till *till);
SaleTotals checkout_totals(const Till *till);
