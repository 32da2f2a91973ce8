#include "sync/courier.h"

#include <string.h>

#include "app/base/clock.h"
#include "app/base/worker.h"
#include "db/outbox.h"
#include "sync/catalogue_file.h"
#include "sync/central.h"
#include "sync/engine.h"
#include "sync/http.h"

/* Of bodies; as JSON strings they grow, to 512 KiB at most. */
#define PUSH_BYTES   ((gsize)320 * 1024)
#define PAGE_BYTES   (16 * 1024 * 1024)
#define ANSWER_BYTES (256 * 1024)
#define POLL_MOST_MS 60000
#define PROGRESS_US  (G_USEC_PER_SEC / 4) /* between two statuses while a feed runs */

struct Courier {
  char *token, *store_path; /* owned */
  int64_t device_id;
  CourierTell tell;
  gpointer data;
  Worker *worker;
  int stopping; /* atomic */

  /* The rest belongs to the courier's thread while it runs. */
  Http *http; /* NULL: its address is none */
  Engine *engine;
  Db *store; /* reads; NULL while it cannot be opened */
  CatalogueFile *catalogue;
  GBytes *pages[N_LANES];
  int64_t page_heads[N_LANES];
  EngineAction asked[N_LANES];
  int64_t sent_to[N_LANES];
  SyncStatus shown;
  int64_t shown_us;
};

typedef struct {
  Courier *courier;
  SyncEvent event;
} News;

static void
news_free(gpointer data)
{
  News *news = data;
  g_clear_pointer(&news->event.page, g_bytes_unref);
  g_free(news);
}

static void
deliver(gpointer data)
{
  News *news = data;
  news->courier->tell(&news->event, news->courier->data);
}

/* Takes event.page. */
static void
tell(Courier *courier, SyncEvent event)
{
  News *news = g_new(News, 1);

  *news = (News){courier, event};
  worker_tell(courier->worker, deliver, news, news_free);
}

static EngineEvent
event_of(EngineEventKind kind, EngineLane lane)
{
  return (EngineEvent){.kind = kind,
                       .lane = lane,
                       .now_us = clock_monotonic_us(),
                       .wall_us = clock_now_us()};
}

static void
tell_moved(Courier *courier)
{
  EngineEvent event = event_of(ENGINE_MOVED, LANE_CAT);

  event.position = catalogue_file_position(courier->catalogue);
  engine_tell(courier->engine, &event);
}

static void
open_catalogue(Courier *courier)
{
  bool was_open = catalogue_file_is_open(courier->catalogue);
  CatalogueState state = catalogue_file_open(courier->catalogue);

  if (state == CATALOGUE_SET_ASIDE)
    tell(courier, (SyncEvent){.kind = SYNC_CATALOGUE_BROKEN});
  if (state == CATALOGUE_SET_ASIDE || !was_open)
    tell_moved(courier);
}

static bool
open_store(Courier *courier)
{
  g_autoptr(GError) error = NULL;

  if (!courier->store)
    courier->store = db_open(courier->store_path, "store", DB_READER, &error);
  if (error)
    g_message("the courier cannot read the store: %s", error->message);
  return courier->store != NULL;
}

static void
look(Courier *courier)
{
  g_autoptr(GError) error = NULL;
  EngineEvent event = event_of(ENGINE_OUTBOX, LANE_UP);
  OutboxState state;

  open_catalogue(courier);
  catalogue_file_rest(courier->catalogue);
  if (!open_store(courier))
    return;
  if (!outbox_state(courier->store, &state, &error)) {
    g_message("the outbox cannot be read: %s", error->message);
    return;
  }
  event.epoch = state.epoch;
  event.oldest = outbox_oldest(courier->store);
  event.head = state.head;
  event.acked = state.acked;
  if (state.epoch > 0)
    engine_tell(courier->engine, &event);
}

static void
start(Courier *courier, const EngineAction *action, const char *path, const char *body)
{
  HttpAsk ask = {.path = path,
                 .body = body,
                 .most = action->ask == ASK_FEED ? PAGE_BYTES : ANSWER_BYTES,
                 .held_s = action->ask == ASK_WAIT ? ENGINE_WAIT_S : 0};

  http_start(courier->http, (int)action->lane, &ask);
}

static bool
ask_hello(Courier *courier, const EngineAction *action, GError **error)
{
  char hash[65];
  Hello hello = {.device = courier->device_id,
                 .epoch = action->epoch,
                 .head = action->seq,
                 .acked = action->acked,
                 .head_hash = hash,
                 .store_position = action->store_position,
                 .cat_position = action->cat_position};

  if (action->ask == ASK_ROLL) {
    OutboxState state;
    if (!outbox_epoch(courier->store, action->epoch, &state, error))
      return false;
    hello.head = courier->sent_to[LANE_UP] = state.head;
    hello.acked = state.acked;
  }
  if (!outbox_hash(courier->store, hello.epoch, hello.head, hash, error))
    return false;
  g_autofree char *body = central_hello(&hello);
  start(courier, action, "/v1/hello", body);
  return true;
}

static bool
ask_push(Courier *courier, const EngineAction *action, GError **error)
{
  char base_hash[65];
  g_autofree char *events = NULL;

  if (!outbox_hash(courier->store, action->epoch, action->seq, base_hash, error) ||
      !outbox_batch(courier->store,
                    action->epoch,
                    action->seq + 1,
                    action->count,
                    PUSH_BYTES,
                    &events,
                    &courier->sent_to[LANE_UP],
                    error))
    return false;
  if (!events) {
    g_set_error_literal(error, DB_ERROR, DB_ERROR_OTHER, "events are missing");
    return false;
  }
  g_autofree char *body =
      central_push(courier->device_id, action->epoch, action->seq, base_hash, events);
  start(courier, action, "/v1/push", body);
  return true;
}

static bool
ask_down(Courier *courier, const EngineAction *action)
{
  g_autofree char *path = action->ask == ASK_WAIT
                              ? central_wait(action->store_position, action->cat_position)
                              : central_feed(action->lane, action->from, action->count);
  start(courier, action, path, NULL);
  return true;
}

static bool
is_empty_epoch(Courier *courier, const EngineAction *action)
{
  OutboxState state;
  return action->ask == ASK_ROLL &&
         outbox_epoch(courier->store, action->epoch, &state, NULL) && state.head == 0;
}

static void
answer_here(Courier *courier, EngineLane lane, EngineOutcome outcome)
{
  EngineEvent event = event_of(ENGINE_ANSWERED, lane);

  event.answer = (EngineAnswer){
      .outcome = outcome, .store_head = HEAD_UNTOLD, .cat_head = HEAD_UNTOLD};
  engine_tell(courier->engine, &event);
}

static void
ask(Courier *courier, const EngineAction *action)
{
  g_autoptr(GError) error = NULL;
  bool sent = false;

  courier->asked[action->lane] = *action;
  if (is_empty_epoch(courier, action)) {
    answer_here(courier, action->lane, ANSWER_GOOD);
    return;
  }
  if (action->ask == ASK_HELLO || action->ask == ASK_ROLL)
    sent = ask_hello(courier, action, &error);
  else if (action->ask == ASK_PUSH)
    sent = ask_push(courier, action, &error);
  else
    sent = ask_down(courier, action);
  if (sent)
    return;
  g_message("nothing could be sent: %s", error->message);
  answer_here(courier, action->lane, ANSWER_NOT_SENT);
}

/* The hub's chain must be ours where it says it stands. */
static bool
chain_agrees(Courier *courier, int64_t seq, const char *theirs)
{
  char ours[65];
  const EngineAction *asked = &courier->asked[LANE_UP];

  if (seq > courier->sent_to[LANE_UP])
    return true; /* more than we sent now: a hello compares it */
  return outbox_hash(courier->store, asked->epoch, seq, ours, NULL) &&
         g_ascii_strcasecmp(ours, theirs) == 0;
}

static void
note_failure(EngineAsk ask, const HttpAnswer *answer)
{
  static const char *const names[] = {[ASK_HELLO] = "hello",
                                      [ASK_ROLL] = "hello",
                                      [ASK_PUSH] = "push",
                                      [ASK_FEED] = "feed",
                                      [ASK_WAIT] = "wait"};
  if (answer->outcome != HTTP_GOOD)
    g_debug("%s: %s", names[ask], answer->reason);
}

static void
answered(Courier *courier, EngineLane lane, const HttpAnswer *answer)
{
  EngineAsk ask_kind = courier->asked[lane].ask;
  EngineEvent event = event_of(ENGINE_ANSWERED, lane);
  CentralAnswer read;

  note_failure(ask_kind, answer);
  central_read(courier->store, lane, ask_kind, answer, &read);
  read.said.sent_to = courier->sent_to[lane];
  if (ask_kind == ASK_PUSH && read.said.outcome == ANSWER_GOOD &&
      read.said.verdict == HUB_OK && !chain_agrees(courier, read.said.seq, read.hash))
    read.said.outcome = ANSWER_GARBAGE;
  if (ask_kind == ASK_FEED && read.said.outcome == ANSWER_GOOD) {
    g_clear_pointer(&courier->pages[lane], g_bytes_unref);
    courier->pages[lane] = g_bytes_ref(answer->body);
    courier->page_heads[lane] = read.said.page_head;
  }
  event.answer = read.said;
  engine_tell(courier->engine, &event);
}

static void
tell_applied(Courier *courier, EngineLane lane, int64_t position)
{
  EngineEvent event = event_of(ENGINE_APPLIED, lane);

  event.position = position;
  engine_tell(courier->engine, &event);
}

static void
apply_catalogue(Courier *courier)
{
  CatalogueFile *file = courier->catalogue;
  g_autoptr(GBytes) page = g_steal_pointer(&courier->pages[LANE_CAT]);
  EngineEvent stopped = event_of(ENGINE_STOPPED, LANE_CAT);

  http_wait(courier->http, 0); /* what was asked for in advance goes out first */
  switch (catalogue_file_apply(file, page, courier->page_heads[LANE_CAT])) {
  case PAGE_COMPLETED:
    tell(courier, (SyncEvent){.kind = SYNC_CATALOGUE_RENEWED});
    break;
  case PAGE_APPLIED:
    tell(courier, (SyncEvent){.kind = SYNC_CATALOGUE});
    break;
  case PAGE_REFUSED:
    break;
  case PAGE_TOO_NEW:
    engine_tell(courier->engine, &stopped);
    return;
  case PAGE_BROKE:
    tell(courier, (SyncEvent){.kind = SYNC_CATALOGUE_BROKEN});
    tell_moved(courier);
    return;
  }
  tell_applied(courier, LANE_CAT, catalogue_file_position(file));
}

static void
apply(Courier *courier, EngineLane lane)
{
  if (lane == LANE_CAT)
    apply_catalogue(courier);
  else
    tell(courier,
         (SyncEvent){.kind = SYNC_STORE_PAGE,
                     .page = g_steal_pointer(&courier->pages[LANE_STORE])});
}

/* While a feed runs its progress is news only now and then. */
static void
show_status(Courier *courier)
{
  SyncEvent event = {.kind = SYNC_STATUS};
  SyncStatus *now = &event.status;
  int64_t now_us = clock_monotonic_us();

  engine_status(courier->engine, now);
  bool same = now->line == courier->shown.line && now->problem == courier->shown.problem;
  if (same && now->catalogue_position < now->catalogue_head &&
      now_us - courier->shown_us < PROGRESS_US)
    return;
  courier->shown = *now;
  courier->shown_us = now_us;
  tell(courier, event);
}

static void
act(Courier *courier, const EngineAction *action)
{
  static const SyncEventKind books[] = {[DO_ACKED] = SYNC_ACKED,
                                        [DO_REWIND] = SYNC_REWIND,
                                        [DO_NEW_EPOCH] = SYNC_NEW_EPOCH,
                                        [DO_STORE_REWIND] = SYNC_STORE_AGAIN};

  switch (action->kind) {
  case DO_LOOK:
    look(courier);
    break;
  case DO_ASK:
    ask(courier, action);
    break;
  case DO_APPLY:
    apply(courier, action->lane);
    break;
  case DO_ACKED:
  case DO_REWIND:
  case DO_NEW_EPOCH:
  case DO_STORE_REWIND:
    tell(courier,
         (SyncEvent){
             .kind = books[action->kind], .epoch = action->epoch, .seq = action->seq});
    break;
  case DO_RENEW:
    if (catalogue_file_renew(courier->catalogue))
      tell_moved(courier);
    break;
  case DO_STATUS:
    show_status(courier);
    break;
  }
}

static void
run_engine(Courier *courier)
{
  EngineAction action;

  while (!g_atomic_int_get(&courier->stopping) &&
         engine_next(courier->engine, clock_monotonic_us(), &action))
    act(courier, &action);
}

static void
take_answers(Courier *courier)
{
  int lane = 0;
  HttpAnswer answer;

  while (http_take(courier->http, &lane, &answer)) {
    answered(courier, (EngineLane)lane, &answer);
    http_answer_clear(&answer);
  }
}

static int
wait_ms(Courier *courier)
{
  int64_t now_us = clock_monotonic_us();
  int64_t left_us = engine_due_us(courier->engine, now_us) - now_us;

  return (int)CLAMP((left_us + 999) / 1000, 0, POLL_MOST_MS);
}

/* One turn; what was queued meanwhile runs before the next. */
static void
turn(gpointer data)
{
  Courier *courier = data;

  if (g_atomic_int_get(&courier->stopping))
    return;
  run_engine(courier);
  http_wait(courier->http, wait_ms(courier));
  take_answers(courier);
  worker_run(courier->worker, turn, courier, NULL);
}

static uint32_t
chance(gpointer data)
{
  return g_random_int();
}

static void
refuse_address(gpointer data)
{
  SyncEvent event = {
      .kind = SYNC_STATUS,
      .status = {.line = SYNC_REFUSED, .problem = "the address of central is not https"}};
  tell(data, event);
}

static void
close_files(gpointer data)
{
  Courier *courier = data;

  g_clear_pointer(&courier->store, db_close);
  g_clear_pointer(&courier->catalogue, catalogue_file_free);
}

Courier *
courier_new(const SyncConfig *config,
            int patience_s,
            CourierTell tell_main,
            gpointer data)
{
  g_autoptr(GError) error = NULL;
  Courier *courier = g_new0(Courier, 1);

  courier->store_path = g_strdup(config->store_path);
  courier->device_id = config->device_id;
  courier->tell = tell_main;
  courier->data = data;
  courier->catalogue = catalogue_file_new(config->catalogue_path, config->seal);
  courier->http = http_new(config->hub_url, config->token, patience_s, &error);
  courier->engine = engine_new(config->store_position, 0, chance, NULL);
  courier->worker = worker_new("courier");
  if (error)
    g_message("%s", error->message);
  worker_run(courier->worker, courier->http ? turn : refuse_address, courier, NULL);
  return courier;
}

void
courier_free(Courier *courier)
{
  if (!courier)
    return;
  g_atomic_int_set(&courier->stopping, 1);
  worker_run(courier->worker, close_files, courier, NULL);
  if (courier->http)
    http_wake(courier->http);
  worker_free(courier->worker);
  for (int i = 0; i < N_LANES; i++)
    g_clear_pointer(&courier->pages[i], g_bytes_unref);
  http_free(courier->http);
  engine_free(courier->engine);
  g_free(courier->store_path);
  g_free(courier);
}

/* From the main loop: to the courier's thread, and out of its wait. */
static void
send(Courier *courier, WorkerJob job, gpointer data, GDestroyNotify free_data)
{
  worker_run(courier->worker, job, data, free_data);
  if (courier->http)
    http_wake(courier->http);
}

static void
nudged(gpointer data)
{
  Courier *courier = data;
  EngineEvent event = event_of(ENGINE_NUDGE, LANE_UP);
  engine_tell(courier->engine, &event);
}

void
courier_nudge(Courier *courier)
{
  send(courier, nudged, courier, NULL);
}

typedef struct {
  Courier *courier;
  int64_t position; /* applied */
  GArray *ids;      /* owned (nullable) */
  bool stocked;
} Order;

static void
order_free(gpointer data)
{
  Order *order = data;
  g_clear_pointer(&order->ids, g_array_unref);
  g_free(order);
}

static void
page_applied(gpointer data)
{
  Order *order = data;
  tell_applied(order->courier, LANE_STORE, order->position);
}

void
courier_page_applied(Courier *courier, int64_t position)
{
  Order *order = g_new0(Order, 1);

  *order = (Order){.courier = courier, .position = position};
  send(courier, page_applied, order, order_free);
}

static void
stocked_told(gpointer data)
{
  Order *order = data;
  if (order->courier->catalogue)
    catalogue_file_mark(
        order->courier->catalogue, g_steal_pointer(&order->ids), order->stocked);
}

void
courier_stocked(Courier *courier, const int64_t *ids, guint n, bool stocked)
{
  Order *order = g_new0(Order, 1);

  *order = (Order){courier, 0, g_array_new(FALSE, FALSE, sizeof *ids), stocked};
  g_array_append_vals(order->ids, ids, n);
  send(courier, stocked_told, order, order_free);
}
