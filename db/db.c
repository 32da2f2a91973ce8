#include "db/db.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "db/db_private.h"

struct DbWork {
  Db *db;
};

GQuark
db_error_quark(void)
{
  return g_quark_from_static_string("db-error");
}

static DbError
error_code(int rc)
{
  if (rc == SQLITE_IOERR_CORRUPTFS)
    return DB_ERROR_CORRUPT;
  switch (rc & 0xff) {
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return DB_ERROR_BUSY;
  case SQLITE_FULL:
  case SQLITE_IOERR:
  case SQLITE_READONLY:
    return DB_ERROR_FULL;
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
    return DB_ERROR_CORRUPT;
  case SQLITE_CONSTRAINT:
    return DB_ERROR_REFUSED;
  default:
    return DB_ERROR_OTHER;
  }
}

void
db_set_error(sqlite3 *sqlite, GError **error)
{
  g_set_error_literal(error,
                      DB_ERROR,
                      error_code(sqlite3_extended_errcode(sqlite)),
                      sqlite3_errmsg(sqlite));
}

bool
db_run_script(sqlite3 *sqlite, const char *sql, GError **error)
{
  if (sqlite3_exec(sqlite, sql, NULL, NULL, NULL) == SQLITE_OK)
    return true;
  db_set_error(sqlite, error);
  return false;
}

/* Before SQLite is first used: counting its memory would lock at each allocation. */
static void
start_sqlite(void)
{
  static gsize started;
  if (!g_once_init_enter(&started))
    return;
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  g_once_init_leave(&started, 1);
}

static void
statement_free(gpointer stmt)
{
  sqlite3_finalize(stmt);
}

static sqlite3_stmt *
keep(Db *db, const char *sql)
{
  sqlite3_stmt *stmt = NULL;
  if (sqlite3_prepare_v3(db->sqlite, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) !=
      SQLITE_OK)
    g_error("%s: %s", sql, sqlite3_errmsg(db->sqlite));
  return stmt;
}

/* KiB of page cache. A clerk's search touches the same few thousand pages again and
 * again; the courier's writer needs room for the leaves of a page of changes. */
static int
cache_kib(const Db *db)
{
  if (strcmp(db->schema, "catalogue") == 0)
    return db->role == DB_WRITER ? 32 * 1024 : 24 * 1024;
  return db->role == DB_WRITER ? 16 * 1024 : 4 * 1024;
}

static bool
configure(Db *db, GError **error)
{
  bool is_copy = strcmp(db->schema, "catalogue") == 0;
  g_autofree char *sql =
      g_strdup_printf("PRAGMA journal_mode=WAL; PRAGMA synchronous=%s;"
                      "PRAGMA foreign_keys=%s; PRAGMA trusted_schema=OFF;"
                      /* so that REPLACE cannot slip past the triggers that guard facts */
                      "PRAGMA recursive_triggers=ON;"
                      "PRAGMA wal_autocheckpoint=0; PRAGMA temp_store=MEMORY;"
                      "PRAGMA cache_size=-%d;",
                      is_copy ? "NORMAL" : "FULL",
                      /* copies have none, and they halve the speed of the word index */
                      is_copy ? "OFF" : "ON",
                      cache_kib(db));
  /* A reader may not change the file; its journal mode is the writer's. */
  const char *own = db->role == DB_WRITER ? sql : strchr(sql, ';') + 1;
  sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_extended_result_codes(db->sqlite, 1);
  return db_run_script(db->sqlite, own, error);
}

/* Waiting for others is for opening only (another process may be closing the file), and
 * for the hub, whose command line writes too. */
static void
settle_waiting(Db *db)
{
  bool shared = strcmp(db->schema, "hub") == 0;
  sqlite3_busy_timeout(db->sqlite, shared ? 5000 : 0);
}

static void
keep_transaction_statements(Db *db)
{
  db->begin = keep(db, "BEGIN IMMEDIATE");
  db->commit = keep(db, "COMMIT");
  db->rollback = keep(db, "ROLLBACK");
}

Db *
db_open(const char *path, const char *schema, DbRole role, GError **error)
{
  start_sqlite();
  g_autoptr(Db) db = g_new0(Db, 1);
  db->owner = g_thread_self();
  db->role = role;
  db->path = g_strdup(path);
  db->schema = g_strdup(schema);
  db->statements = g_hash_table_new_full(NULL, NULL, NULL, statement_free);

  int flags = role == DB_WRITER ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                : SQLITE_OPEN_READONLY;
  if (sqlite3_open_v2(path, &db->sqlite, flags | SQLITE_OPEN_NOMUTEX, NULL) !=
      SQLITE_OK) {
    db_set_error(db->sqlite, error);
    return NULL;
  }
  sqlite3_busy_timeout(db->sqlite, 2000);
  if (!configure(db, error) || !migration_run(db, error))
    return NULL;
  if (role == DB_WRITER) {
    keep_transaction_statements(db);
    wal_watch(db);
  }
  settle_waiting(db);
  return g_steal_pointer(&db);
}

void
db_close(Db *db)
{
  if (!db)
    return;
  g_assert(db->owner == g_thread_self());
  g_hash_table_unref(db->statements);
  sqlite3_finalize(db->begin);
  sqlite3_finalize(db->commit);
  sqlite3_finalize(db->rollback);
  sqlite3_close(db->sqlite);
  g_free(db->path);
  g_free(db->schema);
  g_free(db);
}

const char *
db_path(Db *db)
{
  return db->path;
}

bool
db_in_work(Db *db)
{
  return db->in_work;
}

static bool
step_once(Db *db, sqlite3_stmt *stmt, GError **error)
{
  if (query_step_fails(error))
    return false;
  int rc = sqlite3_step(stmt);
  if (rc != SQLITE_DONE)
    db_set_error(db->sqlite, error);
  sqlite3_reset(stmt);
  return rc == SQLITE_DONE;
}

DbWork *
db_begin(Db *db, GError **error)
{
  g_assert(db->owner == g_thread_self());
  g_assert(db->role == DB_WRITER && !db->in_work);
  if (!step_once(db, db->begin, error))
    return NULL;
  db->in_work = true;
  DbWork *work = g_new0(DbWork, 1);
  work->db = db;
  return work;
}

bool
db_commit(DbWork *work, GError **error)
{
  g_assert(work->db->in_work);
  if (!step_once(work->db, work->db->commit, error))
    return false;
  work->db->in_work = false;
  return true;
}

void
db_work_end(DbWork *work)
{
  if (!work)
    return;
  Db *db = work->db;
  /* After a full disk SQLite may have rolled back by itself. */
  if (db->in_work && !sqlite3_get_autocommit(db->sqlite)) {
    sqlite3_step(db->rollback);
    sqlite3_reset(db->rollback);
  }
  db->in_work = false;
  g_free(work);
}

char *
db_complaint(sqlite3 *sqlite, const char *check)
{
  sqlite3_stmt *stmt = NULL;
  char *said = NULL;
  if (sqlite3_prepare_v2(sqlite, check, -1, &stmt, NULL) == SQLITE_OK &&
      sqlite3_step(stmt) == SQLITE_ROW) {
    const char *text = (const char *)sqlite3_column_text(stmt, 0);
    if (g_strcmp0(text, "ok") != 0)
      said = g_strdup(text ? text : "no answer");
  } else {
    said = g_strdup(sqlite3_errmsg(sqlite));
  }
  sqlite3_finalize(stmt);
  return said;
}

char *
db_integrity(Db *db)
{
  g_assert(db->owner == g_thread_self());
  return db_complaint(db->sqlite, "PRAGMA integrity_check(1)");
}

static bool
copy_pages(sqlite3 *from, sqlite3 *to, GError **error)
{
  sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
  if (!backup) {
    db_set_error(to, error);
    return false;
  }
  sqlite3_backup_step(backup, -1);
  if (sqlite3_backup_finish(backup) == SQLITE_OK)
    return true;
  db_set_error(to, error);
  return false;
}

static bool
fill_copy(sqlite3 *from, sqlite3 *copy, GError **error)
{
  /* Out of WAL mode, so that the copy is one file, whole by itself. */
  if (!copy_pages(from, copy, error) ||
      !db_run_script(copy, "PRAGMA journal_mode=DELETE", error))
    return false;
  g_autofree char *said = db_complaint(copy, "PRAGMA quick_check(1)");
  if (said)
    g_set_error_literal(error, DB_ERROR, DB_ERROR_CORRUPT, said);
  return !said;
}

bool
db_sync_path(const char *path, GError **error)
{
  int fd = g_open(path, O_RDONLY | O_CLOEXEC, 0);
  bool done = fd >= 0 && fsync(fd) == 0;
  if (!done)
    g_set_error(error, DB_ERROR, DB_ERROR_FULL, "%s: %s", path, g_strerror(errno));
  if (fd >= 0)
    close(fd);
  return done;
}

bool
db_write_copy(sqlite3 *from, const char *path, GError **error)
{
  sqlite3 *copy = NULL;
  bool done = sqlite3_open(path, &copy) == SQLITE_OK;
  if (done)
    done = fill_copy(from, copy, error);
  else
    db_set_error(copy, error);
  sqlite3_close(copy);
  return done && db_sync_path(path, error);
}

bool
db_copy_to(Db *db, const char *path, GError **error)
{
  g_assert(db->owner == g_thread_self());
  if (g_file_test(path, G_FILE_TEST_EXISTS)) {
    g_set_error(error, DB_ERROR, DB_ERROR_REFUSED, "%s is there already", path);
    return false;
  }
  g_autofree char *part = g_strconcat(path, ".part", NULL);
  g_autofree char *folder = g_path_get_dirname(path);
  g_remove(part);
  if (db_write_copy(db->sqlite, part, error)) {
    if (g_rename(part, path) == 0)
      return db_sync_path(folder, error);
    g_set_error(error, DB_ERROR, DB_ERROR_FULL, "%s: %s", path, g_strerror(errno));
  }
  g_remove(part);
  return false;
}
