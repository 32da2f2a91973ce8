#include "db/inbox.h"

#include "db/outbox.h"
#include "db/stock_store.h"
#include "tests/db/shop.h"

#define MOVEMENT(pos, device, seq, qty)                                                  \
  "{\"pos\":" #pos ",\"type\":\"movement\",\"op\":\"put\",\"key\":\"k\",\"ver\":1,"      \
  "\"body\":{\"device\":" #device ",\"epoch\":1,\"seq\":" #seq ",\"n\":1,\"at\":5,"      \
  "\"product\":1001,\"lot\":\"L1\",\"expiry\":20271231,\"location\":\"A1-3\","           \
  "\"qty\":" #qty ",\"kind\":\"sale\",\"doc\":\"x\"}}"

static bool
apply(Db *store, int from, int n, const char *changes, GError **error)
{
  g_autofree char *page = shop_page("store", from, n, changes);
  return inbox_apply(store, page, strlen(page), NULL, error);
}

static void
movements_of_others_count_once(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  CU_ASSERT_TRUE(
      apply(store, 0, 2, MOVEMENT(1, 0, 1, 240) "," MOVEMENT(2, 8, 4, -24), NULL));
  CU_ASSERT_EQUAL(inbox_position(store), 2);
  CU_ASSERT_TRUE(apply(store, 2, 1, MOVEMENT(3, 8, 4, -24), NULL));
  Quantity at_hand = 0;
  CU_ASSERT_TRUE(stock_store_on_hand(store, 1001, TODAY, &at_hand, NULL));
  CU_ASSERT_EQUAL(at_hand, 216);
  CU_ASSERT_TRUE(stock_store_check(store, NULL, NULL));
}

static void
our_own_movement_that_comes_back_does_nothing(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  g_autofree char *sold = shop_sell_one(store, 'a');
  CU_ASSERT_TRUE(apply(store, 0, 1, MOVEMENT(1, 7, 1, -24), NULL));
  CU_ASSERT_EQUAL(number(store, "SELECT qty FROM balance WHERE product = 1001"), -24);
}

static void
our_own_movement_that_comes_back_under_its_new_number_does_nothing(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  g_autofree char *sold = shop_sell_one(store, 'a');
  CU_ASSERT_TRUE(outbox_fork(store, 1, 0, NULL, NULL));
  CU_ASSERT_TRUE(apply(store,
                       0,
                       1,
                       "{\"pos\":1,\"type\":\"movement\",\"op\":\"put\",\"key\":\"k\","
                       "\"ver\":1,\"body\":{\"device\":7,\"epoch\":2,\"seq\":1,\"n\":1,"
                       "\"at\":5,\"product\":1001,\"lot\":\"L1\",\"qty\":-24,"
                       "\"kind\":\"sale\"}}",
                       NULL));
  CU_ASSERT_EQUAL(
      number(store, "SELECT sum(qty) FROM balance WHERE product = 1001 /* scan */"), -24);
}

static void
what_another_life_sold_under_our_number_counts_after_a_fork(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  g_autofree char *sold = shop_sell_one(store, 'a');
  CU_ASSERT_TRUE(apply(store, 0, 1, MOVEMENT(1, 7, 1, -48), NULL));
  CU_ASSERT_EQUAL(number(store, "SELECT qty FROM balance WHERE product = 1001"), -24);
  CU_ASSERT_TRUE(outbox_fork(store, 1, 0, NULL, NULL));
  CU_ASSERT_EQUAL(inbox_position(store), 0);
  for (int times = 0; times < 2; times++) {
    CU_ASSERT_TRUE(apply(store, 0, 1, MOVEMENT(1, 7, 1, -48), NULL));
    CU_ASSERT_TRUE(inbox_go_back(store, NULL));
  }
  CU_ASSERT_EQUAL(
      number(store, "SELECT sum(qty) FROM balance WHERE product = 1001 /* scan */"), -72);
  CU_ASSERT_TRUE(stock_store_check(store, NULL, NULL));
}

static void
a_stream_that_is_read_again_changes_nothing(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  for (int times = 0; times < 2; times++) {
    CU_ASSERT_TRUE(
        apply(store, 0, 2, MOVEMENT(1, 0, 1, 240) "," MOVEMENT(2, 8, 4, -24), NULL));
    CU_ASSERT_EQUAL(inbox_position(store), 2);
    CU_ASSERT_TRUE(inbox_go_back(store, NULL));
    CU_ASSERT_EQUAL(inbox_position(store), 0);
  }
  CU_ASSERT_EQUAL(number(store, "SELECT qty FROM balance WHERE product = 1001"), 216);
}

static void
bad_pages_are_refused_whole(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  const struct {
    const char *page;
    FeedError code;
  } cases[] = {
      {"", FEED_ERROR_GARBAGE},
      {"<html>502</html>", FEED_ERROR_GARBAGE},
      {"null", FEED_ERROR_GARBAGE},
      {"[]", FEED_ERROR_GARBAGE},
      {"{\"stream\":\"store\",\"from\":0,\"to\":1,\"changes\":[", FEED_ERROR_GARBAGE},
      {"{\"stream\":\"cat\",\"from\":0,\"to\":0,\"changes\":[]}", FEED_ERROR_GARBAGE},
      {"{\"stream\":\"store\",\"from\":0,\"to\":0,\"changes\":{}}", FEED_ERROR_GARBAGE},
      {"{\"stream\":\"store\",\"from\":\"0\",\"to\":0,\"changes\":[]}",
       FEED_ERROR_GARBAGE},
      {"{\"stream\":\"store\",\"from\":0,\"to\":-1,\"changes\":[]}", FEED_ERROR_GARBAGE},
      {"{\"stream\":\"store\",\"from\":1,\"to\":1,\"changes\":[]}", FEED_ERROR_GAP},
      {"{\"stream\":\"store\",\"from\":0,\"to\":1,\"changes\":[]}", FEED_ERROR_GAP},
      {"{\"stream\":\"store\",\"from\":0,\"to\":2,\"changes\":[" MOVEMENT(
           1, 8, 1, -1) "]}",
       FEED_ERROR_GAP},
      {"{\"stream\":\"store\",\"from\":0,\"to\":2,\"changes\":[" MOVEMENT(
           1, 8, 1, -1) "," MOVEMENT(3, 8, 2, -1) "]}",
       FEED_ERROR_GAP},
      {"{\"stream\":\"store\",\"from\":0,\"to\":1,\"changes\":[" MOVEMENT(
           1, 8, 1, -1) "," MOVEMENT(2, 8, 2, -1) "]}",
       FEED_ERROR_GAP},
      {"{\"stream\":\"store\",\"from\":0,\"to\":1,\"changes\":[7]}", FEED_ERROR_GAP},
      {"{\"stream\":\"store\",\"from\":0,\"to\":1,\"changes\":[{\"pos\":1}]}",
       FEED_ERROR_GARBAGE},
      {"{\"stream\":\"store\",\"from\":0,\"to\":1,\"changes\":["
       "{\"pos\":1,\"type\":\"shelf\",\"op\":\"drop\",\"key\":\"1\",\"ver\":1}]}",
       FEED_ERROR_GARBAGE},
      {"{\"stream\":\"store\",\"from\":0,\"to\":2,\"changes\":[" MOVEMENT(
           1, 8, 1, -1) "," MOVEMENT(2, 8, 2, "many") "]}",
       FEED_ERROR_GARBAGE},
      {"{\"stream\":\"store\",\"from\":0,\"to\":2,\"changes\":[" MOVEMENT(
           1, 8, 1, -1) "," MOVEMENT(2, 8, 2, 0) "]}",
       FEED_ERROR_GARBAGE},
      {"{\"stream\":\"store\",\"from\":0,\"to\":1,\"changes\":["
       "{\"pos\":1,\"type\":\"movement\",\"op\":\"put\",\"key\":\"k\",\"ver\":1,"
       "\"body\":[]}]}",
       FEED_ERROR_GARBAGE},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    CU_ASSERT_FALSE(
        inbox_apply(store, cases[i].page, strlen(cases[i].page), NULL, &error));
    CU_ASSERT_TRUE(g_error_matches(error, FEED_ERROR, (int)cases[i].code));
    CU_ASSERT_EQUAL(inbox_position(store), 0);
    CU_ASSERT_EQUAL(number(store, "SELECT count(*) FROM movement /* scan */"), 0);
  }
}

static void
a_change_of_an_unknown_kind_is_kept_raw(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  CU_ASSERT_TRUE(apply(store,
                       0,
                       2,
                       "{\"pos\":1,\"type\":\"weather\",\"op\":\"put\",\"key\":\"w\","
                       "\"ver\":3,\"body\":{\"rain\":true}}," MOVEMENT(2, 0, 1, 9),
                       NULL));
  g_autofree char *body = text(store, "SELECT body FROM raw_change WHERE pos = 1");
  CU_ASSERT_STRING_EQUAL(body, "{\"rain\":true}");
  CU_ASSERT_EQUAL(inbox_position(store), 2);
}

static void
what_must_be_understood_stops_the_stream(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  g_autoptr(GError) error = NULL;
  CU_ASSERT_FALSE(apply(store,
                        0,
                        2,
                        MOVEMENT(1, 0, 1, 9) ",{\"pos\":2,\"type\":\"weather\","
                                             "\"op\":\"put\",\"key\":\"w\",\"ver\":3,"
                                             "\"must_understand\":true,\"body\":{}}",
                        &error));
  CU_ASSERT_TRUE(g_error_matches(error, FEED_ERROR, FEED_ERROR_UNKNOWN_TYPE));
  CU_ASSERT_EQUAL(inbox_position(store), 0);
}

#define PARTICULARS                                                                         \
  "{\"pos\":1,\"type\":\"store\",\"op\":\"put\",\"key\":\"1\",\"ver\":1,\"body\":"          \
  "{\"store_id\":1,\"code\":\"0123\",\"name\":\"百草堂\",\"address\":\"人民路1号\"," \
  "\"phone\":null,\"round_step\":10,\"color\":\"red\"}},"                                   \
  "{\"pos\":2,\"type\":\"shelf\",\"op\":\"put\",\"key\":\"1001\",\"ver\":1,\"body\":"       \
  "{\"product\":1001,\"location\":\"B2-1\"}},"                                              \
  "{\"pos\":3,\"type\":\"lot\",\"op\":\"put\",\"key\":\"1001/L9\",\"ver\":1,\"body\":"      \
  "{\"product\":1001,\"lot\":\"L9\",\"expiry\":20280101,\"state\":4}}"

static void
the_stores_particulars_shelves_and_lots_arrive(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  CU_ASSERT_TRUE(apply(store, 0, 3, PARTICULARS, NULL));
  g_autofree char *name = setting_store_text(store, "store.name", NULL);
  CU_ASSERT_STRING_EQUAL(name, "百草堂");
  CU_ASSERT_EQUAL(setting_store_int(store, "store.round_step", 0), 10);
  CU_ASSERT_PTR_NULL(setting_store_text(store, "store.phone", NULL));
  CU_ASSERT_PTR_NULL(setting_store_text(store, "store.color", NULL));
  g_autofree char *shelf = stock_store_shelf(store, 1001);
  CU_ASSERT_STRING_EQUAL(shelf, "B2-1");
  g_autoptr(Lot) lot = NULL;
  CU_ASSERT_TRUE(stock_store_find_lot(store, 1001, "L9", &lot, NULL));
  CU_ASSERT_EQUAL(lot->state, LOT_RECALLED);
  CU_ASSERT_STRING_EQUAL(lot->location, "B2-1");
  CU_ASSERT_NOT_EQUAL(lot->id, 0);
  CU_ASSERT_TRUE(apply(store,
                       3,
                       1,
                       "{\"pos\":4,\"type\":\"shelf\",\"op\":\"del\",\"key\":\"1001\","
                       "\"ver\":2}",
                       NULL));
  g_autofree char *gone = stock_store_shelf(store, 1001);
  CU_ASSERT_STRING_EQUAL(gone, "");
}

static void
whatever_step_fails_the_cursor_and_the_rows_stay(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  g_autofree char *page =
      shop_page("store", 0, 4, PARTICULARS "," MOVEMENT(4, 0, 1, 240));
  int n = 1;
  for (;; n++) {
    g_autoptr(GError) error = NULL;
    query_fail_at(n);
    bool done = inbox_apply(store, page, strlen(page), NULL, &error);
    query_fail_at(0);
    if (done)
      break;
    CU_ASSERT_PTR_NOT_NULL(error);
    CU_ASSERT_EQUAL(inbox_position(store), 0);
    CU_ASSERT_EQUAL(number(store,
                           "SELECT (SELECT count(*) FROM movement)"
                           " + (SELECT count(*) FROM lot) + (SELECT count(*) FROM shelf)"
                           " + (SELECT count(*) FROM balance)"
                           " + (SELECT count(*) FROM setting) /* scan */"),
                    0);
  }
  CU_ASSERT_TRUE(n > 10);
  CU_ASSERT_EQUAL(inbox_position(store), 4);
}

TESTS("inbox",
      TEST(movements_of_others_count_once),
      TEST(our_own_movement_that_comes_back_does_nothing),
      TEST(our_own_movement_that_comes_back_under_its_new_number_does_nothing),
      TEST(what_another_life_sold_under_our_number_counts_after_a_fork),
      TEST(a_stream_that_is_read_again_changes_nothing),
      TEST(bad_pages_are_refused_whole),
      TEST(a_change_of_an_unknown_kind_is_kept_raw),
      TEST(what_must_be_understood_stops_the_stream),
      TEST(the_stores_particulars_shelves_and_lots_arrive),
      TEST(whatever_step_fails_the_cursor_and_the_rows_stay))
