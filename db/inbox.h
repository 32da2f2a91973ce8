/* inbox: applies pages of the hub's "store/<id>" stream to store.db: other tills' and
 * central's stock movements, lots, shelves, the store's own particulars. Main thread. */
#pragma once

#include "db/db.h"
#include "db/feed.h"

int64_t inbox_position(Db *store);
/* As catalogue_store_apply(); own events that come back do nothing (device, epoch, seq).
 */
bool
inbox_apply(Db *store, const char *page, gsize length, int *ret_changes, GError **error);
