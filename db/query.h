/* Query: one use of one prepared statement.
 *
 *   g_auto(Query) q = query(db, "SELECT name FROM product WHERE id = :id");
 *   query_bind_int(&q, ":id", id);
 *   if (query_next(&q))
 *     name = query_get_text(&q, 0);
 *   return query_done(&q, error);
 *
 * The first failure sticks: later calls do nothing, and query_done() reports it.
 * The SQL must be a string literal; its address is the key of the statement cache.
 * A mistake in the SQL itself is a bug, and aborts. A statement must not nest in itself.
 */
#pragma once

#include <sqlite3.h>
#include <stdint.h>

#include "db/db.h"

typedef struct {
  Db *db;
  sqlite3_stmt *stmt; /* owned by the cache of @db */
  GError *failure;    /* owned; the first one, NULL while all is well */
} Query;

#define query(db, sql) query_start(db, "" sql "")
Query query_start(Db *db, const char *sql);

void query_bind_int(Query *q, const char *name, int64_t value);
void query_bind_text(Query *q, const char *name, const char *value); /* NULL → NULL */
void query_bind_word(Query *q, const char *name, const char *value); /* NULL → "" */
void query_bind_bytes(Query *q, const char *name, const void *bytes, gsize length);
/* @bytes with @length as TEXT; for JSON that is not NUL-terminated. */
void query_bind_text_n(Query *q, const char *name, const char *text, gsize length);

bool query_next(Query *q); /* true while there is a row */
int64_t query_get_int(Query *q, int column);
char *query_get_text(Query *q, int column);        /* (transfer full) (nullable) */
const char *query_peek_text(Query *q, int column); /* until the next step; "" for NULL */
GBytes *query_get_bytes(Query *q, int column);     /* (transfer full) (nullable) */
bool query_is_null(Query *q, int column);

/* Runs a statement that returns no rows, so that it can be used again. */
void query_run(Query *q);
int64_t query_changes(Query *q); /* rows the last run changed */
int64_t query_last_id(Query *q); /* rowid of the last insert */

/* @return true when every step since query() succeeded. */
bool query_done(Query *q, GError **error);
void query_clear(Query *q);

/* For tests: the @n-th step from now fails as a full disk would. 0: never. */
void query_fail_at(int n);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Query, query_clear)
