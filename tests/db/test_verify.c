#include "db/verify.h"

#include "db/outbox.h"
#include "db/shift_store.h"
#include "db/ticket_store.h"
#include "tests/db/shop.h"

/* A till after a small morning: two deliveries, three sales, one ticket on hold. */
static void
morning(const char *path)
{
  g_autoptr(Db) store = fixture_store(path);
  shop_deliver(store, 1, 1001, "L1", 240);
  shop_deliver(store, 2, 1002, "L2", 240);
  CU_ASSERT_TRUE(shift_store_open_one(store, "0312", TODAY, 0, NOON, NULL));
  for (char uid = 'a'; uid < 'd'; uid++)
    g_free(shop_sell_one(store, uid));
  CU_ASSERT_TRUE(outbox_set_acked(store, 1, 2, NULL));
  g_autoptr(Sale) held = shop_sale('e');
  CU_ASSERT_TRUE(ticket_store_hold(store, held, "", "0312", NOON, NULL));
}

static void
tamper(const char *path, const char *sql)
{
  static const char *TABLES[] = {
      "movement", "sale", "sale_line", "tender", "outbox", "audit_log"};
  sqlite3 *raw = NULL;
  CU_ASSERT_EQUAL_FATAL(sqlite3_open(path, &raw), SQLITE_OK);
  GString *script = g_string_new("PRAGMA foreign_keys=OFF;");
  for (gsize i = 0; i < G_N_ELEMENTS(TABLES); i++)
    g_string_append_printf(
        script, "DROP TRIGGER %s_stays; DROP TRIGGER %s_is_kept;", TABLES[i], TABLES[i]);
  g_string_append(script, sql);
  char *message = NULL;
  int rc = sqlite3_exec(raw, script->str, NULL, NULL, &message);
  if (rc != SQLITE_OK)
    g_printerr("%s: %s\n", sql, message);
  CU_ASSERT_EQUAL(rc, SQLITE_OK);
  sqlite3_free(message);
  sqlite3_close(raw);
  g_string_free(script, TRUE);
}

/* "sale sums: receipt …": what is wrong, one check a line. */
static char *
complaints(const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(Db) store = db_open(path, "store", DB_READER, &error);
  CU_ASSERT_PTR_NOT_NULL_FATAL(store);
  g_autoptr(GPtrArray) findings = NULL;
  CU_ASSERT_TRUE(verify_store(store, &findings, &error));
  GString *said = g_string_new(NULL);
  for (guint i = 0; i < findings->len; i++) {
    const VerifyFinding *finding = findings->pdata[i];
    if (finding->wrong)
      g_string_append_printf(said, "%s: %s\n", finding->check, finding->wrong);
  }
  return g_string_free(said, FALSE);
}

static void
books_that_nobody_touched_prove_themselves(void)
{
  char *folder = fixture_folder();
  g_autofree char *path = g_build_filename(folder, "store.db", NULL);
  morning(path);
  g_autofree char *said = complaints(path);
  CU_ASSERT_STRING_EQUAL(said, "");
  g_autoptr(Db) store = db_open(path, "store", DB_READER, NULL);
  g_autoptr(GPtrArray) findings = NULL;
  CU_ASSERT_TRUE(verify_store(store, &findings, NULL));
  CU_ASSERT_EQUAL(findings->len, 9);
  for (guint i = 0; i < findings->len; i++)
    CU_ASSERT_TRUE(((VerifyFinding *)findings->pdata[i])->rows > 0);
  fixture_remove(folder);
}

/* What is done to the books, and what must be said of it. Ids of epoch 1: 1 << 32 is
 * 4294967296. */
static const struct {
  const char *sql, *said;
} TAMPERINGS[] = {
    {"UPDATE audit_log SET staff = '0313' WHERE seq = 3",
     "audit chain: entry 3 (sale 0123-03-e1-000002), or the one before, was changed"},
    {"UPDATE audit_log SET at_us = at_us + 1 WHERE seq = 1", "audit chain: entry 1 "},
    {"DELETE FROM audit_log WHERE seq = 2", "audit chain: entry 2 is missing"},
    {"DELETE FROM audit_log WHERE seq = 4",
     "orphan rows: receipt 0123-03-e1-000003 has no entry in the audit log"},
    {"UPDATE outbox SET body = replace(body, '2260', '2261') WHERE id = 4294967298",
     "outbox chain: event 2 of epoch 1 (sale), or the one before, was changed"},
    {"UPDATE outbox SET type = 'sole' WHERE id = 4294967299", "outbox chain: event 3 "},
    {"UPDATE outbox SET hash = zeroblob(32) WHERE id = 4294967297",
     "outbox chain: event 1 "},
    {"DELETE FROM outbox WHERE id = 4294967298",
     "outbox chain: event 2 of epoch 1 is missing"},
    {"DELETE FROM outbox WHERE id = 4294967300",
     "sale events: receipt 0123-03-e1-000003 has no event"},
    {"UPDATE epoch SET acked = 9",
     "acknowledged events: central is said to have event 9 of epoch 1"},
    {"DELETE FROM sale WHERE id = 4294967298",
     "receipt numbers: receipt 2 of epoch 1 is missing"},
    {"DELETE FROM sale WHERE id = 4294967299",
     "orphan rows: line 1 of no sale (4294967299)"},
    {"UPDATE sale SET gross = gross + 1, due = due + 1 WHERE id = 4294967297",
     "sale sums: receipt 0123-03-e1-000001: its lines make 2260"},
    {"UPDATE sale_line SET net = net - 1 WHERE sale = 4294967298 AND n = 1",
     "sale sums: receipt 0123-03-e1-000002: its lines make 2259"},
    {"UPDATE tender SET amount = 1 WHERE sale = 4294967298 AND n = 2",
     "sale sums: receipt 0123-03-e1-000002: 261 was paid for 2260"},
    {"UPDATE sale SET tax = 0 WHERE id = 4294967299",
     "sale sums: receipt 0123-03-e1-000003: its lines hold 260 of tax"},
    {"DELETE FROM sale_line WHERE sale = 4294967298",
     "sale sums: receipt 0123-03-e1-000002: its lines make 0"},
    {"UPDATE sale SET staff = '0001' WHERE id = 4294967298",
     "sale events: receipt 0123-03-e1-000002 differs from its event"},
    {"UPDATE sale_line SET lot_no = 'L7' WHERE sale = 4294967297 AND n = 1",
     "sale events: receipt 0123-03-e1-000001 differs from its event"},
    {"UPDATE balance SET qty = qty + 1 WHERE product = 1002 AND lot_no = 'L2'",
     "balances: article 1002, lot \"L2\", place \"A1-3\": the balance says 241, the "
     "movements 240"},
    {"DELETE FROM balance WHERE product = 1001", "balances: article 1001, lot \"L1\""},
    {"UPDATE movement SET qty = -1 WHERE device = 7 AND seq = 2 AND n = 1",
     "balances: article 1001, lot \"L1\""},
    {"INSERT INTO movement VALUES (7, 1, 99, 1, 0, 1001, 'L1', 0, 'A1-3', -1, 'x', '')",
     "orphan rows: movement 1 of event 99 in epoch 1, which never was"},
    {"DELETE FROM held_ticket", "orphan rows: held line "},
    {"DELETE FROM held_line WHERE n = 1", "orphan rows: held unit "},
    {"UPDATE print_job SET subject = '0123-03-e1-000009' WHERE id = 2",
     "print jobs: print job 2 is of receipt 0123-03-e1-000009, which is not here"},
};

static void
one_changed_row_is_found_and_named(void)
{
  char *folder = fixture_folder();
  g_autofree char *path = g_build_filename(folder, "store.db", NULL);
  g_autofree char *copy = g_build_filename(folder, "copy.db", NULL);
  g_autofree char *bytes = NULL;
  gsize length = 0;
  morning(path);
  CU_ASSERT_TRUE_FATAL(g_file_get_contents(path, &bytes, &length, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS(TAMPERINGS); i++) {
    CU_ASSERT_TRUE(g_file_set_contents(copy, bytes, (gssize)length, NULL));
    tamper(copy, TAMPERINGS[i].sql);
    g_autofree char *said = complaints(copy);
    CU_ASSERT_PTR_NOT_NULL(strstr(said, TAMPERINGS[i].said));
    if (!strstr(said, TAMPERINGS[i].said))
      g_printerr("%s\n  says %s", TAMPERINGS[i].sql, said);
  }
  fixture_remove(folder);
}

static void
one_changed_byte_of_the_file_is_found(void)
{
  static const char *NEEDLES[] = {"0123-03-e1-000002\",\"at\"", "阿莫西林胶囊\",\"unit"};
  char *folder = fixture_folder();
  g_autofree char *path = g_build_filename(folder, "store.db", NULL);
  g_autofree char *bytes = NULL;
  gsize length = 0;
  morning(path);
  CU_ASSERT_TRUE_FATAL(g_file_get_contents(path, &bytes, &length, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS(NEEDLES); i++) {
    g_autofree char *copy = g_build_filename(folder, i ? "b.db" : "a.db", NULL);
    g_autofree char *changed = g_memdup2(bytes, length);
    char *at = memmem(changed, length, NEEDLES[i], strlen(NEEDLES[i]));
    CU_ASSERT_PTR_NOT_NULL_FATAL(at);
    at[5] ^= 1;
    g_file_set_contents(copy, changed, (gssize)length, NULL);
    g_autofree char *said = complaints(copy);
    CU_ASSERT_PTR_NOT_NULL(strstr(said, "outbox chain: event"));
  }
  fixture_remove(folder);
}

static void
the_books_of_a_restored_till_prove_themselves_over_both_epochs(void)
{
  char *folder = fixture_folder();
  g_autofree char *path = g_build_filename(folder, "store.db", NULL);
  morning(path);
  {
    g_autoptr(Db) store = db_open(path, "store", DB_WRITER, NULL);
    CU_ASSERT_TRUE(outbox_next_epoch(store, NULL, NULL));
    g_free(shop_sell_one(store, 'f'));
  }
  g_autofree char *said = complaints(path);
  CU_ASSERT_STRING_EQUAL(said, "");
  fixture_remove(folder);
}

TESTS("verify",
      TEST(books_that_nobody_touched_prove_themselves),
      TEST(one_changed_row_is_found_and_named),
      TEST(one_changed_byte_of_the_file_is_found),
      TEST(the_books_of_a_restored_till_prove_themselves_over_both_epochs))
