#include <string.h>

#include "tests/db/fixture.h"

static void
work_that_is_not_committed_is_undone(void)
{
  g_autoptr(Db) db = db_open(":memory:", "store", DB_WRITER, NULL);
  {
    g_autoptr(DbWork) work = db_begin(db, NULL);
    CU_ASSERT_TRUE(db_in_work(db));
    CU_ASSERT_TRUE(setting_store_set(db, "a", "1", NULL));
  }
  CU_ASSERT_FALSE(db_in_work(db));
  CU_ASSERT_EQUAL(number(db, "SELECT count(*) FROM setting /* scan */"), 0);
}

static void
a_failed_commit_leaves_nothing_and_the_next_one_works(void)
{
  g_autoptr(Db) db = db_open(":memory:", "store", DB_WRITER, NULL);
  g_autoptr(GError) error = NULL;
  {
    g_autoptr(DbWork) work = db_begin(db, NULL);
    CU_ASSERT_TRUE(setting_store_set(db, "a", "1", NULL));
    query_fail_at(1);
    CU_ASSERT_FALSE(db_commit(work, &error));
  }
  CU_ASSERT_TRUE(g_error_matches(error, DB_ERROR, DB_ERROR_FULL));
  CU_ASSERT_EQUAL(number(db, "SELECT count(*) FROM setting /* scan */"), 0);
  g_autoptr(DbWork) work = db_begin(db, NULL);
  CU_ASSERT_TRUE(work && setting_store_set(db, "a", "2", NULL) && db_commit(work, NULL));
}

static void
the_first_failure_of_a_query_is_the_one_told(void)
{
  g_autoptr(Db) db = db_open(":memory:", "store", DB_WRITER, NULL);
  g_autoptr(GError) error = NULL;
  g_auto(Query) q = query(db, "INSERT INTO shelf (product, location) VALUES (:p, :l)");
  query_bind_int(&q, ":p", 1);
  query_bind_text(&q, ":l", NULL);
  query_run(&q);
  query_bind_int(&q, ":p", 2);
  query_run(&q);
  CU_ASSERT_FALSE(query_done(&q, &error));
  CU_ASSERT_TRUE(g_error_matches(error, DB_ERROR, DB_ERROR_REFUSED));
  CU_ASSERT_PTR_NOT_NULL(strstr(error->message, "NOT NULL"));
}

static void
a_full_disk_is_named(void)
{
  g_autoptr(Db) db = db_open(":memory:", "store", DB_WRITER, NULL);
  g_autoptr(GError) error = NULL;
  CU_ASSERT_TRUE(number(db, "PRAGMA max_page_count = 60") >= 60);
  for (int i = 0; i < 1000 && !error; i++) {
    g_autofree char *key = g_strdup_printf("%0500d", i);
    setting_store_set(db, key, key, &error);
  }
  CU_ASSERT_TRUE(g_error_matches(error, DB_ERROR, DB_ERROR_FULL));
}

static void
a_damaged_file_is_named(void)
{
  char *folder = fixture_folder();
  g_autofree char *path = g_build_filename(folder, "store.db", NULL);
  g_autofree char *garbage = g_strnfill(9000, 'x');
  g_autoptr(GError) error = NULL;
  g_file_set_contents(path, garbage, 9000, NULL);
  CU_ASSERT_PTR_NULL(db_open(path, "store", DB_WRITER, &error));
  CU_ASSERT_TRUE(g_error_matches(error, DB_ERROR, DB_ERROR_CORRUPT));
  g_autofree char *after = NULL;
  g_file_get_contents(path, &after, NULL, NULL);
  CU_ASSERT_STRING_EQUAL(after, garbage);
  fixture_remove(folder);
}

static void
a_file_of_a_newer_guitai_is_left_alone(void)
{
  char *folder = fixture_folder();
  g_autofree char *path = g_build_filename(folder, "store.db", NULL);
  g_autoptr(GError) error = NULL;
  {
    g_autoptr(Db) db = db_open(path, "store", DB_WRITER, NULL);
    CU_ASSERT_EQUAL(number(db, "PRAGMA user_version = 999"), -1);
  }
  CU_ASSERT_PTR_NULL(db_open(path, "store", DB_WRITER, &error));
  CU_ASSERT_TRUE(g_error_matches(error, DB_ERROR, DB_ERROR_NEWER));
  fixture_remove(folder);
}

static void
a_reader_sees_what_was_committed_and_cannot_write(void)
{
  char *folder = fixture_folder();
  g_autofree char *path = g_build_filename(folder, "store.db", NULL);
  g_autoptr(Db) writer = db_open(path, "store", DB_WRITER, NULL);
  g_autoptr(Db) reader = db_open(path, "store", DB_READER, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(reader);
  CU_ASSERT_TRUE(setting_store_set(writer, "a", "1", NULL));
  CU_ASSERT_EQUAL(setting_store_int(reader, "a", 0), 1);
  g_autoptr(GError) error = NULL;
  CU_ASSERT_FALSE(setting_store_set(reader, "a", "2", &error));
  CU_ASSERT_PTR_NOT_NULL(error);
  fixture_remove(folder);
}

static void
a_reader_does_not_make_a_file(void)
{
  char *folder = fixture_folder();
  g_autofree char *path = g_build_filename(folder, "catalogue.db", NULL);
  g_autoptr(GError) error = NULL;
  CU_ASSERT_PTR_NULL(db_open(path, "catalogue", DB_READER, &error));
  CU_ASSERT_PTR_NOT_NULL(error);
  CU_ASSERT_FALSE(g_file_test(path, G_FILE_TEST_EXISTS));
  fixture_remove(folder);
}

static void
a_copy_is_whole_and_does_not_replace(void)
{
  char *folder = fixture_folder();
  g_autofree char *path = g_build_filename(folder, "store.db", NULL);
  g_autofree char *copy = g_build_filename(folder, "copy.db", NULL);
  g_autoptr(Db) db = db_open(path, "store", DB_WRITER, NULL);
  CU_ASSERT_TRUE(setting_store_set(db, "a", "1", NULL));
  CU_ASSERT_TRUE(db_copy_to(db, copy, NULL));
  g_autoptr(Db) copied = db_open(copy, "store", DB_READER, NULL);
  CU_ASSERT_EQUAL(setting_store_int(copied, "a", 0), 1);
  g_autoptr(GError) error = NULL;
  CU_ASSERT_FALSE(db_copy_to(db, copy, &error));
  CU_ASSERT_TRUE(g_error_matches(error, DB_ERROR, DB_ERROR_REFUSED));
  fixture_remove(folder);
}

static void
a_sound_file_has_no_complaint(void)
{
  g_autoptr(Db) db = db_open(":memory:", "store", DB_WRITER, NULL);
  CU_ASSERT_PTR_NULL(db_integrity(db));
  CU_ASSERT_STRING_EQUAL(db_path(db), ":memory:");
}

TESTS("db",
      TEST(work_that_is_not_committed_is_undone),
      TEST(a_failed_commit_leaves_nothing_and_the_next_one_works),
      TEST(the_first_failure_of_a_query_is_the_one_told),
      TEST(a_full_disk_is_named),
      TEST(a_damaged_file_is_named),
      TEST(a_file_of_a_newer_guitai_is_left_alone),
      TEST(a_reader_sees_what_was_committed_and_cannot_write),
      TEST(a_reader_does_not_make_a_file),
      TEST(a_copy_is_whole_and_does_not_replace),
      TEST(a_sound_file_has_no_complaint))
