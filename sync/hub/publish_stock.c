#include "sync/hub/publish_stock.h"

#include "app/domain/lot.h"
#include "db/query.h"
#include "sync/hub/enrolment.h"
#include "sync/hub/ledger.h"
#include "sync/hub/stream.h"

typedef struct {
  int64_t product, expiry, qty, state;
  char *lot, *location, *shelf; /* owned; @shelf: (nullable) */
  int64_t lot_version;          /* that is still to be told; 0: none */
} StockRow;

/* The event of central that all movements of one list belong to. */
typedef struct {
  int64_t store, seq, now_us;
  int n; /* movements so far */
} Receipt;

static void
clear_row(gpointer data)
{
  StockRow *row = data;
  g_free(row->lot);
  g_free(row->location);
  g_free(row->shelf);
}

static bool
read_rows(Base *base,
          const char *json,
          gsize length,
          GArray *rows,
          bool *ret_good,
          GError **error)
{
  g_auto(Query) q =
      query(base_db(base),
            "SELECT json_extract(value, '$.product'), json_extract(value, '$.expiry'),"
            "       json_extract(value, '$.qty'), json_extract(value, '$.state'),"
            "       json_extract(value, '$.lot'), json_extract(value, '$.location'),"
            "       json_extract(value, '$.shelf'),"
            "       json_type(value, '$.product') IS 'integer'"
            "   AND json_type(value, '$.expiry') IS 'integer'"
            "   AND json_type(value, '$.qty') IS 'integer'"
            "   AND json_type(value, '$.state') IS 'integer'"
            "   AND json_type(value, '$.lot') IS 'text'"
            "   AND json_type(value, '$.location') IS 'text'"
            "  FROM json_each(:json, '$.rows') /* scan */ WHERE type = 'object'");
  query_bind_text_n(&q, ":json", json, length);
  *ret_good = true;
  while (query_next(&q)) {
    StockRow row = {.product = query_get_int(&q, 0),
                    .expiry = query_get_int(&q, 1),
                    .qty = query_get_int(&q, 2),
                    .state = query_get_int(&q, 3),
                    .lot = query_get_text(&q, 4),
                    .location = query_get_text(&q, 5),
                    .shelf = query_get_text(&q, 6)};
    *ret_good = *ret_good && query_get_int(&q, 7) != 0;
    g_array_append_val(rows, row);
  }
  return query_done(&q, error);
}

static bool
read_store(Base *base, const char *json, gsize length, int64_t *ret_store, GError **error)
{
  g_auto(Query) q = query(
      base_db(base), "SELECT id FROM store WHERE code = json_extract(:json, '$.store')");
  query_bind_text_n(&q, ":json", json, length);
  *ret_store = query_next(&q) ? query_get_int(&q, 0) : 0;
  return query_done(&q, error);
}

static bool
next_seq(Base *base, int64_t store, int64_t *ret_seq, GError **error)
{
  g_auto(Query) q = query(base_db(base),
                          "UPDATE store SET central_seq = central_seq + 1 WHERE id = :id"
                          " RETURNING central_seq");
  query_bind_int(&q, ":id", store);
  *ret_seq = query_next(&q) ? query_get_int(&q, 0) : 0;
  query_run(&q);
  return query_done(&q, error);
}

/* @ret_version: 0 when nothing changed. */
static bool
put_lot(
    Base *base, int64_t store, const StockRow *row, int64_t *ret_version, GError **error)
{
  g_auto(Query) q =
      query(base_db(base),
            "INSERT INTO lot (store, product, lot, expiry, state, ver)"
            " VALUES (:store, :product, :lot, :expiry, :state, 1)"
            " ON CONFLICT DO UPDATE SET state = excluded.state, ver = ver + 1"
            "  WHERE state <> excluded.state RETURNING ver");
  query_bind_int(&q, ":store", store);
  query_bind_int(&q, ":product", row->product);
  query_bind_text(&q, ":lot", row->lot);
  query_bind_int(&q, ":expiry", row->expiry);
  query_bind_int(&q, ":state", row->state);
  *ret_version = query_next(&q) ? query_get_int(&q, 0) : 0;
  query_run(&q);
  return query_done(&q, error);
}

static bool
tell_lot(Base *base, int64_t store, const StockRow *row, int64_t version, GError **error)
{
  g_autofree char *key =
      g_strdup_printf("%" G_GINT64_FORMAT "/%s", row->product, row->lot);
  g_autofree char *body = NULL;
  {
    g_auto(Query) q = query(base_db(base),
                            "SELECT json_object('product', :product, 'lot', :lot,"
                            "                   'expiry', :expiry, 'state', :state)");
    query_bind_int(&q, ":product", row->product);
    query_bind_text(&q, ":lot", row->lot);
    query_bind_int(&q, ":expiry", row->expiry);
    query_bind_int(&q, ":state", row->state);
    if (query_next(&q))
      body = query_get_text(&q, 0);
    if (!query_done(&q, error))
      return false;
  }
  return stream_put(base, store, "lot", key, version, body, error);
}

static bool
put_shelf(
    Base *base, int64_t store, const StockRow *row, int64_t *ret_version, GError **error)
{
  g_auto(Query) q =
      query(base_db(base),
            "INSERT INTO shelf (store, product, location, ver)"
            " VALUES (:store, :product, :location, 1)"
            " ON CONFLICT DO UPDATE SET location = excluded.location, ver = ver + 1"
            "  WHERE location <> excluded.location RETURNING ver");
  query_bind_int(&q, ":store", store);
  query_bind_int(&q, ":product", row->product);
  query_bind_text(&q, ":location", row->shelf);
  *ret_version = query_next(&q) ? query_get_int(&q, 0) : 0;
  query_run(&q);
  return query_done(&q, error);
}

static bool
tell_shelf(
    Base *base, int64_t store, const StockRow *row, int64_t version, GError **error)
{
  g_autofree char *key = g_strdup_printf("%" G_GINT64_FORMAT, row->product);
  g_autofree char *body = NULL;
  {
    g_auto(Query) q = query(
        base_db(base), "SELECT json_object('product', :product, 'location', :location)");
    query_bind_int(&q, ":product", row->product);
    query_bind_text(&q, ":location", row->shelf);
    if (query_next(&q))
      body = query_get_text(&q, 0);
    if (!query_done(&q, error))
      return false;
  }
  return stream_put(base, store, "shelf", key, version, body, error);
}

/* @ret_known: false for a lot that the books do not have; @ret_expiry of the one they
 * have. */
static bool
find_lot(Base *base,
         int64_t store,
         const StockRow *row,
         bool *ret_known,
         int64_t *ret_expiry,
         GError **error)
{
  g_auto(Query) q = query(base_db(base),
                          "SELECT expiry FROM lot"
                          " WHERE store = :store AND product = :product AND lot = :lot");
  query_bind_int(&q, ":store", store);
  query_bind_int(&q, ":product", row->product);
  query_bind_text(&q, ":lot", row->lot);
  *ret_known = query_next(&q);
  *ret_expiry = *ret_known ? query_get_int(&q, 0) : 0;
  return query_done(&q, error);
}

static bool
insert_movement(Base *base,
                Receipt *receipt,
                const StockRow *row,
                int64_t qty,
                const char *kind,
                GError **error)
{
  g_auto(Query) q = query(
      base_db(base),
      "INSERT INTO movement (store, device, epoch, seq, n, at, product, lot, expiry,"
      "                      location, qty, kind, doc)"
      " VALUES (:store, 0, 1, :seq, :n, :at, :product, :lot, :expiry, :location,"
      "         :qty, :kind, 'central-' || :seq)");
  query_bind_int(&q, ":store", receipt->store);
  query_bind_int(&q, ":seq", receipt->seq);
  query_bind_int(&q, ":n", ++receipt->n);
  query_bind_int(&q, ":at", receipt->now_us);
  query_bind_int(&q, ":product", row->product);
  query_bind_text(&q, ":lot", row->lot);
  query_bind_int(&q, ":expiry", row->expiry);
  query_bind_text(&q, ":location", row->location);
  query_bind_int(&q, ":qty", qty);
  query_bind_text(&q, ":kind", kind);
  query_run(&q);
  return query_done(&q, error);
}

static void
answer_row(Reply *reply, const char *outcome, int64_t moved)
{
  g_string_append_c(reply->json, '{');
  reply_text(reply, "outcome", outcome);
  reply_int(reply, "moved", moved);
  g_string_append_c(reply->json, '}');
}

/* What may not be sold is told before its movement, so that no till ever offers it; what
 * may, after it: then the till knows the lot by where it lies. */
static bool
put_lot_and_shelf(Base *base, int64_t store, StockRow *row, bool *ret_new, GError **error)
{
  int64_t shelf_version = 0;
  if (!put_lot(base, store, row, &row->lot_version, error))
    return false;
  *ret_new = row->lot_version != 0;
  if (row->lot_version && row->state != LOT_SELLABLE) {
    if (!tell_lot(base, store, row, row->lot_version, error))
      return false;
    row->lot_version = 0;
  }
  if (!row->shelf)
    return true;
  if (!put_shelf(base, store, row, &shelf_version, error))
    return false;
  *ret_new = *ret_new || shelf_version != 0;
  return shelf_version == 0 || tell_shelf(base, store, row, shelf_version, error);
}

static bool
put_row(Base *base, Receipt *receipt, StockRow *row, Reply *reply, GError **error)
{
  bool is_known = false;
  bool is_new = false;
  int64_t expiry = 0;
  int64_t held = 0;
  if (!find_lot(base, receipt->store, row, &is_known, &expiry, error))
    return false;
  if (is_known && expiry != row->expiry) {
    answer_row(reply, "other_expiry", 0);
    return true;
  }
  if (!put_lot_and_shelf(base, receipt->store, row, &is_new, error) ||
      !ledger_balance(base,
                      receipt->store,
                      row->product,
                      row->lot,
                      row->expiry,
                      row->location,
                      &held,
                      error))
    return false;
  int64_t moved = row->qty - held;
  const char *kind = is_known ? "count" : "receive";
  answer_row(reply, !moved && !is_new ? "same" : is_known ? "changed" : "new", moved);
  return moved == 0 || insert_movement(base, receipt, row, moved, kind, error);
}

static bool
book(Base *base, const Receipt *receipt, const GArray *rows, GError **error)
{
  if (!ledger_book(base, receipt->store, 0, 1, receipt->seq, error))
    return false;
  for (guint i = 0; i < rows->len; i++) {
    const StockRow *row = &g_array_index(rows, StockRow, i);
    if (row->lot_version && !tell_lot(base, receipt->store, row, row->lot_version, error))
      return false;
  }
  return true;
}

bool
publish_stock(Base *base,
              const char *json,
              gsize length,
              int64_t now_us,
              Reply *reply,
              GError **error)
{
  g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(StockRow));
  g_array_set_clear_func(rows, clear_row);
  Receipt receipt = {.now_us = now_us};
  bool is_good = false;
  if (!read_rows(base, json, length, rows, &is_good, error) ||
      !read_store(base, json, length, &receipt.store, error))
    return false;
  if (!is_good || receipt.store == 0) {
    reply_refuse(reply,
                 is_good ? 404 : 400,
                 is_good ? "unknown_store" : "garbage",
                 is_good ? "there is no store of this code" : "a row is no stock");
    return true;
  }
  if (!next_seq(base, receipt.store, &receipt.seq, error))
    return false;
  g_string_append(reply->json, "{\"rows\":[");
  for (guint i = 0; i < rows->len; i++) {
    if (i)
      g_string_append_c(reply->json, ',');
    if (!put_row(base, &receipt, &g_array_index(rows, StockRow, i), reply, error))
      return false;
  }
  g_string_append(reply->json, "]}");
  return book(base, &receipt, rows, error);
}
