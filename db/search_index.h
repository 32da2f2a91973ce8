/* search_index: finds articles as a clerk types: initials, name, brand, maker, approval
 * number, article number, last digits of a barcode. Best sellers in stock first.
 * Costs do not grow with the catalogue: top-N by rank, never a scan (sync.md 5.3). */
#pragma once

#include "db/db.h"

/* Ids of at most @max articles for @text, best first; @ret_ids (transfer full), of
 * int64_t. Several words narrow down. @store: (nullable): with it, articles this store
 * has in stock come first. An empty or senseless @text finds nothing. */
bool search_index_find(Db *catalogue,
                       Db *store,
                       const char *text,
                       int max,
                       GArray **ret_ids,
                       GError **error);
