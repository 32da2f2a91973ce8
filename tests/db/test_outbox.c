#include "db/outbox.h"

#include <sodium.h>

#include "tests/db/shop.h"

static int64_t
add(Db *store, const char *type, const char *body)
{
  int64_t seq = 0;
  g_autoptr(DbWork) work = db_begin(store, NULL);
  CU_ASSERT_TRUE(outbox_add(store, type, body, NOON, &seq, NULL));
  CU_ASSERT_TRUE(db_commit(work, NULL));
  return seq;
}

static void
events_are_chained_as_agreed_with_central(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  CU_ASSERT_EQUAL(add(store, "audit.note", "{\"a\":1}"), 1);
  CU_ASSERT_EQUAL(add(store, "stock.move", "{}"), 2);
  unsigned char hash[32];
  char expected[65], seen[65];
  g_autofree char *linked = g_malloc(100);
  crypto_hash_sha256(hash, (const unsigned char *)"guitai/7/1", 10);
  sodium_bin2hex(expected, sizeof expected, hash, 32);
  CU_ASSERT_TRUE(outbox_hash(store, 1, 0, seen, NULL));
  CU_ASSERT_STRING_EQUAL(seen, expected);
  memcpy(linked, hash, 32);
  memcpy(linked + 32, "audit.note\n{\"a\":1}", 18);
  crypto_hash_sha256(hash, (unsigned char *)linked, 50);
  memcpy(linked, hash, 32);
  memcpy(linked + 32, "stock.move\n{}", 13);
  crypto_hash_sha256(hash, (unsigned char *)linked, 45);
  sodium_bin2hex(expected, sizeof expected, hash, 32);
  CU_ASSERT_TRUE(outbox_hash(store, 1, 2, seen, NULL));
  CU_ASSERT_STRING_EQUAL(seen, expected);
  g_autoptr(GError) error = NULL;
  CU_ASSERT_FALSE(outbox_hash(store, 1, 3, seen, &error));
  CU_ASSERT_PTR_NOT_NULL(error);
}

static void
the_state_says_what_waits_and_since_when(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  OutboxState state;
  CU_ASSERT_TRUE(outbox_state(store, &state, NULL));
  CU_ASSERT_EQUAL(state.epoch, 1);
  CU_ASSERT_EQUAL(state.head, 0);
  CU_ASSERT_EQUAL(state.oldest_us, 0);
  for (int i = 0; i < 3; i++)
    add(store, "audit.note", "{}");
  CU_ASSERT_TRUE(outbox_set_acked(store, 1, 1, NULL));
  CU_ASSERT_TRUE(outbox_state(store, &state, NULL));
  CU_ASSERT_EQUAL(state.head, 3);
  CU_ASSERT_EQUAL(state.acked, 1);
  CU_ASSERT_EQUAL(state.waiting, 2);
  CU_ASSERT_EQUAL(state.oldest_us, NOON);
}

static void
acks_never_go_back_nor_beyond_the_head(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  OutboxState state;
  add(store, "audit.note", "{}");
  add(store, "audit.note", "{}");
  CU_ASSERT_TRUE(outbox_set_acked(store, 1, 2, NULL));
  CU_ASSERT_TRUE(outbox_set_acked(store, 1, 1, NULL));
  g_autoptr(GError) error = NULL;
  CU_ASSERT_FALSE(outbox_set_acked(store, 1, 3, &error));
  CU_ASSERT_TRUE(g_error_matches(error, DB_ERROR, DB_ERROR_REFUSED));
  CU_ASSERT_TRUE(outbox_state(store, &state, NULL));
  CU_ASSERT_EQUAL(state.acked, 2);
  CU_ASSERT_TRUE(outbox_rewind(store, 1, 1, NULL));
  CU_ASSERT_TRUE(outbox_rewind(store, 1, 2, NULL));
  CU_ASSERT_TRUE(outbox_state(store, &state, NULL));
  CU_ASSERT_EQUAL(state.acked, 1);
  CU_ASSERT_EQUAL(state.waiting, 1);
}

static void
a_batch_is_limited_by_number_and_size_but_never_empty(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  g_autofree char *large = g_strnfill(600, 'x');
  g_autofree char *body = g_strdup_printf("{\"t\":\"%s\"}", large);
  for (int i = 0; i < 5; i++)
    add(store, "audit.note", body);
  const struct {
    int64_t from;
    int max;
    gsize bytes;
    int64_t last;
  } cases[] = {{1, 256, 1 << 19, 5},
               {2, 2, 1 << 19, 3},
               {1, 256, 1500, 2},
               {4, 256, 1, 4},
               {5, 256, 1 << 19, 5},
               {6, 256, 1 << 19, 0}};
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *json = NULL;
    int64_t last = -1;
    CU_ASSERT_TRUE(outbox_batch(
        store, 1, cases[i].from, cases[i].max, cases[i].bytes, &json, &last, NULL));
    CU_ASSERT_EQUAL(last, cases[i].last);
    CU_ASSERT_EQUAL(json == NULL, cases[i].last == 0);
  }
}

static void
a_body_travels_as_a_string_of_its_very_bytes(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  add(store, "sale", "{ \"name\" : \"布洛芬\\n\\u0041\" }");
  g_autofree char *json = NULL;
  int64_t last = 0;
  CU_ASSERT_TRUE(outbox_batch(store, 1, 1, 9, 9999, &json, &last, NULL));
  CU_ASSERT_STRING_EQUAL(
      json,
      "[{\"seq\":1,\"type\":\"sale\",\"v\":1,\"at\":1795420800000000,"
      "\"body\":\"{ \\\"name\\\" : \\\"布洛芬\\\\n\\\\u0041\\\" }\"}]");
}

static void
a_restored_till_owes_the_old_epoch_first_and_numbers_on_in_the_next(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  g_autofree char *first = shop_sell_one(store, 'a');
  int epoch = 0;
  CU_ASSERT_TRUE(outbox_next_epoch(store, &epoch, NULL));
  CU_ASSERT_EQUAL(epoch, 2);
  g_autofree char *second = shop_sell_one(store, 'b');
  CU_ASSERT_STRING_EQUAL(second, "0123-03-e2-000001");
  OutboxState state;
  outbox_state(store, &state, NULL);
  CU_ASSERT_EQUAL(state.epoch, 1);
  CU_ASSERT_EQUAL(state.waiting, 2);
  CU_ASSERT_TRUE(outbox_set_acked(store, 1, 1, NULL));
  outbox_state(store, &state, NULL);
  CU_ASSERT_EQUAL(state.epoch, 2);
  CU_ASSERT_EQUAL(state.head, 1);
  CU_ASSERT_EQUAL(state.acked, 0);
  CU_ASSERT_TRUE(setting_store_set(store, OUTBOX_USED_EPOCH, "9", NULL));
  CU_ASSERT_TRUE(outbox_next_epoch(store, &epoch, NULL));
  CU_ASSERT_EQUAL(epoch, 10);
}

static char *
body_at(Db *store, int epoch, int64_t seq)
{
  g_auto(Query) q = query(store, "SELECT body FROM outbox WHERE id = :id");
  query_bind_int(&q, ":id", (int64_t)epoch << 32 | seq);
  return query_next(&q) ? query_get_text(&q, 0) : NULL;
}

static void
after_a_fork_our_events_get_new_numbers_and_keep_their_bytes(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  OutboxState state;
  int epoch = 0;
  for (int i = 0; i < 3; i++) {
    g_autofree char *body = g_strdup_printf("{\"n\":%d}", i);
    add(store, "audit.note", body);
  }
  CU_ASSERT_TRUE(outbox_set_acked(store, 1, 1, NULL));
  for (int times = 0; times < 2; times++) { /* told again, it does nothing */
    CU_ASSERT_TRUE(outbox_fork(store, 1, 1, &epoch, NULL));
    CU_ASSERT_EQUAL(epoch, 2);
    CU_ASSERT_TRUE(outbox_state(store, &state, NULL));
    CU_ASSERT_EQUAL(state.epoch, 2);
    CU_ASSERT_EQUAL(state.head, 2);
    CU_ASSERT_EQUAL(state.waiting, 2);
  }
  g_autofree char *first = body_at(store, 2, 1), *second = body_at(store, 2, 2);
  CU_ASSERT_STRING_EQUAL(first, "{\"n\":1}");
  CU_ASSERT_STRING_EQUAL(second, "{\"n\":2}");
  CU_ASSERT_TRUE(outbox_epoch(store, 1, &state, NULL));
  CU_ASSERT_EQUAL(state.head, 1);
  g_autofree char *json = NULL;
  int64_t last = -1;
  CU_ASSERT_TRUE(outbox_batch(store, 1, 2, 256, 1 << 19, &json, &last, NULL));
  CU_ASSERT_PTR_NULL(json);
  CU_ASSERT_EQUAL(last, 0);
}

static void
an_older_epoch_that_forked_does_not_begin_another_one(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  OutboxState state;
  int epoch = 0;
  add(store, "audit.note", "{}");
  CU_ASSERT_TRUE(outbox_next_epoch(store, NULL, NULL));
  add(store, "audit.note", "{\"late\":1}");
  CU_ASSERT_TRUE(outbox_fork(store, 1, 0, &epoch, NULL));
  CU_ASSERT_EQUAL(epoch, 2);
  CU_ASSERT_TRUE(outbox_state(store, &state, NULL));
  CU_ASSERT_EQUAL(state.epoch, 2);
  CU_ASSERT_EQUAL(state.head, 2);
  CU_ASSERT_EQUAL(outbox_oldest(store), 1);
  CU_ASSERT_TRUE(outbox_epoch(store, 7, &state, NULL));
  CU_ASSERT_EQUAL(state.epoch, 0);
}

static void
whatever_step_of_a_fork_fails_nothing_is_moved(void)
{
  for (int n = 1;; n++) {
    g_autoptr(Db) store = fixture_store(":memory:");
    g_autoptr(GError) error = NULL;
    OutboxState state;
    add(store, "audit.note", "{}");
    add(store, "audit.note", "{}");
    query_fail_at(n);
    bool done = outbox_fork(store, 1, 0, NULL, &error);
    query_fail_at(0);
    CU_ASSERT_TRUE(outbox_state(store, &state, NULL));
    CU_ASSERT_EQUAL(state.epoch, done ? 2 : 1);
    CU_ASSERT_EQUAL(state.waiting, 2);
    CU_ASSERT_EQUAL(number(store, "SELECT count(*) FROM outbox /* scan */"),
                    done ? 4 : 2);
    if (done)
      break;
  }
}

static void
a_till_that_is_not_enrolled_has_nothing_to_tell(void)
{
  g_autoptr(Db) store = db_open(":memory:", "store", DB_WRITER, NULL);
  g_autoptr(GError) error = NULL;
  OutboxState state;
  CU_ASSERT_TRUE(outbox_state(store, &state, NULL));
  CU_ASSERT_EQUAL(state.waiting, 0);
  CU_ASSERT_FALSE(outbox_next_epoch(store, NULL, &error));
  CU_ASSERT_TRUE(g_error_matches(error, DB_ERROR, DB_ERROR_REFUSED));
}

TESTS("outbox",
      TEST(events_are_chained_as_agreed_with_central),
      TEST(the_state_says_what_waits_and_since_when),
      TEST(acks_never_go_back_nor_beyond_the_head),
      TEST(a_batch_is_limited_by_number_and_size_but_never_empty),
      TEST(a_body_travels_as_a_string_of_its_very_bytes),
      TEST(a_restored_till_owes_the_old_epoch_first_and_numbers_on_in_the_next),
      TEST(after_a_fork_our_events_get_new_numbers_and_keep_their_bytes),
      TEST(an_older_epoch_that_forked_does_not_begin_another_one),
      TEST(whatever_step_of_a_fork_fails_nothing_is_moved),
      TEST(a_till_that_is_not_enrolled_has_nothing_to_tell))
