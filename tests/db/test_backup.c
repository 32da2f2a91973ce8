#include "db/backup.h"

#include "db/outbox.h"
#include "tests/db/shop.h"

#define SECOND G_GINT64_CONSTANT(1000000)

typedef struct {
  char *folder, *backups, *path;
} Place;

static Place
place(void)
{
  Place p = {.folder = fixture_folder()};
  p.backups = g_build_filename(p.folder, "backups", NULL);
  p.path = g_build_filename(p.folder, "store.db", NULL);
  return p;
}

static void
place_clear(Place *p)
{
  fixture_remove(p->folder);
  g_free(p->backups);
  g_free(p->path);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Place, place_clear)

static void
spoil(const char *path)
{
  g_autofree char *garbage = g_strnfill(5000, '?');
  CU_ASSERT_TRUE(g_file_set_contents(path, garbage, 5000, NULL));
}

static void
the_newest_copies_are_kept(void)
{
  g_auto(Place) p = place();
  g_autoptr(Db) store = fixture_store(p.path);
  for (int i = 0; i < 5; i++) {
    g_autofree char *made = NULL;
    int64_t now = NOON + (i / 2) * SECOND; /* two within a second */
    CU_ASSERT_TRUE(backup_make(store, p.backups, now, 3, &made, NULL));
    CU_ASSERT_TRUE(g_file_test(made, G_FILE_TEST_EXISTS));
  }
  g_autoptr(GPtrArray) list = backup_list(p.backups);
  CU_ASSERT_EQUAL_FATAL(list->len, 3);
  const char *names[] = {"store-20261123-080002.db",
                         "store-20261123-080001-2.db",
                         "store-20261123-080001.db"};
  for (guint i = 0; i < 3; i++) {
    g_autofree char *name = g_path_get_basename(list->pdata[i]);
    CU_ASSERT_STRING_EQUAL(name, names[i]);
  }
  g_autoptr(GPtrArray) none = backup_list("/nowhere/at/all");
  CU_ASSERT_EQUAL(none->len, 0);
}

static void
a_damaged_store_is_restored_and_kept(void)
{
  g_auto(Place) p = place();
  g_autofree char *made = NULL, *kept = NULL, *first = NULL, *later = NULL;
  {
    g_autoptr(Db) store = fixture_store(p.path);
    first = shop_sell_one(store, 'a');
    CU_ASSERT_TRUE(backup_make(store, p.backups, NOON, 3, &made, NULL));
    later = shop_sell_one(store, 'b');
  }
  spoil(p.path);
  CU_ASSERT_TRUE(backup_restore(made, p.path, NOON, &kept, NULL));
  g_autofree char *name = g_path_get_basename(kept);
  CU_ASSERT_STRING_EQUAL(name, "damaged-20261123-080000-store.db");
  g_autofree char *garbage = NULL;
  g_file_get_contents(kept, &garbage, NULL, NULL);
  CU_ASSERT_EQUAL(garbage[0], '?');
  g_autoptr(Db) store = db_open(p.path, "store", DB_WRITER, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(store);
  CU_ASSERT_EQUAL(number(store, "SELECT count(*) FROM sale /* scan */"), 1);
  CU_ASSERT_TRUE(g_file_test(made, G_FILE_TEST_EXISTS));
}

static void
the_old_log_is_not_replayed_into_the_restored_file(void)
{
  g_auto(Place) p = place();
  g_autofree char *made = NULL, *log = g_strconcat(p.path, "-wal", NULL), *bytes = NULL;
  gsize length = 0;
  {
    g_autoptr(Db) store = fixture_store(p.path);
    CU_ASSERT_TRUE(backup_make(store, p.backups, NOON, 3, &made, NULL));
    g_free(shop_sell_one(store, 'a'));
    CU_ASSERT_TRUE_FATAL(g_file_get_contents(log, &bytes, &length, NULL));
  }
  g_file_set_contents(log, bytes, (gssize)length, NULL); /* as after a power cut */
  g_autofree char *kept = NULL;
  CU_ASSERT_TRUE(backup_restore(made, p.path, NOON, &kept, NULL));
  CU_ASSERT_FALSE(g_file_test(log, G_FILE_TEST_EXISTS));
  g_autofree char *kept_log = g_strconcat(kept, "-wal", NULL);
  CU_ASSERT_TRUE(g_file_test(kept_log, G_FILE_TEST_EXISTS));
  g_autoptr(Db) store = db_open(p.path, "store", DB_WRITER, NULL);
  CU_ASSERT_EQUAL(number(store, "SELECT count(*) FROM sale /* scan */"), 0);
  CU_ASSERT_PTR_NULL(db_integrity(store));
}

static int
restore_and_number_on(const Place *p, const char *backup)
{
  int epoch = 0;
  CU_ASSERT_TRUE(backup_restore(backup, p->path, NOON, NULL, NULL));
  g_autoptr(Db) store = db_open(p->path, "store", DB_WRITER, NULL);
  CU_ASSERT_TRUE(outbox_next_epoch(store, &epoch, NULL));
  return epoch;
}

static void
a_backup_restored_again_gives_another_epoch_each_time(void)
{
  g_auto(Place) p = place();
  g_autofree char *made = NULL;
  {
    g_autoptr(Db) store = fixture_store(p.path);
    CU_ASSERT_TRUE(backup_make(store, p.backups, NOON, 3, &made, NULL));
  }
  CU_ASSERT_EQUAL(restore_and_number_on(&p, made), 2);
  CU_ASSERT_EQUAL(restore_and_number_on(&p, made), 3);
  spoil(p.path); /* can no longer say which epoch it was in */
  CU_ASSERT_EQUAL(restore_and_number_on(&p, made), 4);
}

static void
a_backup_that_is_damaged_itself_is_refused_and_nothing_moves(void)
{
  g_auto(Place) p = place();
  g_autofree char *bad = g_build_filename(p.folder, "store-bad.db", NULL);
  {
    g_autoptr(Db) store = fixture_store(p.path);
  }
  g_autofree char *before = NULL, *after = NULL, *kept = NULL;
  gsize length = 0, length_after = 0;
  g_file_get_contents(p.path, &before, &length, NULL);
  spoil(bad);
  g_autoptr(GError) error = NULL;
  CU_ASSERT_FALSE(backup_restore(bad, p.path, NOON, &kept, &error));
  CU_ASSERT_TRUE(g_error_matches(error, DB_ERROR, DB_ERROR_CORRUPT));
  CU_ASSERT_PTR_NULL(kept);
  g_file_get_contents(p.path, &after, &length_after, NULL);
  CU_ASSERT_EQUAL(length, length_after);
  CU_ASSERT_EQUAL(memcmp(before, after, length), 0);
  g_clear_error(&error);
  CU_ASSERT_FALSE(backup_restore("/nowhere", p.path, NOON, &kept, &error));
  CU_ASSERT_PTR_NOT_NULL(error);
}

static void
a_store_that_is_gone_is_restored_too(void)
{
  g_auto(Place) p = place();
  g_autofree char *made = NULL, *kept = NULL;
  {
    g_autoptr(Db) store = fixture_store(p.path);
    g_free(shop_sell_one(store, 'a'));
    CU_ASSERT_TRUE(backup_make(store, p.backups, NOON, 3, &made, NULL));
  }
  g_remove(p.path);
  CU_ASSERT_TRUE(backup_restore(made, p.path, NOON, &kept, NULL));
  CU_ASSERT_PTR_NULL(kept);
  g_autoptr(Db) store = db_open(p.path, "store", DB_READER, NULL);
  CU_ASSERT_EQUAL(number(store, "SELECT count(*) FROM sale /* scan */"), 1);
}

TESTS("backup",
      TEST(the_newest_copies_are_kept),
      TEST(a_damaged_store_is_restored_and_kept),
      TEST(the_old_log_is_not_replayed_into_the_restored_file),
      TEST(a_backup_restored_again_gives_another_epoch_each_time),
      TEST(a_backup_that_is_damaged_itself_is_refused_and_nothing_moves),
      TEST(a_store_that_is_gone_is_restored_too))
