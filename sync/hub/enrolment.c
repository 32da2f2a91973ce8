#include "sync/hub/enrolment.h"

#include <sodium.h>
#include <string.h>

#include "db/query.h"
#include "sync/hub/digest.h"
#include "sync/hub/stream.h"

#define TOKEN_BYTES   32
#define CODE_LETTERS  10
#define CODE_HOURS    24
#define LONGEST_HOURS 744
#define US_PER_HOUR   G_GINT64_CONSTANT(3600000000)

/* Crockford's base 32: no I, L, O, U, so that a code can be read out. */
static const char LETTERS[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static void
make_code(char ret[CODE_LETTERS + 2])
{
  for (int i = 0, n = 0; n < CODE_LETTERS; n++) {
    if (n == CODE_LETTERS / 2)
      ret[i++] = '-';
    ret[i++] = LETTERS[randombytes_uniform(32)];
  }
  ret[CODE_LETTERS + 1] = '\0';
}

/* As typed: case, dashes, blanks, O for 0, I and L for 1 do not matter. */
static void
hash_code(const char *code, unsigned char ret[DIGEST_BYTES])
{
  g_autoptr(GString) plain = g_string_new("guitai enrolment ");
  for (const char *p = code; *p && plain->len < 64; p++) {
    char c = g_ascii_toupper(*p);
    if (c == '-' || c == ' ')
      continue;
    g_string_append_c(plain, c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c);
  }
  digest_of(plain->str, plain->len, ret);
}

bool
enrolment_find(
    Base *base, const char *token, Device *ret_device, bool *ret_known, GError **error)
{
  unsigned char hash[DIGEST_BYTES];
  digest_of(token, strlen(token), hash);
  g_auto(Query) q =
      query(base_db(base), "SELECT id, store FROM device WHERE token_hash = :hash");
  query_bind_bytes(&q, ":hash", hash, sizeof hash);
  *ret_known = query_next(&q);
  if (*ret_known)
    *ret_device = (Device){query_get_int(&q, 0), query_get_int(&q, 1)};
  return query_done(&q, error);
}

/* Uses the code up. @ret_device: 0 when it is none that works. */
static bool
take_code(
    Base *base, const char *code, int64_t now_us, int64_t *ret_device, GError **error)
{
  unsigned char hash[DIGEST_BYTES];
  hash_code(code, hash);
  g_auto(Query) q =
      query(base_db(base),
            "DELETE FROM enrolment WHERE code_hash = :hash AND expires > :now"
            " RETURNING device");
  query_bind_bytes(&q, ":hash", hash, sizeof hash);
  query_bind_int(&q, ":now", now_us);
  *ret_device = query_next(&q) ? query_get_int(&q, 0) : 0;
  query_run(&q);
  return query_done(&q, error);
}

static bool
give_token(Base *base, int64_t device, const char *token, int64_t now_us, GError **error)
{
  unsigned char hash[DIGEST_BYTES];
  digest_of(token, strlen(token), hash);
  g_auto(Query) q =
      query(base_db(base),
            "UPDATE device SET token_hash = :hash, enrolled_at = :now,"
            "       epoch = 1 + max(epoch, coalesce((SELECT max(epoch) FROM chain"
            "                               WHERE chain.store = device.store"
            "                                 AND chain.device = device.id), 0))"
            " WHERE id = :device");
  query_bind_bytes(&q, ":hash", hash, sizeof hash);
  query_bind_int(&q, ":now", now_us);
  query_bind_int(&q, ":device", device);
  query_run(&q);
  return query_done(&q, error);
}

static bool
tell_identity(Base *base,
              int64_t device,
              const char *token,
              int64_t now_us,
              Reply *reply,
              GError **error)
{
  g_auto(Query) q = query(base_db(base),
                          "SELECT d.store, d.epoch, s.code, d.till FROM device d"
                          "  JOIN store s ON s.id = d.store WHERE d.id = :device");
  query_bind_int(&q, ":device", device);
  if (query_next(&q)) {
    g_string_append_c(reply->json, '{');
    reply_text(reply, "token", token);
    reply_int(reply, "store_id", query_get_int(&q, 0));
    reply_int(reply, "device_id", device);
    reply_int(reply, "epoch", query_get_int(&q, 1));
    reply_text(reply, "store_code", query_peek_text(&q, 2));
    reply_text(reply, "till_code", query_peek_text(&q, 3));
    reply_int(reply, "hub_time", now_us);
    g_string_append_c(reply->json, '}');
  }
  return query_done(&q, error);
}

bool
enrolment_redeem(
    Base *base, const char *code, int64_t now_us, Reply *reply, GError **error)
{
  unsigned char secret[TOKEN_BYTES];
  char token[2 * TOKEN_BYTES + 1];
  int64_t device = 0;
  g_autoptr(DbWork) work = db_begin(base_db(base), error);
  if (!work || !take_code(base, code, now_us, &device, error))
    return false;
  if (device == 0) {
    reply_refuse(reply, 403, "refused", "this code is wrong, used or too old");
    return true;
  }
  randombytes_buf(secret, sizeof secret);
  digest_hex(secret, token);
  sodium_memzero(secret, sizeof secret);
  bool is_done = give_token(base, device, token, now_us, error) &&
                 tell_identity(base, device, token, now_us, reply, error) &&
                 db_commit(work, error);
  sodium_memzero(token, sizeof token);
  return is_done;
}

bool
enrolment_store_id(Base *base, const char *store_code, int64_t *ret_id, GError **error)
{
  g_auto(Query) q = query(base_db(base), "SELECT id FROM store WHERE code = :code");
  query_bind_text(&q, ":code", store_code);
  *ret_id = query_next(&q) ? query_get_int(&q, 0) : 0;
  return query_done(&q, error);
}

/* @ret_outcome: (static): "new", "changed", "same". */
static bool
upsert_store(Base *base,
             const char *json,
             gsize length,
             int64_t *ret_id,
             const char **ret_outcome,
             GError **error)
{
  g_auto(Query) q =
      query(base_db(base),
            "INSERT INTO store (code, name, address, phone, round_step,"
            "                   otc_a_when_absent, ver)"
            " VALUES (json_extract(:json, '$.code'), json_extract(:json, '$.name'),"
            "         coalesce(json_extract(:json, '$.address'), ''),"
            "         coalesce(json_extract(:json, '$.phone'), ''),"
            "         coalesce(json_extract(:json, '$.round_step'), 10),"
            "         coalesce(json_extract(:json, '$.otc_a_when_absent'), 'block'), 1)"
            " ON CONFLICT (code) DO UPDATE SET name = excluded.name,"
            "   address = excluded.address, phone = excluded.phone,"
            "   round_step = excluded.round_step,"
            "   otc_a_when_absent = excluded.otc_a_when_absent, ver = ver + 1"
            " WHERE (name, address, phone, round_step, otc_a_when_absent)"
            "    IS NOT (excluded.name, excluded.address, excluded.phone,"
            "            excluded.round_step, excluded.otc_a_when_absent)"
            " RETURNING id, ver");
  query_bind_text_n(&q, ":json", json, length);
  *ret_id = 0;
  *ret_outcome = "same";
  if (query_next(&q)) {
    *ret_id = query_get_int(&q, 0);
    *ret_outcome = query_get_int(&q, 1) == 1 ? "new" : "changed";
  }
  query_run(&q);
  return query_done(&q, error);
}

static bool
publish_store(Base *base, int64_t id, GError **error)
{
  g_autofree char *body = NULL;
  int64_t version = 0;
  {
    g_auto(Query) q =
        query(base_db(base),
              "SELECT ver, json_object('store_id', id, 'code', code, 'name', name,"
              "                        'address', address, 'phone', phone,"
              "                        'round_step', round_step,"
              "                        'otc_a_when_absent', otc_a_when_absent)"
              "  FROM store WHERE id = :id");
    query_bind_int(&q, ":id", id);
    if (query_next(&q)) {
      version = query_get_int(&q, 0);
      body = query_get_text(&q, 1);
    }
    if (!query_done(&q, error))
      return false;
  }
  g_autofree char *key = g_strdup_printf("%" G_GINT64_FORMAT, id);
  return stream_put(base, id, "store", key, version, body, error);
}

bool
enrolment_put_store(
    Base *base, const char *json, gsize length, Reply *reply, GError **error)
{
  const char *outcome = "";
  int64_t id = 0;
  if (!upsert_store(base, json, length, &id, &outcome, error) ||
      (id != 0 && !publish_store(base, id, error)))
    return false;
  g_string_append_c(reply->json, '{');
  reply_int(reply, "store_id", id);
  reply_text(reply, "outcome", outcome);
  g_string_append_c(reply->json, '}');
  return true;
}

/* @ret_device: 0 when the store is unknown. */
static bool
find_till(Base *base, const char *json, gsize length, int64_t *ret_device, GError **error)
{
  g_auto(Query) q = query(base_db(base),
                          "SELECT d.id FROM store s JOIN device d ON d.store = s.id"
                          "   AND d.till = json_extract(:json, '$.till')"
                          " WHERE s.code = json_extract(:json, '$.store')");
  query_bind_text_n(&q, ":json", json, length);
  *ret_device = query_next(&q) ? query_get_int(&q, 0) : 0;
  return query_done(&q, error);
}

static bool
insert_till(Base *base, const char *json, gsize length, GError **error)
{
  g_auto(Query) q = query(base_db(base),
                          "INSERT INTO device (store, till)"
                          " SELECT id, json_extract(:json, '$.till') FROM store"
                          "  WHERE code = json_extract(:json, '$.store')"
                          " ON CONFLICT DO NOTHING");
  query_bind_text_n(&q, ":json", json, length);
  query_run(&q);
  return query_done(&q, error);
}

static bool
keep_code(Base *base, int64_t device, const char *code, int64_t expires, GError **error)
{
  unsigned char hash[DIGEST_BYTES];
  hash_code(code, hash);
  g_auto(Query) q =
      query(base_db(base),
            "INSERT INTO enrolment (device, code_hash, expires)"
            " VALUES (:device, :hash, :expires)"
            " ON CONFLICT (device) DO UPDATE"
            " SET code_hash = excluded.code_hash, expires = excluded.expires");
  query_bind_int(&q, ":device", device);
  query_bind_bytes(&q, ":hash", hash, sizeof hash);
  query_bind_int(&q, ":expires", expires);
  query_run(&q);
  return query_done(&q, error);
}

static bool
read_hours(Base *base, const char *json, gsize length, int64_t *ret_hours, GError **error)
{
  g_auto(Query) q =
      query(base_db(base), "SELECT coalesce(json_extract(:json, '$.hours'), :hours)");
  query_bind_text_n(&q, ":json", json, length);
  query_bind_int(&q, ":hours", CODE_HOURS);
  int64_t hours = query_next(&q) ? query_get_int(&q, 0) : CODE_HOURS;
  *ret_hours = CLAMP(hours, 1, LONGEST_HOURS);
  return query_done(&q, error);
}

bool
enrolment_put_till(Base *base,
                   const char *json,
                   gsize length,
                   int64_t now_us,
                   Reply *reply,
                   GError **error)
{
  char code[CODE_LETTERS + 2];
  int64_t device = 0;
  int64_t hours = 0;
  if (!insert_till(base, json, length, error) ||
      !find_till(base, json, length, &device, error) ||
      !read_hours(base, json, length, &hours, error))
    return false;
  if (device == 0) {
    reply_refuse(reply, 404, "unknown_store", "there is no store of this code");
    return true;
  }
  make_code(code);
  int64_t expires = now_us + hours * US_PER_HOUR;
  if (!keep_code(base, device, code, expires, error))
    return false;
  g_string_append_c(reply->json, '{');
  reply_text(reply, "code", code);
  reply_int(reply, "device_id", device);
  reply_int(reply, "expires", expires);
  g_string_append_c(reply->json, '}');
  return true;
}

static bool
forget_token(Base *base, int64_t device, GError **error)
{
  g_auto(Query) q =
      query(base_db(base), "UPDATE device SET token_hash = NULL WHERE id = :device");
  query_bind_int(&q, ":device", device);
  query_run(&q);
  return query_done(&q, error);
}

static bool
forget_code(Base *base, int64_t device, GError **error)
{
  g_auto(Query) q = query(base_db(base), "DELETE FROM enrolment WHERE device = :device");
  query_bind_int(&q, ":device", device);
  query_run(&q);
  return query_done(&q, error);
}

bool
enrolment_end_till(
    Base *base, const char *json, gsize length, Reply *reply, GError **error)
{
  int64_t device = 0;
  if (!find_till(base, json, length, &device, error))
    return false;
  if (device == 0) {
    reply_refuse(reply, 404, "unknown_till", "there is no till of this code");
    return true;
  }
  g_string_append(reply->json, "{\"outcome\":\"changed\"}");
  return forget_token(base, device, error) && forget_code(base, device, error);
}

bool
enrolment_list(Base *base, GString *ret_json, GError **error)
{
  g_auto(Query) q = query(
      base_db(base),
      "SELECT json_object('stores', coalesce((SELECT json_group_array(json_object("
      "         'code', code, 'name', name, 'address', address, 'phone', phone, 'tills',"
      "         (SELECT json_group_array(json_object('till', till, 'device_id', id,"
      "                   'epoch', epoch, 'enrolled', json(iif(token_hash IS NULL,"
      "                                                       'false', 'true'))))"
      "            FROM (SELECT * FROM device WHERE store = s.id ORDER BY till) /* scan "
      "*/)"
      "       )) FROM (SELECT * FROM store ORDER BY code) s /* scan */), json('[]')))");
  if (query_next(&q))
    g_string_append(ret_json, query_peek_text(&q, 0));
  return query_done(&q, error);
}
