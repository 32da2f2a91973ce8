#include "sync/hub/stream.h"

#include "app/base/command.h"
#include "db/query.h"

bool
stream_head(Base *base, int64_t stream, int64_t *ret_head, GError **error)
{
  g_auto(Query) q =
      query(base_db(base), "SELECT pos FROM feed_head WHERE stream = :stream");
  query_bind_int(&q, ":stream", stream);
  int64_t head = query_next(&q) ? query_get_int(&q, 0) : 0;
  if (!query_done(&q, error))
    return false;
  *ret_head = head;
  return true;
}

bool
stream_each_head(Base *base, StreamHeard each, gpointer data, GError **error)
{
  g_auto(Query) q = query(base_db(base), "SELECT stream, pos FROM feed_head /* scan */");
  while (query_next(&q))
    each(query_get_int(&q, 0), query_get_int(&q, 1), data);
  return query_done(&q, error);
}

/* @return the position before the first of @n new ones; -1 with @error. */
static int64_t
take_positions(Base *base, int64_t stream, int64_t n, GError **error)
{
  g_auto(Query) q = query(base_db(base),
                          "INSERT INTO feed_head (stream, pos) VALUES (:stream, :n)"
                          " ON CONFLICT DO UPDATE SET pos = pos + excluded.pos"
                          " RETURNING pos");
  query_bind_int(&q, ":stream", stream);
  query_bind_int(&q, ":n", n);
  int64_t last = query_next(&q) ? query_get_int(&q, 0) : 0;
  query_run(&q);
  return query_done(&q, error) ? last - n : -1;
}

bool
stream_put(Base *base,
           int64_t stream,
           const char *type,
           const char *key,
           int64_t version,
           const char *body,
           GError **error)
{
  int64_t before = take_positions(base, stream, 1, error);
  if (before < 0)
    return false;
  g_auto(Query) q = query(base_db(base),
                          "INSERT INTO feed (stream, pos, type, op, key, ver, body)"
                          " VALUES (:stream, :pos, :type, 'put', :key, :ver, :body)");
  query_bind_int(&q, ":stream", stream);
  query_bind_int(&q, ":pos", before + 1);
  query_bind_text(&q, ":type", type);
  query_bind_text(&q, ":key", key);
  query_bind_int(&q, ":ver", version);
  query_bind_text(&q, ":body", body);
  query_run(&q);
  return query_done(&q, error);
}

static bool
count_movements(Base *base,
                int64_t store,
                int64_t device,
                int64_t epoch,
                int64_t seq,
                int64_t *ret_n,
                GError **error)
{
  g_auto(Query) q = query(
      base_db(base),
      "SELECT count(*) FROM movement"
      " WHERE store = :store AND device = :device AND epoch = :epoch AND seq = :seq");
  query_bind_int(&q, ":store", store);
  query_bind_int(&q, ":device", device);
  query_bind_int(&q, ":epoch", epoch);
  query_bind_int(&q, ":seq", seq);
  *ret_n = query_next(&q) ? query_get_int(&q, 0) : 0;
  return query_done(&q, error);
}

bool
stream_movements(
    Base *base, int64_t store, int64_t device, int64_t epoch, int64_t seq, GError **error)
{
  int64_t n = 0;
  if (!count_movements(base, store, device, epoch, seq, &n, error))
    return false;
  if (n == 0)
    return true;
  int64_t before = take_positions(base, store, n, error);
  if (before < 0)
    return false;
  g_auto(Query) q = query(
      base_db(base),
      "INSERT INTO feed (stream, pos, type, op, key, ver, body)"
      " SELECT store, :before + row_number() OVER (ORDER BY n), 'movement', 'put',"
      "        device || '/' || epoch || '/' || seq || '/' || n, 1,"
      "        json_object('device', device, 'epoch', epoch, 'seq', seq, 'n', n, 'at', "
      "at,"
      "                    'product', product, 'lot', lot, 'expiry', expiry,"
      "                    'location', location, 'qty', qty, 'kind', kind, 'doc', doc)"
      "   FROM movement"
      "  WHERE store = :store AND device = :device AND epoch = :epoch AND seq = :seq");
  query_bind_int(&q, ":before", before);
  query_bind_int(&q, ":store", store);
  query_bind_int(&q, ":device", device);
  query_bind_int(&q, ":epoch", epoch);
  query_bind_int(&q, ":seq", seq);
  query_run(&q);
  return query_done(&q, error);
}

static void
append_change(GString *out, Query *q)
{
  g_string_append_printf(out,
                         "%s{\"pos\":%" G_GINT64_FORMAT ",\"type\":",
                         out->len ? "," : "",
                         query_get_int(q, 0));
  command_json(out, query_peek_text(q, 1));
  g_string_append_printf(out, ",\"op\":\"%s\",\"key\":", query_peek_text(q, 2));
  command_json(out, query_peek_text(q, 3));
  g_string_append_printf(
      out, ",\"ver\":%" G_GINT64_FORMAT ",\"body\":", query_get_int(q, 4));
  g_string_append(out, query_peek_text(q, 5));
  g_string_append_c(out, '}');
}

/* @return the position of the last change appended to @out; @from when there is none. */
static int64_t
collect(Query *q, int64_t from, GString *out)
{
  int64_t last = from;
  while (out->len < STREAM_MAX_SIZE && query_next(q)) {
    append_change(out, q);
    last = query_get_int(q, 0);
  }
  return last;
}

bool
stream_page(Base *base,
            int64_t stream,
            int64_t from,
            int64_t max,
            int64_t now_us,
            Reply *reply,
            GError **error)
{
  int64_t head = 0;
  if (!stream_head(base, stream, &head, error))
    return false;
  if (from > head) {
    reply_refuse(reply, 410, "floor", "these books are older: begin at 0 again");
    return true;
  }
  g_auto(Query) q =
      query(base_db(base),
            "SELECT pos, type, op, key, ver, body FROM feed"
            " WHERE stream = :stream AND pos > :from ORDER BY pos LIMIT :max");
  query_bind_int(&q, ":stream", stream);
  query_bind_int(&q, ":from", from);
  query_bind_int(&q, ":max", CLAMP(max, 1, STREAM_MAX));
  g_autoptr(GString) changes = g_string_sized_new(65536);
  int64_t last = collect(&q, from, changes);
  if (!query_done(&q, error))
    return false;
  g_string_append_c(reply->json, '{');
  reply_text(reply, "stream", stream == STREAM_CAT ? "cat" : "store");
  reply_int(reply, "from", from);
  reply_int(reply, "to", last);
  reply_int(reply, "head", head);
  g_string_append(reply->json, ",\"changes\":[");
  g_string_append_len(reply->json, changes->str, (gssize)changes->len);
  g_string_append_c(reply->json, ']');
  reply_int(reply, "hub_time", now_us);
  g_string_append_c(reply->json, '}');
  return true;
}
