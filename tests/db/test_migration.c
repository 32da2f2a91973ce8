#include <gio/gio.h>

#include "tests/db/fixture.h"

static const char *SCRIPTS[] = {
    "CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;",
    "ALTER TABLE thing ADD COLUMN price INTEGER; UPDATE thing SET price = id * 100;",
    "CREATE TABLE other (id INTEGER PRIMARY KEY); INSERT INTO nowhere VALUES (1);",
};

/* The first @n scripts of schema "trial", registered as a program would have them. */
static GResource *
release(const char *folder, int n)
{
  GString *xml = g_string_new("<gresources><gresource prefix=\"/guitai/schema\">");
  for (int i = 0; i < n; i++) {
    g_autofree char *name = g_strdup_printf("trial-%04d_x.sql", i + 1);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_file_set_contents(path, SCRIPTS[i], -1, NULL);
    g_string_append_printf(xml, "<file>%s</file>", name);
  }
  g_string_append(xml, "</gresource></gresources>");
  g_autofree char *list = g_build_filename(folder, "trial.xml", NULL);
  g_autofree char *bundle = g_build_filename(folder, "trial.gresource", NULL);
  g_file_set_contents(list, xml->str, -1, NULL);
  g_string_free(xml, TRUE);
  const char *command[] = {
      "glib-compile-resources", "--sourcedir", folder, "--target", bundle, list, NULL};
  int status = -1;
  g_spawn_sync(NULL,
               (char **)command,
               NULL,
               G_SPAWN_SEARCH_PATH,
               NULL,
               NULL,
               NULL,
               NULL,
               &status,
               NULL);
  CU_ASSERT_EQUAL_FATAL(status, 0);
  GResource *resource = g_resource_load(bundle, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(resource);
  g_resources_register(resource);
  return resource;
}

static void
withdraw(GResource *resource)
{
  g_resources_unregister(resource);
  g_resource_unref(resource);
}

static void
make_first(const char *path, const char *folder)
{
  GResource *first = release(folder, 1);
  {
    g_autoptr(Db) db = db_open(path, "trial", DB_WRITER, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(db);
    CU_ASSERT_EQUAL(number(db, "INSERT INTO thing VALUES (7, 'box')"), -1);
  }
  withdraw(first);
}

static void
a_file_is_upgraded_in_steps_after_a_copy(void)
{
  char *folder = fixture_folder();
  g_autofree char *path = g_build_filename(folder, "trial.db", NULL);
  make_first(path, folder);
  GResource *second = release(folder, 2);
  g_autoptr(GError) error = NULL;
  CU_ASSERT_PTR_NULL(db_open(path, "trial", DB_READER, &error)); /* readers do not wait */
  {
    g_autoptr(Db) db = db_open(path, "trial", DB_WRITER, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(db);
    CU_ASSERT_EQUAL(number(db, "SELECT price FROM thing WHERE id = 7"), 700);
    CU_ASSERT_EQUAL(number(db, "PRAGMA user_version"), 2);
    g_autoptr(Db) reader = db_open(path, "trial", DB_READER, NULL);
    CU_ASSERT_PTR_NOT_NULL(reader);
  }
  withdraw(second);
  g_autofree char *copy = g_strconcat(path, ".v1", NULL);
  GResource *first = release(folder, 1);
  {
    g_autoptr(Db) before = db_open(copy, "trial", DB_READER, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(before);
    CU_ASSERT_EQUAL(number(before, "SELECT id FROM thing WHERE id = 7"), 7);
  }
  withdraw(first);
  fixture_remove(folder);
}

static void
an_upgrade_that_fails_leaves_the_file_as_it_was(void)
{
  char *folder = fixture_folder();
  g_autofree char *path = g_build_filename(folder, "trial.db", NULL);
  make_first(path, folder);
  GResource *broken = release(folder, 3);
  g_autoptr(GError) error = NULL;
  CU_ASSERT_PTR_NULL(db_open(path, "trial", DB_WRITER, &error));
  CU_ASSERT_PTR_NOT_NULL_FATAL(error);
  CU_ASSERT_TRUE(g_str_has_prefix(error->message, "trial-0003_x.sql: "));
  withdraw(broken);
  GResource *second = release(folder, 2);
  {
    g_autoptr(Db) db = db_open(path, "trial", DB_WRITER, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(db); /* the step before the failed one stands */
    CU_ASSERT_EQUAL(number(db, "SELECT price FROM thing WHERE id = 7"), 700);
    CU_ASSERT_EQUAL(number(db,
                           "SELECT count(*) FROM sqlite_schema"
                           " WHERE name = 'other' /* scan */"),
                    0);
  }
  withdraw(second);
  fixture_remove(folder);
}

static void
a_new_file_needs_no_copy(void)
{
  char *folder = fixture_folder();
  g_autofree char *path = g_build_filename(folder, "store.db", NULL);
  g_autoptr(Db) db = db_open(path, "store", DB_WRITER, NULL);
  g_autofree char *copy = g_strconcat(path, ".v0", NULL);
  CU_ASSERT_FALSE(g_file_test(copy, G_FILE_TEST_EXISTS));
  CU_ASSERT_TRUE(number(db, "PRAGMA user_version") >= 1);
  fixture_remove(folder);
}

TESTS("migration",
      TEST(a_file_is_upgraded_in_steps_after_a_copy),
      TEST(an_upgrade_that_fails_leaves_the_file_as_it_was),
      TEST(a_new_file_needs_no_copy))
