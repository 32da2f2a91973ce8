/* What a till pushes is booked once, whatever it is and however often it comes. */
#include <string.h>

#include "sync/hub/push.h"
#include "sync/hub/stream.h"
#include "tests/sync/chain_shop.h"

static void
the_same_push_again_changes_nothing(void)
{
  g_auto(Shop) shop;
  shop_open(&shop);
  till_side_sell(&shop.side, 1, 1);
  till_side_sell(&shop.side, 2, 1);
  g_autofree char *request = till_side_request(&shop.side);
  g_autofree char *first = till_side_push(&shop.side, shop.base, NULL);
  int64_t head = number(shop.base, "SELECT sum(pos) FROM feed_head");
  g_auto(Reply) reply;
  reply_init(&reply);
  CU_ASSERT_TRUE(push_apply(
      shop.base, &shop.side.device, request, strlen(request), NOON, &reply, NULL));
  shop_expect(&shop, reply.json->str, 0, "dup");
  shop_expect(&shop, reply.json->str, 1, "dup");
  g_autofree char *hash = chain_store_field(shop.base, first, "$.hash");
  g_autofree char *again = chain_store_field(shop.base, reply.json->str, "$.hash");
  CU_ASSERT_STRING_EQUAL(again, hash);
  CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM sale"), 2);
  CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM inbox"), 2);
  CU_ASSERT_EQUAL(number(shop.base, "SELECT sum(pos) FROM feed_head"), head);
}

static void
a_push_that_overlaps_books_only_what_is_new(void)
{
  g_auto(Shop) shop;
  shop_open(&shop);
  till_side_sell(&shop.side, 1, 1);
  TillSide before = shop.side;
  before.events = g_string_new(shop.side.events->str);
  g_autofree char *first = till_side_push(&shop.side, shop.base, NULL);
  shop.side.base = 0;
  memcpy(shop.side.base_hash, before.base_hash, DIGEST_BYTES);
  g_string_assign(shop.side.events, before.events->str);
  till_side_sell(&shop.side, 1, 1);
  g_autofree char *answer = till_side_push(&shop.side, shop.base, NULL);
  shop_expect(&shop, answer, 0, "dup");
  shop_expect(&shop, answer, 1, "exception oversell");
  CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM sale"), 2);
  till_side_clear(&before);
  shop_expect_sound(&shop);
}

static void
a_gap_is_answered_with_the_wanted_number(void)
{
  g_auto(Shop) shop;
  unsigned status = 0;
  shop_open(&shop);
  till_side_sell(&shop.side, 1, 1);
  g_autofree char *first = till_side_push(&shop.side, shop.base, NULL);
  till_side_sell(&shop.side, 1, 1);
  till_side_acked(&shop.side); /* the line broke, and the till believes it came through */
  till_side_sell(&shop.side, 1, 1);
  g_autofree char *answer = till_side_push(&shop.side, shop.base, &status);
  CU_ASSERT_EQUAL(status, 409);
  g_autofree char *error = chain_store_field(shop.base, answer, "$.error");
  g_autofree char *want = chain_store_field(shop.base, answer, "$.want");
  CU_ASSERT_STRING_EQUAL(error, "gap");
  CU_ASSERT_STRING_EQUAL(want, "2");
  CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM inbox"), 1);
}

static void
a_fork_is_refused_and_kept_as_evidence(void)
{
  g_auto(Shop) shop;
  g_auto(TillSide) twin = {0};
  unsigned status = 0;
  shop_open(&shop);
  till_side_begin(&twin, shop.side.device, 1);
  till_side_sell(&shop.side, 1, 1);
  till_side_sell(&twin, 1, 5);
  g_autofree char *first = till_side_push(&shop.side, shop.base, NULL);
  g_autofree char *answer = till_side_push(&twin, shop.base, &status);
  CU_ASSERT_EQUAL(status, 409);
  g_autofree char *error = chain_store_field(shop.base, answer, "$.error");
  CU_ASSERT_STRING_EQUAL(error, "fork");
  g_autofree char *at = chain_store_field(shop.base, answer, "$.at");
  CU_ASSERT_STRING_EQUAL(at, "1");
  CU_ASSERT_EQUAL(number(shop.base, "SELECT due FROM sale"), 1850);
  CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM fork"), 1);
  g_autofree char *again = till_side_push(&twin, shop.base, &status);
  CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM fork"), 1);
}

static void
another_past_before_the_pushed_events_is_a_fork_too(void)
{
  g_auto(Shop) shop;
  g_auto(TillSide) twin = {0};
  unsigned status = 0;
  shop_open(&shop);
  till_side_begin(&twin, shop.side.device, 1);
  till_side_sell(&shop.side, 1, 1);
  till_side_sell(&twin, 1, 5);
  till_side_acked(&twin);
  till_side_sell(&twin, 1, 1);
  g_autofree char *first = till_side_push(&shop.side, shop.base, NULL);
  g_autofree char *answer = till_side_push(&twin, shop.base, &status);
  CU_ASSERT_EQUAL(status, 409);
  g_autofree char *error = chain_store_field(shop.base, answer, "$.error");
  CU_ASSERT_STRING_EQUAL(error, "fork");
  CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM inbox"), 1);
}

static void
a_restored_till_goes_on_in_the_next_epoch(void)
{
  g_auto(Shop) shop;
  g_auto(TillSide) next = {0};
  shop_open(&shop);
  till_side_sell(&shop.side, 1, 1);
  g_autofree char *first = till_side_push(&shop.side, shop.base, NULL);
  till_side_begin(&next, shop.side.device, 4);
  till_side_sell(&next, 1, 1);
  g_autofree char *answer = till_side_push(&next, shop.base, NULL);
  shop_expect(&shop, answer, 0, "exception oversell");
  CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM chain"), 2);
  CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM sale"), 2);
  shop_expect_sound(&shop);
}

static void
the_stores_stream_tells_each_movement_at_the_next_position(void)
{
  g_auto(Shop) shop;
  g_auto(Reply) reply;
  shop_open(&shop);
  shop_stock(&shop, 240);
  for (int i = 0; i < 3; i++)
    till_side_sell(&shop.side, 1, 1);
  g_autofree char *answer = till_side_push(&shop.side, shop.base, NULL);
  g_autofree char *head = chain_store_field(shop.base, answer, "$.store_head");
  reply_init(&reply);
  CU_ASSERT_TRUE(
      stream_page(shop.base, shop.side.device.store, 4, 2, NOON, &reply, NULL));
  /* store, shelf, movement, lot; then three of the till */
  CU_ASSERT_STRING_EQUAL(head, "7");
  g_autofree char *to = chain_store_field(shop.base, reply.json->str, "$.to");
  g_autofree char *key =
      chain_store_field(shop.base, reply.json->str, "$.changes[1].key");
  g_autofree char *qty =
      chain_store_field(shop.base, reply.json->str, "$.changes[1].body.qty");
  g_autofree char *n = chain_store_field(shop.base, reply.json->str, "$.changes[2].pos");
  CU_ASSERT_STRING_EQUAL(to, "6");
  CU_ASSERT_STRING_EQUAL(key, "1/1/2/1");
  CU_ASSERT_STRING_EQUAL(qty, "-24");
  CU_ASSERT_PTR_NULL(n);
}

static void
a_page_from_beyond_the_head_tells_to_begin_again(void)
{
  g_auto(Shop) shop;
  g_auto(Reply) reply;
  shop_open(&shop);
  reply_init(&reply);
  CU_ASSERT_TRUE(stream_page(shop.base, STREAM_CAT, 5000, 10, NOON, &reply, NULL));
  CU_ASSERT_EQUAL(reply.status, 410);
}

static void
what_is_no_push_is_refused_whole(void)
{
  static const char *const GARBAGE[] = {
      "",
      "{",
      "[]",
      "{\"device\":1}",
      "{\"device\":1,\"epoch\":1,\"base\":0,\"base_hash\":\"zz\",\"events\":[]}",
      "{\"device\":1,\"epoch\":0,\"base\":0,\"base_hash\":\"%s\",\"events\":[]}",
      "{\"device\":1,\"epoch\":1,\"base\":-1,\"base_hash\":\"%s\",\"events\":[]}",
      "{\"device\":1,\"epoch\":1,\"base\":0,\"base_hash\":\"%s\",\"events\":[]}",
      "{\"device\":1,\"epoch\":1,\"base\":0,\"base_hash\":\"%s\",\"events\":[7]}",
      "{\"device\":1,\"epoch\":1,\"base\":0,\"base_hash\":\"%s\",\"events\":[{\"seq\":2,"
      "\"type\":\"a\",\"v\":1,\"at\":1,\"body\":\"{}\"}]}",
      "{\"device\":1,\"epoch\":1,\"base\":0,\"base_hash\":\"%s\",\"events\":[{\"seq\":1,"
      "\"type\":\"a\",\"v\":1,\"at\":1,\"body\":{}}]}",
      "{\"device\":1,\"epoch\":1,\"base\":0,\"base_hash\":\"%s\",\"events\":[{\"seq\":1,"
      "\"type\":\"\",\"v\":1,\"at\":1,\"body\":\"{}\"},8]}",
  };
  g_auto(Shop) shop;
  char hex[DIGEST_HEX];
  shop_open(&shop);
  digest_hex(shop.side.hash, hex);
  for (gsize i = 0; i < G_N_ELEMENTS(GARBAGE); i++) {
    g_autoptr(GString) json = g_string_new(GARBAGE[i]);
    g_auto(Reply) reply;
    g_string_replace(json, "%s", hex, 0);
    reply_init(&reply);
    CU_ASSERT_TRUE(push_apply(
        shop.base, &shop.side.device, json->str, json->len, NOON, &reply, NULL));
    CU_ASSERT_EQUAL(reply.status, 400);
    if (reply.status != 400)
      g_printerr("%s\n", json->str);
  }
  CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM inbox"), 0);
}

static void
a_till_cannot_push_for_another(void)
{
  g_auto(Shop) shop;
  unsigned status = 0;
  shop_open(&shop);
  till_side_sell(&shop.side, 1, 1);
  Device other = chain_store_till(shop.base, "04", NULL);
  g_autofree char *request = till_side_request(&shop.side);
  g_auto(Reply) reply;
  reply_init(&reply);
  CU_ASSERT_TRUE(
      push_apply(shop.base, &other, request, strlen(request), NOON, &reply, NULL));
  CU_ASSERT_EQUAL(reply.status, 403);
  g_autofree char *answer = till_side_push(&shop.side, shop.base, &status);
  CU_ASSERT_EQUAL(status, 200);
}

/* hello with what the till says of itself; @return the verdict (transfer full). */
static char *
greet(const Shop *shop, int64_t head, const char *hash, int64_t acked)
{
  g_autofree char *json =
      g_strdup_printf("{\"proto\":1,\"device\":%" G_GINT64_FORMAT
                      ",\"epoch\":1,\"head\":%" G_GINT64_FORMAT
                      ",\"head_hash\":\"%s\",\"acked\":%" G_GINT64_FORMAT
                      ",\"store_pos\":0,\"cat_pos\":0}",
                      shop->side.device.id,
                      head,
                      hash,
                      acked);
  g_auto(Reply) reply;
  reply_init(&reply);
  CU_ASSERT_TRUE(
      push_hello(shop->base, &shop->side.device, json, strlen(json), NOON, &reply, NULL));
  return chain_store_field(shop->base, reply.json->str, "$.verdict");
}

static void
hello_compares_what_both_sides_believe(void)
{
  g_auto(Shop) shop;
  char hex[DIGEST_HEX];
  char other[DIGEST_HEX];
  char early[DIGEST_HEX];
  shop_open(&shop);
  memset(other, '0', sizeof other - 1);
  other[sizeof other - 1] = '\0';
  till_side_sell(&shop.side, 1, 1);
  digest_hex(shop.side.hash, early);
  till_side_sell(&shop.side, 1, 1);
  g_autofree char *answer = till_side_push(&shop.side, shop.base, NULL);
  digest_hex(shop.side.hash, hex);
  g_autofree char *older = greet(&shop, 1, early, 1);
  CU_ASSERT_STRING_EQUAL(older, "ok");
  g_autofree char *same = greet(&shop, 2, hex, 2);
  g_autofree char *more = greet(&shop, 9, other, 2);
  g_autofree char *behind = greet(&shop, 9, other, 5);
  g_autofree char *forked = greet(&shop, 2, other, 2);
  g_autofree char *restored = greet(&shop, 1, other, 1);
  CU_ASSERT_STRING_EQUAL(same, "ok");
  CU_ASSERT_STRING_EQUAL(more, "ok");
  CU_ASSERT_STRING_EQUAL(behind, "behind");
  CU_ASSERT_STRING_EQUAL(forked, "fork");
  CU_ASSERT_STRING_EQUAL(restored, "fork");
}

static void
whatever_step_fails_nothing_of_the_push_is_kept(void)
{
  g_auto(Shop) shop;
  shop_open(&shop);
  shop_stock(&shop, 240);
  int64_t head = number(shop.base, "SELECT sum(pos) FROM feed_head");
  till_side_sell(&shop.side, 1, 1);
  till_side_add(&shop.side, "sale", "no");
  till_side_sell(&shop.side, 99, 1);
  unsigned status = 0;
  int n = 1;
  for (;; n++) {
    query_fail_at(n);
    g_autofree char *answer = till_side_push(&shop.side, shop.base, &status);
    query_fail_at(0);
    if (status == 200)
      break;
    CU_ASSERT_STRING_EQUAL(answer, "asked to fail");
    CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM inbox"), 0);
    CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM sale"), 0);
    CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM chain"), 0);
    CU_ASSERT_EQUAL(number(shop.base, "SELECT sum(qty) FROM balance"), 240);
    CU_ASSERT_EQUAL(number(shop.base, "SELECT sum(pos) FROM feed_head"), head);
    if (n > 1000)
      break;
  }
  CU_ASSERT_TRUE(n > 30 && n < 1000);
  CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM inbox"), 3);
  shop_expect_sound(&shop);
}

static void
expect_guarded(Base *base, Query q)
{
  g_auto(Query) used = q;
  g_autoptr(GError) error = NULL;
  query_run(&used);
  CU_ASSERT_FALSE(query_done(&used, &error));
  CU_ASSERT_TRUE(g_error_matches(error, DB_ERROR, DB_ERROR_REFUSED));
}

static void
facts_can_neither_be_changed_nor_deleted(void)
{
  g_auto(Shop) shop;
  shop_open(&shop);
  till_side_sell(&shop.side, 99, 1);
  till_side_add(&shop.side, "sale", "no");
  g_autofree char *answer = till_side_push(&shop.side, shop.base, NULL);
  Db *db = base_db(shop.base);
  expect_guarded(shop.base, query(db, "UPDATE inbox SET at = 0 /* scan */"));
  expect_guarded(shop.base, query(db, "DELETE FROM inbox /* scan */"));
  expect_guarded(shop.base, query(db, "UPDATE sale SET due = 0 /* scan */"));
  expect_guarded(shop.base, query(db, "DELETE FROM sale /* scan */"));
  expect_guarded(shop.base, query(db, "UPDATE sale_line SET qty = 1 /* scan */"));
  expect_guarded(shop.base, query(db, "DELETE FROM sale_line /* scan */"));
  expect_guarded(shop.base, query(db, "UPDATE tender SET amount = 1 /* scan */"));
  expect_guarded(shop.base, query(db, "DELETE FROM tender /* scan */"));
  expect_guarded(shop.base, query(db, "UPDATE movement SET qty = 1 /* scan */"));
  expect_guarded(shop.base, query(db, "DELETE FROM movement /* scan */"));
  expect_guarded(shop.base, query(db, "UPDATE feed SET body = '' /* scan */"));
  expect_guarded(shop.base, query(db, "DELETE FROM feed /* scan */"));
  expect_guarded(shop.base, query(db, "DELETE FROM exception /* scan */"));
  expect_guarded(shop.base, query(db, "DELETE FROM quarantine /* scan */"));
}

TESTS("hub_push",
      TEST(the_same_push_again_changes_nothing),
      TEST(a_push_that_overlaps_books_only_what_is_new),
      TEST(a_gap_is_answered_with_the_wanted_number),
      TEST(a_fork_is_refused_and_kept_as_evidence),
      TEST(another_past_before_the_pushed_events_is_a_fork_too),
      TEST(a_restored_till_goes_on_in_the_next_epoch),
      TEST(the_stores_stream_tells_each_movement_at_the_next_position),
      TEST(a_page_from_beyond_the_head_tells_to_begin_again),
      TEST(what_is_no_push_is_refused_whole),
      TEST(a_till_cannot_push_for_another),
      TEST(hello_compares_what_both_sides_believe),
      TEST(whatever_step_fails_nothing_of_the_push_is_kept),
      TEST(facts_can_neither_be_changed_nor_deleted))
