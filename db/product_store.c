#include "db/product_store.h"

#include "db/query.h"

void
product_match_free(ProductMatch *match)
{
  if (!match)
    return;
  product_free(match->product);
  g_free(match->unit_name);
  g_free(match);
}

static void
free_match(gpointer match)
{
  product_match_free(match);
}

static Product *
read_article(Query *q, int64_t id)
{
  Product *product = product_new();
  product->id = id;
  product->code = query_get_text(q, 0);
  product->generic_name = query_get_text(q, 1);
  product->trade_name = query_get_text(q, 2);
  product->spec = query_get_text(q, 3);
  product->form = query_get_text(q, 4);
  product->maker = query_get_text(q, 5);
  product->approval_no = query_get_text(q, 6);
  product->origin = query_get_text(q, 7);
  product->shelf = g_strdup("");
  product->legal_class = (LegalClass)query_get_int(q, 8);
  product->special = (SpecialGroup)query_get_int(q, 9);
  product->storage = (Storage)query_get_int(q, 10);
  product->measure = (Measure)query_get_int(q, 11);
  product->near_days = (int)query_get_int(q, 12);
  product->tax_bp = (int)query_get_int(q, 13);
  product->insured = query_get_int(q, 14) != 0;
  product->trace_required = query_get_int(q, 15) != 0;
  product->active = query_get_int(q, 16) != 0;
  product->version = query_get_int(q, 17);
  return product;
}

static bool
find_article(Db *catalogue, int64_t id, Product **ret, GError **error)
{
  g_auto(Query) q =
      query(catalogue,
            "SELECT code, generic_name, trade_name, spec, form, maker, approval_no,"
            "       origin, legal_class, special, storage, measure, near_days, tax_bp,"
            "       insured, trace_required, active, ver"
            "  FROM article WHERE id = :id");
  query_bind_int(&q, ":id", id);
  if (query_next(&q))
    *ret = read_article(&q, id);
  return query_done(&q, error);
}

/* The default unit first. */
static bool
read_units(Db *catalogue, Product *product, GError **error)
{
  g_auto(Query) q =
      query(catalogue,
            "SELECT u.value ->> 'name', u.value ->> 'base', u.value ->> 'sale',"
            "       u.value ->> 'default'"
            "  FROM article a, json_each(a.units) u WHERE a.id = :id"
            " ORDER BY u.value ->> 'default' DESC, u.key");
  query_bind_int(&q, ":id", product->id);
  while (query_next(&q)) {
    ProductUnit *unit =
        product_add_unit(product, query_peek_text(&q, 0), query_get_int(&q, 1));
    unit->sale_allowed = query_get_int(&q, 2) != 0;
    unit->is_default = query_get_int(&q, 3) != 0;
  }
  return query_done(&q, error);
}

static ProductUnit *
unit_called(const Product *product, const char *name)
{
  for (guint i = 0; i < product->units->len; i++) {
    ProductUnit *unit = product->units->pdata[i];
    if (g_strcmp0(unit->name, name) == 0)
      return unit;
  }
  return NULL;
}

/* Of the shelf prices in force the one that began last. */
static bool
read_prices(Db *catalogue, Product *product, int64_t now_us, GError **error)
{
  g_auto(Query) q =
      query(catalogue,
            "SELECT unit, fen, coalesce(nullif(reason, ''), tier) FROM price"
            " WHERE product = :id AND tier = 'shelf' AND from_us <= :now"
            "   AND (to_us IS NULL OR to_us > :now) ORDER BY unit, from_us");
  query_bind_int(&q, ":id", product->id);
  query_bind_int(&q, ":now", now_us);
  while (query_next(&q)) {
    ProductUnit *unit = unit_called(product, query_peek_text(&q, 0));
    if (!unit)
      continue;
    unit->has_price = true;
    unit->price = query_get_int(&q, 1);
    g_free(unit->price_source);
    unit->price_source = query_get_text(&q, 2);
  }
  return query_done(&q, error);
}

bool
product_store_find(
    Db *catalogue, int64_t id, int64_t now_us, Product **ret, GError **error)
{
  g_autoptr(Product) product = NULL;
  if (!find_article(catalogue, id, &product, error))
    return false;
  if (product && (!read_units(catalogue, product, error) ||
                  !read_prices(catalogue, product, now_us, error)))
    return false;
  *ret = g_steal_pointer(&product);
  return true;
}

static bool
list_matches(
    Db *catalogue, const char *code, GPtrArray *matches, GArray *ids, GError **error)
{
  g_auto(Query) q =
      query(catalogue,
            "SELECT c.product, c.unit FROM code c JOIN article a ON a.id = c.product"
            " WHERE c.code = :code ORDER BY a.active DESC, a.place LIMIT 50");
  query_bind_text(&q, ":code", code);
  while (query_next(&q)) {
    ProductMatch *match = g_new0(ProductMatch, 1);
    int64_t id = query_get_int(&q, 0);
    match->unit_name = query_get_text(&q, 1);
    g_ptr_array_add(matches, match);
    g_array_append_val(ids, id);
  }
  return query_done(&q, error);
}

/* An article number names no unit: its default one. */
static void
settle_unit(ProductMatch *match)
{
  const ProductUnit *unit = product_default_unit(match->product);
  if (*match->unit_name || !unit)
    return;
  g_free(match->unit_name);
  match->unit_name = g_strdup(unit->name);
}

bool
product_store_find_code(Db *catalogue,
                        const char *code,
                        int64_t now_us,
                        GPtrArray **ret_matches,
                        GError **error)
{
  g_autoptr(GPtrArray) matches = g_ptr_array_new_with_free_func(free_match);
  g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
  if (!list_matches(catalogue, code, matches, ids, error))
    return false;
  for (guint i = 0; i < matches->len; i++) {
    ProductMatch *match = matches->pdata[i];
    int64_t id = g_array_index(ids, int64_t, i);
    if (!product_store_find(catalogue, id, now_us, &match->product, error))
      return false;
    g_assert(match->product); /* articles are never removed */
    settle_unit(match);
  }
  *ret_matches = g_steal_pointer(&matches);
  return true;
}
