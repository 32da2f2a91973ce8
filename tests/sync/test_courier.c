/* What the app relies on, against a real hub. */
#include "sync/courier.h"

#include <glib/gstdio.h>

#include "sync/hub/office.h"
#include "tests/sync/counter.h"
#include "tests/sync/scripted.h"
#include "tests/test.h"

#define FAR_LESS_US (10 * G_USEC_PER_SEC) /* than a held request lasts */

typedef struct {
  Town town;
  Counter counter;
} Shop;

static void
shop_open(Shop *shop)
{
  *shop = (Shop){0};
  town_open(&shop->town);
  counter_open(&shop->counter, &shop->town, 0);
  CU_ASSERT_TRUE_FATAL(trade_settles(&shop->town, &shop->counter, 1));
}

static void
shop_close(Shop *shop)
{
  counter_close(&shop->counter);
  town_close(&shop->town);
}

static bool
central_knows_it(gpointer data)
{
  Shop *shop = data;
  return town_number(&shop->town, "SELECT count(*) FROM sale") == shop->counter.sold;
}

static void
a_sale_is_pushed_at_once_although_a_request_is_held(void)
{
  Shop shop;

  shop_open(&shop);
  for (int i = 0; i < 5; i++) {
    gint64 begun = g_get_monotonic_time();
    counter_sell(&shop.counter);
    CU_ASSERT_TRUE(counter_until(central_knows_it, &shop));
    CU_ASSERT_TRUE(g_get_monotonic_time() - begun < FAR_LESS_US);
  }
  shop_close(&shop);
}

static void
stopping_does_not_wait_for_a_held_request(void)
{
  Shop shop;

  shop_open(&shop);
  gint64 begun = g_get_monotonic_time();
  for (int i = 0; i < 10; i++) {
    counter_stop(&shop.counter);
    counter_start(&shop.counter);
  }
  CU_ASSERT_TRUE(g_get_monotonic_time() - begun < FAR_LESS_US);
  CU_ASSERT_TRUE(trade_settles(&shop.town, &shop.counter, 1));
  shop_close(&shop);
}

static void
a_page_that_could_not_be_applied_comes_again(void)
{
  Shop shop;

  shop_open(&shop);
  shop.counter.pages_to_lose = 2;
  int before = shop.counter.pages;
  counter_sell(&shop.counter);
  CU_ASSERT_TRUE(trade_settles(&shop.town, &shop.counter, 1));
  CU_ASSERT_TRUE(shop.counter.pages >= before + 3);
  shop_close(&shop);
}

static bool
is_refused(gpointer data)
{
  Counter *counter = data;
  return counter->status.line == SYNC_REFUSED;
}

static void
a_till_that_central_ended_is_refused_and_keeps_its_sales(void)
{
  Shop shop;

  shop_open(&shop);
  g_autoptr(Office) office = office_open(shop.town.folder, NULL);
  CU_ASSERT_TRUE(
      office_do(office, "till.end", "{\"store\":\"0123\",\"till\":\"01\"}", NULL, NULL));
  counter_sell(&shop.counter);
  CU_ASSERT_TRUE(counter_until(is_refused, &shop.counter));
  CU_ASSERT_STRING_EQUAL(shop.counter.status.problem, "central refuses this till");
  CU_ASSERT_EQUAL(counter_number(&shop.counter, "SELECT count(*) FROM outbox"), 1);
  shop_close(&shop);
}

static void
an_address_that_is_not_https_is_refused_here(void)
{
  Shop shop;

  shop_open(&shop);
  counter_stop(&shop.counter);
  g_free(shop.counter.url);
  shop.counter.url = g_strdup("http://hub.example.org");
  counter_start(&shop.counter);
  CU_ASSERT_TRUE(counter_until(is_refused, &shop.counter));
  counter_sell(&shop.counter);
  shop_close(&shop);
}

static void
spoil(const Counter *counter, const char *name)
{
  g_autofree char *path = counter_path(counter, name);
  g_autofree char *log = g_strconcat(path, "-wal", NULL);
  g_autofree char *junk = g_strnfill(8192, 'x');

  CU_ASSERT_TRUE(g_file_set_contents(path, junk, 8192, NULL));
  g_remove(log);
}

static int
kept_aside(const Counter *counter)
{
  int n = 0;
  g_autoptr(GDir) dir = g_dir_open(counter->folder, 0, NULL);

  for (const char *name; (name = g_dir_read_name(dir));)
    n += g_str_has_prefix(name, "catalogue.db.damaged-");
  return n;
}

static void
a_damaged_catalogue_is_set_aside_and_fetched_anew(void)
{
  Shop shop;

  shop_open(&shop);
  counter_stop(&shop.counter);
  g_clear_pointer(&shop.counter.catalogue, db_close);
  spoil(&shop.counter, "catalogue.db");
  counter_start(&shop.counter);
  CU_ASSERT_TRUE(trade_settles(&shop.town, &shop.counter, 1));
  CU_ASSERT_EQUAL(shop.counter.broken, 1);
  CU_ASSERT_EQUAL(kept_aside(&shop.counter), 1);
  CU_ASSERT_EQUAL(
      counter_ask(shop.counter.catalogue, "SELECT count(*) FROM article /* scan */"), 3);
  shop_close(&shop);
}

static bool
is_marked(gpointer data)
{
  Counter *counter = data;
  return counter_ask(counter->catalogue, "SELECT count(*) FROM stocked /* scan */") == 2;
}

static void
what_is_on_the_shelf_reaches_the_search(void)
{
  const int64_t ids[] = {1, 3};
  Shop shop;

  shop_open(&shop);
  sync_stocked(shop.counter.sync, ids, 2, true);
  CU_ASSERT_TRUE(counter_until(is_marked, &shop.counter));
  shop_close(&shop);
}

typedef struct {
  Sync *sync;
  int told;
} Quitter;

static void
stop_at_once(Sync *sync, const SyncEvent *event, gpointer data)
{
  Quitter *quitter = data;
  quitter->told++;
  sync_stop(g_steal_pointer(&quitter->sync));
}

static bool
has_quit(gpointer data)
{
  return !((Quitter *)data)->sync;
}

static void
an_event_may_stop_it_and_nothing_comes_after(void)
{
  Shop shop;
  Quitter quitter = {0};

  shop_open(&shop);
  counter_stop(&shop.counter);
  g_autofree char *store = counter_path(&shop.counter, "store.db");
  g_autofree char *catalogue = counter_path(&shop.counter, "catalogue.db");
  SyncConfig config = {.hub_url = shop.counter.url,
                       .token = shop.counter.token,
                       .store_path = store,
                       .catalogue_path = catalogue,
                       .device_id = shop.counter.device_id};
  quitter.sync = sync_start(&config, stop_at_once, &quitter);
  CU_ASSERT_TRUE(counter_until(has_quit, &quitter));
  while (g_main_context_iteration(NULL, FALSE))
    ;
  CU_ASSERT_EQUAL(quitter.told, 1);
  shop_close(&shop);
}

static void
note_where(Sync *sync, const SyncEvent *event, gpointer data)
{
  *(GThread **)data = g_thread_self();
}

static void
events_come_where_it_was_started(void)
{
  Shop shop;
  GThread *where = NULL;
  gint64 end = g_get_monotonic_time() + 60 * G_USEC_PER_SEC;
  g_autoptr(GMainContext) context = g_main_context_new();

  shop_open(&shop);
  counter_stop(&shop.counter);
  g_autofree char *store = counter_path(&shop.counter, "store.db");
  g_autofree char *catalogue = counter_path(&shop.counter, "catalogue.db");
  SyncConfig config = {.hub_url = shop.counter.url,
                       .token = shop.counter.token,
                       .store_path = store,
                       .catalogue_path = catalogue,
                       .device_id = shop.counter.device_id};
  g_main_context_push_thread_default(context);
  Sync *sync = sync_start(&config, note_where, &where);
  while (!where && g_get_monotonic_time() < end)
    g_main_context_iteration(context, FALSE);
  CU_ASSERT_PTR_EQUAL(where, g_thread_self());
  sync_stop(sync);
  g_main_context_pop_thread_default(context);
  shop_close(&shop);
}

typedef struct {
  SyncStatus status;
} Watch;

static void
on_courier(const SyncEvent *event, gpointer data)
{
  if (event->kind == SYNC_STATUS)
    ((Watch *)data)->status = event->status;
}

static bool
is_offline(gpointer data)
{
  return ((Watch *)data)->status.line == SYNC_OFFLINE;
}

static ScriptedReply
say_nothing(const char *head, const char *body, gpointer data)
{
  return (ScriptedReply){200, "{}", .cut = CUT_NOWHERE, .hold = true};
}

static void
a_central_that_says_nothing_is_no_central(void)
{
  Scripted *server = scripted_start(say_nothing, NULL);
  g_autofree char *url = scripted_url(server);
  Watch watch = {0};
  Shop shop;

  shop_open(&shop);
  counter_stop(&shop.counter);
  g_autofree char *store = counter_path(&shop.counter, "store.db");
  g_autofree char *catalogue = counter_path(&shop.counter, "catalogue.db");
  SyncConfig config = {.hub_url = url,
                       .token = "secret",
                       .store_path = store,
                       .catalogue_path = catalogue,
                       .device_id = 1};
  Courier *courier = courier_new(&config, 1, on_courier, &watch);
  CU_ASSERT_TRUE(counter_until(is_offline, &watch));
  CU_ASSERT_STRING_EQUAL(watch.status.problem, "no answer from central");
  courier_free(courier);
  scripted_stop(server);
  shop_close(&shop);
}

static bool
try_to_enrol(const char *url, const char *code, GError **error)
{
  g_autofree char *token = NULL, *store_code = NULL, *till_code = NULL;
  int64_t store_id = 0, device_id = 0;
  int epoch = 0;

  return sync_enrol(
      url, code, &token, &store_id, &device_id, &epoch, &store_code, &till_code, error);
}

static ScriptedReply
say_hello_world(const char *head, const char *body, gpointer data)
{
  return (ScriptedReply){200, "{\"token\":\"\"}", .cut = CUT_NOWHERE};
}

static void
enrolling_fails_with_words_for_people(void)
{
  Shop shop;
  Scripted *server = scripted_start(say_hello_world, NULL);
  g_autofree char *nonsense = scripted_url(server);

  shop_open(&shop); /* has used the first code */
  const struct {
    const char *url, *code;
    SyncError error;
    const char *words;
  } cases[] = {
      {shop.counter.url, shop.town.codes[0], SYNC_ERROR_REFUSED, "ask for a new one"},
      {shop.counter.url, "no \"such\" code", SYNC_ERROR_REFUSED, "ask for a new one"},
      {"http://127.0.0.1:1", "x", SYNC_ERROR_LINE, "does not answer"},
      {nonsense, "x", SYNC_ERROR_GARBAGE, "is not central"},
      {"http://10.0.0.1", "x", SYNC_ERROR_REFUSED, "https://"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    CU_ASSERT_FALSE(try_to_enrol(cases[i].url, cases[i].code, &error));
    CU_ASSERT_TRUE(g_error_matches(error, SYNC_ERROR, (int)cases[i].error));
    CU_ASSERT_PTR_NOT_NULL(strstr(error->message, cases[i].words));
  }
  CU_ASSERT_TRUE(try_to_enrol(shop.counter.url, shop.town.codes[1], NULL));
  scripted_stop(server);
  shop_close(&shop);
}

TESTS("courier",
      TEST(a_sale_is_pushed_at_once_although_a_request_is_held),
      TEST(stopping_does_not_wait_for_a_held_request),
      TEST(a_page_that_could_not_be_applied_comes_again),
      TEST(a_till_that_central_ended_is_refused_and_keeps_its_sales),
      TEST(an_address_that_is_not_https_is_refused_here),
      TEST(a_damaged_catalogue_is_set_aside_and_fetched_anew),
      TEST(what_is_on_the_shelf_reaches_the_search),
      TEST(an_event_may_stop_it_and_nothing_comes_after),
      TEST(events_come_where_it_was_started),
      TEST(a_central_that_says_nothing_is_no_central),
      TEST(enrolling_fails_with_words_for_people))
