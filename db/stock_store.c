#include "db/stock_store.h"

#include "db/query.h"

static void
free_lot(gpointer lot)
{
  lot_free(lot);
}

static Lot *
read_lot(Query *q)
{
  Lot *lot = lot_new();
  lot->id = query_get_int(q, 0);
  lot->product_id = query_get_int(q, 1);
  lot->lot_no = query_get_text(q, 2);
  lot->expiry = (Day)query_get_int(q, 3);
  lot->state = (LotState)query_get_int(q, 4);
  lot->location = query_get_text(q, 5);
  lot->on_hand = query_get_int(q, 6);
  return lot;
}

bool
stock_store_lots(Db *store, int64_t product_id, GPtrArray **ret_lots, GError **error)
{
  g_autoptr(GPtrArray) lots = g_ptr_array_new_with_free_func(free_lot);
  g_auto(Query) q =
      query(store,
            "SELECT b.id, b.product, b.lot_no, coalesce(l.expiry, 0) AS expiry,"
            "       coalesce(l.state, 0), b.location, b.qty"
            "  FROM balance b"
            "  LEFT JOIN lot l ON l.product = b.product AND l.lot_no = b.lot_no"
            " WHERE b.product = :product"
            "   AND (b.qty <> 0 OR b.id IN (SELECT id FROM balance"
            "        WHERE product = :product ORDER BY id DESC LIMIT 8))"
            " ORDER BY expiry = 0, expiry, b.lot_no, b.location");
  query_bind_int(&q, ":product", product_id);
  while (query_next(&q))
    g_ptr_array_add(lots, read_lot(&q));
  if (!query_done(&q, error))
    return false;
  *ret_lots = g_steal_pointer(&lots);
  return true;
}

bool
stock_store_find_lot(
    Db *store, int64_t product_id, const char *lot_no, Lot **ret_lot, GError **error)
{
  g_autoptr(Lot) lot = NULL;
  g_auto(Query) q =
      query(store,
            "SELECT b.id, l.product, l.lot_no, l.expiry, l.state,"
            "       coalesce(b.location, ''), coalesce(b.qty, 0)"
            "  FROM lot l"
            "  LEFT JOIN balance b ON b.product = l.product AND b.lot_no = l.lot_no"
            " WHERE l.product = :product AND l.lot_no = :lot_no"
            " ORDER BY b.qty DESC LIMIT 1");
  query_bind_int(&q, ":product", product_id);
  query_bind_text(&q, ":lot_no", lot_no);
  if (query_next(&q))
    lot = read_lot(&q);
  if (!query_done(&q, error))
    return false;
  *ret_lot = g_steal_pointer(&lot);
  return true;
}

bool
stock_store_on_hand(
    Db *store, int64_t product_id, Day today, Quantity *ret, GError **error)
{
  g_auto(Query) q =
      query(store,
            "SELECT coalesce(sum(b.qty), 0) FROM balance b"
            "  LEFT JOIN lot l ON l.product = b.product AND l.lot_no = b.lot_no"
            " WHERE b.product = :product AND coalesce(l.state, :sellable) = :sellable"
            "   AND (coalesce(l.expiry, 0) = 0 OR l.expiry >= :today)");
  query_bind_int(&q, ":product", product_id);
  query_bind_int(&q, ":sellable", LOT_SELLABLE);
  query_bind_int(&q, ":today", today);
  Quantity sum = query_next(&q) ? query_get_int(&q, 0) : 0;
  if (!query_done(&q, error))
    return false;
  *ret = sum;
  return true;
}

char *
stock_store_shelf(Db *store, int64_t product_id)
{
  g_auto(Query) q = query(store, "SELECT location FROM shelf WHERE product = :product");
  query_bind_int(&q, ":product", product_id);
  return query_next(&q) ? query_get_text(&q, 0) : g_strdup("");
}

bool
stock_store_check(Db *store, char **ret_wrong, GError **error)
{
  g_autofree char *wrong = NULL;
  g_auto(Query) q =
      query(store,
            "SELECT product, lot_no, location, sum(booked), sum(moved) FROM"
            "  (SELECT product, lot_no, location, qty AS booked, 0 AS moved FROM balance"
            "   UNION ALL"
            "   SELECT product, lot_no, location, 0, qty FROM movement)"
            " GROUP BY product, lot_no, location HAVING sum(booked) <> sum(moved)"
            " ORDER BY product, lot_no, location LIMIT 1 /* scan */");
  if (query_next(&q))
    wrong = g_strdup_printf("article %" G_GINT64_FORMAT ", lot \"%s\", place \"%s\": the "
                            "balance says %" G_GINT64_FORMAT
                            ", the movements %" G_GINT64_FORMAT,
                            query_get_int(&q, 0),
                            query_peek_text(&q, 1),
                            query_peek_text(&q, 2),
                            query_get_int(&q, 3),
                            query_get_int(&q, 4));
  if (!query_done(&q, error))
    return false;
  if (ret_wrong)
    *ret_wrong = g_steal_pointer(&wrong);
  return true;
}
