#include "tests/sync/chain_shop.h"

#include <string.h>

#include "sync/hub/proof.h"

void
shop_open(Shop *shop)
{
  shop->folder = chain_store_folder();
  shop->base = base_open(shop->folder, DB_WRITER, NULL);
  till_side_begin(&shop->side, chain_store_till(shop->base, "03", NULL), 1);
  chain_store_articles(shop->base);
}

void
shop_clear(Shop *shop)
{
  till_side_clear(&shop->side);
  base_close(shop->base);
  chain_store_remove(shop->folder);
}

/* "exception oversell" of the @i-th event of an answer (transfer full). */
static char *
verdict(const Shop *shop, const char *answer, int i)
{
  g_autofree char *path = g_strdup_printf("$.verdicts[%d].verdict", i);
  g_autofree char *path_of_code = g_strdup_printf("$.verdicts[%d].code", i);
  g_autofree char *word = chain_store_field(shop->base, answer, path);
  g_autofree char *code = chain_store_field(shop->base, answer, path_of_code);
  return code && *code ? g_strjoin(" ", word, code, NULL)
                       : g_strdup(word ? word : "none");
}

void
shop_expect(const Shop *shop, const char *answer, int i, const char *wanted)
{
  g_autofree char *said = verdict(shop, answer, i);
  CU_ASSERT_STRING_EQUAL(said, wanted);
  if (strcmp(said, wanted) != 0)
    g_printerr("expected %s, seen %s in %s\n", wanted, said, answer);
}

void
shop_expect_sound(const Shop *shop)
{
  g_autoptr(GArray) findings = NULL;
  CU_ASSERT_TRUE(proof_find(shop->base, &findings, NULL));
  for (guint i = 0; i < findings->len; i++) {
    const Finding *finding = &g_array_index(findings, Finding, i);
    CU_ASSERT_PTR_NULL(finding->wrong);
    if (finding->wrong)
      g_printerr("%s: %s\n", finding->check, finding->wrong);
  }
}

void
shop_stock(const Shop *shop, int base_units)
{
  g_autofree char *json =
      g_strdup_printf("{\"store\":\"" STORE "\",\"rows\":[{\"product\":1,\"lot\":\"L1\","
                      "\"expiry\":20271231,\"location\":\"R-1\",\"qty\":%d,\"state\":0,"
                      "\"shelf\":\"R-1\"}]}",
                      base_units);
  g_autofree char *answer = chain_store_do(shop->base, "stock", json);
}
