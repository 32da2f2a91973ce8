/* What the files of this folder share about a connection; nobody else includes it. */
#pragma once

#include <sqlite3.h>

#include "db/db.h"

struct Db {
  sqlite3 *sqlite;
  GHashTable *statements; /* SQL literal → sqlite3_stmt, both by address */
  GThread *owner;
  DbRole role;
  char *path;
  char *schema;
  sqlite3_stmt *begin, *commit, *rollback; /* NULL for a reader */
  bool in_work;
  int wal_pages; /* in the WAL after the last commit, not yet moved into the file */
};

/* What SQLite said last about @sqlite, as DB_ERROR. */
void db_set_error(sqlite3 *sqlite, GError **error);
/* Runs @sql, which may be several statements. */
bool db_run_script(sqlite3 *sqlite, const char *sql, GError **error);

/* A copy of @from, checked, synced, as one file of its own at @path. */
bool db_write_copy(sqlite3 *from, const char *path, GError **error);
bool db_sync_path(const char *path, GError **error); /* a file or a folder */
/* What @check ("PRAGMA quick_check(1)") complains of (transfer full); NULL: nothing. */
char *db_complaint(sqlite3 *sqlite, const char *check);

/* Brings the file up to the newest schema (a writer), or checks that it is (a reader). */
bool migration_run(Db *db, GError **error);

/* From now on this connection does its own checkpoints (db_checkpoint_if_large()). */
void wal_watch(Db *db);

/* query_fail_at() counts this step; @return true when it is the one that must fail. */
bool query_step_fails(GError **error);
