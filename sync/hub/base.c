#include "sync/hub/base.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "db/query.h"
#include "hub_resources.h"

struct Base {
  Db *db;
};

static void
register_schema(void)
{
  static gsize registered;
  if (g_once_init_enter(&registered)) {
    hub_register_resource(); /* a static library's own constructor would be dropped */
    g_once_init_leave(&registered, 1);
  }
}

Base *
base_open(const char *folder, DbRole role, GError **error)
{
  register_schema();
  if (role == DB_WRITER && g_mkdir_with_parents(folder, 0700) != 0) {
    int failure = errno;
    g_set_error(error,
                G_FILE_ERROR,
                g_file_error_from_errno(failure),
                "cannot make %s: %s",
                folder,
                g_strerror(failure));
    return NULL;
  }
  g_autofree char *path = g_build_filename(folder, "hub.db", NULL);
  Db *db = db_open(path, "hub", role, error);
  if (!db)
    return NULL;
  g_chmod(path, 0600); /* it holds the verifiers of PINs */
  Base *base = g_new0(Base, 1);
  base->db = db;
  return base;
}

void
base_close(Base *base)
{
  if (!base)
    return;
  db_close(base->db);
  g_free(base);
}

Db *
base_db(const Base *base)
{
  return base->db;
}

bool
base_is_json(Base *base, const char *text, gsize length, bool *ret, GError **error)
{
  /* SQLite would stop reading at a NUL and believe the rest. */
  if (length == 0 || memchr(text, '\0', length)) {
    *ret = false;
    return true;
  }
  g_auto(Query) q = query(base->db, "SELECT json_valid(:json)");
  query_bind_text_n(&q, ":json", text, length);
  *ret = query_next(&q) && query_get_int(&q, 0) != 0;
  return query_done(&q, error);
}

char *
base_json_text(Base *base, const char *json, gsize length, const char *path)
{
  bool is_json = false;
  if (!base_is_json(base, json, length, &is_json, NULL) || !is_json)
    return NULL;
  g_auto(Query) q = query(base->db, "SELECT json_extract(:json, :path)");
  query_bind_text_n(&q, ":json", json, length);
  query_bind_text(&q, ":path", path);
  return query_next(&q) ? query_get_text(&q, 0) : NULL;
}

void
base_rest(Base *base)
{
  db_checkpoint_if_large(base->db);
}
