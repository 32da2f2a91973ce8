#include "sync/hub/books.h"

#include "app/domain/money.h"
#include "db/query.h"
#include "sync/hub/enrolment.h"
#include "sync/hub/reply.h"

/* Appends ,"name":<the JSON that @q answers>. */
static bool
append(GString *out, const char *name, Query q, int64_t store, GError **error)
{
  g_auto(Query) used = q;
  query_bind_int(&used, ":store", store);
  if (query_next(&used))
    g_string_append_printf(out, ",\"%s\":%s", name, query_peek_text(&used, 0));
  return query_done(&used, error);
}

static bool
append_totals(Base *base, GString *out, int64_t store, GError **error)
{
  g_auto(Query) q =
      query(base_db(base),
            "SELECT count(*), coalesce(sum(gross), 0), coalesce(sum(discount), 0),"
            "       coalesce(sum(rounding), 0), coalesce(sum(due), 0),"
            "       coalesce(sum(tax), 0) FROM sale WHERE store = :store");
  query_bind_int(&q, ":store", store);
  static const char *const NAMES[] = {
      "sales", "gross", "discount", "rounding", "due", "tax"};
  if (query_next(&q)) {
    for (int i = 0; i < (int)G_N_ELEMENTS(NAMES); i++)
      g_string_append_printf(
          out, ",\"%s\":%" G_GINT64_FORMAT, NAMES[i], query_get_int(&q, i));
  }
  return query_done(&q, error);
}

static bool
append_store(Base *base, GString *out, int64_t store, GError **error)
{
  g_auto(Query) q =
      query(base_db(base),
            "SELECT json_quote(code), json_quote(name),"
            "       (SELECT count(*) FROM inbox WHERE inbox.store = :store),"
            "       (SELECT count(*) FROM fork WHERE fork.store = :store)"
            "  FROM store WHERE id = :store");
  query_bind_int(&q, ":store", store);
  if (query_next(&q))
    g_string_append_printf(out,
                           "\"store\":%s,\"name\":%s,\"events\":%" G_GINT64_FORMAT
                           ",\"forks\":%" G_GINT64_FORMAT,
                           query_peek_text(&q, 0),
                           query_peek_text(&q, 1),
                           query_get_int(&q, 2),
                           query_get_int(&q, 3));
  return query_done(&q, error);
}

/* What was said last about each pharmacist. */
static bool
append_duty(Base *base, GString *out, int64_t store, GError **error)
{
  Db *db = base_db(base);
  return append(out,
                "duty",
                query(db,
                      "SELECT json_group_array(json_object('staff', staff, 'here', here,"
                      "         'place', place, 'till', till, 'at', at))"
                      " FROM (SELECT staff, here, place, till, max(at) AS at FROM duty"
                      "        WHERE store = :store GROUP BY staff) /* scan */"),
                store,
                error);
}

static bool
append_lists(Base *base, GString *out, int64_t store, GError **error)
{
  Db *db = base_db(base);
  return append(out,
                "tenders",
                query(db,
                      "SELECT json_group_array(json_object('kind', kind, 'amount', sum))"
                      " FROM (SELECT kind, sum(amount) AS sum FROM tender"
                      "        WHERE store = :store GROUP BY kind) /* scan */"),
                store,
                error) &&
         append(
             out,
             "tills",
             query(db,
                   "SELECT json_group_array(json_object('till', till, 'device', device,"
                   "                                    'epoch', epoch, 'seq', head))"
                   " FROM (SELECT d.till, c.device, c.epoch, c.head FROM chain c"
                   "         JOIN device d ON d.id = c.device"
                   "        WHERE c.store = :store ORDER BY d.till, c.epoch) /* scan */"),
             store,
             error) &&
         append(out,
                "exceptions",
                query(db,
                      "SELECT json_group_array(json_object('device', device,"
                      "         'epoch', epoch, 'seq', seq, 'code', code,"
                      "         'detail', detail))"
                      " FROM (SELECT * FROM exception WHERE store = :store"
                      "        ORDER BY device, epoch, seq, code) /* scan */"),
                store,
                error) &&
         append(out,
                "quarantined",
                query(db,
                      "SELECT json_group_array(json_object('device', device,"
                      "         'epoch', epoch, 'seq', seq, 'code', code))"
                      " FROM (SELECT * FROM quarantine WHERE store = :store"
                      "        ORDER BY device, epoch, seq) /* scan */"),
                store,
                error) &&
         append(
             out,
             "stock",
             query(db,
                   "SELECT json_group_array(json_object('product', product,"
                   "         'code', coalesce(code, ''), 'name', coalesce(name, ''),"
                   "         'lot', lot, 'expiry', expiry, 'location', location,"
                   "         'qty', qty))"
                   " FROM (SELECT b.*, a.code, a.name FROM balance b"
                   "         LEFT JOIN article a ON a.id = b.product"
                   "        WHERE b.store = :store AND b.qty <> 0"
                   "        ORDER BY b.product, b.lot, b.expiry, b.location) /* scan */"),
             store,
             error);
}

bool
books_json(Base *base,
           const char *store_code,
           GString *ret_json,
           bool *ret_found,
           GError **error)
{
  int64_t store = 0;
  if (!enrolment_store_id(base, store_code, &store, error))
    return false;
  *ret_found = store != 0;
  if (store == 0)
    return true;
  g_string_append_c(ret_json, '{');
  if (!append_store(base, ret_json, store, error) ||
      !append_totals(base, ret_json, store, error) ||
      !append_lists(base, ret_json, store, error) ||
      !append_duty(base, ret_json, store, error))
    return false;
  g_string_append_c(ret_json, '}');
  return true;
}

static bool
say_totals(Base *base, const char *json, GString *out, GError **error)
{
  g_auto(Query) q =
      query(base_db(base),
            "SELECT json_extract(:json, '$.store'), json_extract(:json, '$.name'),"
            "       json_extract(:json, '$.sales'), json_extract(:json, '$.events'),"
            "       json_extract(:json, '$.gross'), json_extract(:json, '$.discount'),"
            "       json_extract(:json, '$.rounding'), json_extract(:json, '$.due'),"
            "       json_extract(:json, '$.tax'),"
            "       json_array_length(:json, '$.exceptions'),"
            "       json_array_length(:json, '$.quarantined'),"
            "       json_extract(:json, '$.forks')");
  query_bind_text(&q, ":json", json);
  if (query_next(&q)) {
    g_autofree char *gross = money_text(query_get_int(&q, 4));
    g_autofree char *discount = money_text(query_get_int(&q, 5));
    g_autofree char *rounding = money_text(query_get_int(&q, 6));
    g_autofree char *due = money_text(query_get_int(&q, 7));
    g_autofree char *tax = money_text(query_get_int(&q, 8));
    g_string_append_printf(
        out, "store %s %s\n", query_peek_text(&q, 0), query_peek_text(&q, 1));
    g_string_append_printf(out,
                           "%" G_GINT64_FORMAT " sales in %" G_GINT64_FORMAT " events\n",
                           query_get_int(&q, 2),
                           query_get_int(&q, 3));
    g_string_append_printf(out,
                           "gross %s, discount %s, rounding %s, due %s, tax in it %s\n",
                           gross,
                           discount,
                           rounding,
                           due,
                           tax);
    g_string_append_printf(out,
                           "%" G_GINT64_FORMAT " exceptions, %" G_GINT64_FORMAT
                           " quarantined, %" G_GINT64_FORMAT " forked\n",
                           query_get_int(&q, 9),
                           query_get_int(&q, 10),
                           query_get_int(&q, 11));
  }
  return query_done(&q, error);
}

static bool
say_stock(Base *base, const char *json, GString *out, GError **error)
{
  g_auto(Query) q =
      query(base_db(base),
            "SELECT json_extract(value, '$.code'), json_extract(value, '$.name'),"
            "       json_extract(value, '$.lot'), json_extract(value, '$.expiry'),"
            "       json_extract(value, '$.location'), json_extract(value, '$.qty')"
            "  FROM json_each(:json, '$.stock') /* scan */");
  query_bind_text(&q, ":json", json);
  while (query_next(&q)) {
    g_string_append_printf(out, "%s\t%s", query_peek_text(&q, 0), query_peek_text(&q, 1));
    g_string_append_printf(out, "\t%s", query_peek_text(&q, 2));
    g_string_append_printf(
        out, "\t%" G_GINT64_FORMAT "\t%s", query_get_int(&q, 3), query_peek_text(&q, 4));
    g_string_append_printf(out, "\t%" G_GINT64_FORMAT "\n", query_get_int(&q, 5));
  }
  return query_done(&q, error);
}

bool
books_text(Base *base, const char *json, GString *ret_text, GError **error)
{
  return say_totals(base, json, ret_text, error) &&
         say_stock(base, json, ret_text, error);
}
