#include "db/outbox.h"

#include <string.h>

#include "db/chain.h"
#include "db/query.h"
#include "db/setting_store.h"

#define SEQ_OF(id)        ((int64_t)(id)&G_GINT64_CONSTANT(0xffffffff))
#define ID_OF(epoch, seq) ((int64_t)(epoch) << 32 | (seq))

typedef struct {
  int epoch;
  int64_t seq; /* of the newest event; 0: none */
  unsigned char hash[CHAIN_BYTES];
} Tail;

static void
begin_chain(unsigned char hash[CHAIN_BYTES], int64_t device, int epoch)
{
  char name[64];
  g_snprintf(name, sizeof name, "guitai/%" G_GINT64_FORMAT "/%d", device, epoch);
  chain_begin(hash, name);
}

static void
read_hash(Query *q, int column, unsigned char ret_hash[CHAIN_BYTES])
{
  g_autoptr(GBytes) hash = query_get_bytes(q, column);
  memcpy(ret_hash, g_bytes_get_data(hash, NULL), CHAIN_BYTES);
}

static bool
read_tail(Db *store, Tail *ret, GError **error)
{
  bool found = false;
  g_auto(Query) q =
      query(store,
            "SELECT i.epoch, i.device_id, o.id, o.hash"
            "  FROM identity i LEFT JOIN outbox o ON o.id ="
            "    (SELECT max(id) FROM outbox"
            "      WHERE id BETWEEN i.epoch << 32 AND i.epoch << 32 | 4294967295)"
            " WHERE i.one = 1");
  if (query_next(&q)) {
    found = true;
    ret->epoch = (int)query_get_int(&q, 0);
    ret->seq = SEQ_OF(query_get_int(&q, 2));
    if (ret->seq > 0)
      read_hash(&q, 3, ret->hash);
    else
      begin_chain(ret->hash, query_get_int(&q, 1), ret->epoch);
  }
  if (!query_done(&q, error))
    return false;
  if (!found)
    g_set_error(error, DB_ERROR, DB_ERROR_REFUSED, "this till is not enrolled");
  return found;
}

bool
outbox_add(Db *store,
           const char *type,
           const char *body,
           int64_t now_us,
           int64_t *ret_seq,
           GError **error)
{
  g_assert(db_in_work(store));
  Tail tail;
  if (!read_tail(store, &tail, error))
    return false;
  chain_event(tail.hash, type, body);
  g_auto(Query) q = query(store,
                          "INSERT INTO outbox (id, type, at_us, body, hash)"
                          " VALUES (:id, :type, :at, :body, :hash)");
  query_bind_int(&q, ":id", ID_OF(tail.epoch, tail.seq + 1));
  query_bind_text(&q, ":type", type);
  query_bind_int(&q, ":at", now_us);
  query_bind_text(&q, ":body", body);
  query_bind_bytes(&q, ":hash", tail.hash, sizeof tail.hash);
  query_run(&q);
  if (!query_done(&q, error))
    return false;
  if (ret_seq)
    *ret_seq = tail.seq + 1;
  return true;
}

/* Newest first, so that the last one that owes something is the oldest. */
static bool
read_epochs(Db *store, OutboxState *state, GError **error)
{
  g_auto(Query) q =
      query(store,
            "SELECT epoch, acked, coalesce(moved_after, (SELECT max(id) FROM outbox"
            "         WHERE id BETWEEN epoch << 32 AND epoch << 32 | 4294967295)"
            "       - (epoch << 32), 0)"
            "  FROM epoch ORDER BY epoch DESC /* scan */");
  for (bool first = true; query_next(&q); first = false) {
    int64_t acked = query_get_int(&q, 1);
    int64_t head = query_get_int(&q, 2);
    state->waiting += MAX(head - acked, 0);
    if (!first && head <= acked)
      continue;
    state->epoch = (int)query_get_int(&q, 0);
    state->acked = acked;
    state->head = head;
  }
  return query_done(&q, error);
}

bool
outbox_state(Db *store, OutboxState *ret, GError **error)
{
  OutboxState state = {0};
  if (!read_epochs(store, &state, error))
    return false;
  g_auto(Query) q = query(store, "SELECT at_us FROM outbox WHERE id = :id");
  query_bind_int(&q, ":id", ID_OF(state.epoch, state.acked + 1));
  if (query_next(&q))
    state.oldest_us = query_get_int(&q, 0);
  if (!query_done(&q, error))
    return false;
  *ret = state;
  return true;
}

bool
outbox_epoch(Db *store, int epoch, OutboxState *ret, GError **error)
{
  g_auto(Query) q =
      query(store,
            "SELECT epoch, acked, coalesce(moved_after, (SELECT max(id) FROM outbox"
            "         WHERE id BETWEEN :epoch << 32 AND :epoch << 32 | 4294967295)"
            "       - (:epoch << 32), 0)"
            "  FROM epoch WHERE epoch = :epoch");
  query_bind_int(&q, ":epoch", epoch);
  *ret = (OutboxState){0};
  if (query_next(&q))
    *ret = (OutboxState){.epoch = (int)query_get_int(&q, 0),
                         .acked = query_get_int(&q, 1),
                         .head = query_get_int(&q, 2)};
  return query_done(&q, error);
}

int
outbox_oldest(Db *store)
{
  g_auto(Query) q = query(store, "SELECT min(epoch) FROM epoch");
  return query_next(&q) ? (int)query_get_int(&q, 0) : 0;
}

/* The last seq of a batch; 0 when there is nothing from @from on. */
static bool
measure_batch(Db *store,
              int epoch,
              int64_t from,
              int max_events,
              gsize max_bytes,
              int64_t *ret_last,
              GError **error)
{
  gsize bytes = 0;
  int64_t last = 0;
  g_auto(Query) q = query(store,
                          "SELECT id, length(CAST(body AS BLOB)) + 80 FROM outbox"
                          " WHERE id BETWEEN :from AND :epoch << 32 | coalesce("
                          "   (SELECT moved_after FROM epoch WHERE epoch = :epoch),"
                          "   4294967295) ORDER BY id LIMIT :max");
  query_bind_int(&q, ":from", ID_OF(epoch, from));
  query_bind_int(&q, ":epoch", epoch);
  query_bind_int(&q, ":max", max_events);
  while (query_next(&q)) {
    bytes += (gsize)query_get_int(&q, 1);
    if (last > 0 && bytes > max_bytes)
      break;
    last = SEQ_OF(query_get_int(&q, 0));
  }
  *ret_last = last;
  return query_done(&q, error);
}

bool
outbox_batch(Db *store,
             int epoch,
             int64_t from,
             int max_events,
             gsize max_bytes,
             char **ret_json,
             int64_t *ret_last,
             GError **error)
{
  int64_t last = 0;
  if (!measure_batch(store, epoch, from, max_events, max_bytes, &last, error))
    return false;
  char *json = NULL;
  g_auto(Query) q =
      query(store,
            "SELECT json_group_array(json_object('seq', id & 4294967295, 'type', type,"
            "                                    'v', 1, 'at', at_us, 'body', body))"
            "  FROM outbox WHERE id BETWEEN :from AND :to");
  query_bind_int(&q, ":from", ID_OF(epoch, from));
  query_bind_int(&q, ":to", ID_OF(epoch, last));
  if (last > 0 && query_next(&q))
    json = query_get_text(&q, 0);
  if (!query_done(&q, error)) {
    g_free(json);
    return false;
  }
  *ret_json = json;
  *ret_last = last;
  return true;
}

bool
outbox_hash(Db *store, int epoch, int64_t seq, char ret_hex[65], GError **error)
{
  unsigned char hash[CHAIN_BYTES];
  bool found = false;
  g_auto(Query) q = query(store,
                          "SELECT e.device, o.hash FROM epoch e"
                          "  LEFT JOIN outbox o ON o.id = :id WHERE e.epoch = :epoch");
  query_bind_int(&q, ":id", ID_OF(epoch, seq));
  query_bind_int(&q, ":epoch", epoch);
  if (query_next(&q) && (seq == 0 || !query_is_null(&q, 1))) {
    found = true;
    if (seq > 0)
      read_hash(&q, 1, hash);
    else
      begin_chain(hash, query_get_int(&q, 0), epoch);
  }
  if (!query_done(&q, error))
    return false;
  if (found)
    chain_text(hash, ret_hex);
  else
    g_set_error(error,
                DB_ERROR,
                DB_ERROR_OTHER,
                "no event %" G_GINT64_FORMAT " in epoch %d",
                seq,
                epoch);
  return found;
}

static bool
is_beyond_head(Db *store, int epoch, int64_t seq, GError **error)
{
  g_auto(Query) q = query(store, "SELECT 1 FROM outbox WHERE id = :id");
  query_bind_int(&q, ":id", ID_OF(epoch, seq));
  bool there = seq == 0 || query_next(&q);
  if (!query_done(&q, error))
    return true;
  if (!there)
    g_set_error(error,
                DB_ERROR,
                DB_ERROR_REFUSED,
                "event %" G_GINT64_FORMAT " of epoch %d was never made",
                seq,
                epoch);
  return !there;
}

bool
outbox_set_acked(Db *store, int epoch, int64_t seq, GError **error)
{
  if (is_beyond_head(store, epoch, seq, error))
    return false;
  g_auto(Query) q =
      query(store, "UPDATE epoch SET acked = max(acked, :seq) WHERE epoch = :epoch");
  query_bind_int(&q, ":seq", seq);
  query_bind_int(&q, ":epoch", epoch);
  query_run(&q);
  return query_done(&q, error);
}

bool
outbox_rewind(Db *store, int epoch, int64_t seq, GError **error)
{
  g_auto(Query) q =
      query(store, "UPDATE epoch SET acked = min(acked, :seq) WHERE epoch = :epoch");
  query_bind_int(&q, ":seq", MAX(seq, 0));
  query_bind_int(&q, ":epoch", epoch);
  query_run(&q);
  return query_done(&q, error);
}

static bool
insert_epoch(Db *store, int64_t used, int *ret_epoch, GError **error)
{
  g_auto(Query) q =
      query(store,
            "INSERT INTO epoch (epoch, device)"
            " SELECT max(epoch, :used) + 1, device_id FROM identity WHERE one = 1"
            " RETURNING epoch /* scan */"); /* of the one row that refers to it */
  query_bind_int(&q, ":used", used);
  *ret_epoch = query_next(&q) ? (int)query_get_int(&q, 0) : 0;
  query_run(&q);
  if (!query_done(&q, error))
    return false;
  if (*ret_epoch == 0)
    g_set_error(error, DB_ERROR, DB_ERROR_REFUSED, "this till is not enrolled");
  return *ret_epoch > 0;
}

static bool
move_identity(Db *store, int epoch, GError **error)
{
  g_auto(Query) q = query(store, "UPDATE identity SET epoch = :epoch WHERE one = 1");
  query_bind_int(&q, ":epoch", epoch);
  query_run(&q);
  return query_done(&q, error);
}

/* Inside a transaction. */
static bool
begin_epoch(Db *store, int *ret_epoch, GError **error)
{
  int64_t used = setting_store_int(store, OUTBOX_USED_EPOCH, 0);
  return insert_epoch(store, used, ret_epoch, error) &&
         move_identity(store, *ret_epoch, error);
}

bool
outbox_next_epoch(Db *store, int *ret_epoch, GError **error)
{
  int epoch = 0;
  g_autoptr(DbWork) work = db_begin(store, error);
  if (!work || !begin_epoch(store, &epoch, error) || !db_commit(work, error))
    return false;
  if (ret_epoch)
    *ret_epoch = epoch;
  return true;
}

typedef struct {
  int current;
  int64_t head; /* of the forked epoch */
  bool moved;   /* it was settled before, or never was */
} Fork;

static bool
look_at_fork(Db *store, int epoch, Fork *ret, GError **error)
{
  g_auto(Query) q =
      query(store,
            "SELECT i.epoch, e.moved_after IS NOT NULL OR e.epoch IS NULL,"
            "       coalesce((SELECT max(id) FROM outbox"
            "         WHERE id BETWEEN :epoch << 32 AND :epoch << 32 | 4294967295)"
            "       - (:epoch << 32), 0)"
            "  FROM identity i LEFT JOIN epoch e ON e.epoch = :epoch WHERE i.one = 1");
  query_bind_int(&q, ":epoch", epoch);
  *ret = (Fork){.moved = true};
  if (query_next(&q))
    *ret = (Fork){
        (int)query_get_int(&q, 0), query_get_int(&q, 2), query_get_int(&q, 1) != 0};
  return query_done(&q, error);
}

/* One by one: each hash stands on the one before it. */
static bool
move_event(Db *store, int epoch, int64_t seq, GError **error)
{
  g_autofree char *type = NULL, *body = NULL;
  int64_t at_us = 0;
  g_auto(Query) q = query(store, "SELECT type, body, at_us FROM outbox WHERE id = :id");
  query_bind_int(&q, ":id", ID_OF(epoch, seq));
  if (query_next(&q)) {
    type = query_get_text(&q, 0);
    body = query_get_text(&q, 1);
    at_us = query_get_int(&q, 2);
  }
  return query_done(&q, error) && outbox_add(store, type, body, at_us, NULL, error);
}

/* What central holds under those numbers has not been counted here, since they seemed to
 * be ours: its stream must be read again. */
static bool
forget_position(Db *store, GError **error)
{
  g_auto(Query) q = query(store, "UPDATE cursor SET pos = 0 WHERE stream = 'store'");
  query_run(&q);
  return query_done(&q, error);
}

static bool
close_epoch(Db *store, int epoch, int64_t seq, GError **error)
{
  g_auto(Query) q = query(store,
                          "UPDATE epoch SET moved_after = :seq, acked = min(acked, :seq)"
                          " WHERE epoch = :epoch");
  query_bind_int(&q, ":seq", seq);
  query_bind_int(&q, ":epoch", epoch);
  query_run(&q);
  return query_done(&q, error);
}

bool
outbox_fork(Db *store, int epoch, int64_t seq, int *ret_epoch, GError **error)
{
  Fork fork;
  g_autoptr(DbWork) work = db_begin(store, error);
  if (!work || !look_at_fork(store, epoch, &fork, error))
    return false;
  if (!fork.moved) {
    int64_t last = CLAMP(seq, 0, fork.head);
    if (epoch == fork.current && !begin_epoch(store, &fork.current, error))
      return false;
    for (int64_t i = last + 1; i <= fork.head; i++)
      if (!move_event(store, epoch, i, error))
        return false;
    if (!close_epoch(store, epoch, last, error) || !forget_position(store, error))
      return false;
  }
  if (!db_commit(work, error))
    return false;
  if (ret_epoch)
    *ret_epoch = fork.current;
  return true;
}
