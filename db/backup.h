/* backup: copies of store.db beside it, and the way back. */
#pragma once

#include "db/db.h"

/* Copies the open store into @folder as store-<yyyymmdd-hhmmss>.db, checked; keeps the
 * newest
 * @keep. @ret_path: (nullable) (transfer full). */
bool backup_make(Db *store,
                 const char *folder,
                 int64_t now_us,
                 int keep,
                 char **ret_path,
                 GError **error);
/* With no connection open: puts @backup in the place of @path; the file that was there is
 * kept as damaged-<time>-<name>. The restored till must take a new epoch. */
bool backup_restore(const char *backup,
                    const char *path,
                    int64_t now_us,
                    char **ret_kept,
                    GError **error);
/* Newest first (transfer full), of char * (paths). */
GPtrArray *backup_list(const char *folder);
