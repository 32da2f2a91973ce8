#include "db/backup.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "db/db_private.h"
#include "db/outbox.h"

#define PREFIX "store-"
#define ENDING ".db"

static char *
time_text(int64_t now_us)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(now_us / G_USEC_PER_SEC);
  return time ? g_date_time_format(time, "%Y%m%d-%H%M%S") : g_strdup("undated");
}

/* "<folder>/<stem><ending>", or with -2, -3 … before the ending when that is taken. */
static char *
free_name(const char *folder, const char *stem, const char *ending)
{
  g_autofree char *first = g_strconcat(stem, ending, NULL);
  char *path = g_build_filename(folder, first, NULL);
  for (int n = 2; g_file_test(path, G_FILE_TEST_EXISTS); n++) {
    g_autofree char *next = g_strdup_printf("%s-%d%s", stem, n, ending);
    g_free(path);
    path = g_build_filename(folder, next, NULL);
  }
  return path;
}

/* By time, newest first; a "-2" of the same second is newer than the one without. */
static int
newest_first(gconstpointer a, gconstpointer b)
{
  const char *x = *(char *const *)a, *y = *(char *const *)b;
  int stem_x = (int)strlen(x) - (int)strlen(ENDING);
  int stem_y = (int)strlen(y) - (int)strlen(ENDING);
  int order = strncmp(y, x, (size_t)MIN(stem_x, stem_y));
  return order != 0 ? order : stem_y - stem_x;
}

GPtrArray *
backup_list(const char *folder)
{
  GPtrArray *list = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  for (const char *name; dir && (name = g_dir_read_name(dir));)
    if (g_str_has_prefix(name, PREFIX) && g_str_has_suffix(name, ENDING))
      g_ptr_array_add(list, g_build_filename(folder, name, NULL));
  g_ptr_array_sort(list, newest_first);
  return list;
}

static void
drop_old(const char *folder, int keep)
{
  g_autoptr(GPtrArray) list = backup_list(folder);
  for (guint i = (guint)MAX(keep, 1); i < list->len; i++)
    g_remove(list->pdata[i]);
}

bool
backup_make(Db *store,
            const char *folder,
            int64_t now_us,
            int keep,
            char **ret_path,
            GError **error)
{
  g_autofree char *time = time_text(now_us);
  g_autofree char *stem = g_strconcat(PREFIX, time, NULL);
  if (g_mkdir_with_parents(folder, 0700) != 0) {
    g_set_error(error, DB_ERROR, DB_ERROR_FULL, "%s: %s", folder, g_strerror(errno));
    return false;
  }
  g_autofree char *path = free_name(folder, stem, ENDING);
  if (!db_copy_to(store, path, error))
    return false;
  drop_old(folder, keep);
  if (ret_path)
    *ret_path = g_steal_pointer(&path);
  return true;
}

/* The highest epoch in the file at @path; 0 when it cannot be read. */
static int
epoch_in(const char *path)
{
  sqlite3 *sqlite = NULL;
  sqlite3_stmt *stmt = NULL;
  int epoch = 0;
  if (sqlite3_open_v2(path, &sqlite, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
      sqlite3_prepare_v2(sqlite, "SELECT max(epoch) FROM epoch", -1, &stmt, NULL) ==
          SQLITE_OK &&
      sqlite3_step(stmt) == SQLITE_ROW)
    epoch = sqlite3_column_int(stmt, 0);
  sqlite3_finalize(stmt);
  sqlite3_close(sqlite);
  return epoch;
}

/* Over all copies of this till's store in @folder, whatever they are called. */
static int
highest_epoch(const char *folder, int least)
{
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  for (const char *name; dir && (name = g_dir_read_name(dir));) {
    g_autofree char *path = g_build_filename(folder, name, NULL);
    if (g_str_has_suffix(name, ENDING) && strstr(name, "store"))
      least = MAX(least, epoch_in(path));
  }
  return least;
}

/* "<path>.epoch": the epoch that the last restored file numbers on in. A file that was
 * restored and then damaged itself can no longer say so. */
static int
epoch_noted(const char *path)
{
  g_autofree char *note = g_strconcat(path, ".epoch", NULL);
  g_autofree char *text = NULL;
  guint64 epoch = 0;
  if (g_file_get_contents(note, &text, NULL, NULL))
    g_ascii_string_to_unsigned(g_strstrip(text), 10, 0, 65535, &epoch, NULL);
  return (int)epoch;
}

static bool
note_epoch(const char *path, int epoch, GError **error)
{
  g_autofree char *note = g_strconcat(path, ".epoch", NULL);
  g_autofree char *text = g_strdup_printf("%d\n", epoch);
  return g_file_set_contents_full(
      note, text, -1, G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

static bool
mark_used(const char *path, int epoch, GError **error)
{
  sqlite3 *sqlite = NULL;
  g_autofree char *sql =
      g_strdup_printf("INSERT INTO setting (key, value) VALUES ('%s', '%d')"
                      " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                      OUTBOX_USED_EPOCH,
                      epoch);
  bool done = sqlite3_open(path, &sqlite) == SQLITE_OK;
  if (done)
    done = db_run_script(sqlite, sql, error);
  else
    db_set_error(sqlite, error);
  sqlite3_close(sqlite);
  return done && db_sync_path(path, error);
}

/* A sound copy of @backup at @part, ready to take its place. */
static bool
prepare(const char *backup, const char *part, int used, GError **error)
{
  sqlite3 *sqlite = NULL;
  g_remove(part);
  bool done = sqlite3_open_v2(backup, &sqlite, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK;
  if (done)
    done = db_write_copy(sqlite, part, error);
  else
    db_set_error(sqlite, error);
  sqlite3_close(sqlite);
  if (done && mark_used(part, used, error))
    return true;
  g_remove(part);
  return false;
}

static void
move_log(const char *path, const char *kept, const char *ending)
{
  g_autofree char *from = g_strconcat(path, ending, NULL);
  g_autofree char *to = g_strconcat(kept, ending, NULL);
  g_rename(from, to);
}

/* A second name for the damaged file first, so that the new one can take the place in one
 * step; its log must be gone by then, or it would be replayed into the new file. */
static bool
set_aside(const char *path, const char *kept, GError **error)
{
  if (link(path, kept) != 0) {
    g_set_error(error, DB_ERROR, DB_ERROR_FULL, "%s: %s", kept, g_strerror(errno));
    return false;
  }
  move_log(path, kept, "-wal");
  g_autofree char *shared = g_strconcat(path, "-shm", NULL);
  g_remove(shared);
  return true;
}

static bool
take_place(const char *part, const char *path, const char *folder, GError **error)
{
  if (g_rename(part, path) == 0)
    return db_sync_path(folder, error);
  g_set_error(error, DB_ERROR, DB_ERROR_FULL, "%s: %s", path, g_strerror(errno));
  g_remove(part);
  return false;
}

bool
backup_restore(
    const char *backup, const char *path, int64_t now_us, char **ret_kept, GError **error)
{
  g_autofree char *folder = g_path_get_dirname(path);
  g_autofree char *copies = g_path_get_dirname(backup);
  g_autofree char *name = g_path_get_basename(path);
  g_autofree char *time = time_text(now_us);
  g_autofree char *base = g_strndup(name, strcspn(name, "."));
  g_autofree char *stem = g_strdup_printf("damaged-%s-%s", time, base);
  g_autofree char *part = g_strconcat(path, ".part", NULL);
  g_autofree char *kept = NULL;

  int used = MAX(epoch_in(backup), epoch_noted(path));
  used = highest_epoch(folder, highest_epoch(copies, used));
  if (!prepare(backup, part, used, error) || !note_epoch(path, used + 1, error))
    return false;
  if (g_file_test(path, G_FILE_TEST_EXISTS)) {
    kept = free_name(folder, stem, name + strlen(base));
    if (!set_aside(path, kept, error))
      return false;
  }
  if (!take_place(part, path, folder, error))
    return false;
  if (ret_kept)
    *ret_kept = g_steal_pointer(&kept);
  return true;
}
