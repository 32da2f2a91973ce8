#include "sync/hub/lookup.h"

#include "db/query.h"

void
article_unit_clear(ArticleUnit *unit)
{
  g_clear_pointer(&unit->unit, g_free);
}

bool
lookup_unit(
    Base *base, const char *code, const char *unit, ArticleUnit *ret, GError **error)
{
  *ret = (ArticleUnit){0};
  if (!base)
    return true;
  g_auto(Query) q =
      query(base_db(base),
            "SELECT a.id, json_extract(u.value, '$.name'),"
            "       json_extract(u.value, '$.base'), json_extract(a.content, '$.class')"
            "  FROM article a LEFT JOIN json_each(a.content, '$.units') u"
            "    ON iif(:unit = '', json_extract(u.value, '$.default'),"
            "           json_extract(u.value, '$.name') = :unit)"
            " WHERE a.code = :code");
  query_bind_text(&q, ":code", code);
  query_bind_word(&q, ":unit", unit);
  if (query_next(&q))
    *ret = (ArticleUnit){query_get_int(&q, 0),
                         query_get_text(&q, 1),
                         query_get_int(&q, 2),
                         (LegalClass)query_get_int(&q, 3)};
  return query_done(&q, error);
}

bool
lookup_barcode(Base *base, const char *gtin14, GPtrArray **ret_codes, GError **error)
{
  g_autoptr(GPtrArray) codes = g_ptr_array_new_with_free_func(g_free);
  if (base) {
    g_auto(Query) q = query(base_db(base),
                            "SELECT a.code FROM article_code c"
                            "  JOIN article a ON a.id = c.article"
                            " WHERE c.code = :code ORDER BY a.id LIMIT 2");
    query_bind_text(&q, ":code", gtin14);
    while (query_next(&q))
      g_ptr_array_add(codes, query_get_text(&q, 0));
    if (!query_done(&q, error))
      return false;
  }
  *ret_codes = g_steal_pointer(&codes);
  return true;
}

bool
lookup_outcomes(Base *base,
                const char *answer,
                GPtrArray **ret_outcomes,
                int64_t *ret_prices,
                GError **error)
{
  g_autoptr(GPtrArray) outcomes = g_ptr_array_new_with_free_func(g_free);
  g_auto(Query) q =
      query(base_db(base),
            "SELECT json_extract(value, '$.outcome'), json_extract(value, '$.prices')"
            "  FROM json_each(:json, '$.rows') /* scan */");
  query_bind_text(&q, ":json", answer);
  *ret_prices = 0;
  while (query_next(&q)) {
    g_ptr_array_add(outcomes, g_strdup(query_peek_text(&q, 0)));
    *ret_prices += query_get_int(&q, 1);
  }
  if (!query_done(&q, error))
    return false;
  *ret_outcomes = g_steal_pointer(&outcomes);
  return true;
}

bool
lookup_pin(Base *base,
           const char *json,
           char **ret_salt,
           char **ret_verifier,
           int64_t *ret_ops,
           int64_t *ret_mem,
           GError **error)
{
  g_auto(Query) q =
      query(base_db(base),
            "SELECT json_extract(:json, '$.salt'), json_extract(:json, '$.verifier'),"
            "       json_extract(:json, '$.ops'), json_extract(:json, '$.mem')");
  query_bind_text(&q, ":json", json);
  *ret_salt = *ret_verifier = NULL;
  if (query_next(&q)) {
    *ret_salt = query_get_text(&q, 0);
    *ret_verifier = query_get_text(&q, 1);
    *ret_ops = query_get_int(&q, 2);
    *ret_mem = query_get_int(&q, 3);
  }
  return query_done(&q, error);
}
