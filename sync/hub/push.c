#include "sync/hub/push.h"

#include <string.h>

#include "db/query.h"
#include "sync/hub/apply.h"
#include "sync/hub/stream.h"

/* Evidence of one fork is enough; a broken till must not fill the disk with it. */
#define MAX_FORK_ROWS 1000

typedef struct {
  int64_t head; /* 0: nothing yet */
  unsigned char hash[DIGEST_BYTES];
} Chain;

typedef struct {
  int64_t device, epoch, base;
  unsigned char base_hash[DIGEST_BYTES];
  GArray *facts; /* of Fact */
} Push;

static void
push_clear(Push *push)
{
  g_clear_pointer(&push->facts, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Push, push_clear)

static void
clear_fact(gpointer fact)
{
  fact_clear(fact);
}

static bool
find_chain(Base *base, const Device *device, int64_t epoch, Chain *ret, GError **error)
{
  g_auto(Query) q =
      query(base_db(base),
            "SELECT head, hash FROM chain"
            " WHERE store = :store AND device = :device AND epoch = :epoch");
  query_bind_int(&q, ":store", device->store);
  query_bind_int(&q, ":device", device->id);
  query_bind_int(&q, ":epoch", epoch);
  Chain chain = {0};
  digest_begin_chain(device->id, epoch, chain.hash);
  if (query_next(&q)) {
    g_autoptr(GBytes) hash = query_get_bytes(&q, 1);
    chain.head = query_get_int(&q, 0);
    if (hash && g_bytes_get_size(hash) == DIGEST_BYTES)
      memcpy(chain.hash, g_bytes_get_data(hash, NULL), DIGEST_BYTES);
  }
  *ret = chain;
  return query_done(&q, error);
}

/* The hash we hold at @seq; @ret_found false when we do not have it. */
static bool
hash_at(Base *base,
        const Device *device,
        int64_t epoch,
        int64_t seq,
        unsigned char ret[DIGEST_BYTES],
        bool *ret_found,
        GError **error)
{
  if (seq == 0) {
    digest_begin_chain(device->id, epoch, ret);
    *ret_found = true;
    return true;
  }
  g_auto(Query) q = query(
      base_db(base),
      "SELECT hash FROM inbox"
      " WHERE store = :store AND device = :device AND epoch = :epoch AND seq = :seq");
  query_bind_int(&q, ":store", device->store);
  query_bind_int(&q, ":device", device->id);
  query_bind_int(&q, ":epoch", epoch);
  query_bind_int(&q, ":seq", seq);
  *ret_found = false;
  if (query_next(&q)) {
    g_autoptr(GBytes) hash = query_get_bytes(&q, 0);
    *ret_found = hash && g_bytes_get_size(hash) == DIGEST_BYTES;
    if (*ret_found)
      memcpy(ret, g_bytes_get_data(hash, NULL), DIGEST_BYTES);
  }
  return query_done(&q, error);
}

static bool
read_head(Base *base,
          const char *json,
          gsize length,
          Push *push,
          bool *ret_good,
          GError **error)
{
  g_auto(Query) q =
      query(base_db(base),
            "SELECT json_extract(:json, '$.device'), json_extract(:json, '$.epoch'),"
            "       json_extract(:json, '$.base'), json_extract(:json, '$.base_hash'),"
            "       json_type(:json, '$.device') IS 'integer'"
            "   AND json_type(:json, '$.epoch') IS 'integer'"
            "   AND json_type(:json, '$.base') IS 'integer'"
            "   AND json_type(:json, '$.base_hash') IS 'text'"
            "   AND json_type(:json, '$.events') IS 'array',"
            "       json_array_length(:json, '$.events')");
  query_bind_text_n(&q, ":json", json, length);
  *ret_good = false;
  if (query_next(&q) && query_get_int(&q, 4)) {
    push->device = query_get_int(&q, 0);
    push->epoch = query_get_int(&q, 1);
    push->base = query_get_int(&q, 2);
    *ret_good = digest_from_hex(query_peek_text(&q, 3), push->base_hash) &&
                push->epoch >= 1 && push->epoch <= G_MAXUINT16 && push->base >= 0 &&
                push->base < G_MAXINT64 - PUSH_MAX && query_get_int(&q, 5) <= PUSH_MAX;
  }
  return query_done(&q, error);
}

/* Appends the row of @q as the next event. @return false when it has not the form of one,
 * or leaves a hole. */
static bool
read_event(Query *q, const Device *device, int64_t now_us, Push *push)
{
  if (!query_get_int(q, 5) ||
      query_get_int(q, 0) != push->base + 1 + (int64_t)push->facts->len)
    return false;
  Fact fact = {.store = device->store,
               .device = device->id,
               .epoch = push->epoch,
               .seq = query_get_int(q, 0),
               .type = query_get_text(q, 1),
               .v = query_get_int(q, 2),
               .at_us = query_get_int(q, 3),
               .body = query_get_bytes(q, 4),
               .now_us = now_us};
  if (!fact.body)
    fact.body = g_bytes_new_static("", 0);
  g_array_append_val(push->facts, fact);
  gsize length = strlen(fact.type);
  return length > 0 && length <= 32 && !strchr(fact.type, '\n');
}

static bool
read_events(Base *base,
            const char *json,
            gsize length,
            const Device *device,
            int64_t now_us,
            Push *push,
            bool *ret_good,
            GError **error)
{
  g_auto(Query) q =
      query(base_db(base),
            "SELECT json_extract(value, '$.seq'), json_extract(value, '$.type'),"
            "       json_extract(value, '$.v'), json_extract(value, '$.at'),"
            "       json_extract(value, '$.body'),"
            "       json_type(value, '$.seq') IS 'integer' AND json_type(value, "
            "'$.type') IS 'text'"
            "   AND json_type(value, '$.v') IS 'integer' AND json_type(value, '$.at') IS "
            "'integer'"
            "   AND json_type(value, '$.body') IS 'text',"
            "       json_array_length(:json, '$.events')"
            "  FROM json_each(:json, '$.events') /* scan */ WHERE type = 'object'");
  query_bind_text_n(&q, ":json", json, length);
  bool is_good = true;
  int64_t count = 0;
  while (is_good && query_next(&q)) {
    is_good = read_event(&q, device, now_us, push);
    count = query_get_int(&q, 6);
  }
  /* An element that is no object was skipped by the WHERE: the count tells. */
  *ret_good = is_good && (count == 0 || count == (int64_t)push->facts->len);
  return query_done(&q, error);
}

static bool
keep_fork(Base *base, const Fact *fact, GError **error)
{
  g_auto(Query) q =
      query(base_db(base),
            "INSERT INTO fork (store, device, epoch, seq, hash, type, received, body)"
            " SELECT :store, :device, :epoch, :seq, :hash, :type, :received, :body"
            "  WHERE (SELECT count(*) FROM fork"
            "          WHERE store = :store AND device = :device) < :most"
            " ON CONFLICT DO NOTHING");
  gsize length = 0;
  const void *bytes = g_bytes_get_data(fact->body, &length);
  query_bind_int(&q, ":store", fact->store);
  query_bind_int(&q, ":device", fact->device);
  query_bind_int(&q, ":epoch", fact->epoch);
  query_bind_int(&q, ":seq", fact->seq);
  query_bind_bytes(&q, ":hash", fact->hash, DIGEST_BYTES);
  query_bind_text(&q, ":type", fact->type);
  query_bind_int(&q, ":received", fact->now_us);
  query_bind_bytes(&q, ":body", length ? bytes : "", length);
  query_bind_int(&q, ":most", MAX_FORK_ROWS);
  query_run(&q);
  return query_done(&q, error);
}

/* @at: the first that differs; 0: what the push stands on differs, who knows since when.
 */
static bool
refuse_fork(Base *base, const Push *push, int64_t at, Reply *reply, GError **error)
{
  reply->status = 409;
  g_string_append_c(reply->json, '{');
  reply_text(reply, "error", "fork");
  reply_text(reply, "message", "the books have other events at this place");
  if (at > 0)
    reply_int(reply, "at", at);
  g_string_append_c(reply->json, '}');
  g_autoptr(DbWork) work = db_begin(base_db(base), error);
  if (!work)
    return false;
  for (guint i = 0; i < push->facts->len; i++) {
    if (!keep_fork(base, &g_array_index(push->facts, Fact, i), error))
      return false;
  }
  return db_commit(work, error);
}

/* Gives each event its hash. @ret_forked: one of them, or what they stand on, differs
 * from what we hold at the same place; @ret_at: which, 0 for what they stand on. */
static bool
compare_chains(Base *base,
               const Device *device,
               Push *push,
               const Chain *chain,
               bool *ret_forked,
               int64_t *ret_at,
               GError **error)
{
  unsigned char ours[DIGEST_BYTES];
  unsigned char hash[DIGEST_BYTES];
  bool is_found = false;
  memcpy(hash, push->base_hash, DIGEST_BYTES);
  if (!hash_at(base, device, push->epoch, push->base, ours, &is_found, error))
    return false;
  *ret_forked = is_found && memcmp(ours, hash, DIGEST_BYTES) != 0;
  *ret_at = 0;
  for (guint i = 0; i < push->facts->len; i++) {
    Fact *fact = &g_array_index(push->facts, Fact, i);
    gsize length = 0;
    const void *bytes = g_bytes_get_data(fact->body, &length);
    digest_chain(hash, fact->type, bytes, length);
    memcpy(fact->hash, hash, DIGEST_BYTES);
    if (fact->seq > chain->head)
      continue;
    if (!hash_at(base, device, push->epoch, fact->seq, ours, &is_found, error))
      return false;
    if (*ret_forked || !is_found || memcmp(ours, hash, DIGEST_BYTES) == 0)
      continue;
    *ret_forked = true;
    *ret_at = fact->seq;
  }
  return true;
}

static bool
keep_chain(
    Base *base, const Device *device, int64_t epoch, const Chain *chain, GError **error)
{
  g_auto(Query) q =
      query(base_db(base),
            "INSERT INTO chain (store, device, epoch, head, hash)"
            " VALUES (:store, :device, :epoch, :head, :hash)"
            " ON CONFLICT DO UPDATE SET head = excluded.head, hash = excluded.hash");
  query_bind_int(&q, ":store", device->store);
  query_bind_int(&q, ":device", device->id);
  query_bind_int(&q, ":epoch", epoch);
  query_bind_int(&q, ":head", chain->head);
  query_bind_bytes(&q, ":hash", chain->hash, DIGEST_BYTES);
  query_run(&q);
  return query_done(&q, error);
}

static bool
apply_all(Base *base, const Push *push, Chain *chain, Reply *verdicts, GError **error)
{
  for (guint i = 0; i < push->facts->len; i++) {
    const Fact *fact = &g_array_index(push->facts, Fact, i);
    FactVerdict verdict = FACT_OK;
    const char *code = "";
    if (!apply_fact(base, fact, &verdict, &code, error))
      return false;
    g_string_append(verdicts->json, i ? ",{" : "{");
    reply_int(verdicts, "seq", fact->seq);
    reply_text(verdicts, "verdict", fact_verdict_word(verdict));
    reply_text(verdicts, "code", code);
    g_string_append_c(verdicts->json, '}');
    if (fact->seq > chain->head) {
      chain->head = fact->seq;
      memcpy(chain->hash, fact->hash, DIGEST_BYTES);
    }
  }
  return true;
}

static bool
add_heads(Base *base, const Device *device, int64_t now_us, Reply *reply, GError **error)
{
  int64_t store_head = 0;
  int64_t cat_head = 0;
  if (!stream_head(base, device->store, &store_head, error) ||
      !stream_head(base, STREAM_CAT, &cat_head, error))
    return false;
  reply_int(reply, "store_head", store_head);
  reply_int(reply, "cat_head", cat_head);
  reply_int(reply, "hub_time", now_us);
  return true;
}

static bool
apply_push(Base *base,
           const Device *device,
           const Push *push,
           Chain *chain,
           int64_t now_us,
           Reply *reply,
           GError **error)
{
  g_auto(Reply) verdicts;
  reply_init(&verdicts);
  g_autoptr(DbWork) work = db_begin(base_db(base), error);
  if (!work || !apply_all(base, push, chain, &verdicts, error) ||
      !keep_chain(base, device, push->epoch, chain, error))
    return false;

  char hex[DIGEST_HEX];
  digest_hex(chain->hash, hex);
  g_string_append_c(reply->json, '{');
  reply_int(reply, "acked", chain->head);
  reply_text(reply, "hash", hex);
  g_string_append_printf(reply->json, ",\"verdicts\":[%s]", verdicts.json->str);
  if (!add_heads(base, device, now_us, reply, error))
    return false;
  g_string_append_c(reply->json, '}');
  return db_commit(work, error);
}

static void
refuse_gap(Reply *reply, int64_t want)
{
  reply->status = 409;
  g_string_append_c(reply->json, '{');
  reply_text(reply, "error", "gap");
  reply_text(reply, "message", "events before these are missing");
  reply_int(reply, "want", want);
  g_string_append_c(reply->json, '}');
}

static bool
read_push(Base *base,
          const Device *device,
          const char *json,
          gsize length,
          int64_t now_us,
          Push *push,
          bool *ret_good,
          GError **error)
{
  push->facts = g_array_new(FALSE, FALSE, sizeof(Fact));
  g_array_set_clear_func(push->facts, clear_fact);
  return base_is_json(base, json, length, ret_good, error) &&
         (!*ret_good || read_head(base, json, length, push, ret_good, error)) &&
         (!*ret_good ||
          read_events(base, json, length, device, now_us, push, ret_good, error));
}

bool
push_apply(Base *base,
           const Device *device,
           const char *json,
           gsize length,
           int64_t now_us,
           Reply *reply,
           GError **error)
{
  g_auto(Push) push = {0};
  bool is_good = false;
  bool is_forked = false;
  int64_t forked_at = 0;
  Chain chain;
  if (!read_push(base, device, json, length, now_us, &push, &is_good, error))
    return false;
  if (!is_good || push.facts->len == 0) {
    reply_refuse(reply, 400, "garbage", "this is no push");
    return true;
  }
  if (push.device != device->id) {
    reply_refuse(reply, 403, "refused", "the token is another device's");
    return true;
  }
  if (!find_chain(base, device, push.epoch, &chain, error))
    return false;
  if (push.base > chain.head) {
    refuse_gap(reply, chain.head + 1);
    return true;
  }
  if (!compare_chains(base, device, &push, &chain, &is_forked, &forked_at, error))
    return false;
  if (is_forked)
    return refuse_fork(base, &push, forked_at, reply, error);
  return apply_push(base, device, &push, &chain, now_us, reply, error);
}

typedef struct {
  int64_t proto, device, epoch, head, acked;
  char *head_hash; /* owned */
} Hello;

static void
hello_clear(Hello *hello)
{
  g_clear_pointer(&hello->head_hash, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Hello, hello_clear)

static bool
read_hello(Base *base,
           const char *json,
           gsize length,
           Hello *hello,
           bool *ret_good,
           GError **error)
{
  if (!base_is_json(base, json, length, ret_good, error))
    return false;
  if (!*ret_good)
    return true;
  g_auto(Query) q =
      query(base_db(base),
            "SELECT json_extract(:json, '$.proto'), json_extract(:json, '$.device'),"
            "       json_extract(:json, '$.epoch'), json_extract(:json, '$.head'),"
            "       json_extract(:json, '$.acked'), json_extract(:json, '$.head_hash'),"
            "       json_type(:json, '$.proto') IS 'integer'"
            "   AND json_type(:json, '$.device') IS 'integer'"
            "   AND json_type(:json, '$.epoch') IS 'integer'"
            "   AND json_type(:json, '$.head') IS 'integer'"
            "   AND json_type(:json, '$.acked') IS 'integer'"
            "   AND json_type(:json, '$.head_hash') IS 'text'");
  query_bind_text_n(&q, ":json", json, length);
  *ret_good = false;
  if (query_next(&q) && query_get_int(&q, 6)) {
    *hello = (Hello){query_get_int(&q, 0),
                     query_get_int(&q, 1),
                     query_get_int(&q, 2),
                     query_get_int(&q, 3),
                     query_get_int(&q, 4),
                     query_get_text(&q, 5)};
    *ret_good = true;
  }
  return query_done(&q, error);
}

/* A till may know less than we do and still be the same: a copy that was restored asks
 * about the epoch it had before. */
static bool
compare_chain_heads(Base *base,
                    const Device *device,
                    const Hello *hello,
                    const Chain *chain,
                    bool *ret_same,
                    GError **error)
{
  unsigned char ours[DIGEST_BYTES];
  char hex[DIGEST_HEX];
  bool is_found = false;
  *ret_same = true;
  if (hello->head > chain->head)
    return true; /* more than we have to compare it with */
  if (!hash_at(base, device, hello->epoch, hello->head, ours, &is_found, error))
    return false;
  digest_hex(ours, hex);
  *ret_same = is_found && g_ascii_strcasecmp(hex, hello->head_hash) == 0;
  return true;
}

static const char *
verdict_on(const Device *device, const Hello *hello, const Chain *chain, bool is_same)
{
  if (hello->proto != 1 || hello->device != device->id)
    return "refused";
  if (!is_same)
    return "fork";
  return chain->head < hello->acked ? "behind" : "ok";
}

bool
push_hello(Base *base,
           const Device *device,
           const char *json,
           gsize length,
           int64_t now_us,
           Reply *reply,
           GError **error)
{
  g_auto(Hello) hello = {0};
  bool is_good = false;
  Chain chain;
  if (!read_hello(base, json, length, &hello, &is_good, error))
    return false;
  if (!is_good) {
    reply_refuse(reply, 400, "garbage", "this is no hello");
    return true;
  }
  bool is_same = false;
  if (!find_chain(base, device, hello.epoch, &chain, error) ||
      !compare_chain_heads(base, device, &hello, &chain, &is_same, error))
    return false;
  g_string_append_c(reply->json, '{');
  reply_text(reply, "verdict", verdict_on(device, &hello, &chain, is_same));
  reply_int(reply, "acked", chain.head);
  if (!add_heads(base, device, now_us, reply, error))
    return false;
  reply_int(reply, "retry_after", 0);
  g_string_append_c(reply->json, '}');
  return true;
}
