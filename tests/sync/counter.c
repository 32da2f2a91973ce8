#include "tests/sync/counter.h"

#include <string.h>

#include "app/domain/sale.h"
#include "app/domain/tender.h"
#include "db/inbox.h"
#include "db/outbox.h"
#include "db/sale_store.h"
#include "db/setting_store.h"
#include "sync/hub/office.h"
#include "tests/sync/chain_store.h"

#define PATIENCE_US (120 * (gint64)G_USEC_PER_SEC)

static char *
new_code(Base *base, const char *till)
{
  g_autofree char *wanted =
      g_strdup_printf("{\"store\":\"" STORE "\",\"till\":\"%s\"}", till);
  g_autofree char *given = chain_store_do(base, "till.put", wanted);
  return chain_store_field(base, given, "$.code");
}

/* Codes end after a day by the real clock, so they are made by it. */
static void
furnish(Town *town)
{
  g_autoptr(Base) base = base_open(town->folder, DB_WRITER, NULL);
  g_autofree char *store =
      chain_store_do(base, "store.put", "{\"code\":\"" STORE "\",\"name\":\"和平路店\"}");
  g_autofree char *stock = NULL;

  chain_store_articles(base);
  stock =
      chain_store_do(base,
                     "stock",
                     "{\"store\":\"" STORE "\",\"rows\":[{\"product\":1,\"lot\":\"L1\","
                     "\"expiry\":20281231,\"location\":\"R-1\",\"qty\":2400,"
                     "\"state\":0,\"shelf\":\"R-1\"}]}");
  town->codes[0] = new_code(base, "01");
  town->codes[1] = new_code(base, "02");
}

void
town_open(Town *town)
{
  *town = (Town){.folder = chain_store_folder(), .line = line_new()};
  furnish(town);
  town_switch(town, true);
}

void
town_switch(Town *town, bool on)
{
  g_autoptr(GError) error = NULL;

  if (on && !town->hub)
    town->hub = hub_start(town->folder, NULL, 0, &error);
  if (error)
    g_error("no hub: %s", error->message);
  if (!on)
    g_clear_pointer(&town->hub, hub_stop);
  line_lead_to(town->line, town->hub ? hub_port(town->hub) : 0);
}

void
town_close(Town *town)
{
  town_switch(town, false);
  line_free(town->line);
  g_free(town->codes[0]);
  g_free(town->codes[1]);
  chain_store_remove(town->folder);
}

void
town_publish(Town *town)
{
  g_autofree char *json = g_strdup_printf(
      "{\"rows\":[{\"code\":\"N%d\",\"generic_name\":\"维生素C片\",\"class\":3,\"units\":"
      "[{\"name\":\"瓶\",\"base\":1,\"sale\":true,\"default\":true}],"
      "\"barcodes\":[]}]}",
      ++town->published);
  g_autoptr(GError) error = NULL;
  g_autoptr(Office) office = office_open(town->folder, &error);

  if (!office || !office_do(office, "articles", json, NULL, &error))
    g_error("not published: %s", error->message);
}

int64_t
town_ask(const Town *town, const char *sql)
{
  g_autoptr(Base) base = base_open(town->folder, DB_READER, NULL);
  return chain_store_number(query_start(base_db(base), sql));
}

char *
counter_path(const Counter *counter, const char *name)
{
  return g_build_filename(counter->folder, name, NULL);
}

int64_t
counter_ask(Db *db, const char *sql)
{
  return chain_store_number(query_start(db, sql));
}

static void
open_catalogue(Counter *counter)
{
  g_autofree char *path = counter_path(counter, "catalogue.db");

  if (!counter->catalogue)
    counter->catalogue = db_open(path, "catalogue", DB_READER, NULL);
}

static void
apply(Counter *counter, GBytes *page)
{
  gsize length = 0;
  const char *text = g_bytes_get_data(page, &length);
  g_autoptr(GError) error = NULL;

  counter->pages++;
  if (counter->pages_to_lose > 0)
    counter->pages_to_lose--;
  else if (!inbox_apply(counter->store, text, length, NULL, &error))
    counter->refused++;
  sync_page_applied(counter->sync, inbox_position(counter->store));
}

static void
take_another_catalogue(Counter *counter, int *times)
{
  (*times)++;
  g_clear_pointer(&counter->catalogue, db_close);
  open_catalogue(counter);
}

static void
on_sync(Sync *sync, const SyncEvent *event, gpointer data)
{
  Counter *counter = data;

  switch (event->kind) {
  case SYNC_STATUS:
    counter->status = event->status;
    break;
  case SYNC_ACKED:
    CU_ASSERT_TRUE(outbox_set_acked(counter->store, event->epoch, event->seq, NULL));
    break;
  case SYNC_REWIND:
    counter->rewinds++;
    CU_ASSERT_TRUE(outbox_rewind(counter->store, event->epoch, event->seq, NULL));
    break;
  case SYNC_STORE_PAGE:
    apply(counter, event->page);
    break;
  case SYNC_CATALOGUE:
    open_catalogue(counter);
    break;
  case SYNC_NEW_EPOCH:
    counter->forks++;
    CU_ASSERT_TRUE(outbox_fork(counter->store, event->epoch, event->seq, NULL, NULL));
    break;
  case SYNC_STORE_AGAIN:
    counter->again++;
    CU_ASSERT_TRUE(inbox_go_back(counter->store, NULL));
    sync_page_applied(sync, inbox_position(counter->store));
    break;
  case SYNC_CATALOGUE_RENEWED:
    take_another_catalogue(counter, &counter->renewed);
    break;
  case SYNC_CATALOGUE_BROKEN:
    take_another_catalogue(counter, &counter->broken);
    break;
  }
}

static void
enrol(Counter *counter, const char *code)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *store_code = NULL, *till_code = NULL;
  Identity identity = {.hub_url = counter->url};

  if (!sync_enrol(counter->url,
                  code,
                  &counter->token,
                  &counter->store_id,
                  &counter->device_id,
                  &identity.epoch,
                  &store_code,
                  &till_code,
                  &error))
    g_error("not enrolled: %s", error->message);
  identity.store_id = counter->store_id;
  identity.device_id = counter->device_id;
  identity.store_code = store_code;
  identity.till_code = till_code;
  identity.token = counter->token;
  if (!setting_store_set_identity(counter->store, counter->seal, &identity, &error))
    g_error("no identity: %s", error->message);
}

void
counter_open(Counter *counter, Town *town, int till)
{
  *counter = (Counter){.folder = g_dir_make_tmp("guitai-till-XXXXXX", NULL),
                       .url = line_url(town->line)};
  g_autofree char *key = counter_path(counter, "device.key");
  g_autofree char *path = counter_path(counter, "store.db");

  counter->seal = seal_open(key, NULL);
  counter->store = db_open(path, "store", DB_WRITER, NULL);
  enrol(counter, town->codes[till]);
  counter_start(counter);
}

void
counter_start(Counter *counter)
{
  g_autofree char *path = counter_path(counter, "store.db");
  g_autofree char *catalogue = counter_path(counter, "catalogue.db");
  SyncConfig config = {.hub_url = counter->url,
                       .token = counter->token,
                       .store_id = counter->store_id,
                       .device_id = counter->device_id,
                       .store_path = path,
                       .catalogue_path = catalogue,
                       .seal = counter->seal};

  if (!counter->store)
    counter->store = db_open(path, "store", DB_WRITER, NULL);
  config.store_position = inbox_position(counter->store);
  counter->sync = sync_start(&config, on_sync, counter);
}

void
counter_stop(Counter *counter)
{
  g_clear_pointer(&counter->sync, sync_stop);
}

void
counter_close(Counter *counter)
{
  counter_stop(counter);
  g_clear_pointer(&counter->catalogue, db_close);
  g_clear_pointer(&counter->store, db_close);
  seal_free(counter->seal);
  g_free(counter->url);
  g_free(counter->token);
  chain_store_remove(counter->folder);
}

static Product *
article(void)
{
  Product *product = product_new();
  char **texts[] = {&product->code,
                    &product->generic_name,
                    &product->trade_name,
                    &product->spec,
                    &product->form,
                    &product->maker,
                    &product->approval_no,
                    &product->origin,
                    &product->shelf};

  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
    *texts[i] = g_strdup("阿莫西林");
  product->id = 1;
  product->active = true;
  ProductUnit *box = product_add_unit(product, "盒", 24);
  box->price = 1850;
  box->has_price = true;
  box->price_source = g_strdup("shelf");
  return product;
}

void
counter_sell(Counter *counter)
{
  g_autofree char *uid = g_strdup_printf("%016" G_GINT64_MODIFIER "x%08x%08x",
                                         counter->device_id,
                                         ++counter->sold,
                                         g_random_int());
  g_autoptr(Product) product = article();
  g_autoptr(Lot) lot = lot_new();
  g_autoptr(Sale) sale = sale_new(uid, NOON);
  g_autoptr(Payment) payment = payment_new(1850);
  g_autoptr(GError) error = NULL;
  SaleCommit commit = {.sale = sale,
                       .payment = payment,
                       .round_step = 10,
                       .staff_number = "0312",
                       .business_date = 20261123,
                       .now_us = NOON};

  lot->product_id = 1;
  lot->lot_no = g_strdup("L1");
  lot->expiry = 20281231;
  lot->location = g_strdup("R-1");
  sale_add(sale, product, product_default_unit(product), 24, lot);
  payment_add(payment, TENDER_CASH, 2000, NULL);
  g_autofree char *receipt = NULL;
  if (!sale_store_commit(counter->store, &commit, &receipt, &error))
    g_error("not sold: %s", error->message);
  if (counter->sync)
    sync_nudge(counter->sync);
}

static gboolean
look_again(gpointer data)
{
  return G_SOURCE_CONTINUE;
}

bool
counter_until(bool (*is_so)(gpointer data), gpointer data)
{
  gint64 end = g_get_monotonic_time() + PATIENCE_US;
  guint ticks = g_timeout_add(20, look_again, NULL);
  bool so = is_so(data);

  while (!so && g_get_monotonic_time() < end) {
    g_main_context_iteration(NULL, TRUE);
    so = is_so(data);
  }
  g_source_remove(ticks);
  return so;
}

static bool
is_settled(const Town *town, Counter *counter)
{
  OutboxState state;

  if (counter->status.line != SYNC_ONLINE || *counter->status.problem)
    return false;
  return outbox_state(counter->store, &state, NULL) && state.waiting == 0 &&
         counter->catalogue &&
         counter_ask(counter->catalogue, "SELECT pos FROM cursor WHERE stream = 'cat'") ==
             town_ask(town, "SELECT pos FROM feed_head WHERE stream = 0") &&
         inbox_position(counter->store) ==
             town_ask(town, "SELECT pos FROM feed_head WHERE stream = 1") &&
         counter_number(counter, "SELECT sum(qty) FROM balance") ==
             town_number(town, "SELECT sum(qty) FROM balance");
}

bool
trade_is_settled(Town *town, Counter *counters, int n)
{
  for (int i = 0; i < n; i++)
    if (!town->hub || !is_settled(town, &counters[i]))
      return false;
  return true;
}

typedef struct {
  Town *town;
  Counter *counters;
  int n;
} Trade;

static bool
all_settled(gpointer data)
{
  Trade *trade = data;
  return trade_is_settled(trade->town, trade->counters, trade->n);
}

bool
trade_settles(Town *town, Counter *counters, int n)
{
  Trade trade = {town, counters, n};
  return counter_until(all_settled, &trade);
}
