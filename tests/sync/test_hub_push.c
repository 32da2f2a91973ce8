/* What a till pushes is booked once, whatever it is and however often it comes. */
#include <string.h>

#include "sync/hub/proof.h"
#include "sync/hub/push.h"
#include "sync/hub/stream.h"
#include "tests/sync/chain_store.h"

/* One till of a store that sells three articles, and nothing pushed yet. */
typedef struct {
  char *folder;
  Base *base;
  TillSide side;
} Shop;

static void
open_shop(Shop *shop)
{
  shop->folder = chain_store_folder();
  shop->base = base_open(shop->folder, DB_WRITER, NULL);
  till_side_begin(&shop->side, chain_store_till(shop->base, "03", NULL), 1);
  chain_store_articles(shop->base);
}

static void
shop_clear(Shop *shop)
{
  till_side_clear(&shop->side);
  base_close(shop->base);
  chain_store_remove(shop->folder);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Shop, shop_clear)

/* "exception oversell" of the @i-th event of an answer (transfer full). */
static char *
verdict(const Shop *shop, const char *answer, int i)
{
  g_autofree char *path = g_strdup_printf("$.verdicts[%d].verdict", i);
  g_autofree char *path_of_code = g_strdup_printf("$.verdicts[%d].code", i);
  g_autofree char *word = chain_store_field(shop->base, answer, path);
  g_autofree char *code = chain_store_field(shop->base, answer, path_of_code);
  return code && *code ? g_strjoin(" ", word, code, NULL)
                       : g_strdup(word ? word : "none");
}

static void
expect_verdict(const Shop *shop, const char *answer, int i, const char *wanted)
{
  g_autofree char *said = verdict(shop, answer, i);
  CU_ASSERT_STRING_EQUAL(said, wanted);
  if (strcmp(said, wanted) != 0)
    g_printerr("expected %s, seen %s in %s\n", wanted, said, answer);
}

/* The one verdict on an event of this type and body. */
static void
expect_of(const char *type, const char *body, const char *wanted)
{
  g_auto(Shop) shop;
  open_shop(&shop);
  till_side_add(&shop.side, type, body);
  g_autofree char *answer = till_side_push(&shop.side, shop.base, NULL);
  expect_verdict(&shop, answer, 0, wanted);
  CU_ASSERT_EQUAL(number(shop.base, "SELECT head FROM chain"), 1);
  g_autofree char *kept = text(shop.base, "SELECT CAST(body AS TEXT) FROM inbox");
  CU_ASSERT_STRING_EQUAL(kept, body);
}

static void
expect_sound(const Shop *shop)
{
  g_autoptr(GArray) findings = NULL;
  CU_ASSERT_TRUE(proof_find(shop->base, &findings, NULL));
  for (guint i = 0; i < findings->len; i++) {
    const Finding *finding = &g_array_index(findings, Finding, i);
    CU_ASSERT_PTR_NULL(finding->wrong);
    if (finding->wrong)
      g_printerr("%s: %s\n", finding->check, finding->wrong);
  }
}

static void
stock(const Shop *shop, int base_units)
{
  g_autofree char *json =
      g_strdup_printf("{\"store\":\"" STORE "\",\"rows\":[{\"product\":1,\"lot\":\"L1\","
                      "\"expiry\":20271231,\"location\":\"R-1\",\"qty\":%d,\"state\":0,"
                      "\"shelf\":\"R-1\"}]}",
                      base_units);
  g_autofree char *answer = chain_store_do(shop->base, "stock", json);
}

static void
a_sale_is_booked_with_lines_tenders_and_stock(void)
{
  g_auto(Shop) shop;
  open_shop(&shop);
  stock(&shop, 240);
  till_side_sell(&shop.side, 1, 2);
  g_autofree char *answer = till_side_push(&shop.side, shop.base, NULL);
  expect_verdict(&shop, answer, 0, "ok");
  CU_ASSERT_EQUAL(number(shop.base, "SELECT due FROM sale"), 3700);
  CU_ASSERT_EQUAL(number(shop.base, "SELECT qty FROM sale_line"), 48);
  CU_ASSERT_EQUAL(number(shop.base, "SELECT amount FROM tender"), 3700);
  CU_ASSERT_EQUAL(number(shop.base, "SELECT qty FROM balance"), 240 - 48);
  CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM exception"), 0);
  char hex[DIGEST_HEX];
  digest_hex(shop.side.hash, hex);
  g_autofree char *hash = chain_store_field(shop.base, answer, "$.hash");
  CU_ASSERT_STRING_EQUAL(hash, hex);
  expect_sound(&shop);
}

static void
the_same_push_again_changes_nothing(void)
{
  g_auto(Shop) shop;
  open_shop(&shop);
  till_side_sell(&shop.side, 1, 1);
  till_side_sell(&shop.side, 2, 1);
  g_autofree char *request = till_side_request(&shop.side);
  g_autofree char *first = till_side_push(&shop.side, shop.base, NULL);
  int64_t head = number(shop.base, "SELECT sum(pos) FROM feed_head");
  g_auto(Reply) reply;
  reply_init(&reply);
  CU_ASSERT_TRUE(push_apply(
      shop.base, &shop.side.device, request, strlen(request), NOON, &reply, NULL));
  expect_verdict(&shop, reply.json->str, 0, "dup");
  expect_verdict(&shop, reply.json->str, 1, "dup");
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
  open_shop(&shop);
  till_side_sell(&shop.side, 1, 1);
  TillSide before = shop.side;
  before.events = g_string_new(shop.side.events->str);
  g_autofree char *first = till_side_push(&shop.side, shop.base, NULL);
  shop.side.base = 0;
  memcpy(shop.side.base_hash, before.base_hash, DIGEST_BYTES);
  g_string_assign(shop.side.events, before.events->str);
  till_side_sell(&shop.side, 1, 1);
  g_autofree char *answer = till_side_push(&shop.side, shop.base, NULL);
  expect_verdict(&shop, answer, 0, "dup");
  expect_verdict(&shop, answer, 1, "exception oversell");
  CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM sale"), 2);
  till_side_clear(&before);
  expect_sound(&shop);
}

static void
a_gap_is_answered_with_the_wanted_number(void)
{
  g_auto(Shop) shop;
  unsigned status = 0;
  open_shop(&shop);
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
  open_shop(&shop);
  till_side_begin(&twin, shop.side.device, 1);
  till_side_sell(&shop.side, 1, 1);
  till_side_sell(&twin, 1, 5);
  g_autofree char *first = till_side_push(&shop.side, shop.base, NULL);
  g_autofree char *answer = till_side_push(&twin, shop.base, &status);
  CU_ASSERT_EQUAL(status, 409);
  g_autofree char *error = chain_store_field(shop.base, answer, "$.error");
  CU_ASSERT_STRING_EQUAL(error, "fork");
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
  open_shop(&shop);
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
  open_shop(&shop);
  till_side_sell(&shop.side, 1, 1);
  g_autofree char *first = till_side_push(&shop.side, shop.base, NULL);
  till_side_begin(&next, shop.side.device, 4);
  till_side_sell(&next, 1, 1);
  g_autofree char *answer = till_side_push(&next, shop.base, NULL);
  expect_verdict(&shop, answer, 0, "exception oversell");
  CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM chain"), 2);
  CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM sale"), 2);
  expect_sound(&shop);
}

static void
what_cannot_be_parsed_is_quarantined_and_the_queue_moves_on(void)
{
  g_auto(Shop) shop;
  open_shop(&shop);
  till_side_add(&shop.side, "sale", "{\"uid\": no");
  till_side_sell(&shop.side, 1, 1);
  g_autofree char *answer = till_side_push(&shop.side, shop.base, NULL);
  expect_verdict(&shop, answer, 0, "quarantined not_json");
  expect_verdict(&shop, answer, 1, "exception oversell");
  g_autofree char *kept =
      text(shop.base, "SELECT CAST(body AS TEXT) FROM inbox WHERE seq = 1");
  CU_ASSERT_STRING_EQUAL(kept, "{\"uid\": no");
  CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM quarantine"), 1);
  CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM sale"), 1);
  expect_sound(&shop);
}

static void
each_fault_of_form_has_its_name(void)
{
  expect_of("sale", "[1,2]", "quarantined not_json");
  expect_of("sale", "7", "quarantined not_json");
  expect_of("sale", "", "quarantined not_json");
  expect_of("sale", "{}", "quarantined bad_body");
  expect_of(
      "sale", "{\"lines\":[1],\"tenders\":[],\"movements\":[]}", "quarantined bad_body");
  expect_of(
      "sale",
      "{\"uid\":\"short\",\"number\":\"1\",\"at\":1,\"biz_date\":1,\"shift\":1,"
      "\"staff\":\"1\",\"gross\":0,\"discount\":0,\"rounding\":0,\"due\":0,\"tax\":0,"
      "\"lines\":[],\"tenders\":[],\"movements\":[]}",
      "quarantined bad_body");
  expect_of("sale",
            "{\"uid\":\"00000000000000000000000000000001\",\"number\":\"1\",\"at\":1,"
            "\"biz_date\":1,\"shift\":1,\"staff\":\"1\",\"gross\":0.5,\"discount\":0,"
            "\"rounding\":0,\"due\":0,\"tax\":0,\"lines\":[],\"tenders\":[],"
            "\"movements\":[]}",
            "quarantined bad_body");
  expect_of("stock.move",
            "{\"uid\":\"u\",\"at\":1,\"kind\":\"count\",\"movements\":[{\"n\":1,"
            "\"product\":1,\"qty\":0}]}",
            "quarantined bad_body");
  expect_of("stock.move",
            "{\"uid\":\"u\",\"at\":1,\"kind\":\"count\",\"movements\":[{\"n\":1,"
            "\"product\":1,\"qty\":1e300}]}",
            "quarantined bad_body");
  expect_of("order.accept", "{}", "quarantined unknown_type");
}

static void
plain_events_are_kept_as_they_came(void)
{
  expect_of("shift.open", "{\"shift\":1,\"staff\":\"0312\"}", "ok");
  expect_of("shift.close", "{\"shift\":1}", "ok");
  expect_of("audit.note", "{\"text\":\"拆零 “一盒” \\u0001 😀\"}", "ok");
}

static void
a_version_of_tomorrow_is_kept_for_tomorrow(void)
{
  g_auto(Shop) shop;
  open_shop(&shop);
  till_side_sell(&shop.side, 1, 1);
  g_string_replace(shop.side.events, "\"v\":1", "\"v\":2", 1);
  g_autofree char *answer = till_side_push(&shop.side, shop.base, NULL);
  expect_verdict(&shop, answer, 0, "quarantined unknown_version");
  CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM sale"), 0);
}

static void
half_a_sale_leaves_nothing_but_its_bytes(void)
{
  g_auto(Shop) shop;
  open_shop(&shop);
  till_side_sell(&shop.side, 1, 1);
  TillSide odd = shop.side;
  g_autofree char *events = g_strdup(shop.side.events->str);
  /* Its last part, the movement, is broken: header, line and tender were fine. */
  g_autoptr(GString) body = g_string_new(NULL);
  {
    g_autofree char *whole = g_strdup_printf("{\"e\":[%s]}", events);
    g_autofree char *good = chain_store_field(shop.base, whole, "$.e[0].body");
    g_string_assign(body, good);
  }
  g_string_replace(body, "\"location\":\"R-1\",\"qty\":-24", "\"qty\":\"many\"", 0);
  till_side_clear(&odd);
  till_side_begin(&shop.side, shop.side.device, 1);
  till_side_add(&shop.side, "sale", body->str);
  g_autofree char *answer = till_side_push(&shop.side, shop.base, NULL);
  expect_verdict(&shop, answer, 0, "quarantined bad_body");
  CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM sale"), 0);
  CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM sale_line"), 0);
  CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM tender"), 0);
  CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM balance"), 0);
  CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM feed WHERE type = 'movement'"),
                  0);
  expect_sound(&shop);
}

static void
selling_more_than_there_is_is_booked_and_told_to_a_person(void)
{
  g_auto(Shop) shop;
  open_shop(&shop);
  stock(&shop, 24);
  till_side_sell(&shop.side, 1, 1);
  till_side_sell(&shop.side, 1, 1);
  g_autofree char *answer = till_side_push(&shop.side, shop.base, NULL);
  expect_verdict(&shop, answer, 0, "ok");
  expect_verdict(&shop, answer, 1, "exception oversell");
  CU_ASSERT_EQUAL(number(shop.base, "SELECT qty FROM balance"), -24);
  CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM sale"), 2);
}

static void
an_article_that_central_does_not_know_is_booked_all_the_same(void)
{
  g_auto(Shop) shop;
  open_shop(&shop);
  till_side_sell(&shop.side, 99, 1);
  g_autofree char *answer = till_side_push(&shop.side, shop.base, NULL);
  expect_verdict(&shop, answer, 0, "exception unknown_product");
  CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM sale"), 1);
  CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM exception"), 2);
}

static void
sums_that_do_not_agree_are_booked_and_told_to_a_person(void)
{
  static const char *const WRONG[][2] = {
      {"\\\"gross\\\":1850", "\\\"gross\\\":1851"},
      {"\\\"due\\\":1850", "\\\"due\\\":1800"},
      {"\\\"tax\\\":0,\\\"lines\\\"", "\\\"tax\\\":9,\\\"lines\\\""},
      {"\\\"amount\\\":1850", "\\\"amount\\\":1849"},
      {"\\\"net\\\":1850", "\\\"net\\\":1750"},
      {"\\\"price\\\":1850", "\\\"price\\\":1950"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(WRONG); i++) {
    g_auto(Shop) shop;
    open_shop(&shop);
    stock(&shop, 24);
    till_side_sell(&shop.side, 1, 1);
    CU_ASSERT_EQUAL(g_string_replace(shop.side.events, WRONG[i][0], WRONG[i][1], 1), 1);
    g_autofree char *answer = till_side_push(&shop.side, shop.base, NULL);
    expect_verdict(&shop, answer, 0, "exception sum_mismatch");
    CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM sale"), 1);
  }
}

static void
one_sale_under_two_numbers_is_booked_once(void)
{
  g_auto(Shop) shop;
  g_auto(TillSide) next = {0};
  open_shop(&shop);
  stock(&shop, 240);
  till_side_sell(&shop.side, 1, 1);
  g_autofree char *first_events = g_strdup(shop.side.events->str);
  g_autofree char *whole = g_strdup_printf("{\"e\":[%s]}", first_events);
  g_autofree char *body = chain_store_field(shop.base, whole, "$.e[0].body");
  g_autofree char *first = till_side_push(&shop.side, shop.base, NULL);
  till_side_begin(&next, shop.side.device, 2);
  till_side_add(&next, "sale", body);
  g_autofree char *answer = till_side_push(&next, shop.base, NULL);
  expect_verdict(&shop, answer, 0, "exception uid_again");
  CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM sale"), 1);
  CU_ASSERT_EQUAL(number(shop.base, "SELECT qty FROM balance"), 216);
  expect_sound(&shop);
}

static void
a_stock_move_moves_stock(void)
{
  g_auto(Shop) shop;
  open_shop(&shop);
  till_side_add(
      &shop.side,
      "stock.move",
      "{\"uid\":\"u1\",\"at\":5,\"staff\":\"0101\",\"kind\":\"receive\","
      "\"movements\":[{\"n\":1,\"product\":2,\"lot\":\"L9\",\"expiry\":20280101,"
      "\"location\":\"A\",\"qty\":10},{\"n\":2,\"product\":2,\"lot\":\"L9\","
      "\"expiry\":20280101,\"location\":\"B\",\"qty\":4,\"kind\":\"move\"}]}");
  g_autofree char *answer = till_side_push(&shop.side, shop.base, NULL);
  expect_verdict(&shop, answer, 0, "ok");
  CU_ASSERT_EQUAL(number(shop.base, "SELECT sum(qty) FROM balance"), 14);
  g_autofree char *kinds = text(
      shop.base, "SELECT group_concat(kind) FROM (SELECT kind FROM movement ORDER BY n)");
  CU_ASSERT_STRING_EQUAL(kinds, "receive,move");
  expect_sound(&shop);
}

static void
the_stores_stream_tells_each_movement_at_the_next_position(void)
{
  g_auto(Shop) shop;
  g_auto(Reply) reply;
  open_shop(&shop);
  stock(&shop, 240);
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
  open_shop(&shop);
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
  open_shop(&shop);
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
  open_shop(&shop);
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
  open_shop(&shop);
  memset(other, '0', sizeof other - 1);
  other[sizeof other - 1] = '\0';
  till_side_sell(&shop.side, 1, 1);
  till_side_sell(&shop.side, 1, 1);
  g_autofree char *answer = till_side_push(&shop.side, shop.base, NULL);
  digest_hex(shop.side.hash, hex);
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
  open_shop(&shop);
  stock(&shop, 240);
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
  expect_sound(&shop);
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
  open_shop(&shop);
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
      TEST(a_sale_is_booked_with_lines_tenders_and_stock),
      TEST(the_same_push_again_changes_nothing),
      TEST(a_push_that_overlaps_books_only_what_is_new),
      TEST(a_gap_is_answered_with_the_wanted_number),
      TEST(a_fork_is_refused_and_kept_as_evidence),
      TEST(another_past_before_the_pushed_events_is_a_fork_too),
      TEST(a_restored_till_goes_on_in_the_next_epoch),
      TEST(what_cannot_be_parsed_is_quarantined_and_the_queue_moves_on),
      TEST(each_fault_of_form_has_its_name),
      TEST(plain_events_are_kept_as_they_came),
      TEST(a_version_of_tomorrow_is_kept_for_tomorrow),
      TEST(half_a_sale_leaves_nothing_but_its_bytes),
      TEST(selling_more_than_there_is_is_booked_and_told_to_a_person),
      TEST(an_article_that_central_does_not_know_is_booked_all_the_same),
      TEST(sums_that_do_not_agree_are_booked_and_told_to_a_person),
      TEST(one_sale_under_two_numbers_is_booked_once),
      TEST(a_stock_move_moves_stock),
      TEST(the_stores_stream_tells_each_movement_at_the_next_position),
      TEST(a_page_from_beyond_the_head_tells_to_begin_again),
      TEST(what_is_no_push_is_refused_whole),
      TEST(a_till_cannot_push_for_another),
      TEST(hello_compares_what_both_sides_believe),
      TEST(whatever_step_fails_nothing_of_the_push_is_kept),
      TEST(facts_can_neither_be_changed_nor_deleted))
