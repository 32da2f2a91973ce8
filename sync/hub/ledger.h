/* ledger: stock as a sum of movements, the same for tills and for central itself. */
#pragma once

#include "sync/hub/base.h"

/* Inside a transaction: adds the movements of this event to the balances and tells the
 * store's tills of them. Once per event. */
bool ledger_book(Base *base,
                 int64_t store,
                 int64_t device,
                 int64_t epoch,
                 int64_t seq,
                 GError **error);

/* @ret: what the books hold of this lot at this place; 0 when they know nothing. */
bool ledger_balance(Base *base,
                    int64_t store,
                    int64_t product,
                    const char *lot,
                    int64_t expiry,
                    const char *location,
                    int64_t *ret,
                    GError **error);
