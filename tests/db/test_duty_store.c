#include "db/duty_store.h"

#include <string.h>

#include "db/inbox.h"
#include "tests/db/fixture.h"

typedef struct {
  char *folder;
  Db *store;
} Books;

static Books
books_open(void)
{
  Books books = {.folder = fixture_folder()};
  g_autofree char *path = g_build_filename(books.folder, "store.db", NULL);
  g_autoptr(Seal) seal = fixture_seal(books.folder);
  Identity identity = {.store_id = 1,
                       .device_id = 7,
                       .epoch = 1,
                       .store_code = (char *)"0123",
                       .till_code = (char *)"03",
                       .hub_url = (char *)"http://127.0.0.1:1",
                       .token = (char *)"secret"};
  books.store = db_open(path, "store", DB_WRITER, NULL);
  CU_ASSERT_TRUE(setting_store_set_identity(books.store, seal, &identity, NULL));
  return books;
}

static void
books_close(Books *books)
{
  db_close(books->store);
  fixture_remove(books->folder);
}

static Duty
came(int64_t at_us)
{
  return (Duty){.staff = (char *)"0205",
                .here = true,
                .till = (char *)"03",
                .number = (char *)"211220001234",
                .scopes = SCOPE_WESTERN,
                .valid_to = 20271231,
                .at_us = at_us};
}

static Duty
went(int64_t at_us)
{
  Duty duty = came(at_us);
  duty.here = false;
  duty.go = DUTY_GO_MEAL;
  return duty;
}

static guint
count_here(Db *store)
{
  g_autoptr(GPtrArray) list = NULL;
  CU_ASSERT_TRUE(duty_store_here(store, &list, NULL));
  return list ? list->len : 99;
}

static void
coming_and_going_are_facts_events_and_audit_rows(void)
{
  Books books = books_open();
  Duty come = came(NOON), go = went(NOON + 5);
  CU_ASSERT_TRUE(duty_store_add(books.store, &come, "0312", NULL));
  CU_ASSERT_EQUAL(count_here(books.store), 1);
  g_autofree char *body = text(books.store,
                               "SELECT body FROM outbox WHERE type = 'duty'"
                               " /* scan */");
  CU_ASSERT_STRING_EQUAL(body,
                         "{\"staff\":\"0205\",\"here\":true,\"place\":0,\"go\":0,"
                         "\"till\":\"03\",\"number\":\"211220001234\",\"scopes\":1,"
                         "\"valid_to\":20271231,\"at\":1795420800000000}");
  CU_ASSERT_TRUE(duty_store_add(books.store, &go, "0312", NULL));
  CU_ASSERT_EQUAL(count_here(books.store), 0);
  CU_ASSERT_EQUAL(number(books.store, "SELECT count(*) FROM duty /* scan */"), 2);
  CU_ASSERT_EQUAL(number(books.store,
                         "SELECT count(*) FROM audit_log WHERE staff = '0312' AND"
                         " subject = '0205' AND (action, detail) IN"
                         " (VALUES ('duty.come', '211220001234'), ('duty.go', 'meal'))"
                         " /* scan */"),
                  2);
  books_close(&books);
}

static void
the_log_is_never_changed(void)
{
  Books books = books_open();
  Duty come = came(NOON);
  CU_ASSERT_TRUE(duty_store_add(books.store, &come, "", NULL));
  static const char *const CHANGES[] = {"UPDATE duty SET here = 0", "DELETE FROM duty"};
  for (gsize i = 0; i < G_N_ELEMENTS(CHANGES); i++) {
    GError *error = NULL;
    g_auto(Query) q = i == 0 ? query(books.store, "UPDATE duty SET here = 0 /* scan */")
                             : query(books.store, "DELETE FROM duty /* scan */");
    query_run(&q);
    CU_ASSERT_FALSE(query_done(&q, &error));
    g_clear_error(&error);
  }
  CU_ASSERT_EQUAL(number(books.store, "SELECT here FROM duty /* scan */"), 1);
  books_close(&books);
}

static void
an_echo_never_turns_the_log_back(void)
{
  Books books = books_open();
  Duty come = came(NOON), go = went(NOON + 5);
  CU_ASSERT_TRUE(duty_store_add(books.store, &come, "", NULL));
  CU_ASSERT_TRUE(duty_store_add(books.store, &go, "", NULL));
  CU_ASSERT_TRUE(duty_store_hear(books.store, &come, NULL)); /* central tells it again */
  CU_ASSERT_EQUAL(count_here(books.store), 0);
  g_autoptr(Duty) last = NULL;
  CU_ASSERT_TRUE(duty_store_find(books.store, "0205", &last, NULL));
  CU_ASSERT_PTR_NOT_NULL_FATAL(last);
  CU_ASSERT_EQUAL(last->go, DUTY_GO_MEAL);
  books_close(&books);
}

static void
another_tills_pharmacist_arrives_with_the_feed(void)
{
  static const char PAGE[] =
      "{\"stream\":\"store\",\"from\":0,\"to\":1,\"head\":1,\"changes\":[{\"pos\":1,"
      "\"type\":\"duty\",\"op\":\"put\",\"key\":\"0207\",\"ver\":1,\"body\":{\"staff\":"
      "\"0207\",\"here\":true,\"place\":1,\"go\":0,\"till\":\"09\",\"number\":\"77\","
      "\"scopes\":2,\"valid_to\":0,\"at\":5}}],\"hub_time\":0}";
  Books books = books_open();
  g_autoptr(GPtrArray) list = NULL;
  CU_ASSERT_TRUE(inbox_apply(books.store, PAGE, strlen(PAGE), NULL, NULL));
  CU_ASSERT_TRUE(duty_store_here(books.store, &list, NULL));
  CU_ASSERT_EQUAL_FATAL(list->len, 1);
  const Duty *duty = list->pdata[0];
  CU_ASSERT_STRING_EQUAL(duty->staff, "0207");
  CU_ASSERT_STRING_EQUAL(duty->till, "09");
  CU_ASSERT_EQUAL(duty->place, DUTY_REMOTE);
  CU_ASSERT_EQUAL(duty->scopes, SCOPE_HERBAL);
  CU_ASSERT_EQUAL(number(books.store, "SELECT count(*) FROM duty /* scan */"), 0);
  books_close(&books);
}

static void
whatever_step_fails_nothing_is_half_kept(void)
{
  Books books = books_open();
  Duty come = came(NOON);
  int n = 1;
  for (; n < 60; n++) {
    g_autoptr(GError) error = NULL;
    query_fail_at(n);
    bool done = duty_store_add(books.store, &come, "", &error);
    query_fail_at(0);
    if (done)
      break;
    CU_ASSERT_PTR_NOT_NULL(error);
    CU_ASSERT_EQUAL(number(books.store,
                           "SELECT (SELECT count(*) FROM duty)"
                           " + (SELECT count(*) FROM duty_now)"
                           " + (SELECT count(*) FROM outbox)"
                           " + (SELECT count(*) FROM audit_log) /* scan */"),
                    0);
  }
  CU_ASSERT_TRUE(n > 4);
  CU_ASSERT_EQUAL(count_here(books.store), 1);
  books_close(&books);
}

TESTS("duty_store",
      TEST(coming_and_going_are_facts_events_and_audit_rows),
      TEST(the_log_is_never_changed),
      TEST(an_echo_never_turns_the_log_back),
      TEST(another_tills_pharmacist_arrives_with_the_feed),
      TEST(whatever_step_fails_nothing_is_half_kept))
