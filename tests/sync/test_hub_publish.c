/* What central says goes down as versions: only what changed, and never two of one rank.
 */
#include <string.h>

#include "sync/hub/publish_staff.h"
#include "sync/hub/stream.h"
#include "tests/sync/chain_store.h"

typedef struct {
  char *folder;
  Base *base;
} Books;

static void
open_books(Books *books)
{
  books->folder = chain_store_folder();
  books->base = base_open(books->folder, DB_WRITER, NULL);
}

static void
books_clear(Books *books)
{
  base_close(books->base);
  chain_store_remove(books->folder);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Books, books_clear)

/* Article @code with this name, price and rank ("null": none); @return its outcome. */
static char *
put(const Books *books, const char *code, const char *name, int fen, const char *rank)
{
  g_autofree char *json = g_strdup_printf(
      "{\"rows\":[{\"code\":\"%s\",\"generic_name\":\"%s\",\"units\":[{\"name\":\"盒\","
      "\"base\":1,\"sale\":true,\"default\":true}],\"barcodes\":[{\"code\":"
      "\"06901234567892\",\"kind\":\"ean\",\"unit\":\"盒\"}],\"rank\":%s,\"prices\":"
      "[{\"unit\":\"盒\",\"fen\":%d}]}]}",
      code,
      name,
      rank,
      fen);
  g_autofree char *answer = chain_store_do(books->base, "articles", json);
  return chain_store_field(books->base, answer, "$.rows[0].outcome");
}

static void
expect_put(const Books *books,
           const char *code,
           const char *name,
           int fen,
           const char *rank,
           const char *wanted)
{
  g_autofree char *outcome = put(books, code, name, fen, rank);
  CU_ASSERT_PTR_NOT_NULL_FATAL(outcome);
  CU_ASSERT_STRING_EQUAL(outcome, wanted);
}

static int64_t
catalogue_head(const Books *books)
{
  int64_t head = -1;
  stream_head(books->base, STREAM_CAT, &head, NULL);
  return head;
}

static void
an_article_comes_before_its_price(void)
{
  g_auto(Books) books;
  open_books(&books);
  expect_put(&books, "A1", "阿莫西林胶囊", 1850, "null", "new");
  g_autofree char *types = text(
      books.base, "SELECT group_concat(type) FROM (SELECT type FROM feed ORDER BY pos)");
  CU_ASSERT_STRING_EQUAL(types, "article,price");
  g_autofree char *body = text(books.base, "SELECT body FROM feed WHERE pos = 1");
  g_autofree char *id = chain_store_field(books.base, body, "$.id");
  g_autofree char *rank = chain_store_field(books.base, body, "$.rank");
  g_autofree char *name = chain_store_field(books.base, body, "$.generic_name");
  g_autofree char *prices = chain_store_field(books.base, body, "$.prices");
  CU_ASSERT_STRING_EQUAL(id, "1");
  CU_ASSERT_STRING_EQUAL(rank, "1");
  CU_ASSERT_STRING_EQUAL(name, "阿莫西林胶囊");
  CU_ASSERT_PTR_NULL(prices);
}

static void
an_unchanged_article_makes_no_new_version(void)
{
  g_auto(Books) books;
  open_books(&books);
  expect_put(&books, "A1", "阿莫西林胶囊", 1850, "null", "new");
  expect_put(&books, "A1", "阿莫西林胶囊", 1850, "null", "same");
  CU_ASSERT_EQUAL(catalogue_head(&books), 2);
  expect_put(&books, "A1", "阿莫西林胶囊 0.25g", 1850, "null", "changed");
  CU_ASSERT_EQUAL(catalogue_head(&books), 3);
  CU_ASSERT_EQUAL(number(books.base, "SELECT ver FROM article"), 2);
  CU_ASSERT_EQUAL(number(books.base, "SELECT ver FROM feed WHERE pos = 3"), 2);
}

static void
the_first_price_was_always_so_and_ends_when_the_next_begins(void)
{
  g_auto(Books) books;
  open_books(&books);
  expect_put(&books, "A1", "阿莫西林胶囊", 1850, "null", "new");
  CU_ASSERT_EQUAL(number(books.base, "SELECT since FROM price"), 0);
  expect_put(&books, "A1", "阿莫西林胶囊", 1900, "null", "same");
  CU_ASSERT_EQUAL(number(books.base, "SELECT until FROM price WHERE fen = 1850"), NOON);
  CU_ASSERT_EQUAL(number(books.base, "SELECT since FROM price WHERE fen = 1900"), NOON);
  g_autofree char *told = text(books.base,
                               "SELECT group_concat(body ->> 'fen' || '@' || ver) FROM"
                               " (SELECT * FROM feed WHERE type = 'price' ORDER BY pos)");
  CU_ASSERT_STRING_EQUAL(told, "1850@1,1850@2,1900@1");
}

static void
expect_price(const Books *books, const char *row, const char *wanted)
{
  g_autofree char *json = g_strdup_printf("{\"rows\":[%s]}", row);
  g_autofree char *answer = chain_store_do(books->base, "prices", json);
  g_autofree char *outcome = chain_store_field(books->base, answer, "$.rows[0].outcome");
  CU_ASSERT_PTR_NOT_NULL_FATAL(outcome);
  CU_ASSERT_STRING_EQUAL(outcome, wanted);
}

static void
a_price_of_tomorrow_leaves_room_for_one_of_today(void)
{
  g_auto(Books) books;
  open_books(&books);
  expect_put(&books, "A1", "阿莫西林胶囊", 1850, "null", "new");
  expect_price(&books,
               "{\"product\":1,\"unit\":\"盒\",\"fen\":2000,\"from\":1795500000000000}",
               "changed");
  expect_price(
      &books, "{\"product\":1,\"unit\":\"盒\",\"fen\":1700,\"from\":null}", "changed");
  expect_price(
      &books, "{\"product\":1,\"unit\":\"盒\",\"fen\":1700,\"from\":null}", "same");
  g_autofree char *spans =
      text(books.base,
           "SELECT group_concat(since || '-' || coalesce(until, '') || ':' || fen, ' ')"
           " FROM (SELECT * FROM price ORDER BY since)");
  CU_ASSERT_STRING_EQUAL(spans,
                         "0-1795420800000000:1850 1795420800000000-1795500000000000:1700 "
                         "1795500000000000-:2000");
}

static void
two_articles_never_have_one_rank(void)
{
  g_auto(Books) books;
  open_books(&books);
  expect_put(&books, "A1", "a", 100, "1", "new");
  expect_put(&books, "A2", "b", 100, "2", "new");
  expect_put(&books, "A3", "c", 100, "null", "new");
  expect_put(&books, "A2", "b", 100, "1", "changed");
  g_autofree char *ranks = text(
      books.base,
      "SELECT group_concat(code || rank) FROM (SELECT * FROM article ORDER BY code)");
  CU_ASSERT_STRING_EQUAL(ranks, "A14,A21,A33");
  /* Each step of the stream, applied one by one, keeps them apart too. */
  g_autofree char *told =
      text(books.base,
           "SELECT group_concat((body ->> 'code') || (body ->> 'rank')) FROM"
           " (SELECT * FROM feed WHERE type = 'article' ORDER BY pos)");
  CU_ASSERT_STRING_EQUAL(told, "A11,A22,A33,A14,A21");
}

static void
articles_without_rank_come_after_the_lists_own_ranks(void)
{
  g_auto(Books) books;
  open_books(&books);
  g_autofree char *answer = chain_store_do(
      books.base,
      "articles",
      "{\"rank_floor\":500,\"rows\":[{\"code\":\"A1\",\"generic_name\":\"a\",\"rank\":"
      "null,"
      "\"units\":[{\"name\":\"盒\",\"base\":1}],\"barcodes\":[]},{\"code\":\"A2\","
      "\"generic_name\":\"b\",\"rank\":7,\"units\":[{\"name\":\"盒\",\"base\":1}],"
      "\"barcodes\":[]}]}");
  CU_ASSERT_EQUAL(number(books.base, "SELECT rank FROM article WHERE code = 'A1'"), 501);
  CU_ASSERT_EQUAL(number(books.base, "SELECT rank FROM article WHERE code = 'A2'"), 7);
}

static void
codes_of_an_article_are_those_it_was_last_given(void)
{
  g_auto(Books) books;
  open_books(&books);
  expect_put(&books, "A1", "a", 100, "1", "new");
  expect_put(&books, "A2", "b", 100, "2", "new");
  CU_ASSERT_EQUAL(number(books.base, "SELECT count(*) FROM article_code"), 2);
  g_autofree char *answer = chain_store_do(
      books.base,
      "articles",
      "{\"rows\":[{\"code\":\"A2\",\"generic_name\":\"b\",\"rank\":2,\"units\":"
      "[{\"name\":\"盒\",\"base\":1}],\"barcodes\":[]}]}");
  CU_ASSERT_EQUAL(number(books.base, "SELECT count(*) FROM article_code"), 1);
}

static char *
put_person(const Books *books, const char *fields)
{
  g_autofree char *json = g_strdup_printf(
      "{\"rows\":[{\"name\":\"张三\",\"role\":0,\"rights\":3,\"discount_limit_bp\":500,"
      "\"active\":true,%s}]}",
      fields);
  return chain_store_do(books->base, "staff", json);
}

static void
a_person_without_a_new_pin_keeps_the_old_one(void)
{
  g_auto(Books) books;
  open_books(&books);
  g_autofree char *first = put_person(&books,
                                      "\"number\":\"0312\",\"badge\":\"90312\",\"pin\":{"
                                      "\"salt\":\"00\",\"verifier\":\"11\"}");
  g_autofree char *same =
      put_person(&books, "\"number\":\"0312\",\"badge\":\"90312\",\"pin\":null");
  g_autofree char *outcome = chain_store_field(books.base, same, "$.rows[0].outcome");
  CU_ASSERT_STRING_EQUAL(outcome, "same");
  g_autofree char *changed =
      put_person(&books, "\"number\":\"0312\",\"badge\":\"\",\"pin\":null");
  g_autofree char *body =
      text(books.base, "SELECT body FROM feed WHERE type = 'staff' ORDER BY pos DESC");
  g_autofree char *verifier = chain_store_field(books.base, body, "$.pin.verifier");
  g_autofree char *active = chain_store_field(books.base, body, "$.active");
  CU_ASSERT_STRING_EQUAL(verifier, "11");
  CU_ASSERT_STRING_EQUAL(active, "1");
  CU_ASSERT_EQUAL(catalogue_head(&books), 2);
}

static void
a_badge_is_one_persons(void)
{
  g_auto(Books) books;
  open_books(&books);
  g_autofree char *first =
      put_person(&books, "\"number\":\"0312\",\"badge\":\"90312\",\"pin\":null");
  g_autofree char *second =
      put_person(&books, "\"number\":\"0313\",\"badge\":\"90312\",\"pin\":null");
  g_autofree char *error = chain_store_field(books.base, second, "$.error");
  CU_ASSERT_PTR_NOT_NULL_FATAL(error);
  CU_ASSERT_STRING_EQUAL(error, "badge_taken");
  CU_ASSERT_EQUAL(number(books.base, "SELECT count(*) FROM staff"), 1);
}

static void
the_list_of_staff_shows_no_pin(void)
{
  g_auto(Books) books;
  g_autoptr(GString) list = g_string_new(NULL);
  open_books(&books);
  g_autofree char *first = put_person(&books,
                                      "\"number\":\"0312\",\"badge\":\"\",\"pin\":{"
                                      "\"salt\":\"aabb\",\"verifier\":\"ccdd\"}");
  CU_ASSERT_TRUE(publish_staff_list(books.base, list, NULL));
  CU_ASSERT_PTR_NOT_NULL(strstr(list->str, "0312"));
  CU_ASSERT_PTR_NULL(strstr(list->str, "aabb"));
  CU_ASSERT_PTR_NULL(strstr(list->str, "ccdd"));
}

static void
who_left_is_told_without_pin_and_badge_and_once(void)
{
  g_auto(Books) books;
  open_books(&books);
  g_autofree char *first = put_person(&books,
                                      "\"number\":\"0312\",\"badge\":\"90312\",\"pin\":{"
                                      "\"salt\":\"00\",\"verifier\":\"11\"}");
  g_autofree char *gone =
      chain_store_do(books.base, "staff.end", "{\"number\":\"0312\"}");
  g_autofree char *again =
      chain_store_do(books.base, "staff.end", "{\"number\":\"0312\"}");
  g_autofree char *nobody = chain_store_do(books.base, "staff.end", "{\"number\":\"9\"}");
  g_autofree char *outcome = chain_store_field(books.base, again, "$.outcome");
  g_autofree char *error = chain_store_field(books.base, nobody, "$.error");
  CU_ASSERT_STRING_EQUAL(outcome, "same");
  CU_ASSERT_STRING_EQUAL(error, "unknown_person");
  CU_ASSERT_EQUAL(catalogue_head(&books), 2);
  g_autofree char *body = text(books.base, "SELECT body FROM feed WHERE pos = 2");
  g_autofree char *active = chain_store_field(books.base, body, "$.active");
  g_autofree char *badge = chain_store_field(books.base, body, "$.badge");
  g_autofree char *pin = chain_store_field(books.base, body, "$.pin");
  CU_ASSERT_STRING_EQUAL(active, "0");
  CU_ASSERT_STRING_EQUAL(badge, "");
  CU_ASSERT_PTR_NULL(pin);
}

static char *
put_stock(const Books *books, const char *row)
{
  g_autofree char *json = g_strdup_printf("{\"store\":\"" STORE "\",\"rows\":[%s]}", row);
  g_autofree char *answer = chain_store_do(books->base, "stock", json);
  return chain_store_field(books->base, answer, "$.rows[0].outcome");
}

static void
stock_is_what_the_list_says_is_there(void)
{
  static const char ROW[] =
      "{\"product\":1,\"lot\":\"L1\",\"expiry\":20271231,"
      "\"location\":\"R-1\",\"qty\":%d,\"state\":0,\"shelf\":\"R-1\"}";
  g_auto(Books) books;
  open_books(&books);
  Device device = chain_store_till(books.base, "03", NULL);
  chain_store_articles(books.base);
  g_autofree char *ten = g_strdup_printf(ROW, 10);
  g_autofree char *seven = g_strdup_printf(ROW, 7);
  g_autofree char *first = put_stock(&books, ten);
  g_autofree char *same = put_stock(&books, ten);
  g_autofree char *less = put_stock(&books, seven);
  CU_ASSERT_STRING_EQUAL(first, "new");
  CU_ASSERT_STRING_EQUAL(same, "same");
  CU_ASSERT_STRING_EQUAL(less, "changed");
  CU_ASSERT_EQUAL(number(books.base, "SELECT qty FROM balance"), 7);
  g_autofree char *moves =
      text(books.base,
           "SELECT group_concat(kind || qty) FROM (SELECT * FROM movement"
           " ORDER BY seq)");
  CU_ASSERT_STRING_EQUAL(moves, "receive10,count-3");
  CU_ASSERT_EQUAL(device.store, 1);
}

static void
a_lot_has_one_expiry_date(void)
{
  g_auto(Books) books;
  open_books(&books);
  chain_store_till(books.base, "03", NULL);
  chain_store_articles(books.base);
  g_autofree char *first = put_stock(&books,
                                     "{\"product\":1,\"lot\":\"L1\",\"expiry\":20271231,"
                                     "\"location\":\"\",\"qty\":1,\"state\":0}");
  g_autofree char *other = put_stock(&books,
                                     "{\"product\":1,\"lot\":\"L1\",\"expiry\":20281231,"
                                     "\"location\":\"\",\"qty\":1,\"state\":0}");
  CU_ASSERT_STRING_EQUAL(other, "other_expiry");
  CU_ASSERT_EQUAL(number(books.base, "SELECT count(*) FROM movement"), 1);
}

static void
what_may_not_be_sold_is_told_before_it_moves(void)
{
  g_auto(Books) books;
  open_books(&books);
  chain_store_till(books.base, "03", NULL);
  chain_store_articles(books.base);
  g_autofree char *good = put_stock(&books,
                                    "{\"product\":1,\"lot\":\"L1\",\"expiry\":20271231,"
                                    "\"location\":\"A\",\"qty\":1,\"state\":0}");
  g_autofree char *bad = put_stock(&books,
                                   "{\"product\":1,\"lot\":\"L2\",\"expiry\":20271231,"
                                   "\"location\":\"A\",\"qty\":1,\"state\":4}");
  g_autofree char *types = text(books.base,
                                "SELECT group_concat(type) FROM (SELECT type FROM feed"
                                " WHERE stream = 1 AND type <> 'store' ORDER BY pos)");
  CU_ASSERT_STRING_EQUAL(types, "movement,lot,lot,movement");
}

static void
a_store_that_did_not_change_is_not_told_again(void)
{
  g_auto(Books) books;
  open_books(&books);
  static const char WANTED[] =
      "{\"code\":\"0123\",\"name\":\"和平路店\",\"round_step\":10}";
  g_autofree char *first = chain_store_do(books.base, "store.put", WANTED);
  g_autofree char *second = chain_store_do(books.base, "store.put", WANTED);
  g_autofree char *third = chain_store_do(
      books.base, "store.put", "{\"code\":\"0123\",\"name\":\"解放路店\"}");
  g_autofree char *same = chain_store_field(books.base, second, "$.outcome");
  g_autofree char *changed = chain_store_field(books.base, third, "$.outcome");
  CU_ASSERT_STRING_EQUAL(same, "same");
  CU_ASSERT_STRING_EQUAL(changed, "changed");
  CU_ASSERT_EQUAL(number(books.base, "SELECT count(*) FROM feed"), 2);
}

static void
wishes_that_make_no_sense_change_nothing(void)
{
  static const char *const WISHES[][3] = {
      {"articles", "no", "garbage"},
      {"articles", "{\"rows\":[{\"code\":\"A\"}]}", "garbage"},
      {"stock", "{\"store\":\"9999\",\"rows\":[]}", "unknown_store"},
      {"till.put", "{\"store\":\"9999\",\"till\":\"01\"}", "unknown_store"},
      {"till.end", "{\"store\":\"9999\",\"till\":\"01\"}", "unknown_till"},
      {"store.put", "{\"code\":\"1\",\"name\":\"x\",\"round_step\":7}", "refused"},
      {"prices", "{\"rows\":[{\"product\":77,\"unit\":\"盒\",\"fen\":1}]}", "refused"},
      {"dance", "{}", "unknown_verb"},
  };
  g_auto(Books) books;
  open_books(&books);
  for (gsize i = 0; i < G_N_ELEMENTS(WISHES); i++) {
    g_autofree char *answer = chain_store_do(books.base, WISHES[i][0], WISHES[i][1]);
    g_autofree char *error = chain_store_field(books.base, answer, "$.error");
    CU_ASSERT_PTR_NOT_NULL_FATAL(error);
    CU_ASSERT_STRING_EQUAL(error, WISHES[i][2]);
    CU_ASSERT_EQUAL(number(books.base, "SELECT count(*) FROM feed"), 0);
  }
}

static void
whatever_step_fails_no_half_of_a_list_is_kept(void)
{
  g_auto(Books) books;
  open_books(&books);
  static const char WANTED[] =
      "{\"rows\":[{\"code\":\"A1\",\"generic_name\":\"a\",\"units\":[{\"name\":\"盒\","
      "\"base\":1}],\"barcodes\":[{\"code\":\"06901234567892\",\"kind\":\"ean\",\"unit\":"
      "\"盒\"}],\"prices\":[{\"unit\":\"盒\",\"fen\":5}]},{\"code\":\"A2\","
      "\"generic_name\":\"b\",\"units\":[{\"name\":\"盒\",\"base\":1}],\"barcodes\":[]}]"
      "}";
  int n = 1;
  for (; n < 1000; n++) {
    g_auto(Reply) reply;
    g_autoptr(GError) error = NULL;
    reply_init(&reply);
    query_fail_at(n);
    bool is_done =
        admin_do(books.base, "articles", WANTED, strlen(WANTED), NOON, &reply, &error);
    query_fail_at(0);
    if (is_done)
      break;
    CU_ASSERT_EQUAL(number(books.base, "SELECT count(*) FROM article"), 0);
    CU_ASSERT_EQUAL(number(books.base, "SELECT count(*) FROM feed"), 0);
  }
  CU_ASSERT_TRUE(n > 20 && n < 1000);
  CU_ASSERT_EQUAL(number(books.base, "SELECT count(*) FROM feed"), 3);
}

TESTS("hub_publish",
      TEST(an_article_comes_before_its_price),
      TEST(an_unchanged_article_makes_no_new_version),
      TEST(the_first_price_was_always_so_and_ends_when_the_next_begins),
      TEST(a_price_of_tomorrow_leaves_room_for_one_of_today),
      TEST(two_articles_never_have_one_rank),
      TEST(articles_without_rank_come_after_the_lists_own_ranks),
      TEST(codes_of_an_article_are_those_it_was_last_given),
      TEST(a_person_without_a_new_pin_keeps_the_old_one),
      TEST(a_badge_is_one_persons),
      TEST(the_list_of_staff_shows_no_pin),
      TEST(who_left_is_told_without_pin_and_badge_and_once),
      TEST(stock_is_what_the_list_says_is_there),
      TEST(a_lot_has_one_expiry_date),
      TEST(what_may_not_be_sold_is_told_before_it_moves),
      TEST(a_store_that_did_not_change_is_not_told_again),
      TEST(wishes_that_make_no_sense_change_nothing),
      TEST(whatever_step_fails_no_half_of_a_list_is_kept))
