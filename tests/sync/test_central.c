#include "sync/central.h"

#include <string.h>

#include "sync/sync.h"
#include "tests/test.h"

static Db *
parser(void)
{
  return db_open(":memory:", "catalogue", DB_WRITER, NULL);
}

static EngineAnswer
read_text(Db *json, EngineLane lane, EngineAsk ask, int status, const char *text)
{
  CentralAnswer read;
  g_auto(HttpAnswer) answer = {.outcome = HTTP_GOOD,
                               .status = status,
                               .retry_after_s = 3,
                               .body = g_bytes_new(text, strlen(text))};

  central_read(json, lane, ask, &answer, &read);
  return read.said;
}

static void
what_makes_no_sense_is_garbage(void)
{
  const struct {
    EngineLane lane;
    EngineAsk ask;
    int status;
    const char *text;
  } cases[] = {
      {LANE_UP, ASK_HELLO, 200, ""},
      {LANE_UP, ASK_HELLO, 200, "<html>"},
      {LANE_UP, ASK_HELLO, 200, "null"},
      {LANE_UP, ASK_HELLO, 200, "[]"},
      {LANE_UP, ASK_HELLO, 200, "{}"},
      {LANE_UP, ASK_HELLO, 200, "{\"verdict\":\"ok\",\"acked\":1}"},
      {LANE_UP,
       ASK_HELLO,
       200,
       "{\"verdict\":\"fine\",\"acked\":1,\"store_head\":1,\"cat_head\":1}"},
      {LANE_UP,
       ASK_HELLO,
       200,
       "{\"verdict\":{},\"acked\":1,\"store_head\":1,\"cat_head\":1}"},
      {LANE_UP,
       ASK_HELLO,
       200,
       "{\"verdict\":\"ok\",\"acked\":\"1\",\"store_head\":1,\"cat_head\":1}"},
      {LANE_UP,
       ASK_HELLO,
       200,
       "{\"verdict\":\"ok\",\"acked\":1.5,\"store_head\":1,\"cat_head\":1}"},
      {LANE_UP,
       ASK_HELLO,
       200,
       "{\"verdict\":\"ok\",\"acked\":1,\"store_head\":-1,\"cat_head\":1}"},
      {LANE_UP, ASK_HELLO, 409, "{\"error\":\"gap\",\"want\":1}"},
      {LANE_UP, ASK_HELLO, 410, "{\"error\":\"floor\"}"},
      {LANE_UP, ASK_PUSH, 200, "{\"hash\":\"00\"}"},
      {LANE_UP, ASK_PUSH, 409, "{\"error\":\"gap\"}"},
      {LANE_UP, ASK_PUSH, 409, "{\"error\":\"gap\",\"want\":0}"},
      {LANE_UP, ASK_PUSH, 409, "{\"error\":\"other\"}"},
      {LANE_UP, ASK_PUSH, 409, "{\"error\":7}"},
      {LANE_CAT,
       ASK_FEED,
       200,
       "{\"stream\":\"store\",\"from\":0,\"to\":0,\"head\":0,\"changes\":[]}"},
      {LANE_CAT, ASK_FEED, 200, "{\"stream\":\"cat\",\"from\":0,\"to\":0}"},
      {LANE_STORE, ASK_FEED, 200, "{\"from\":0,\"to\":0,\"head\":0}"},
      {LANE_WAIT, ASK_WAIT, 200, "{\"store_head\":1}"},
      {LANE_WAIT, ASK_WAIT, 200, "{\"store_head\":1,\"cat_head\":1}\xff"},
  };
  g_autoptr(Db) json = parser();
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    EngineAnswer said =
        read_text(json, cases[i].lane, cases[i].ask, cases[i].status, cases[i].text);
    CU_ASSERT_EQUAL(said.outcome, ANSWER_GARBAGE);
    CU_ASSERT_EQUAL(said.retry_after_s, 3);
  }
}

static void
a_text_of_a_million_brackets_or_with_a_nul_is_garbage(void)
{
  g_autoptr(Db) json = parser();
  g_autofree char *brackets = g_strnfill(1000000, '[');
  const char nul[] = "{\"store_head\":1,\"cat_head\":1}\0{}";
  CentralAnswer read;
  g_auto(HttpAnswer) answer = {
      .outcome = HTTP_GOOD, .status = 200, .body = g_bytes_new(nul, sizeof nul)};

  CU_ASSERT_EQUAL(read_text(json, LANE_WAIT, ASK_WAIT, 200, brackets).outcome,
                  ANSWER_GARBAGE);
  central_read(json, LANE_WAIT, ASK_WAIT, &answer, &read);
  CU_ASSERT_EQUAL(read.said.outcome, ANSWER_GARBAGE);
}

static void
a_hello_is_read(void)
{
  const struct {
    const char *word;
    HubVerdict verdict;
  } cases[] = {{"ok", HUB_OK},
               {"behind", HUB_BEHIND},
               {"fork", HUB_FORK},
               {"refused", HUB_REFUSED}};
  g_autoptr(Db) json = parser();
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *text = g_strdup_printf(
        "{\"verdict\":\"%s\",\"acked\":7,\"store_head\":8,\"cat_head\":9,"
        "\"hub_time\":1795420800000000,\"retry_after\":30,\"new\":{\"field\":1}}",
        cases[i].word);
    EngineAnswer said = read_text(json, LANE_UP, ASK_HELLO, 200, text);
    CU_ASSERT_EQUAL(said.outcome, ANSWER_GOOD);
    CU_ASSERT_EQUAL(said.verdict, cases[i].verdict);
    CU_ASSERT_EQUAL(said.seq, 7);
    CU_ASSERT_EQUAL(said.store_head, 8);
    CU_ASSERT_EQUAL(said.cat_head, 9);
    CU_ASSERT_EQUAL(said.hub_time_us, G_GINT64_CONSTANT(1795420800000000));
    CU_ASSERT_EQUAL(said.retry_after_s, 30);
  }
}

static void
a_push_and_its_refusals_are_read(void)
{
  g_autoptr(Db) json = parser();
  EngineAnswer good =
      read_text(json, LANE_UP, ASK_PUSH, 200, "{\"acked\":5,\"hash\":\"ab\"}");
  EngineAnswer gap =
      read_text(json, LANE_UP, ASK_PUSH, 409, "{\"error\":\"gap\",\"want\":3}");
  EngineAnswer fork =
      read_text(json, LANE_UP, ASK_PUSH, 409, "{\"error\":\"fork\",\"at\":4}");
  EngineAnswer somewhere =
      read_text(json, LANE_UP, ASK_PUSH, 409, "{\"error\":\"fork\"}");

  CU_ASSERT_EQUAL(good.outcome, ANSWER_GOOD);
  CU_ASSERT_EQUAL(good.seq, 5);
  CU_ASSERT_EQUAL(good.store_head, HEAD_UNTOLD);
  CU_ASSERT_EQUAL(gap.verdict, HUB_GAP);
  CU_ASSERT_EQUAL(gap.seq, 3);
  CU_ASSERT_EQUAL(fork.verdict, HUB_FORK);
  CU_ASSERT_EQUAL(fork.seq, 4);
  CU_ASSERT_EQUAL(somewhere.verdict, HUB_FORK);
  CU_ASSERT_EQUAL(somewhere.seq, 0);
}

static void
a_page_is_read_by_its_cover(void)
{
  g_autoptr(Db) json = parser();
  EngineAnswer said =
      read_text(json,
                LANE_CAT,
                ASK_FEED,
                200,
                "{\"stream\":\"cat\",\"from\":2,\"to\":3,\"head\":9,\"changes\":[{}]}");

  CU_ASSERT_EQUAL(said.outcome, ANSWER_GOOD);
  CU_ASSERT_EQUAL(said.page_from, 2);
  CU_ASSERT_EQUAL(said.page_to, 3);
  CU_ASSERT_EQUAL(said.page_head, 9);
  CU_ASSERT_EQUAL(said.cat_head, HEAD_UNTOLD);
  EngineAnswer floor = read_text(json, LANE_CAT, ASK_FEED, 410, "{\"error\":\"floor\"}");
  CU_ASSERT_EQUAL(floor.outcome, ANSWER_GOOD);
  CU_ASSERT_EQUAL(floor.verdict, HUB_BEHIND);
}

static void
requests_have_the_form_that_was_agreed(void)
{
  const Hello hello = {.device = 7,
                       .epoch = 2,
                       .head = 30,
                       .head_hash = "ab",
                       .acked = 20,
                       .store_position = 4,
                       .cat_position = 5};
  g_autofree char *said = central_hello(&hello);
  g_autofree char *push = central_push(7, 2, 30, "ab", "[]");
  g_autofree char *cat = central_feed(LANE_CAT, 5, 500);
  g_autofree char *store = central_feed(LANE_STORE, 0, 64);
  g_autofree char *held = central_wait(4, 5);
  g_autoptr(Db) json = parser();
  g_autofree char *enrol = central_enrol(json, "a\"b");

  CU_ASSERT_STRING_EQUAL(said,
                         "{\"proto\":1,\"device\":7,\"epoch\":2,\"head\":30,"
                         "\"head_hash\":\"ab\",\"acked\":20,\"store_pos\":4,"
                         "\"cat_pos\":5}");
  CU_ASSERT_STRING_EQUAL(push,
                         "{\"device\":7,\"epoch\":2,\"base\":30,\"base_hash\":\"ab\","
                         "\"events\":[]}");
  CU_ASSERT_STRING_EQUAL(cat, "/v1/feed/cat?from=5&max=500");
  CU_ASSERT_STRING_EQUAL(store, "/v1/feed/store?from=0&max=64");
  CU_ASSERT_STRING_EQUAL(held, "/v1/wait?store=4&cat=5&timeout=25");
  CU_ASSERT_STRING_EQUAL(enrol, "{\"code\":\"a\\\"b\"}");
}

TESTS("central",
      TEST(what_makes_no_sense_is_garbage),
      TEST(a_text_of_a_million_brackets_or_with_a_nul_is_garbage),
      TEST(a_hello_is_read),
      TEST(a_push_and_its_refusals_are_read),
      TEST(a_page_is_read_by_its_cover),
      TEST(requests_have_the_form_that_was_agreed))
