/* The books prove themselves, and say where they do not. */
#include <sqlite3.h>
#include <string.h>

#include "sync/hub/books.h"
#include "sync/hub/proof.h"
#include "tests/sync/chain_store.h"

/* Books of one store with stock, three sales, one of them odd, and one event that is no
 * event; closed again. @return its folder (transfer full). */
static char *
make_books(void)
{
  char *folder = chain_store_folder();
  g_autoptr(Base) base = base_open(folder, DB_WRITER, NULL);
  g_auto(TillSide) side = {0};
  till_side_begin(&side, chain_store_till(base, "03", NULL), 1);
  chain_store_articles(base);
  g_autofree char *stocked = chain_store_do(
      base,
      "stock",
      "{\"store\":\"" STORE "\",\"rows\":[{\"product\":1,\"lot\":\"L1\","
      "\"expiry\":20271231,\"location\":\"R-1\",\"qty\":48,\"state\":0}]}");
  till_side_sell(&side, 1, 1);
  till_side_sell(&side, 1, 2);
  till_side_add(&side, "sale", "no");
  till_side_sell(&side, 1, 1);
  g_autofree char *answer = till_side_push(&side, base, NULL);
  return folder;
}

/* Does to the file what the program itself would never do. */
static void
tamper(const char *folder, const char *sql)
{
  g_autofree char *path = g_build_filename(folder, "hub.db", NULL);
  sqlite3 *sqlite = NULL;
  char *problem = NULL;
  CU_ASSERT_EQUAL_FATAL(sqlite3_open(path, &sqlite), SQLITE_OK);
  sqlite3_exec(sqlite, sql, NULL, NULL, &problem);
  if (problem)
    g_error("%s", problem);
  sqlite3_close(sqlite);
}

/* "chains: store 1 …" of the first check that fails (transfer full); NULL: all sound. */
static char *
first_fault(const char *folder)
{
  g_autoptr(Base) base = base_open(folder, DB_READER, NULL);
  g_autoptr(GArray) findings = NULL;
  CU_ASSERT_TRUE_FATAL(proof_find(base, &findings, NULL));
  for (guint i = 0; i < findings->len; i++) {
    const Finding *finding = &g_array_index(findings, Finding, i);
    if (finding->wrong)
      return g_strdup_printf("%s: %s", finding->check, finding->wrong);
  }
  return NULL;
}

static void
sound_books_prove_themselves(void)
{
  char *folder = make_books();
  g_autofree char *fault = first_fault(folder);
  CU_ASSERT_PTR_NULL(fault);
  chain_store_remove(folder);
}

static void
each_kind_of_damage_is_named_with_its_row(void)
{
  static const char *const DAMAGE[][2] = {
      {"DROP TRIGGER inbox_stays; UPDATE inbox SET body = CAST(replace(body, '0312', "
       "'0313') AS BLOB)"
       " WHERE seq = 2",
       "chains: store 1 device 1 epoch 1 seq 2: does not follow from the one before it"},
      {"DROP TRIGGER inbox_keeps; DELETE FROM inbox WHERE seq = 3",
       "chains: store 1 device 1 epoch 1 seq 4: the one before it is missing"},
      {"UPDATE chain SET head = 3",
       "heads: device 1 epoch 1: head 3 is not its newest event"},
      {"DELETE FROM chain", "heads: device 1 epoch 1 has no head"},
      {"DROP TRIGGER sale_keeps; DELETE FROM sale WHERE seq = 1",
       "effects: device 1 epoch 1 seq 1: a sale that was neither booked nor set aside"},
      {"INSERT INTO tender VALUES (1, 1, 1, 9, 1, 1, 5, 5, NULL)",
       "orphans: tender of device 1 epoch 1 seq 9 belongs to no event"},
      {"UPDATE balance SET qty = 7",
       "balances: store 1 product 1 lot L1: 7 kept, movements say -48"},
      {"DELETE FROM balance",
       "balances: store 1 product 1 lot L1: nothing kept, movements say -48"},
      {"UPDATE feed_head SET pos = pos + 1 WHERE stream = 1",
       "streams: stream 1: head 7, 6 changes up to 6"},
      {"DROP TRIGGER feed_keeps; DELETE FROM feed WHERE stream = 0 AND pos = 2",
       "streams: stream 0: head 4, 3 changes up to 4"},
      {"UPDATE article SET ver = 2 WHERE code = 'A2'",
       "told: article A2 was not told in version 2"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(DAMAGE); i++) {
    char *folder = make_books();
    tamper(folder, DAMAGE[i][0]);
    g_autofree char *fault = first_fault(folder);
    CU_ASSERT_PTR_NOT_NULL(fault);
    CU_ASSERT_STRING_EQUAL(fault ? fault : "", DAMAGE[i][1]);
    if (g_strcmp0(fault, DAMAGE[i][1]) != 0)
      g_printerr("expected %s\nseen %s\n", DAMAGE[i][1], fault);
    chain_store_remove(folder);
  }
}

static void
the_books_tell_sales_money_and_stock_of_a_store(void)
{
  char *folder = make_books();
  {
    g_autoptr(Base) base = base_open(folder, DB_READER, NULL);
    g_autoptr(GString) json = g_string_new(NULL);
    g_autoptr(GString) lines = g_string_new(NULL);
    bool is_found = false;
    CU_ASSERT_TRUE(books_json(base, STORE, json, &is_found, NULL));
    CU_ASSERT_TRUE(is_found);
    static const char *const WANTED[][2] = {
        {"$.sales", "3"},
        {"$.events", "4"},
        {"$.due", "7400"},
        {"$.tenders[0].amount", "7400"},
        {"$.stock[0].code", "A1"},
        {"$.stock[0].qty", "-48"},
        {"$.exceptions[0].code", "oversell"},
        {"$.quarantined[0].code", "not_json"},
        {"$.tills[0].till", "03"},
        {"$.tills[0].seq", "4"},
        {"$.forks", "0"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(WANTED); i++) {
      g_autofree char *value = chain_store_field(base, json->str, WANTED[i][0]);
      CU_ASSERT_STRING_EQUAL(value ? value : "", WANTED[i][1]);
    }
    CU_ASSERT_TRUE(books_text(base, json->str, lines, NULL));
    CU_ASSERT_PTR_NOT_NULL(strstr(lines->str, "3 sales in 4 events"));
    CU_ASSERT_PTR_NOT_NULL(strstr(lines->str, "due 74.00"));
    CU_ASSERT_PTR_NOT_NULL(
        strstr(lines->str, "A1\t阿莫西林胶囊\tL1\t20271231\tR-1\t-48"));
    CU_ASSERT_TRUE(books_json(base, "9999", json, &is_found, NULL));
    CU_ASSERT_FALSE(is_found);
  }
  chain_store_remove(folder);
}

TESTS("hub_proof",
      TEST(sound_books_prove_themselves),
      TEST(each_kind_of_damage_is_named_with_its_row),
      TEST(the_books_tell_sales_money_and_stock_of_a_store))
