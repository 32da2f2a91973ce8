/* shift_store: shifts of this till, in store.db. Opening and closing are events. */
#pragma once

#include "app/domain/day.h"
#include "app/domain/money.h"
#include "db/db.h"

typedef struct {
  int64_t id; /* 0: none is open */
  int number; /* of the business date, from 1 */
  Day business_date;
  int64_t opened_us;
  char *opened_by; /* owned */
} Shift;
void shift_clear(Shift *shift);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Shift, shift_clear)

bool shift_store_open_one(Db *store,
                          const char *staff_number,
                          Day today,
                          Money float_fen,
                          int64_t now_us,
                          GError **error); /* refused when one is open */
bool shift_store_current(Db *store, Shift *ret, GError **error);

typedef struct {
  int sales;
  Money due;
  Money cash; /* taken less change */
  Money discount;
  Money rounding;
} ShiftTotals;
bool shift_store_totals(Db *store, int64_t shift_id, ShiftTotals *ret, GError **error);
bool shift_store_close(Db *store,
                       int64_t shift_id,
                       const char *staff_number,
                       int64_t now_us,
                       GError **error);
