/* stocked: which articles this store has at hand, from the balances of store.db. Kept
 * apart from stock_store: it looks at all of them, for the order of the search. */
#pragma once

#include "db/db.h"

/* Ids (of int64_t) of all articles with stock in any lot, ascending (transfer full). */
bool stocked_ids(Db *store, GArray **ret_ids, GError **error);
/* Whether @product_id is among them; false too when the file cannot be read. */
bool stocked_has(Db *store, int64_t product_id);
