/* A real hub, two tills' real files, and a line between them that fails. */
#include "tests/sync/counter.h"
#include "tests/sync/scripted.h"
#include "tests/test.h"

typedef struct {
  Town town;
  Counter counters[2];
} Street;

static void
street_open(Street *street)
{
  town_open(&street->town);
  for (int i = 0; i < 2; i++)
    counter_open(&street->counters[i], &street->town, i);
  CU_ASSERT_TRUE_FATAL(trade_settles(&street->town, street->counters, 2));
}

static void
street_close(Street *street)
{
  for (int i = 0; i < 2; i++)
    counter_close(&street->counters[i]);
  town_close(&street->town);
}

static void
sell(Street *street, int times)
{
  for (int i = 0; i < times; i++)
    counter_sell(&street->counters[i % 2]);
}

/* @sold boxes in all: each sale once, and the same stock on all sides. */
static void
expect_sold(Street *street, int sold)
{
  CU_ASSERT_TRUE_FATAL(trade_settles(&street->town, street->counters, 2));
  CU_ASSERT_EQUAL(town_number(&street->town, "SELECT count(*) FROM sale"), sold);
  CU_ASSERT_EQUAL(town_number(&street->town, "SELECT count(DISTINCT uid) FROM sale"),
                  sold);
  CU_ASSERT_EQUAL(town_number(&street->town, "SELECT count(*) FROM exception"), 0);
  CU_ASSERT_EQUAL(town_number(&street->town, "SELECT sum(qty) FROM balance"),
                  2400 - 24 * sold);
  for (int i = 0; i < 2; i++)
    CU_ASSERT_EQUAL(
        counter_number(&street->counters[i],
                       "SELECT qty FROM balance WHERE product = 1 AND lot_no = 'L1'"),
        2400 - 24 * sold);
}

static void
two_tills_see_what_the_other_sold(void)
{
  Street street;

  street_open(&street);
  sell(&street, 7);
  expect_sold(&street, 7);
  street_close(&street);
}

static bool
both_are_offline(gpointer data)
{
  Street *street = data;
  return street->counters[0].status.line == SYNC_OFFLINE &&
         street->counters[1].status.line == SYNC_OFFLINE;
}

static void
a_day_without_central_arrives_exactly_once(void)
{
  Street street;

  street_open(&street);
  town_switch(&street.town, false);
  CU_ASSERT_TRUE_FATAL(counter_until(both_are_offline, &street));
  sell(&street, 60);
  town_switch(&street.town, true);
  expect_sold(&street, 60);
  int64_t events = town_number(&street.town, "SELECT count(*) FROM inbox");
  for (int i = 0; i < 2; i++) { /* and a second start changes nothing */
    counter_stop(&street.counters[i]);
    counter_start(&street.counters[i]);
  }
  expect_sold(&street, 60);
  CU_ASSERT_EQUAL(town_number(&street.town, "SELECT count(*) FROM inbox"), events);
  street_close(&street);
}

static ScriptedReply
say(const char *head, const char *body, gpointer data)
{
  return *(ScriptedReply *)data;
}

static bool
a_few_were_asked(gpointer data)
{
  Scripted *server = data;
  return atomic_load(&server->asked) >= 4;
}

static void
a_central_that_talks_nonsense_disturbs_nothing(void)
{
  ScriptedReply replies[] = {
      {500, "{\"error\":\"internal\"}", .cut = CUT_NOWHERE},
      {200, "<html>Welcome to the router</html>", .digest = "", .cut = CUT_NOWHERE},
      {200, "{\"verdict\":\"ok\",\"acked\":1,\"store_head\"", .cut = CUT_NOWHERE},
      {200, "{\"verdict\":\"ok\"}", .cut = 70},
  };
  Street street;
  int sold = 0;

  street_open(&street);
  for (gsize i = 0; i < G_N_ELEMENTS(replies); i++) {
    Scripted *server = scripted_start(say, &replies[i]);
    line_lead_to(street.town.line, server->port);
    sell(&street, 2);
    sold += 2;
    CU_ASSERT_TRUE(counter_until(a_few_were_asked, server));
    line_lead_to(street.town.line, hub_port(street.town.hub));
    expect_sold(&street, sold);
    scripted_stop(server);
  }
  street_close(&street);
}

static void
copy_file(const char *folder, const char *from, const char *to)
{
  g_autofree char *source = g_build_filename(folder, from, NULL);
  g_autofree char *target = g_build_filename(folder, to, NULL);
  g_autofree char *bytes = NULL;
  gsize length = 0;

  CU_ASSERT_TRUE_FATAL(g_file_get_contents(source, &bytes, &length, NULL));
  CU_ASSERT_TRUE_FATAL(g_file_set_contents(target, bytes, (gssize)length, NULL));
}

/* The file of some sales ago comes back, and nobody takes the next epoch. */
static void
put_back(Counter *counter)
{
  g_autofree char *log = counter_path(counter, "store.db-wal");
  g_autofree char *shared = counter_path(counter, "store.db-shm");

  counter_stop(counter);
  g_clear_pointer(&counter->store, db_close);
  copy_file(counter->folder, "store.copy", "store.db");
  unlink(log);
  unlink(shared);
}

static void
a_till_whose_old_file_comes_back_unseen_loses_no_sale_it_makes_then(void)
{
  Street street;
  Counter *counter = &street.counters[0];

  street_open(&street);
  counter_sell(counter);
  CU_ASSERT_TRUE(trade_settles(&street.town, street.counters, 2));
  g_autofree char *copy = counter_path(counter, "store.copy");
  CU_ASSERT_TRUE(db_copy_to(counter->store, copy, NULL));
  counter_sell(counter);
  counter_sell(counter);
  CU_ASSERT_TRUE(trade_settles(&street.town, street.counters, 2));
  put_back(counter);
  g_autofree char *path = counter_path(counter, "store.db");
  counter->store = db_open(path, "store", DB_WRITER, NULL);
  counter_sell(counter); /* under a number that is taken */
  counter_sell(counter);
  counter_sell(counter);
  counter_start(counter);
  expect_sold(&street, 6);
  CU_ASSERT_TRUE(counter->forks > 0);
  CU_ASSERT_EQUAL(counter_number(counter, "SELECT max(epoch) FROM epoch"), 2);
  CU_ASSERT_EQUAL(town_number(&street.town, "SELECT max(epoch) FROM inbox"), 2);
  street_close(&street);
}

static void
a_hub_that_comes_back_as_an_old_copy_gets_everything_again(void)
{
  Street street;

  street_open(&street);
  sell(&street, 4);
  expect_sold(&street, 4);
  town_switch(&street.town, false);
  copy_file(street.town.folder, "hub.db", "hub.copy");
  town_switch(&street.town, true);
  sell(&street, 6);
  expect_sold(&street, 10);
  town_switch(&street.town, false);
  copy_file(street.town.folder, "hub.copy", "hub.db");
  town_switch(&street.town, true);
  sell(&street, 2);
  expect_sold(&street, 12);
  for (int i = 0; i < 2; i++) {
    CU_ASSERT_TRUE(street.counters[i].rewinds > 0);
    CU_ASSERT_TRUE(street.counters[i].again > 0);
    CU_ASSERT_TRUE(street.counters[i].renewed > 0);
  }
  street_close(&street);
}

TESTS("two_tills",
      TEST(two_tills_see_what_the_other_sold),
      TEST(a_day_without_central_arrives_exactly_once),
      TEST(a_central_that_talks_nonsense_disturbs_nothing),
      TEST(a_till_whose_old_file_comes_back_unseen_loses_no_sale_it_makes_then),
      TEST(a_hub_that_comes_back_as_an_old_copy_gets_everything_again))
