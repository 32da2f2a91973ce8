/* ringing: how an article becomes lines of the ticket: which unit, which lots, may it be.
 */
#pragma once

#include "app/till.h"

/* What a code knew beyond the article. */
typedef struct {
  const char *unit_name; /* NULL: the default unit */
  const char *lot_no;    /* NULL: by FEFO */
  Day expiry;            /* as the code says; DAY_NONE: it does not */
  Quantity quantity;     /* base units that the code weighed; 0: typed count × unit */
  Money price;           /* of one unit, as the shop's label says; 0: the one in force */
} RingingWish;

/* Adds @product to the ticket, judged first; every outcome is on the till. Takes
 * till->typed_count into account and forgets it. */
void ringing_up(Till *till, const Product *product, const RingingWish *wish);

/* One lot's part of what is wanted. */
typedef struct {
  const Lot *lot; /* borrowed from the list; NULL: no lot is on file */
  Quantity quantity;
} Portion;

/* Splits @quantity over @lots by FEFO, less what @sale takes of them already, in whole
 * units of @unit_base; what no lot holds falls on the one most likely in hand
 * (lot_first_out()).
 * @return (transfer full), of Portion; empty when lots are on file and none may be sold.
 */
GArray *ringing_allot(const GPtrArray *lots,
                      const Sale *sale,
                      int64_t product_id,
                      Quantity unit_base,
                      Quantity quantity,
                      Day today);

/* @return the lot of this number, one with stock first; borrowed (nullable). */
const Lot *ringing_lot_named(const GPtrArray *lots, const char *lot_no);
/* Changes how much the line at @row takes; what its own lot does not hold goes to others.
 */
void ringing_set_quantity(Till *till, int row, Quantity quantity);
/* Facts for a rule about @line; @line NULL: about the ticket. */
RuleFacts ringing_facts(const Till *till, RuleEvent event, const SaleLine *line);
/* Says what a rule answered; @line (nullable): which line it is about. */
void
ringing_tell(Till *till, RuleAnswer answer, const Product *product, const SaleLine *line);
/* Marks lines that take more than the books hold. */
void ringing_mark_oversold(Till *till);
/* Reads the lots of the ticket again: another till, a recall or midnight may have been
 * there meanwhile. @return false after telling why. */
bool ringing_refresh(Till *till);
