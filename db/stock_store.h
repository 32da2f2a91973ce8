/* stock_store: the stock ledger of this store, in store.db: movements per article, lot
 * and location; balances follow from them and can be rebuilt. Main thread. */
#pragma once

#include "app/domain/lot.h"
#include "db/db.h"

/* Lots of @product_id that have stock or had it lately, FEFO order (transfer full). */
bool
stock_store_lots(Db *store, int64_t product_id, GPtrArray **ret_lots, GError **error);
bool stock_store_find_lot(Db *store,
                          int64_t product_id,
                          const char *lot_no,
                          Lot **ret_lot,
                          GError **error); /* *ret_lot NULL: not on file */
/* Sellable base units at hand today. */
bool stock_store_on_hand(
    Db *store, int64_t product_id, Day today, Quantity *ret, GError **error);
/* The shelf where @product_id stands here (transfer full), "" when unknown. */
char *stock_store_shelf(Db *store, int64_t product_id);

/* Rebuilds the balances from the movements and compares. @ret_wrong: (nullable) (transfer
 * full): the first difference in words, NULL when equal. */
bool stock_store_check(Db *store, char **ret_wrong, GError **error);
