/* inbox: applies pages of the hub's "store/<id>" stream to store.db: other tills' and
 * central's stock movements, lots, shelves, the store's own particulars. Main thread. */
#pragma once

#include "db/db.h"
#include "db/feed.h"

int64_t inbox_position(Db *store);
/* The hub was restored from a backup: read its stream again from the start. What is known
 * already does nothing when it comes again. */
bool inbox_go_back(Db *store, GError **error);
/* As catalogue_store_apply(); own events that come back do nothing (device, epoch, seq).
 */
bool
inbox_apply(Db *store, const char *page, gsize length, int *ret_changes, GError **error);
