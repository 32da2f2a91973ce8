/* Db: one SQLite connection, owned by the thread that opened it.
 *
 * A file has one writing connection; that one also does all checkpoints (sync.md R-DB1).
 * Schemas are resources "/guitai/schema/<schema>-NNNN_<name>.sql", applied in order, each
 * in its own transaction, forward only (PRAGMA user_version), after a copy of the file.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Db Db;

#define DB_ERROR (db_error_quark())
GQuark db_error_quark(void);
typedef enum {
  DB_ERROR_BUSY,
  DB_ERROR_FULL,    /* disk full or not writable */
  DB_ERROR_CORRUPT, /* not a database, or damaged */
  DB_ERROR_NEWER,   /* written by a newer Guitai */
  DB_ERROR_REFUSED, /* a constraint or trigger said no */
  DB_ERROR_OTHER
} DbError;

typedef enum { DB_WRITER, DB_READER } DbRole;

/* Opens @path (":memory:" in tests); a writer creates or upgrades it. "store" and "hub"
 * are synced to disk at each commit (synchronous=FULL), "catalogue" is NORMAL: it can be
 * fetched again. @return (transfer full), or NULL with @error. */
Db *db_open(const char *path, const char *schema, DbRole role, GError **error);
void db_close(Db *db);
const char *db_path(Db *db);

/* Begins a write transaction that rolls back unless db_commit() is reached:
 *
 *   g_autoptr(DbWork) work = db_begin(db, error);
 *   if (!work) return false;
 *   ... statements ...
 *   return db_commit(work, error);
 *
 * They do not nest. */
typedef struct DbWork DbWork;
DbWork *db_begin(Db *db, GError **error);
bool db_commit(DbWork *work, GError **error);
void db_work_end(DbWork *work);
bool db_in_work(Db *db);

/* Moves the WAL into the file when it has grown; call when idle (sync.md R-DB3). */
void db_checkpoint_if_large(Db *db);

/* A consistent copy of the open database into @path (must not exist), checked with
 * quick_check before it takes its name. */
bool db_copy_to(Db *db, const char *path, GError **error);

/* SQLite's own integrity check. @return NULL when sound, else the first complaint
 * (transfer full). */
char *db_integrity(Db *db);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Db, db_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DbWork, db_work_end)
