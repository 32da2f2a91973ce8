#include "db/feed.h"

#include <string.h>

#include "db/query.h"

GQuark
feed_error_quark(void)
{
  return g_quark_from_static_string("feed-error");
}

static bool
refuse(GError **error, FeedError code, const char *why, int64_t pos)
{
  g_set_error(
      error, FEED_ERROR, code, "page refused at %" G_GINT64_FORMAT ": %s", pos, why);
  return false;
}

/* What SQLite's JSON parser, or a constraint, did not like is the page's fault; a full
 * disk is not. */
static bool
done(Query *q, int64_t pos, GError **error)
{
  g_autoptr(GError) failure = NULL;
  if (query_done(q, &failure))
    return true;
  if (g_error_matches(failure, DB_ERROR, DB_ERROR_OTHER) ||
      g_error_matches(failure, DB_ERROR, DB_ERROR_REFUSED))
    return refuse(error, FEED_ERROR_GARBAGE, failure->message, pos);
  g_propagate_error(error, g_steal_pointer(&failure));
  return false;
}

int64_t
feed_position(Db *db, const char *stream)
{
  g_auto(Query) q = query(db, "SELECT pos FROM cursor WHERE stream = :stream");
  query_bind_text(&q, ":stream", stream);
  return query_next(&q) ? query_get_int(&q, 0) : 0;
}

static bool
move_cursor(Db *db, const char *stream, int64_t pos, GError **error)
{
  g_auto(Query) q = query(db,
                          "INSERT INTO cursor (stream, pos) VALUES (:stream, :pos)"
                          " ON CONFLICT (stream) DO UPDATE SET pos = excluded.pos");
  query_bind_text(&q, ":stream", stream);
  query_bind_int(&q, ":pos", pos);
  query_run(&q);
  return query_done(&q, error);
}

static bool
keep_raw(Db *db, const FeedChange *change, GError **error)
{
  g_auto(Query) q = query(db,
                          "INSERT INTO raw_change (pos, type, op, key, ver, body)"
                          " VALUES (:pos, :type, :op, :key, :ver, :body)"
                          " ON CONFLICT DO NOTHING");
  query_bind_int(&q, ":pos", change->pos);
  query_bind_text(&q, ":type", change->type);
  query_bind_text(&q, ":op", change->is_delete ? "del" : "put");
  query_bind_text(&q, ":key", change->key);
  query_bind_int(&q, ":ver", change->ver);
  query_bind_text(&q, ":body", change->body);
  query_run(&q);
  return query_done(&q, error);
}

typedef struct {
  int64_t from, to;
} Envelope;

static bool
read_envelope(Db *db,
              const char *stream,
              const char *page,
              gsize length,
              Envelope *ret,
              GError **error)
{
  int64_t here = 0;
  bool sound = false;
  /* SQLite would stop reading at a NUL and believe the rest. */
  if (memchr(page, '\0', length))
    return refuse(error, FEED_ERROR_GARBAGE, "it has a NUL", feed_position(db, stream));
  g_auto(Query) q =
      query(db,
            "SELECT coalesce((SELECT pos FROM cursor WHERE stream = :stream), 0),"
            "       :page ->> 'from', :page ->> 'to', :page ->> 'stream' = :stream"
            "   AND json_type(:page, '$.from') = 'integer'"
            "   AND json_type(:page, '$.to') = 'integer'"
            "   AND json_type(:page, '$.changes') = 'array'");
  query_bind_text_n(&q, ":page", page, length);
  query_bind_text(&q, ":stream", stream);
  if (query_next(&q)) {
    here = query_get_int(&q, 0);
    ret->from = query_get_int(&q, 1);
    ret->to = query_get_int(&q, 2);
    sound = query_get_int(&q, 3) != 0;
  }
  if (!done(&q, here, error))
    return false;
  if (!sound || ret->to < ret->from)
    return refuse(error, FEED_ERROR_GARBAGE, "not a page of this stream", here);
  if (ret->from != here)
    return refuse(error, FEED_ERROR_GAP, "it begins elsewhere", here);
  return true;
}

/* One row of @q as a change; borrowed from the row. */
static bool
read_change(Query *q, int64_t expected, FeedChange *ret, GError **error)
{
  const char *op = query_peek_text(q, 2);
  ret->pos = query_get_int(q, 0);
  ret->type = query_peek_text(q, 1);
  ret->is_delete = strcmp(op, "del") == 0;
  ret->key = query_peek_text(q, 3);
  ret->ver = query_get_int(q, 4);
  ret->body = query_peek_text(q, 5);
  if (ret->pos != expected)
    return refuse(error, FEED_ERROR_GAP, "a position is missing", expected);
  if (!*ret->type || (!ret->is_delete && strcmp(op, "put") != 0))
    return refuse(error, FEED_ERROR_GARBAGE, "neither put nor del", expected);
  return true;
}

static bool
apply_change(Db *db,
             const FeedChange *change,
             bool must_understand,
             const FeedWork *work,
             GError **error)
{
  bool known = true;
  g_autoptr(GError) failure = NULL;
  if (!work->apply(db, change, work->data, &known, &failure)) {
    if (g_error_matches(failure, DB_ERROR, DB_ERROR_OTHER) ||
        g_error_matches(failure, DB_ERROR, DB_ERROR_REFUSED))
      return refuse(error, FEED_ERROR_GARBAGE, failure->message, change->pos);
    g_propagate_error(error, g_steal_pointer(&failure));
    return false;
  }
  if (known)
    return true;
  if (must_understand)
    return refuse(error, FEED_ERROR_UNKNOWN_TYPE, change->type, change->pos);
  return keep_raw(db, change, error);
}

static bool
apply_changes(Db *db,
              const char *page,
              gsize length,
              const Envelope *envelope,
              const FeedWork *work,
              GError **error)
{
  int64_t pos = envelope->from;
  g_auto(Query) q =
      query(db,
            "SELECT value ->> 'pos', value ->> 'type', value ->> 'op', value ->> 'key',"
            "       value ->> 'ver', coalesce(value -> 'body', '{}'),"
            "       value ->> 'must_understand'"
            "  FROM json_each(:page, '$.changes')");
  query_bind_text_n(&q, ":page", page, length);
  while (query_next(&q)) {
    FeedChange change;
    bool must_understand = query_get_int(&q, 6) != 0;
    if (!read_change(&q, ++pos, &change, error) ||
        !apply_change(db, &change, must_understand, work, error))
      return false;
  }
  if (!done(&q, pos, error))
    return false;
  return pos == envelope->to ||
         refuse(error, FEED_ERROR_GAP, "it ends before it says", pos);
}

static bool
apply_all(Db *db,
          const FeedWork *work,
          const char *page,
          gsize length,
          const Envelope *envelope,
          GError **error)
{
  return apply_changes(db, page, length, envelope, work, error) &&
         (!work->finish || work->finish(db, work->data, error)) &&
         move_cursor(db, work->stream, envelope->to, error);
}

bool
feed_apply(Db *db,
           const FeedWork *work,
           const char *page,
           gsize length,
           int *ret_changes,
           GError **error)
{
  Envelope envelope = {0};
  g_autoptr(DbWork) transaction = db_begin(db, error);
  if (!transaction || !read_envelope(db, work->stream, page, length, &envelope, error))
    return false;
  int changes = (int)(envelope.to - envelope.from);
  if (!apply_all(db, work, page, length, &envelope, error) ||
      (changes > 0 && !db_commit(transaction, error)))
    return false;
  if (ret_changes)
    *ret_changes = changes;
  return true;
}
