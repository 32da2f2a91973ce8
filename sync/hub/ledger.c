#include "sync/hub/ledger.h"

#include "db/query.h"
#include "sync/hub/stream.h"

static bool
move_balances(
    Base *base, int64_t store, int64_t device, int64_t epoch, int64_t seq, GError **error)
{
  g_auto(Query) q = query(
      base_db(base),
      "INSERT INTO balance (store, product, lot, expiry, location, qty)"
      " SELECT store, product, lot, expiry, location, sum(qty) FROM movement"
      "  WHERE store = :store AND device = :device AND epoch = :epoch AND seq = :seq"
      "  GROUP BY product, lot, expiry, location"
      " ON CONFLICT DO UPDATE SET qty = qty + excluded.qty");
  query_bind_int(&q, ":store", store);
  query_bind_int(&q, ":device", device);
  query_bind_int(&q, ":epoch", epoch);
  query_bind_int(&q, ":seq", seq);
  query_run(&q);
  return query_done(&q, error);
}

bool
ledger_book(
    Base *base, int64_t store, int64_t device, int64_t epoch, int64_t seq, GError **error)
{
  return move_balances(base, store, device, epoch, seq, error) &&
         stream_movements(base, store, device, epoch, seq, error);
}

bool
ledger_balance(Base *base,
               int64_t store,
               int64_t product,
               const char *lot,
               int64_t expiry,
               const char *location,
               int64_t *ret,
               GError **error)
{
  g_auto(Query) q = query(base_db(base),
                          "SELECT qty FROM balance"
                          " WHERE store = :store AND product = :product AND lot = :lot"
                          "   AND expiry = :expiry AND location = :location");
  query_bind_int(&q, ":store", store);
  query_bind_int(&q, ":product", product);
  query_bind_text(&q, ":lot", lot);
  query_bind_int(&q, ":expiry", expiry);
  query_bind_text(&q, ":location", location);
  *ret = query_next(&q) ? query_get_int(&q, 0) : 0;
  return query_done(&q, error);
}
