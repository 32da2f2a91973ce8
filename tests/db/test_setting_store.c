#include "tests/db/fixture.h"

static void
a_setting_not_set_is_what_the_caller_says(void)
{
  g_autoptr(Db) store = db_open(":memory:", "store", DB_WRITER, NULL);
  g_autofree char *other = setting_store_text(store, "printer", "none");
  CU_ASSERT_STRING_EQUAL(other, "none");
  CU_ASSERT_PTR_NULL(setting_store_text(store, "printer", NULL));
  CU_ASSERT_EQUAL(setting_store_int(store, "step", 10), 10);
}

static void
a_setting_is_kept_replaced_and_taken_back(void)
{
  g_autoptr(Db) store = db_open(":memory:", "store", DB_WRITER, NULL);
  CU_ASSERT_TRUE(setting_store_set(store, "step", "100", NULL));
  CU_ASSERT_EQUAL(setting_store_int(store, "step", 10), 100);
  CU_ASSERT_TRUE(setting_store_set(store, "step", "many", NULL));
  CU_ASSERT_EQUAL(setting_store_int(store, "step", 10), 10);
  CU_ASSERT_TRUE(setting_store_set(store, "step", NULL, NULL));
  CU_ASSERT_PTR_NULL(setting_store_text(store, "step", NULL));
}

static Identity
identity_of(int64_t device, int epoch)
{
  return (Identity){.store_id = 1,
                    .device_id = device,
                    .epoch = epoch,
                    .store_code = (char *)"0123",
                    .till_code = (char *)"03",
                    .hub_url = (char *)"http://127.0.0.1:8790",
                    .token = (char *)"tok-4711"};
}

static void
the_token_is_sealed_at_rest(void)
{
  char *folder = fixture_folder();
  g_autoptr(Seal) seal = fixture_seal(folder);
  g_autoptr(Db) store = db_open(":memory:", "store", DB_WRITER, NULL);
  g_autoptr(Identity) none = NULL;
  CU_ASSERT_TRUE(setting_store_identity(store, seal, &none, NULL));
  CU_ASSERT_PTR_NULL(none);

  Identity identity = identity_of(7, 2);
  CU_ASSERT_TRUE(setting_store_set_identity(store, seal, &identity, NULL));
  CU_ASSERT_EQUAL(number(store,
                         "SELECT instr(token, CAST('tok' AS BLOB)) FROM identity"
                         " WHERE one = 1"),
                  0);
  g_autoptr(Identity) read = NULL;
  CU_ASSERT_TRUE(setting_store_identity(store, seal, &read, NULL));
  CU_ASSERT_PTR_NOT_NULL_FATAL(read);
  CU_ASSERT_STRING_EQUAL(read->token, "tok-4711");
  CU_ASSERT_STRING_EQUAL(read->store_code, "0123");
  CU_ASSERT_EQUAL(read->epoch, 2);
  fixture_remove(folder);
}

static void
a_file_on_another_machine_has_no_token(void)
{
  char *folder = fixture_folder();
  char *elsewhere = fixture_folder();
  g_autoptr(Seal) seal = fixture_seal(folder);
  g_autoptr(Seal) other = fixture_seal(elsewhere);
  g_autoptr(Db) store = db_open(":memory:", "store", DB_WRITER, NULL);
  Identity identity = identity_of(7, 1);
  setting_store_set_identity(store, seal, &identity, NULL);
  g_autoptr(Identity) read = NULL;
  CU_ASSERT_TRUE(setting_store_identity(store, other, &read, NULL));
  CU_ASSERT_PTR_NOT_NULL_FATAL(read);
  CU_ASSERT_PTR_NULL(read->token);
  fixture_remove(folder);
  fixture_remove(elsewhere);
}

static void
an_epoch_is_not_taken_twice(void)
{
  char *folder = fixture_folder();
  g_autoptr(Seal) seal = fixture_seal(folder);
  g_autoptr(Db) store = db_open(":memory:", "store", DB_WRITER, NULL);
  Identity second = identity_of(7, 2), back = identity_of(7, 1),
           other = identity_of(9, 2);
  CU_ASSERT_TRUE(setting_store_set_identity(store, seal, &second, NULL));
  CU_ASSERT_TRUE(setting_store_set_identity(store, seal, &second, NULL));
  g_autoptr(GError) error = NULL;
  CU_ASSERT_FALSE(setting_store_set_identity(store, seal, &back, &error));
  CU_ASSERT_TRUE(g_error_matches(error, DB_ERROR, DB_ERROR_REFUSED));
  /* nothing was written in it yet, so another device may have it */
  CU_ASSERT_TRUE(setting_store_set_identity(store, seal, &other, NULL));
  CU_ASSERT_EQUAL(number(store, "SELECT device FROM epoch WHERE epoch = 2"), 9);
  fixture_remove(folder);
}

TESTS("setting_store",
      TEST(a_setting_not_set_is_what_the_caller_says),
      TEST(a_setting_is_kept_replaced_and_taken_back),
      TEST(the_token_is_sealed_at_rest),
      TEST(a_file_on_another_machine_has_no_token),
      TEST(an_epoch_is_not_taken_twice))
