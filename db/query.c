#include "db/query.h"

#include <stdatomic.h>
#include <string.h>

#include "db/db_private.h"

static atomic_int fail_at;

void
query_fail_at(int n)
{
  fail_at = n;
}

bool
query_step_fails(GError **error)
{
  if (G_LIKELY(fail_at == 0) || --fail_at != 0)
    return false;
  g_set_error_literal(error, DB_ERROR, DB_ERROR_FULL, "asked to fail");
  return true;
}

/* In tests: a statement that reads a whole table must say so. */
static void
refuse_scan(Db *db, const char *sql)
{
  if (strstr(sql, "/* scan"))
    return;
  g_autofree char *explain = g_strconcat("EXPLAIN QUERY PLAN ", sql, NULL);
  sqlite3_stmt *stmt = NULL;
  if (sqlite3_prepare_v2(db->sqlite, explain, -1, &stmt, NULL) != SQLITE_OK)
    return;
  while (sqlite3_step(stmt) == SQLITE_ROW) {
    const char *step = (const char *)sqlite3_column_text(stmt, 3);
    if (g_str_has_prefix(step, "SCAN ") && !strchr(step, '(') &&
        !strstr(step, " INDEX ") && !strstr(step, "CONSTANT ROW"))
      g_error("%s in: %s", step, sql);
  }
  sqlite3_finalize(stmt);
}

static bool
must_explain(void)
{
  static gsize answer; /* 1: no, 2: yes */
  if (g_once_init_enter(&answer))
    g_once_init_leave(&answer, g_getenv("GUITAI_EXPLAIN") ? 2 : 1);
  return answer == 2;
}

static sqlite3_stmt *
prepare(Db *db, const char *sql, GError **failure)
{
  sqlite3_stmt *stmt = NULL;
  int rc =
      sqlite3_prepare_v3(db->sqlite, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL);
  if (rc == SQLITE_ERROR)
    g_error("bad SQL: %s in: %s", sqlite3_errmsg(db->sqlite), sql);
  if (rc != SQLITE_OK) { /* the file is damaged or gone */
    db_set_error(db->sqlite, failure);
    return NULL;
  }
  if (must_explain())
    refuse_scan(db, sql);
  g_hash_table_insert(db->statements, (gpointer)sql, stmt);
  return stmt;
}

Query
query_start(Db *db, const char *sql)
{
  g_assert(db->owner == g_thread_self());
  Query q = {.db = db, .stmt = g_hash_table_lookup(db->statements, sql)};
  if (!q.stmt)
    q.stmt = prepare(db, sql, &q.failure);
  else if (sqlite3_stmt_busy(q.stmt))
    g_error("this query is in use already: %s", sql);
  return q;
}

static void
check(Query *q, int rc)
{
  if (rc != SQLITE_OK)
    db_set_error(q->db->sqlite, &q->failure);
}

static int
parameter(Query *q, const char *name)
{
  int index = sqlite3_bind_parameter_index(q->stmt, name);
  if (index == 0)
    g_error("no parameter %s in: %s", name, sqlite3_sql(q->stmt));
  return index;
}

void
query_bind_int(Query *q, const char *name, int64_t value)
{
  if (!q->failure)
    check(q, sqlite3_bind_int64(q->stmt, parameter(q, name), value));
}

void
query_bind_text(Query *q, const char *name, const char *value)
{
  if (!q->failure)
    check(q, sqlite3_bind_text(q->stmt, parameter(q, name), value, -1, SQLITE_TRANSIENT));
}

void
query_bind_word(Query *q, const char *name, const char *value)
{
  query_bind_text(q, name, value ? value : "");
}

void
query_bind_text_n(Query *q, const char *name, const char *text, gsize length)
{
  if (!q->failure)
    check(q,
          sqlite3_bind_text64(
              q->stmt, parameter(q, name), text, length, SQLITE_TRANSIENT, SQLITE_UTF8));
}

void
query_bind_bytes(Query *q, const char *name, const void *bytes, gsize length)
{
  if (!q->failure)
    check(q,
          sqlite3_bind_blob64(
              q->stmt, parameter(q, name), bytes, length, SQLITE_TRANSIENT));
}

bool
query_next(Query *q)
{
  if (q->failure || query_step_fails(&q->failure))
    return false;
  int rc = sqlite3_step(q->stmt);
  if (rc == SQLITE_ROW)
    return true;
  if (rc != SQLITE_DONE)
    check(q, rc);
  return false;
}

int64_t
query_get_int(Query *q, int column)
{
  return sqlite3_column_int64(q->stmt, column);
}

char *
query_get_text(Query *q, int column)
{
  return g_strdup((const char *)sqlite3_column_text(q->stmt, column));
}

const char *
query_peek_text(Query *q, int column)
{
  const char *text = (const char *)sqlite3_column_text(q->stmt, column);
  return text ? text : "";
}

GBytes *
query_get_bytes(Query *q, int column)
{
  if (query_is_null(q, column))
    return NULL;
  const void *bytes = sqlite3_column_blob(q->stmt, column);
  return g_bytes_new(bytes, (gsize)sqlite3_column_bytes(q->stmt, column));
}

bool
query_is_null(Query *q, int column)
{
  return sqlite3_column_type(q->stmt, column) == SQLITE_NULL;
}

void
query_run(Query *q)
{
  while (query_next(q))
    ;
  if (q->stmt)
    sqlite3_reset(q->stmt);
}

int64_t
query_changes(Query *q)
{
  return sqlite3_changes64(q->db->sqlite);
}

int64_t
query_last_id(Query *q)
{
  return sqlite3_last_insert_rowid(q->db->sqlite);
}

bool
query_done(Query *q, GError **error)
{
  if (!q->failure)
    return true;
  g_propagate_error(error, g_steal_pointer(&q->failure));
  return false;
}

void
query_clear(Query *q)
{
  g_clear_error(&q->failure);
  if (!q->stmt)
    return;
  sqlite3_reset(q->stmt);
  sqlite3_clear_bindings(q->stmt);
  q->stmt = NULL;
}
