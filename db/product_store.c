#include "db/product_store.h"

#include <string.h>

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

#define ARTICLE                                                                          \
  "a.id, a.code, a.generic_name, a.trade_name, a.spec, a.form, a.maker, a.approval_no,"  \
  " a.origin, a.legal_class, a.special, a.storage, a.measure, a.near_days, a.tax_bp,"    \
  " a.insured, a.trace_required, a.active, a.ver, a.units"

/* An article and the JSON of its units, both owned, until the units are read. */
typedef struct {
  Product *product;
  char *units;
} Raw;

static Raw
read_article(Query *q)
{
  Product *product = product_new();
  product->id = query_get_int(q, 0);
  product->code = query_get_text(q, 1);
  product->generic_name = query_get_text(q, 2);
  product->trade_name = query_get_text(q, 3);
  product->spec = query_get_text(q, 4);
  product->form = query_get_text(q, 5);
  product->maker = query_get_text(q, 6);
  product->approval_no = query_get_text(q, 7);
  product->origin = query_get_text(q, 8);
  product->shelf = g_strdup("");
  product->legal_class = (LegalClass)query_get_int(q, 9);
  product->special = (SpecialGroup)query_get_int(q, 10);
  product->storage = (Storage)query_get_int(q, 11);
  product->measure = (Measure)query_get_int(q, 12);
  product->near_days = (int)query_get_int(q, 13);
  product->tax_bp = (int)query_get_int(q, 14);
  product->insured = query_get_int(q, 15) != 0;
  product->trace_required = query_get_int(q, 16) != 0;
  product->active = query_get_int(q, 17) != 0;
  product->version = query_get_int(q, 18);
  return (Raw){.product = product, .units = query_get_text(q, 19)};
}

/* The default unit first. */
static bool
read_units(Db *catalogue, Product *product, const char *units, GError **error)
{
  g_auto(Query) q = query(catalogue,
                          "SELECT value ->> 'name', value ->> 'base', value ->> 'sale',"
                          "       value ->> 'default' AS is_default"
                          "  FROM json_each(:units) ORDER BY is_default DESC, key");
  query_bind_text(&q, ":units", units);
  while (query_next(&q)) {
    Quantity base = query_get_int(&q, 1);
    if (base <= 0)
      continue;
    ProductUnit *unit = product_add_unit(product, query_peek_text(&q, 0), base);
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

/* Takes @raw. @return the whole article (transfer full), NULL with @error. */
static Product *
complete(Db *catalogue, Raw raw, int64_t now_us, GError **error)
{
  g_autoptr(Product) product = raw.product;
  g_autofree char *units = raw.units;
  bool done = read_units(catalogue, product, units, error) &&
              read_prices(catalogue, product, now_us, error);
  return done ? g_steal_pointer(&product) : NULL;
}

bool
product_store_find(
    Db *catalogue, int64_t id, int64_t now_us, Product **ret, GError **error)
{
  Product *product = NULL;
  g_auto(Query) q =
      query(catalogue, "SELECT " ARTICLE " FROM article a WHERE a.id = :id");
  query_bind_int(&q, ":id", id);
  if (query_next(&q)) {
    product = complete(catalogue, read_article(&q), now_us, error);
    if (!product)
      return false;
  }
  if (!query_done(&q, error)) {
    product_free(product);
    return false;
  }
  *ret = product;
  return true;
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
  g_auto(Query) q =
      query(catalogue,
            "SELECT " ARTICLE ", c.unit FROM code c JOIN article a ON a.id = c.product"
            " WHERE c.code = :code ORDER BY a.active DESC, a.place LIMIT 50");
  query_bind_text(&q, ":code", code);
  while (query_next(&q)) {
    ProductMatch *match = g_new0(ProductMatch, 1);
    g_ptr_array_add(matches, match);
    match->unit_name = query_get_text(&q, 20);
    match->product = complete(catalogue, read_article(&q), now_us, error);
    if (!match->product)
      return false;
    settle_unit(match);
  }
  if (!query_done(&q, error))
    return false;
  *ret_matches = g_steal_pointer(&matches);
  return true;
}

/* On file are 14 digits; on the pack stand 13, or the 8 of a small one. */
static char *
as_printed(const char *code)
{
  bool is_padded = strlen(code) == 14 && *code == '0';
  bool is_short = g_str_has_prefix(code, "000000");
  return g_strdup(!is_padded ? code : is_short ? code + 6 : code + 1);
}

bool
product_store_barcode(Db *catalogue, int64_t id, char **ret_code, GError **error)
{
  char *code = NULL;
  g_auto(Query) q =
      query(catalogue,
            "SELECT json_extract(barcodes, '$[0].code') FROM article WHERE id = :id");
  query_bind_int(&q, ":id", id);
  if (query_next(&q) && *query_peek_text(&q, 0))
    code = as_printed(query_peek_text(&q, 0));
  if (!query_done(&q, error)) {
    g_free(code);
    return false;
  }
  *ret_code = code;
  return true;
}
