/* migration: brings a file up to the newest schema, forward only. */
#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>

#include "db/db_private.h"
#include "db_resources.h"

#define FOLDER "/guitai/schema/"

static int
by_name(gconstpointer a, gconstpointer b)
{
  return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Names of the scripts of @schema, whoever registered them, in order (transfer full). */
static GPtrArray *
list_scripts(const char *schema)
{
  static gsize registered;
  if (g_once_init_enter(&registered)) {
    db_register_resource(); /* a static library's own constructor would be dropped */
    g_once_init_leave(&registered, 1);
  }
  GPtrArray *scripts = g_ptr_array_new_with_free_func(g_free);
  g_autofree char *prefix = g_strconcat(schema, "-", NULL);
  g_auto(GStrv) names = g_resources_enumerate_children(FOLDER, 0, NULL);
  for (char **name = names; name && *name; name++)
    if (g_str_has_prefix(*name, prefix))
      g_ptr_array_add(scripts, g_strdup(*name));
  g_ptr_array_sort(scripts, by_name);
  if (scripts->len == 0)
    g_error("no schema %s is registered", schema);
  return scripts;
}

static bool
apply(Db *db, const char *script, int version, GError **error)
{
  g_autofree char *path = g_strconcat(FOLDER, script, NULL);
  g_autoptr(GBytes) bytes = g_resources_lookup_data(path, 0, error);
  if (!bytes)
    return false;
  gsize length = 0;
  const char *text = g_bytes_get_data(bytes, &length);
  g_autofree char *sql =
      g_strdup_printf("BEGIN IMMEDIATE; %.*s; PRAGMA user_version=%d; COMMIT",
                      (int)length,
                      text,
                      version);
  if (db_run_script(db->sqlite, sql, error))
    return true;
  if (!sqlite3_get_autocommit(db->sqlite))
    sqlite3_exec(db->sqlite, "ROLLBACK", NULL, NULL, NULL);
  g_prefix_error(error, "%s: ", script);
  return false;
}

/* What can be fetched again needs no copy. */
static bool
copy_before(Db *db, int version, GError **error)
{
  if (version == 0 || strcmp(db->schema, "catalogue") == 0 ||
      !*sqlite3_db_filename(db->sqlite, "main"))
    return true;
  g_autofree char *copy = g_strdup_printf("%s.v%d", db->path, version);
  /* An upgrade that was cut off has made it already. */
  return g_file_test(copy, G_FILE_TEST_EXISTS) || db_copy_to(db, copy, error);
}

bool
migration_run(Db *db, GError **error)
{
  g_autoptr(GPtrArray) scripts = list_scripts(db->schema);
  int newest = (int)scripts->len;
  sqlite3_stmt *stmt = NULL;
  if (sqlite3_prepare_v2(db->sqlite, "PRAGMA user_version", -1, &stmt, NULL) !=
          SQLITE_OK ||
      sqlite3_step(stmt) != SQLITE_ROW) {
    db_set_error(db->sqlite, error);
    sqlite3_finalize(stmt);
    return false;
  }
  int version = sqlite3_column_int(stmt, 0);
  sqlite3_finalize(stmt);

  if (version > newest) {
    g_set_error(error,
                DB_ERROR,
                DB_ERROR_NEWER,
                "%s is of version %d, newer than %d",
                db->path,
                version,
                newest);
    return false;
  }
  if (version == newest)
    return true;
  if (db->role == DB_READER) {
    g_set_error(error, DB_ERROR, DB_ERROR_OTHER, "%s was not set up yet", db->path);
    return false;
  }
  if (!copy_before(db, version, error))
    return false;
  for (; version < newest; version++)
    if (!apply(db, scripts->pdata[version], version + 1, error))
      return false;
  return true;
}
