#include "db/catalogue_store.h"

#include <sodium.h>
#include <string.h>

#include "app/domain/person.h"
#include "db/article_row.h"
#include "db/query.h"

#define STREAM         "cat"
#define SALT_BYTES     16
#define VERIFIER_BYTES 32

int64_t
catalogue_store_position(Db *catalogue)
{
  return feed_position(catalogue, STREAM);
}

static bool
put_price(Db *catalogue, const FeedChange *change, GError **error)
{
  g_auto(Query) q =
      query(catalogue,
            "INSERT INTO price (product, unit, tier, from_us, to_us, fen, reason, ver)"
            " VALUES (:body ->> 'product', :body ->> 'unit', coalesce(:body ->> 'tier', "
            "'shelf'),"
            "         coalesce(:body ->> 'from', 0), :body ->> 'to', :body ->> 'fen',"
            "         coalesce(:body ->> 'reason', ''), :ver)"
            " ON CONFLICT (product, unit, tier, from_us) DO UPDATE SET"
            "   to_us = excluded.to_us, fen = excluded.fen, reason = excluded.reason,"
            "   ver = excluded.ver WHERE excluded.ver > ver");
  query_bind_text(&q, ":body", change->body);
  query_bind_int(&q, ":ver", change->ver);
  query_run(&q);
  return query_done(&q, error);
}

/* Cuts @text at its last slash. @return what stood behind it; NULL: there is none. */
static char *
cut_last(char *text)
{
  char *slash = strrchr(text, '/');
  if (slash)
    *slash++ = '\0';
  return slash;
}

/* Key "<product>/<unit>/<tier>/<from>"; a unit may have slashes of its own. */
static bool
drop_price(Db *catalogue, const FeedChange *change, GError **error)
{
  g_autofree char *key = g_strdup(change->key);
  const char *from = cut_last(key);
  const char *tier = from ? cut_last(key) : NULL;
  char *unit = tier ? strchr(key, '/') : NULL;
  if (!unit) {
    g_set_error(error, DB_ERROR, DB_ERROR_REFUSED, "no key of a price");
    return false;
  }
  *unit++ = '\0';
  g_auto(Query) q =
      query(catalogue,
            "DELETE FROM price WHERE product = CAST(:product AS INTEGER)"
            "   AND unit = :unit AND tier = :tier AND from_us = CAST(:from AS INTEGER)"
            "   AND ver < :ver");
  query_bind_text(&q, ":product", key);
  query_bind_text(&q, ":unit", unit);
  query_bind_text(&q, ":tier", tier);
  query_bind_text(&q, ":from", from);
  query_bind_int(&q, ":ver", change->ver);
  query_run(&q);
  return query_done(&q, error);
}

/* The PIN as it may be kept: salt, cost, and the verifier's mark. */
typedef struct {
  unsigned char salt[SALT_BYTES], mark[VERIFIER_BYTES];
  int64_t ops, mem;
  bool there;
} Pin;

static bool
unhex(const char *hex, unsigned char *ret, gsize length)
{
  gsize read = 0;
  return sodium_hex2bin(ret, length, hex, strlen(hex), NULL, &read, NULL) == 0 &&
         read == length;
}

static bool
read_pin(Db *catalogue, const Seal *seal, const char *body, Pin *ret, GError **error)
{
  unsigned char verifier[VERIFIER_BYTES];
  g_auto(Query) q = query(catalogue,
                          "SELECT :body ->> '$.pin.salt', :body ->> '$.pin.verifier',"
                          "       :body ->> '$.pin.ops', :body ->> '$.pin.mem'");
  query_bind_text(&q, ":body", body);
  if (query_next(&q)) {
    ret->there = seal && unhex(query_peek_text(&q, 0), ret->salt, SALT_BYTES) &&
                 unhex(query_peek_text(&q, 1), verifier, VERIFIER_BYTES);
    ret->ops = query_get_int(&q, 2);
    ret->mem = query_get_int(&q, 3);
  }
  if (ret->there)
    seal_mark(seal, "pin", verifier, VERIFIER_BYTES, ret->mark);
  sodium_memzero(verifier, sizeof verifier);
  return query_done(&q, error);
}

static bool
put_staff(Db *catalogue, const Seal *seal, const FeedChange *change, GError **error)
{
  Pin pin = {0};
  if (!read_pin(catalogue, seal, change->body, &pin, error))
    return false;
  g_auto(Query) q = query(
      catalogue,
      "INSERT INTO staff (number, id, name, role, rights, discount_limit_bp, active,"
      "                   badge, pin_salt, pin_mark, pin_ops, pin_mem, ver,"
      "                   price_limit_bp, refund_limit, count_limit,"
      "                   reg_kind, reg_number, reg_scopes, reg_from, reg_to)"
      " VALUES (:body ->> 'number', coalesce(:body ->> 'id', 0), :body ->> 'name',"
      "         coalesce(:body ->> 'role', 0),"
      "         coalesce(:body ->> 'rights', 0)"
      "           | iif(:body ->> 'role' = :manager"
      "                 AND json_type(:body, '$.price_limit_bp') IS NULL, :grown, 0),"
      "         coalesce(:body ->> 'discount_limit_bp', 0),"
      "         coalesce(:body ->> 'active', 1), coalesce(:body ->> 'badge', ''),"
      "         :salt, :mark, :ops, :mem, :ver,"
      "         coalesce(:body ->> 'price_limit_bp', 0),"
      "         coalesce(:body ->> 'refund_limit', 0),"
      "         coalesce(:body ->> 'count_limit', 0),"
      "         coalesce(:body ->> '$.registration.kind', 0),"
      "         coalesce(:body ->> '$.registration.number', ''),"
      "         coalesce(:body ->> '$.registration.scopes', 0),"
      "         coalesce(:body ->> '$.registration.from', 0),"
      "         coalesce(:body ->> '$.registration.to', 0))"
      " ON CONFLICT (number) DO UPDATE SET id = excluded.id, name = excluded.name,"
      "   role = excluded.role, rights = excluded.rights,"
      "   discount_limit_bp = excluded.discount_limit_bp, active = excluded.active,"
      "   badge = excluded.badge, pin_salt = excluded.pin_salt,"
      "   pin_mark = excluded.pin_mark, pin_ops = excluded.pin_ops,"
      "   pin_mem = excluded.pin_mem, ver = excluded.ver,"
      "   price_limit_bp = excluded.price_limit_bp,"
      "   refund_limit = excluded.refund_limit, count_limit = excluded.count_limit,"
      "   reg_kind = excluded.reg_kind, reg_number = excluded.reg_number,"
      "   reg_scopes = excluded.reg_scopes, reg_from = excluded.reg_from,"
      "   reg_to = excluded.reg_to WHERE excluded.ver > ver");
  query_bind_text(&q, ":body", change->body);
  /* Before these rights had bits of their own, every manager had them. */
  query_bind_int(&q, ":manager", ROLE_MANAGER);
  query_bind_int(&q, ":grown", RIGHT_REFUND | RIGHT_AUDIT | RIGHT_STAFF);
  if (pin.there) {
    query_bind_bytes(&q, ":salt", pin.salt, SALT_BYTES);
    query_bind_bytes(&q, ":mark", pin.mark, VERIFIER_BYTES);
  }
  query_bind_int(&q, ":ops", pin.ops);
  query_bind_int(&q, ":mem", pin.mem);
  query_bind_int(&q, ":ver", change->ver);
  query_run(&q);
  return query_done(&q, error);
}

/* Who left stays on file without a PIN, because documents name them. */
static bool
drop_staff(Db *catalogue, const FeedChange *change, GError **error)
{
  g_auto(Query) q =
      query(catalogue,
            "UPDATE staff SET active = 0, badge = '', pin_salt = NULL, pin_mark = NULL,"
            "                 ver = :ver WHERE number = :number AND ver < :ver");
  query_bind_text(&q, ":number", change->key);
  query_bind_int(&q, ":ver", change->ver);
  query_run(&q);
  return query_done(&q, error);
}

/* What applying a page needs beside it. */
typedef struct {
  const Seal *seal;
  SearchBatch *batch;
} Context;

static bool
apply_article(Db *catalogue, const FeedChange *change, SearchBatch *batch, GError **error)
{
  int64_t id = g_ascii_strtoll(change->key, NULL, 10);
  return change->is_delete
             ? article_row_retire(catalogue, id, change->ver, batch, error)
             : article_row_put(catalogue, change->body, change->ver, batch, error);
}

static bool
apply(Db *catalogue,
      const FeedChange *change,
      gpointer data,
      bool *ret_known,
      GError **error)
{
  const Context *context = data;
  if (strcmp(change->type, "price") == 0)
    return change->is_delete ? drop_price(catalogue, change, error)
                             : put_price(catalogue, change, error);
  if (strcmp(change->type, "article") == 0)
    return apply_article(catalogue, change, context->batch, error);
  if (strcmp(change->type, "staff") == 0)
    return change->is_delete ? drop_staff(catalogue, change, error)
                             : put_staff(catalogue, context->seal, change, error);
  *ret_known = false;
  return true;
}

static bool
finish(Db *catalogue, gpointer data, GError **error)
{
  const Context *context = data;
  return search_batch_write(context->batch, catalogue, error);
}

bool
catalogue_store_apply(Db *catalogue,
                      const Seal *seal,
                      const char *page,
                      gsize length,
                      int *ret_changes,
                      GError **error)
{
  g_autoptr(SearchBatch) batch = search_batch_new();
  Context context = {.seal = seal, .batch = batch};
  const FeedWork work = {
      .stream = STREAM, .apply = apply, .finish = finish, .data = &context};
  return feed_apply(catalogue, &work, page, length, ret_changes, error);
}

#define MARKS 2000 /* articles that the index is told of at once */

bool
catalogue_store_mark_stocked(
    Db *catalogue, const int64_t *ids, guint n, bool stocked, GError **error)
{
  g_autoptr(SearchBatch) batch = search_batch_new();
  g_autoptr(DbWork) work = db_begin(catalogue, error);
  if (!work)
    return false;
  for (guint i = 0; i < n; i++) {
    bool full = i % MARKS == MARKS - 1 || i == n - 1;
    if (!article_row_restock(catalogue, ids[i], stocked, batch, error) ||
        (full && !search_batch_write(batch, catalogue, error)))
      return false;
  }
  return db_commit(work, error);
}
