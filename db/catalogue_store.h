/* catalogue_store: applies pages of the hub's "cat" stream to catalogue.db: articles,
 * prices, staff. Courier's thread only: it owns the writing connection. */
#pragma once

#include "db/db.h"
#include "db/feed.h"
#include "db/seal.h"

int64_t catalogue_store_position(Db *catalogue); /* last applied; 0: nothing yet */

/* @page: the hub's JSON answer, its digest already checked. Applied whole, with its
 * cursor, in one transaction; changes not newer than what is here do nothing. Refused
 * with @error (FEED_ERROR, nothing kept) when it is not JSON of a page, does not start at
 * the cursor, or leaves a gap. Of a PIN's verifier only its mark under @seal is kept;
 * with NULL no PIN is. @ret_changes: (nullable): how many rows it carried. */
bool catalogue_store_apply(Db *catalogue,
                           const Seal *seal,
                           const char *page,
                           gsize length,
                           int *ret_changes,
                           GError **error);

/* Tells the index which articles the store has at hand: ids (of int64_t) that came to or
 * went from the shelf; search_index puts the former first. Telling twice costs little. */
bool catalogue_store_mark_stocked(
    Db *catalogue, const int64_t *ids, guint n, bool stocked, GError **error);
