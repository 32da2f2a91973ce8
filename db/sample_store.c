#include "db/sample_store.h"

#include "db/query.h"

void
sample_code_free(SampleCode *code)
{
  if (!code)
    return;
  g_free(code->name);
  g_free(code->code);
  g_free(code);
}

static bool
take(Query *q, GPtrArray **ret_codes, GError **error)
{
  g_autoptr(GPtrArray) codes =
      g_ptr_array_new_with_free_func((GDestroyNotify)sample_code_free);
  while (query_next(q)) {
    SampleCode *code = g_new0(SampleCode, 1);
    code->product_id = query_get_int(q, 0);
    code->name = query_get_text(q, 1);
    code->code = query_get_text(q, 2);
    g_ptr_array_add(codes, code);
  }
  if (!query_done(q, error))
    return false;
  *ret_codes = g_steal_pointer(&codes);
  return true;
}

static bool
take_stocked(Db *catalogue, int max, GPtrArray **ret_codes, GError **error)
{
  /* Along the order of the lists, so that it ends after a few rows. */
  g_auto(Query) q =
      query(catalogue,
            "SELECT id, generic_name, json_extract(barcodes, '$[0].code') FROM article "
            "WHERE active = 1 AND json_array_length(barcodes) > 0 "
            "AND id IN (SELECT product FROM stocked) "
            "ORDER BY place LIMIT :max /* scan */");
  query_bind_int(&q, ":max", max);
  return take(&q, ret_codes, error);
}

static bool
take_any(Db *catalogue, int max, GPtrArray **ret_codes, GError **error)
{
  g_auto(Query) q =
      query(catalogue,
            "SELECT id, generic_name, json_extract(barcodes, '$[0].code') FROM article "
            "WHERE active = 1 AND json_array_length(barcodes) > 0 "
            "ORDER BY place LIMIT :max /* scan */");
  query_bind_int(&q, ":max", max);
  return take(&q, ret_codes, error);
}

bool
sample_store_articles(Db *catalogue, int max, GPtrArray **ret_codes, GError **error)
{
  g_autoptr(GPtrArray) stocked = NULL;
  if (!take_stocked(catalogue, max, &stocked, error))
    return false;
  if (stocked->len == 0)
    return take_any(catalogue, max, ret_codes, error);
  *ret_codes = g_steal_pointer(&stocked);
  return true;
}

bool
sample_store_badges(Db *catalogue, int max, GPtrArray **ret_codes, GError **error)
{
  g_auto(Query) q = query(catalogue,
                          "SELECT 0, name, badge FROM staff "
                          "WHERE badge <> '' AND active = 1 "
                          "ORDER BY badge LIMIT :max");
  query_bind_int(&q, ":max", max);
  return take(&q, ret_codes, error);
}
