/* backup: copies of store.db beside it, and the way back. */
#pragma once

#include "db/db.h"

/* Copies the open store into @folder (made when it is not there) as
 * store-<yyyymmdd-hhmmss>.db (UTC), checked; keeps the newest @keep. @ret_path:
 * (nullable) (transfer full). */
bool backup_make(Db *store,
                 const char *folder,
                 int64_t now_us,
                 int keep,
                 char **ret_path,
                 GError **error);

/* With no connection open: puts a copy of @backup, which must be sound, in the place of
 * @path; the file that was there is kept as damaged-<time>-<name> (with its log). At no
 * moment is there no file at @path. @ret_kept: (nullable) (transfer full), NULL when
 * there was none. The restored till must call outbox_next_epoch(); the highest epoch that
 * is known to have been used by any file here is left for it. */
bool backup_restore(const char *backup,
                    const char *path,
                    int64_t now_us,
                    char **ret_kept,
                    GError **error);

/* Newest first (transfer full), of char * (paths). */
GPtrArray *backup_list(const char *folder);
