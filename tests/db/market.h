/* Articles in catalogue.db for the store tests, by the way they come: pages of the feed.
 */
#pragma once

#include <string.h>

#include "db/catalogue_store.h"
#include "tests/db/fixture.h"

typedef struct {
  int id, rank;
  const char *generic_name, *trade_name, *maker, *approval_no, *barcode;
  const char *mnemonics; /* JSON */
  int ver;               /* 0: 1 */
  bool inactive;
} MarketArticle;

/* One change (transfer full) at @pos. */
static inline char *
market_article(int pos, const MarketArticle *a)
{
  g_autofree char *barcodes =
      a->barcode ? g_strdup_printf("{\"code\":\"%s\",\"kind\":\"ean\",\"unit\":\"盒\"}",
                                   a->barcode)
                 : g_strdup("");
  return g_strdup_printf(
      "{\"pos\":%d,\"type\":\"article\",\"op\":\"put\",\"key\":\"%d\",\"ver\":%d,"
      "\"body\":"
      "{\"id\":%d,\"code\":\"A%05d\",\"rank\":%d,\"generic_name\":\"%s\","
      "\"trade_name\":\"%s\",\"spec\":\"0.25g×24粒\",\"form\":\"胶囊剂\",\"maker\":\"%"
      "s\","
      "\"approval_no\":\"%s\",\"origin\":\"\",\"class\":2,\"special\":0,\"storage\":1,"
      "\"measure\":0,\"near_days\":90,\"tax_bp\":1300,\"insured\":true,"
      "\"trace_required\":false,\"active\":%s,\"units\":["
      "{\"name\":\"粒\",\"base\":1,\"sale\":false,\"default\":false},"
      "{\"name\":\"盒\",\"base\":24,\"sale\":true,\"default\":true}],"
      "\"barcodes\":[%s],\"mnemonics\":%s}}",
      pos,
      a->id,
      MAX(a->ver, 1),
      a->id,
      a->id,
      a->rank,
      a->generic_name,
      a->trade_name ? a->trade_name : "",
      a->maker ? a->maker : "",
      a->approval_no ? a->approval_no : "",
      a->inactive ? "false" : "true",
      barcodes,
      a->mnemonics ? a->mnemonics : "[]");
}

/* A page from @from (transfer full) with @changes; takes them. */
static inline char *
market_page(int from, char **changes, int n)
{
  GString *page = g_string_new(NULL);
  g_string_printf(page,
                  "{\"stream\":\"cat\",\"from\":%d,\"to\":%d,\"head\":%d,\"changes\":[",
                  from,
                  from + n,
                  from + n);
  for (int i = 0; i < n; i++) {
    g_string_append_printf(page, "%s%s", i ? "," : "", changes[i]);
    g_free(changes[i]);
  }
  g_string_append(page, "],\"hub_time\":1}");
  return g_string_free(page, FALSE);
}

static inline void
market_apply(Db *catalogue, const char *page)
{
  g_autoptr(GError) error = NULL;
  if (!catalogue_store_apply(catalogue, NULL, page, strlen(page), NULL, &error))
    g_error("not applied: %s", error->message);
}

static inline void
market_bring(Db *catalogue, const MarketArticle *articles, int n)
{
  int from = (int)catalogue_store_position(catalogue);
  g_autofree char **changes = g_new(char *, n);
  for (int i = 0; i < n; i++)
    changes[i] = market_article(from + i + 1, &articles[i]);
  g_autofree char *page = market_page(from, changes, n);
  market_apply(catalogue, page);
}

/* One change of any kind, at the next position. */
static inline bool
market_change(Db *catalogue,
              const Seal *seal,
              const char *type,
              const char *op,
              const char *key,
              int ver,
              const char *body,
              GError **error)
{
  int from = (int)catalogue_store_position(catalogue);
  char *change = g_strdup_printf("{\"pos\":%d,\"type\":\"%s\",\"op\":\"%s\","
                                 "\"key\":\"%s\",\"ver\":%d,\"body\":%s}",
                                 from + 1,
                                 type,
                                 op,
                                 key,
                                 ver,
                                 body);
  g_autofree char *page = market_page(from, &change, 1);
  return catalogue_store_apply(catalogue, seal, page, strlen(page), NULL, error);
}
