/* wal: when the log is moved into the file, and how it is kept from growing.
 *
 * A checkpoint inside a commit is what makes a sale slow now and then (sync.md 5.1), so
 * the writer does it when it is idle. A commit that overwrites blocks the log already has
 * is about twice as fast as one that makes the file longer: hence the reserve.
 *
 * The disk knows no files: while the catalogue's log is synced and moved, a sale's own
 * sync waits behind it. So a sale goes first: as long as the till is selling, what can be
 * fetched again stays in its log, up to a limit. */
#include <stdatomic.h>
#include <string.h>

#include "app/base/clock.h"
#include "db/db_private.h"

#define PAGE       4096
#define MIB        ((sqlite3_int64)1 << 20)
#define RESERVE    (4 * MIB) /* bytes that the log has from the start */
#define SELLING_US 2000000   /* after a commit of store.db: more may follow */

/* All in pages. */
typedef struct {
  sqlite3_int64 worth; /* more than this is worth a sync of the file */
  sqlite3_int64 cut;   /* a longer log is cut when it was moved */
  sqlite3_int64 limit; /* moved at last, in the midst of things */
} Budget;

static const Budget FACTS = {MIB / 4 / PAGE, 16 * MIB / PAGE, 32 * MIB / PAGE};
/* Its changes come by the thousand and lie everywhere: moved seldom, a leaf that many of
 * them touch is written once. */
static const Budget COPIES = {64 * MIB / PAGE, 64 * MIB / PAGE, 512 * MIB / PAGE};

static _Atomic int64_t last_sale_us; /* of this process */

static bool
is_copy(const Db *db)
{
  return strcmp(db->schema, "catalogue") == 0;
}

static const Budget *
budget_of(const Db *db)
{
  return is_copy(db) ? &COPIES : &FACTS;
}

static bool
must_wait(const Db *db)
{
  return is_copy(db) && last_sale_us != 0 && db->wal_pages < COPIES.limit &&
         clock_monotonic_us() - last_sale_us < SELLING_US;
}

static int
on_commit(void *data, sqlite3 *sqlite, const char *schema, int pages)
{
  Db *db = data;
  db->wal_pages = pages;
  if (!is_copy(db))
    last_sale_us = clock_monotonic_us();
  if (pages > budget_of(db)->limit &&
      sqlite3_wal_checkpoint_v2(sqlite, schema, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL) ==
          SQLITE_OK)
    db->wal_pages = 0;
  return SQLITE_OK; /* the commit stands, whatever the checkpoint says */
}

void
wal_watch(Db *db)
{
  sqlite3_wal_hook(db->sqlite, on_commit, db);
}

static sqlite3_file *
log_file(Db *db)
{
  sqlite3_file *file = NULL;
  sqlite3_file_control(db->sqlite, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file);
  return file && file->pMethods ? file : NULL;
}

/* Appends zeros up to the reserve: no frame follows from them, since a frame must carry
 * the salt of the log's header. The write lock keeps everybody else from the log
 * meanwhile.
 */
static void
reserve(Db *db, sqlite3_file *file, sqlite3_int64 size)
{
  static const char zeros[64 * 1024];
  if (sqlite3_exec(db->sqlite, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK)
    return;
  while (size < RESERVE) {
    int n = (int)MIN((sqlite3_int64)sizeof zeros, RESERVE - size);
    if (file->pMethods->xWrite(file, zeros, n, size) != SQLITE_OK)
      break;
    size += n;
  }
  file->pMethods->xSync(file, SQLITE_SYNC_NORMAL);
  sqlite3_exec(db->sqlite, "ROLLBACK", NULL, NULL, NULL);
}

void
db_checkpoint_if_large(Db *db)
{
  g_assert(db->owner == g_thread_self() && db->role == DB_WRITER);
  sqlite3_file *file = log_file(db);
  sqlite3_int64 size = 0;
  if (!file || db->in_work || must_wait(db) ||
      file->pMethods->xFileSize(file, &size) != SQLITE_OK)
    return;
  const Budget *budget = budget_of(db);
  bool is_long = size / PAGE > budget->cut;
  bool move = db->wal_pages > budget->worth || (is_long && !is_copy(db));
  int mode = is_long ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;
  int logged = 0, moved = 0;
  if (move &&
      sqlite3_wal_checkpoint_v2(db->sqlite, "main", mode, &logged, &moved) == SQLITE_OK &&
      logged == moved)
    db->wal_pages = 0;
  if (file->pMethods->xFileSize(file, &size) == SQLITE_OK && size < RESERVE)
    reserve(db, file, size);
}
