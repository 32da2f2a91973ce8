/* What an event is: booked, booked with a remark for a person, or kept as bytes. */
#include "tests/sync/chain_shop.h"

/* The one verdict on an event of this type and body. */
static void
expect_of(const char *type, const char *body, const char *wanted)
{
  g_auto(Shop) shop;
  shop_open(&shop);
  till_side_add(&shop.side, type, body);
  g_autofree char *answer = till_side_push(&shop.side, shop.base, NULL);
  shop_expect(&shop, answer, 0, wanted);
  CU_ASSERT_EQUAL(number(shop.base, "SELECT head FROM chain"), 1);
  g_autofree char *kept = text(shop.base, "SELECT CAST(body AS TEXT) FROM inbox");
  CU_ASSERT_STRING_EQUAL(kept, body);
}

static void
a_sale_is_booked_with_lines_tenders_and_stock(void)
{
  g_auto(Shop) shop;
  shop_open(&shop);
  shop_stock(&shop, 240);
  till_side_sell(&shop.side, 1, 2);
  g_autofree char *answer = till_side_push(&shop.side, shop.base, NULL);
  shop_expect(&shop, answer, 0, "ok");
  CU_ASSERT_EQUAL(number(shop.base, "SELECT due FROM sale"), 3700);
  CU_ASSERT_EQUAL(number(shop.base, "SELECT qty FROM sale_line"), 48);
  CU_ASSERT_EQUAL(number(shop.base, "SELECT amount FROM tender"), 3700);
  CU_ASSERT_EQUAL(number(shop.base, "SELECT qty FROM balance"), 240 - 48);
  CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM exception"), 0);
  char hex[DIGEST_HEX];
  digest_hex(shop.side.hash, hex);
  g_autofree char *hash = chain_store_field(shop.base, answer, "$.hash");
  CU_ASSERT_STRING_EQUAL(hash, hex);
  shop_expect_sound(&shop);
}

static void
what_cannot_be_parsed_is_quarantined_and_the_queue_moves_on(void)
{
  g_auto(Shop) shop;
  shop_open(&shop);
  till_side_add(&shop.side, "sale", "{\"uid\": no");
  till_side_sell(&shop.side, 1, 1);
  g_autofree char *answer = till_side_push(&shop.side, shop.base, NULL);
  shop_expect(&shop, answer, 0, "quarantined not_json");
  shop_expect(&shop, answer, 1, "exception oversell");
  g_autofree char *kept =
      text(shop.base, "SELECT CAST(body AS TEXT) FROM inbox WHERE seq = 1");
  CU_ASSERT_STRING_EQUAL(kept, "{\"uid\": no");
  CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM quarantine"), 1);
  CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM sale"), 1);
  shop_expect_sound(&shop);
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
  shop_open(&shop);
  till_side_sell(&shop.side, 1, 1);
  g_string_replace(shop.side.events, "\"v\":1", "\"v\":2", 1);
  g_autofree char *answer = till_side_push(&shop.side, shop.base, NULL);
  shop_expect(&shop, answer, 0, "quarantined unknown_version");
  CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM sale"), 0);
}

static void
half_a_sale_leaves_nothing_but_its_bytes(void)
{
  g_auto(Shop) shop;
  shop_open(&shop);
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
  shop_expect(&shop, answer, 0, "quarantined bad_body");
  CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM sale"), 0);
  CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM sale_line"), 0);
  CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM tender"), 0);
  CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM balance"), 0);
  CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM feed WHERE type = 'movement'"),
                  0);
  shop_expect_sound(&shop);
}

static void
selling_more_than_there_is_is_booked_and_told_to_a_person(void)
{
  g_auto(Shop) shop;
  shop_open(&shop);
  shop_stock(&shop, 24);
  till_side_sell(&shop.side, 1, 1);
  till_side_sell(&shop.side, 1, 1);
  g_autofree char *answer = till_side_push(&shop.side, shop.base, NULL);
  shop_expect(&shop, answer, 0, "ok");
  shop_expect(&shop, answer, 1, "exception oversell");
  CU_ASSERT_EQUAL(number(shop.base, "SELECT qty FROM balance"), -24);
  CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM sale"), 2);
}

static void
an_article_that_central_does_not_know_is_booked_all_the_same(void)
{
  g_auto(Shop) shop;
  shop_open(&shop);
  till_side_sell(&shop.side, 99, 1);
  g_autofree char *answer = till_side_push(&shop.side, shop.base, NULL);
  shop_expect(&shop, answer, 0, "exception unknown_product");
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
    shop_open(&shop);
    shop_stock(&shop, 24);
    till_side_sell(&shop.side, 1, 1);
    CU_ASSERT_EQUAL(g_string_replace(shop.side.events, WRONG[i][0], WRONG[i][1], 1), 1);
    g_autofree char *answer = till_side_push(&shop.side, shop.base, NULL);
    shop_expect(&shop, answer, 0, "exception sum_mismatch");
    CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM sale"), 1);
  }
}

static void
one_sale_under_two_numbers_is_booked_once(void)
{
  g_auto(Shop) shop;
  g_auto(TillSide) next = {0};
  shop_open(&shop);
  shop_stock(&shop, 240);
  till_side_sell(&shop.side, 1, 1);
  g_autofree char *first_events = g_strdup(shop.side.events->str);
  g_autofree char *whole = g_strdup_printf("{\"e\":[%s]}", first_events);
  g_autofree char *body = chain_store_field(shop.base, whole, "$.e[0].body");
  g_autofree char *first = till_side_push(&shop.side, shop.base, NULL);
  till_side_begin(&next, shop.side.device, 2);
  till_side_add(&next, "sale", body);
  g_autofree char *answer = till_side_push(&next, shop.base, NULL);
  shop_expect(&shop, answer, 0, "exception uid_again");
  CU_ASSERT_EQUAL(number(shop.base, "SELECT count(*) FROM sale"), 1);
  CU_ASSERT_EQUAL(number(shop.base, "SELECT qty FROM balance"), 216);
  shop_expect_sound(&shop);
}

static void
a_stock_move_moves_stock(void)
{
  g_auto(Shop) shop;
  shop_open(&shop);
  till_side_add(
      &shop.side,
      "stock.move",
      "{\"uid\":\"u1\",\"at\":5,\"staff\":\"0101\",\"kind\":\"receive\","
      "\"movements\":[{\"n\":1,\"product\":2,\"lot\":\"L9\",\"expiry\":20280101,"
      "\"location\":\"A\",\"qty\":10},{\"n\":2,\"product\":2,\"lot\":\"L9\","
      "\"expiry\":20280101,\"location\":\"B\",\"qty\":4,\"kind\":\"move\"}]}");
  g_autofree char *answer = till_side_push(&shop.side, shop.base, NULL);
  shop_expect(&shop, answer, 0, "ok");
  CU_ASSERT_EQUAL(number(shop.base, "SELECT sum(qty) FROM balance"), 14);
  g_autofree char *kinds = text(
      shop.base, "SELECT group_concat(kind) FROM (SELECT kind FROM movement ORDER BY n)");
  CU_ASSERT_STRING_EQUAL(kinds, "receive,move");
  shop_expect_sound(&shop);
}

TESTS("hub_apply",
      TEST(a_sale_is_booked_with_lines_tenders_and_stock),
      TEST(what_cannot_be_parsed_is_quarantined_and_the_queue_moves_on),
      TEST(each_fault_of_form_has_its_name),
      TEST(plain_events_are_kept_as_they_came),
      TEST(a_version_of_tomorrow_is_kept_for_tomorrow),
      TEST(half_a_sale_leaves_nothing_but_its_bytes),
      TEST(selling_more_than_there_is_is_booked_and_told_to_a_person),
      TEST(an_article_that_central_does_not_know_is_booked_all_the_same),
      TEST(sums_that_do_not_agree_are_booked_and_told_to_a_person),
      TEST(one_sale_under_two_numbers_is_booked_once),
      TEST(a_stock_move_moves_stock))
