/* The line is cut before, in and after each kind of request: the end is always the same,
 * and a second run changes nothing. */
#include "tests/sync/counter.h"
#include "tests/test.h"

static const char *const REQUESTS[] = {"POST /v1/hello",
                                       "POST /v1/push",
                                       "GET /v1/feed/cat",
                                       "GET /v1/feed/store",
                                       "GET /v1/wait"};

static const struct {
  LineSide side;
  gsize bytes;
} CUTS[] = {
    {LINE_UP, 0},     /* nothing of the request arrives */
    {LINE_UP, 10},    /* half of its first line */
    {LINE_UP, 120},   /* half of its headers, or more */
    {LINE_DOWN, 0},   /* all of it arrives, nothing comes back */
    {LINE_DOWN, 9},   /* half of the status */
    {LINE_DOWN, 100}, /* half of the headers */
    {LINE_DOWN, 300}, /* half of the body */
};

typedef struct {
  Town town;
  Counter counter;
  int sold;
} Shop;

/* Something of everything: each kind of request is made at least once. */
static void
trade(Shop *shop)
{
  counter_stop(&shop->counter);
  counter_start(&shop->counter);
  counter_sell(&shop->counter);
  shop->sold++;
  town_publish(&shop->town);
}

/* A held request is answered when there is news. */
static bool
is_cut_now(gpointer data)
{
  Shop *shop = data;

  if (line_was_cut(shop->town.line))
    return true;
  if (trade_is_settled(&shop->town, &shop->counter, 1)) {
    counter_sell(&shop->counter);
    shop->sold++;
  }
  return false;
}

static void
expect_all_once(Shop *shop)
{
  Town *town = &shop->town;
  Counter *counter = &shop->counter;

  CU_ASSERT_TRUE_FATAL(trade_settles(town, counter, 1));
  CU_ASSERT_EQUAL(town_number(town, "SELECT count(*) FROM sale"), shop->sold);
  CU_ASSERT_EQUAL(town_number(town, "SELECT count(*) FROM inbox"), shop->sold);
  CU_ASSERT_EQUAL(town_number(town, "SELECT sum(qty) FROM balance"),
                  2400 - 24 * shop->sold);
  CU_ASSERT_EQUAL(counter_number(counter, "SELECT sum(qty) FROM balance"),
                  2400 - 24 * shop->sold);
  CU_ASSERT_EQUAL(
      counter_ask(counter->catalogue, "SELECT count(*) FROM article /* scan */"),
      3 + town->published);
  CU_ASSERT_EQUAL(counter->forks + counter->rewinds + counter->again, 0);
}

static void
wherever_the_line_is_cut_the_end_is_the_same(void)
{
  Shop shop = {0};

  town_open(&shop.town);
  counter_open(&shop.counter, &shop.town, 0);
  CU_ASSERT_TRUE_FATAL(trade_settles(&shop.town, &shop.counter, 1));
  for (gsize i = 0; i < G_N_ELEMENTS(REQUESTS) * G_N_ELEMENTS(CUTS); i++) {
    const char *request = REQUESTS[i / G_N_ELEMENTS(CUTS)];
    int n = i % G_N_ELEMENTS(CUTS);
    line_cut(shop.town.line, request, CUTS[n].side, CUTS[n].bytes);
    trade(&shop);
    CU_ASSERT_TRUE(counter_until(is_cut_now, &shop));
    if (!line_was_cut(shop.town.line))
      g_printerr("%s was not cut at %zu\n", request, CUTS[n].bytes);
    expect_all_once(&shop);
  }
  int64_t changes = town_number(&shop.town, "SELECT sum(pos) FROM feed_head");
  counter_stop(&shop.counter);
  counter_start(&shop.counter);
  expect_all_once(&shop);
  CU_ASSERT_EQUAL(town_number(&shop.town, "SELECT sum(pos) FROM feed_head"), changes);
  counter_close(&shop.counter);
  town_close(&shop.town);
}

TESTS("cut_line", TEST(wherever_the_line_is_cut_the_end_is_the_same))
