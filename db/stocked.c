#include "db/stocked.h"

#include "db/query.h"

bool
stocked_ids(Db *store, GArray **ret_ids, GError **error)
{
  g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
  g_auto(Query) q = query(store,
                          "SELECT product FROM balance WHERE qty > 0"
                          " GROUP BY product ORDER BY product /* scan */");
  while (query_next(&q)) {
    int64_t id = query_get_int(&q, 0);
    g_array_append_val(ids, id);
  }
  if (!query_done(&q, error))
    return false;
  *ret_ids = g_steal_pointer(&ids);
  return true;
}

bool
stocked_has(Db *store, int64_t product_id)
{
  g_auto(Query) q =
      query(store, "SELECT 1 FROM balance WHERE product = :product AND qty > 0 LIMIT 1");
  query_bind_int(&q, ":product", product_id);
  return query_next(&q);
}
