#include "tests/db/fixture.h"

static goffset
size_of(const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename(folder, name, NULL);
  GStatBuf status;
  return g_stat(path, &status) == 0 ? status.st_size : -1;
}

static void
the_log_is_reserved_when_idle_and_then_used_again(void)
{
  char *folder = fixture_folder();
  g_autofree char *path = g_build_filename(folder, "store.db", NULL);
  g_autoptr(Db) db = db_open(path, "store", DB_WRITER, NULL);
  db_checkpoint_if_large(db);
  goffset reserved = size_of(folder, "store.db-wal");
  CU_ASSERT_EQUAL(reserved, 4 * 1024 * 1024);
  for (int i = 0; i < 800; i++) {
    g_autofree char *key = g_strdup_printf("%0900d", i);
    if (!setting_store_set(db, key, key, NULL))
      CU_FAIL("a setting");
    if (i % 50 == 0)
      db_checkpoint_if_large(db);
  }
  CU_ASSERT_EQUAL(size_of(folder, "store.db-wal"), reserved);
  g_autoptr(Db) reader = db_open(path, "store", DB_READER, NULL);
  CU_ASSERT_EQUAL(number(reader, "SELECT count(*) FROM setting /* scan */"), 800);
  fixture_remove(folder);
}

static void
a_log_that_nobody_moves_does_not_grow_for_ever(void)
{
  char *folder = fixture_folder();
  g_autofree char *path = g_build_filename(folder, "store.db", NULL);
  g_autoptr(Db) db = db_open(path, "store", DB_WRITER, NULL);
  g_autofree char *large = g_strnfill(1 << 20, 'x');
  for (int i = 0; i < 60; i++)
    setting_store_set(db, "a", i % 2 ? large : "", NULL);
  CU_ASSERT_TRUE(size_of(folder, "store.db-wal") < 40 * 1024 * 1024);
  db_checkpoint_if_large(db);
  CU_ASSERT_TRUE(size_of(folder, "store.db-wal") <= 4 * 1024 * 1024);
  fixture_remove(folder);
}

/* 80 MiB of a kind that this Guitai does not know. */
static void
fill(Db *catalogue, int first)
{
  g_autofree char *large = g_strnfill(1 << 20, 'x');
  for (int i = 0; i < 80; i++) {
    g_auto(Query) q =
        query(catalogue, "INSERT INTO raw_change VALUES (:pos, '', '', '', 0, :body)");
    query_bind_int(&q, ":pos", first + i);
    query_bind_text(&q, ":body", large);
    query_run(&q);
    CU_ASSERT_TRUE(query_done(&q, NULL));
  }
}

static void
the_catalogue_stays_in_its_log_while_the_till_sells(void)
{
  char *folder = fixture_folder();
  g_autofree char *path = g_build_filename(folder, "catalogue.db", NULL);
  g_autofree char *store_path = g_build_filename(folder, "store.db", NULL);
  g_autoptr(Db) catalogue = db_open(path, "catalogue", DB_WRITER, NULL);
  fill(catalogue, 0);
  db_checkpoint_if_large(catalogue); /* nobody has sold anything yet */
  CU_ASSERT_TRUE(size_of(folder, "catalogue.db-wal") <= 4 * 1024 * 1024);
  fill(catalogue, 1000);
  g_autoptr(Db) store = db_open(store_path, "store", DB_WRITER, NULL);
  CU_ASSERT_TRUE(setting_store_set(store, "a", "1", NULL));
  db_checkpoint_if_large(catalogue);
  CU_ASSERT_TRUE(size_of(folder, "catalogue.db-wal") > 80 * 1024 * 1024);
  fixture_remove(folder);
}

TESTS("wal",
      TEST(the_catalogue_stays_in_its_log_while_the_till_sells),
      TEST(the_log_is_reserved_when_idle_and_then_used_again),
      TEST(a_log_that_nobody_moves_does_not_grow_for_ever))
