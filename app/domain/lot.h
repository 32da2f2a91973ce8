/* Lot: one batch of an article at one place in this store, and which one goes first. */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "app/domain/day.h"
#include "app/domain/quantity.h"

/* domain.md 5.8. Stored as these numbers: only append. Only SELLABLE counts. */
typedef enum {
  LOT_SELLABLE,
  LOT_PENDING,
  LOT_LOCKED,
  LOT_REJECTED,
  LOT_RECALLED,
  LOT_RETURNED
} LotState;

typedef struct {
  int64_t id; /* local; 0: a lot that is not on file */
  int64_t product_id;
  char *lot_no; /* owned; "" when the article has none */
  Day expiry;   /* DAY_NONE: does not expire */
  LotState state;
  char *location; /* owned; code of the shelf or zone */
  Quantity on_hand;
} Lot;

Lot *lot_new(void);
Lot *lot_copy(const Lot *lot);
void lot_free(Lot *lot);

/* Sellable on @today: state SELLABLE and not past its expiry (the expiry day itself is
 * still good; domain.md CN-ST-03). */
bool lot_may_be_sold(const Lot *lot, Day today);

/* First expired, first out: among @lots (of Lot) the sellable one with stock that expires
 * first, lots without expiry last, then by lot number; when none has stock, the sellable
 * one that expires last. @return borrowed, NULL when none may be sold. */
const Lot *lot_first_out(const GPtrArray *lots, Day today);

/* Days left at @today; negative when past; G_MAXINT without expiry. */
int lot_days_left(const Lot *lot, Day today);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Lot, lot_free)
