/* Files of every released schema (tests/db/past) are opened and go on. */
#include <string.h>

#include "db/catalogue_store.h"
#include "db/duty_store.h"
#include "db/people_store.h"
#include "tests/db/fixture.h"

/* A copy of past/@name as @as in a new folder. */
static char *
take_past(const char *folder, const char *name, const char *as)
{
  g_autofree char *here = g_path_get_dirname(__FILE__);
  g_autofree char *from = g_build_filename(here, "past", name, NULL);
  char *to = g_build_filename(folder, as, NULL);
  g_autofree char *bytes = NULL;
  gsize length = 0;
  CU_ASSERT_TRUE_FATAL(g_file_get_contents(from, &bytes, &length, NULL));
  CU_ASSERT_TRUE_FATAL(g_file_set_contents(to, bytes, (gssize)length, NULL));
  return to;
}

static void
a_store_of_the_first_schema_keeps_its_facts_and_learns_of_duty(void)
{
  char *folder = fixture_folder();
  g_autofree char *path = take_past(folder, "store-0001.db", "store.db");
  g_autofree char *copy = g_strconcat(path, ".v1", NULL);
  {
    g_autoptr(Db) store = db_open(path, "store", DB_WRITER, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(store);
    CU_ASSERT_EQUAL(number(store, "SELECT qty FROM balance /* scan */"), 60);
    CU_ASSERT_EQUAL(number(store, "SELECT count(*) FROM shift /* scan */"), 1);
    int64_t last_us = 0;
    CU_ASSERT_TRUE(people_store_last_here(store, "0312", &last_us, NULL));
    CU_ASSERT_EQUAL(last_us, 1795311660000000);
    Duty heard = {.staff = (char *)"0205", .here = true, .at_us = NOON};
    CU_ASSERT_TRUE(duty_store_hear(store, &heard, NULL));
  }
  CU_ASSERT_TRUE(g_file_test(copy, G_FILE_TEST_EXISTS)); /* as it was before */
  fixture_remove(folder);
}

static const char NEWS[] =
    "{\"stream\":\"cat\",\"from\":0,\"to\":1,\"head\":1,\"changes\":[{\"pos\":1,"
    "\"type\":\"staff\",\"op\":\"put\",\"key\":\"0312\",\"ver\":4,\"body\":{\"id\":3,"
    "\"number\":\"0312\",\"name\":\"张三\",\"role\":1,\"rights\":7,\"discount_limit_bp\":"
    "500,\"price_limit_bp\":100,\"refund_limit\":5000,\"count_limit\":70,"
    "\"registration\":{\"number\":\"211220001234\",\"kind\":1,\"scopes\":3,\"from\":"
    "20230101,\"to\":20271231},\"active\":true,\"badge\":\"\",\"pin\":null}}],"
    "\"hub_time\":0}";

static void
a_catalogue_of_the_first_schema_reads_its_people_again(void)
{
  char *folder = fixture_folder();
  g_autofree char *path = take_past(folder, "catalogue-0001.db", "catalogue.db");
  g_autoptr(Seal) seal = fixture_seal(folder);
  {
    g_autoptr(Db) catalogue = db_open(path, "catalogue", DB_WRITER, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(catalogue);
    g_autoptr(Staff) before = NULL;
    g_autoptr(Staff) after = NULL;
    CU_ASSERT_TRUE(people_store_find(catalogue, "0312", &before, NULL));
    CU_ASSERT_PTR_NOT_NULL_FATAL(before); /* who was known may sign in meanwhile */
    CU_ASSERT_EQUAL(before->registration.kind, REGISTRATION_NONE);
    CU_ASSERT_EQUAL(before->refund_limit, 0);
    CU_ASSERT_EQUAL(catalogue_store_position(catalogue), 0);
    /* The version that the old till had thrown the new fields of away. */
    CU_ASSERT_TRUE(
        catalogue_store_apply(catalogue, seal, NEWS, strlen(NEWS), NULL, NULL));
    CU_ASSERT_TRUE(people_store_find(catalogue, "0312", &after, NULL));
    CU_ASSERT_EQUAL(after->price_limit_bp, 100);
    CU_ASSERT_EQUAL(after->refund_limit, 5000);
    CU_ASSERT_EQUAL(after->count_limit, 70);
    CU_ASSERT_EQUAL(after->registration.kind, REGISTRATION_LICENSED);
    CU_ASSERT_STRING_EQUAL(after->registration.number, "211220001234");
    CU_ASSERT_EQUAL(after->registration.scopes, SCOPE_ANY);
    CU_ASSERT_EQUAL(after->registration.from, 20230101);
    CU_ASSERT_EQUAL(after->registration.to, 20271231);
  }
  fixture_remove(folder);
}

TESTS("past",
      TEST(a_store_of_the_first_schema_keeps_its_facts_and_learns_of_duty),
      TEST(a_catalogue_of_the_first_schema_reads_its_people_again))
