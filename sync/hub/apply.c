#include "sync/hub/apply.h"

#include <string.h>

#include "app/domain/quantity.h"
#include "db/query.h"
#include "sync/hub/duty_book.h"
#include "sync/hub/ledger.h"

void
fact_clear(Fact *fact)
{
  g_free(fact->type);
  g_clear_pointer(&fact->body, g_bytes_unref);
  *fact = (Fact){0};
}

const char *
fact_verdict_word(FactVerdict verdict)
{
  static const char *const WORDS[] = {"ok", "dup", "exception", "quarantined"};
  return WORDS[verdict];
}

static void
bind_place(Query *q, const Fact *fact)
{
  query_bind_int(q, ":store", fact->store);
  query_bind_int(q, ":device", fact->device);
  query_bind_int(q, ":epoch", fact->epoch);
  query_bind_int(q, ":seq", fact->seq);
}

static void
bind_body(Query *q, const Fact *fact)
{
  gsize length = 0;
  const char *text = g_bytes_get_data(fact->body, &length);
  query_bind_text_n(q, ":body", text, length);
}

/* The gate. @ret_new: false when the event is in already. */
static bool
insert_inbox(Base *base, const Fact *fact, bool *ret_new, GError **error)
{
  g_auto(Query) q = query(
      base_db(base),
      "INSERT INTO inbox (store, device, epoch, seq, hash, type, v, at, received, body)"
      " VALUES (:store, :device, :epoch, :seq, :hash, :type, :v, :at, :received, :body)"
      " ON CONFLICT DO NOTHING");
  gsize length = 0;
  const void *bytes = g_bytes_get_data(fact->body, &length);
  bind_place(&q, fact);
  query_bind_bytes(&q, ":hash", fact->hash, DIGEST_BYTES);
  query_bind_text(&q, ":type", fact->type);
  query_bind_int(&q, ":v", fact->v);
  query_bind_int(&q, ":at", fact->at_us);
  query_bind_int(&q, ":received", fact->now_us);
  query_bind_bytes(&q, ":body", length ? bytes : "", length);
  query_run(&q);
  *ret_new = query_changes(&q) > 0;
  return query_done(&q, error);
}

static bool
quarantine(
    Base *base, const Fact *fact, const char *code, const char *detail, GError **error)
{
  g_auto(Query) q =
      query(base_db(base),
            "INSERT INTO quarantine (store, device, epoch, seq, code, detail)"
            " VALUES (:store, :device, :epoch, :seq, :code, :detail)");
  bind_place(&q, fact);
  query_bind_text(&q, ":code", code);
  query_bind_text(&q, ":detail", detail);
  query_run(&q);
  return query_done(&q, error);
}

static bool
open_exception(
    Base *base, const Fact *fact, const char *code, const char *detail, GError **error)
{
  g_auto(Query) q =
      query(base_db(base),
            "INSERT INTO exception (store, device, epoch, seq, code, detail)"
            " VALUES (:store, :device, :epoch, :seq, :code, :detail)");
  bind_place(&q, fact);
  query_bind_text(&q, ":code", code);
  query_bind_text(&q, ":detail", detail);
  query_run(&q);
  return query_done(&q, error);
}

static bool
is_json_object(Base *base, const Fact *fact, bool *ret, GError **error)
{
  gsize length = 0;
  const char *text = g_bytes_get_data(fact->body, &length);
  if (!base_is_json(base, text, length, ret, error))
    return false;
  if (!*ret)
    return true;
  g_auto(Query) q = query(base_db(base), "SELECT json_type(:body) = 'object'");
  bind_body(&q, fact);
  *ret = query_next(&q) && query_get_int(&q, 0) != 0;
  return query_done(&q, error);
}

static bool
insert_sale(Base *base, const Fact *fact, GError **error)
{
  g_auto(Query) q = query(
      base_db(base),
      "INSERT INTO sale (store, device, epoch, seq, uid, number, at, biz_date, shift,"
      "                  staff, gross, discount, rounding, due, tax)"
      " VALUES (:store, :device, :epoch, :seq, json_extract(:body, '$.uid'),"
      "         json_extract(:body, '$.number'), json_extract(:body, '$.at'),"
      "         json_extract(:body, '$.biz_date'), json_extract(:body, '$.shift'),"
      "         json_extract(:body, '$.staff'), json_extract(:body, '$.gross'),"
      "         json_extract(:body, '$.discount'), json_extract(:body, '$.rounding'),"
      "         json_extract(:body, '$.due'), json_extract(:body, '$.tax'))");
  bind_place(&q, fact);
  bind_body(&q, fact);
  query_run(&q);
  return query_done(&q, error);
}

static bool
insert_lines(Base *base, const Fact *fact, GError **error)
{
  g_auto(Query) q = query(
      base_db(base),
      "INSERT INTO sale_line (store, device, epoch, seq, n, product, name, unit,"
      "                       unit_base, qty, price, price_source, discount, net, tax,"
      "                       lot, expiry, approver)"
      " SELECT :store, :device, :epoch, :seq, json_extract(value, '$.n'),"
      "        json_extract(value, '$.product'), json_extract(value, '$.name'),"
      "        json_extract(value, '$.unit'), json_extract(value, '$.unit_base'),"
      "        json_extract(value, '$.qty'), json_extract(value, '$.price'),"
      "        json_extract(value, '$.price_source'), json_extract(value, '$.discount'),"
      "        json_extract(value, '$.net'), json_extract(value, '$.tax'),"
      "        json_extract(value, '$.lot'), json_extract(value, '$.expiry'),"
      "        json_extract(value, '$.approver')"
      "   FROM json_each(:body, '$.lines') /* scan */ WHERE type = 'object'");
  bind_place(&q, fact);
  bind_body(&q, fact);
  query_run(&q);
  return query_done(&q, error);
}

static bool
insert_tenders(Base *base, const Fact *fact, GError **error)
{
  g_auto(Query) q = query(
      base_db(base),
      "INSERT INTO tender (store, device, epoch, seq, n, kind, amount, given,"
      "                    reference)"
      " SELECT :store, :device, :epoch, :seq, key + 1, json_extract(value, '$.kind'),"
      "        json_extract(value, '$.amount'), json_extract(value, '$.given'),"
      "        json_extract(value, '$.reference')"
      "   FROM json_each(:body, '$.tenders') /* scan */ WHERE type = 'object'");
  bind_place(&q, fact);
  bind_body(&q, fact);
  query_run(&q);
  return query_done(&q, error);
}

static bool
insert_movements(Base *base, const Fact *fact, GError **error)
{
  g_auto(Query) q = query(
      base_db(base),
      "INSERT INTO movement (store, device, epoch, seq, n, at, product, lot, expiry,"
      "                      location, qty, kind, doc)"
      " SELECT :store, :device, :epoch, :seq, json_extract(value, '$.n'),"
      "        json_extract(:body, '$.at'), json_extract(value, '$.product'),"
      "        coalesce(json_extract(value, '$.lot'), ''),"
      "        coalesce(json_extract(value, '$.expiry'), 0),"
      "        coalesce(json_extract(value, '$.location'), ''),"
      "        json_extract(value, '$.qty'),"
      "        coalesce(json_extract(value, '$.kind'), json_extract(:body, '$.kind')),"
      "        json_extract(:body, '$.uid')"
      "   FROM json_each(:body, '$.movements') /* scan */ WHERE type = 'object'");
  bind_place(&q, fact);
  bind_body(&q, fact);
  query_run(&q);
  return query_done(&q, error);
}

/* The arrays must be there and hold objects only: a half document is none. */
static bool
has_arrays(Base *base, const Fact *fact, bool is_sale, bool *ret, GError **error)
{
  g_auto(Query) q =
      query(base_db(base),
            "SELECT json_type(:body, '$.movements') IS 'array'"
            "   AND (NOT :sale OR (json_type(:body, '$.lines') IS 'array'"
            "                      AND json_type(:body, '$.tenders') IS 'array'))"
            "   AND NOT EXISTS (SELECT 1 FROM json_each(:body, '$.movements') /* scan */"
            "                    WHERE type <> 'object')"
            "   AND NOT EXISTS (SELECT 1 FROM json_each(:body, '$.lines') /* scan */"
            "                    WHERE type <> 'object')"
            "   AND NOT EXISTS (SELECT 1 FROM json_each(:body, '$.tenders') /* scan */"
            "                    WHERE type <> 'object')");
  query_bind_int(&q, ":sale", is_sale);
  bind_body(&q, fact);
  *ret = query_next(&q) && query_get_int(&q, 0) != 0;
  return query_done(&q, error);
}

typedef struct {
  Money gross, discount, net, tax;
  bool is_right; /* each line follows from its own price and quantity */
} LineSums;

static bool
sum_lines(Base *base, const Fact *fact, LineSums *ret, GError **error)
{
  g_auto(Query) q = query(
      base_db(base),
      "SELECT qty, price, unit_base, discount, net, tax FROM sale_line"
      " WHERE store = :store AND device = :device AND epoch = :epoch AND seq = :seq");
  bind_place(&q, fact);
  LineSums sums = {.is_right = true};
  while (query_next(&q)) {
    Money gross =
        quantity_price(query_get_int(&q, 0), query_get_int(&q, 1), query_get_int(&q, 2));
    sums.gross += gross;
    sums.discount += query_get_int(&q, 3);
    sums.net += query_get_int(&q, 4);
    sums.tax += query_get_int(&q, 5);
    sums.is_right = sums.is_right && query_get_int(&q, 4) == gross - query_get_int(&q, 3);
  }
  *ret = sums;
  return query_done(&q, error);
}

/* The sale's own totals, against its lines and its tenders (I8). */
static bool
judge_sums(Base *base, const Fact *fact, const char **ret_code, GError **error)
{
  LineSums sums = {0};
  if (!sum_lines(base, fact, &sums, error))
    return false;
  g_auto(Query) q = query(
      base_db(base),
      "SELECT gross = :gross AND discount = :discount AND tax = :tax"
      "   AND due = :net - rounding"
      "   AND due = (SELECT coalesce(sum(amount), 0) FROM tender t"
      "               WHERE t.store = :store AND t.device = :device AND t.epoch = :epoch"
      "                 AND t.seq = :seq)"
      "  FROM sale"
      " WHERE store = :store AND device = :device AND epoch = :epoch AND seq = :seq");
  bind_place(&q, fact);
  query_bind_int(&q, ":gross", sums.gross);
  query_bind_int(&q, ":discount", sums.discount);
  query_bind_int(&q, ":net", sums.net);
  query_bind_int(&q, ":tax", sums.tax);
  bool is_right = query_next(&q) && query_get_int(&q, 0) != 0 && sums.is_right;
  if (!query_done(&q, error))
    return false;
  if (is_right)
    return true;
  *ret_code = "sum_mismatch";
  return open_exception(base,
                        fact,
                        "sum_mismatch",
                        "lines, tenders and totals of the sale do not agree",
                        error);
}

static bool
judge_products(Base *base, const Fact *fact, const char **ret_code, GError **error)
{
  g_autofree char *detail = NULL;
  {
    g_auto(Query) q = query(
        base_db(base),
        "SELECT product FROM"
        " (SELECT product FROM movement"
        "   WHERE store = :store AND device = :device AND epoch = :epoch AND seq = :seq"
        "  UNION SELECT product FROM sale_line"
        "   WHERE store = :store AND device = :device AND epoch = :epoch AND seq = :seq)"
        " /* scan */ WHERE NOT EXISTS (SELECT 1 FROM article WHERE id = product)"
        " ORDER BY 1 LIMIT 1");
    bind_place(&q, fact);
    if (query_next(&q))
      detail = g_strdup_printf("product %" G_GINT64_FORMAT, query_get_int(&q, 0));
    if (!query_done(&q, error))
      return false;
  }
  if (!detail)
    return true;
  *ret_code = "unknown_product";
  return open_exception(base, fact, "unknown_product", detail, error);
}

/* Takes that leave less than nothing: the books or the shelf were wrong before. */
static bool
judge_stock(Base *base, const Fact *fact, const char **ret_code, GError **error)
{
  g_autofree char *detail = NULL;
  {
    g_auto(Query) q =
        query(base_db(base),
              "SELECT b.product, b.lot, b.qty FROM movement m JOIN balance b"
              "    ON b.store = m.store AND b.product = m.product AND b.lot = m.lot"
              "   AND b.expiry = m.expiry AND b.location = m.location"
              " WHERE m.store = :store AND m.device = :device AND m.epoch = :epoch"
              "   AND m.seq = :seq AND m.qty < 0 AND b.qty < 0"
              " ORDER BY m.n LIMIT 1");
    bind_place(&q, fact);
    if (query_next(&q))
      detail =
          g_strdup_printf("product %" G_GINT64_FORMAT " lot %s is at %" G_GINT64_FORMAT,
                          query_get_int(&q, 0),
                          query_peek_text(&q, 1),
                          query_get_int(&q, 2));
    if (!query_done(&q, error))
      return false;
  }
  if (!detail)
    return true;
  *ret_code = "oversell";
  return open_exception(base, fact, "oversell", detail, error);
}

static bool
apply_stock(Base *base, const Fact *fact, const char **ret_code, GError **error)
{
  return insert_movements(base, fact, error) &&
         ledger_book(base, fact->store, fact->device, fact->epoch, fact->seq, error) &&
         judge_stock(base, fact, ret_code, error) &&
         judge_products(base, fact, ret_code, error);
}

static bool
is_known_sale(Base *base, const Fact *fact, bool *ret, GError **error)
{
  g_auto(Query) q = query(base_db(base),
                          "SELECT 1 FROM sale WHERE store = :store"
                          "   AND uid = json_extract(:body, '$.uid')");
  query_bind_int(&q, ":store", fact->store);
  bind_body(&q, fact);
  *ret = query_next(&q);
  return query_done(&q, error);
}

static bool
apply_sale(Base *base, const Fact *fact, const char **ret_code, GError **error)
{
  bool is_known = false;
  if (!is_known_sale(base, fact, &is_known, error))
    return false;
  if (is_known) {
    *ret_code = "uid_again";
    return open_exception(
        base, fact, "uid_again", "this sale is in the books under another event", error);
  }
  return insert_sale(base, fact, error) && insert_lines(base, fact, error) &&
         insert_tenders(base, fact, error) && judge_sums(base, fact, ret_code, error) &&
         apply_stock(base, fact, ret_code, error);
}

/* Events whose bytes in the inbox are all there is to keep of them (yet). */
static bool
is_plain(const char *type)
{
  static const char *const PLAIN[] = {"shift.open", "shift.close", "audit.note", NULL};
  return g_strv_contains(PLAIN, type);
}

/* @return the code of a fault of form, NULL when the body can be booked. */
static bool
judge_form(Base *base, const Fact *fact, const char **ret_fault, GError **error)
{
  bool is_sale = strcmp(fact->type, "sale") == 0;
  bool is_move = strcmp(fact->type, "stock.move") == 0;
  bool is_object = false;
  bool is_whole = true;
  if (!is_json_object(base, fact, &is_object, error))
    return false;
  if (is_object && (is_sale || is_move) &&
      !has_arrays(base, fact, is_sale, &is_whole, error))
    return false;
  *ret_fault = NULL;
  if (!is_object)
    *ret_fault = "not_json";
  else if (!is_sale && !is_move && strcmp(fact->type, "duty") != 0 &&
           !is_plain(fact->type))
    *ret_fault = "unknown_type";
  else if (fact->v != 1)
    *ret_fault = "unknown_version";
  else if (!is_whole)
    *ret_fault = "bad_body";
  return true;
}

static bool
run_plain(Base *base, Query q, GError **error)
{
  g_auto(Query) used = q;
  query_run(&used);
  return query_done(&used, error);
}

static bool
book(Base *base, const Fact *fact, const char **ret_code, GError **error)
{
  if (strcmp(fact->type, "sale") == 0)
    return apply_sale(base, fact, ret_code, error);
  if (strcmp(fact->type, "stock.move") == 0)
    return apply_stock(base, fact, ret_code, error);
  if (strcmp(fact->type, "duty") == 0)
    return duty_book_apply(base, fact, error);
  return true;
}

/* Books it inside a savepoint: the schema's own checks are the last judge of a body, and
 * what they refuse leaves no trace but the quarantine row. */
static bool
try_to_book(Base *base,
            const Fact *fact,
            const char **ret_code,
            FactVerdict *ret_verdict,
            GError **error)
{
  Db *db = base_db(base);
  GError *failure = NULL;
  const char *code = "";
  if (!run_plain(base, query(db, "SAVEPOINT fact"), error))
    return false;
  if (book(base, fact, &code, &failure)) {
    *ret_verdict = *code ? FACT_EXCEPTION : FACT_OK;
    *ret_code = code;
    return run_plain(base, query(db, "RELEASE fact"), error);
  }
  if (!g_error_matches(failure, DB_ERROR, DB_ERROR_REFUSED)) {
    g_propagate_error(error, failure);
    return false;
  }
  g_autoptr(GError) why = failure;
  *ret_verdict = FACT_QUARANTINED;
  *ret_code = "bad_body";
  return run_plain(base, query(db, "ROLLBACK TO fact"), error) &&
         run_plain(base, query(db, "RELEASE fact"), error) &&
         quarantine(base, fact, "bad_body", why->message, error);
}

bool
apply_fact(Base *base,
           const Fact *fact,
           FactVerdict *ret_verdict,
           const char **ret_code,
           GError **error)
{
  bool is_new = false;
  const char *fault = NULL;
  *ret_code = "";
  if (!insert_inbox(base, fact, &is_new, error))
    return false;
  if (!is_new) {
    *ret_verdict = FACT_DUP;
    return true;
  }
  if (!judge_form(base, fact, &fault, error))
    return false;
  if (!fault)
    return try_to_book(base, fact, ret_code, ret_verdict, error);
  *ret_verdict = FACT_QUARANTINED;
  *ret_code = fault;
  return quarantine(base, fact, fault, "", error);
}
