/* A made-up world: one hub, two tills of one store, a bad line, a made-up clock. Every
 * seed is two hours of faults followed by healing; what must hold then is in
 * check_world(). */
#include "tests/sync/model_world.h"
#include "tests/test.h"

#define SEEDS      60
#define FIRST_SEED 1

/* Half a page, or one with a gap, is refused by its digest or by its numbers. */
static void
hub_page(World *w, const EngineAction *action, EngineAnswer *answer, Letter *back)
{
  GArray *feed = action->lane == LANE_CAT ? w->hub.cat : w->hub.feed;
  int64_t to = MAX(action->from, MIN(action->from + action->count, feed->len));

  int64_t from = MIN(to, action->from + (chance(w, 1) ? 1 : 0));

  answer->page_from = from;
  answer->page_head = feed->len;
  answer->page_to = to;
  back->n = to - from;
  back->carried = g_new0(Event, back->n + 1);
  for (int i = 0; i < back->n; i++)
    back->carried[i].uid = g_array_index(feed, int64_t, from + i);
}

static EngineAnswer
hub_answer(World *w, const Letter *letter, Letter *back)
{
  const EngineAction *action = &letter->action;
  ModelPush push = {letter->till,
                    action->epoch,
                    action->seq,
                    letter->base_hash,
                    letter->carried,
                    letter->n};
  EngineAnswer answer = {.hub_time_us = w->now_us + 1,
                         .sent_to = action->seq + letter->n,
                         .store_head = HEAD_UNTOLD,
                         .cat_head = HEAD_UNTOLD};

  if (action->ask == ASK_FEED) {
    hub_page(w, action, &answer, back);
    return answer;
  }
  if (action->ask == ASK_HELLO || action->ask == ASK_ROLL)
    model_hub_hello(&w->hub, &push, action->acked, &answer);
  else if (action->ask == ASK_PUSH)
    model_hub_push(&w->hub, &push, &answer);
  answer.store_head = w->hub.feed->len;
  answer.cat_head = w->hub.cat->len;
  return answer;
}

static bool
is_held(World *w, const Letter *letter)
{
  return letter->action.ask == ASK_WAIT && letter->held < 50 &&
         w->hub.feed->len <= letter->action.store_position &&
         w->hub.cat->len <= letter->action.cat_position;
}

static void
arrive(World *w, Letter *letter)
{
  bool dead = w->hub_down || letter->dead;
  Letter back = *letter;

  back.carried = NULL;
  if (!dead && is_held(w, letter)) {
    back.held++;
    post(w, back, SECOND / 2, SECOND / 2);
    return;
  }
  back.kind = RETURN;
  back.answer = NO_ANSWER;
  if (!dead && chance(w, 3))
    back.answer.outcome = ANSWER_GARBAGE; /* and nothing done */
  else if (!dead)
    back.answer = hub_answer(w, letter, &back);
  if (chance(w, 6)) { /* done, but the answer is lost on the way, or garbled */
    back.answer = NO_ANSWER;
    back.answer.outcome = chance(w, 50) ? ANSWER_LINE : ANSWER_GARBAGE;
    back.answer.retry_after_s = chance(w, 20) ? 5 : 0;
  }
  if (letter->mute)
    g_free(back.carried);
  else
    post(w, back, 1000, 300000);
}

static void
send(World *w, Till *till, const EngineAction *action)
{
  GArray *events = till->disk.epochs[MAX(1, action->epoch)].events;
  Letter letter = {
      .kind = ARRIVE, .till = till->number, .life = till->life, .action = *action};

  till->messages++;
  if (action->ask == ASK_ROLL) {
    letter.action.seq = disk_head(&till->disk, action->epoch);
    letter.action.acked = till->disk.epochs[action->epoch].acked;
  }
  if (action->epoch > 0)
    letter.base_hash = chain_at(events, till->number, action->epoch, letter.action.seq);
  if (action->ask == ASK_PUSH) {
    letter.n = MIN(action->count, events->len - action->seq);
    g_assert(letter.n > 0);
    letter.carried =
        g_memdup2(&g_array_index(events, Event, action->seq), letter.n * sizeof(Event));
  }
  if (chance(w, 4)) { /* the same once more, much later */
    Letter again = letter;
    again.mute = true;
    again.carried = g_memdup2(letter.carried, letter.n * sizeof(Event));
    post(w, again, 1000, 20 * SECOND);
  }
  if (chance(w, 4)) { /* never arrives */
    g_clear_pointer(&letter.carried, g_free);
    letter.kind = RETURN;
    letter.answer = NO_ANSWER;
    post(w, letter, SECOND, 15 * SECOND);
    return;
  }
  post(w, letter, 500, 200000);
}

static EngineEvent
event_of(World *w, EngineEventKind kind, EngineLane lane)
{
  return (EngineEvent){
      .kind = kind, .now_us = w->now_us, .wall_us = w->now_us, .lane = lane};
}

static void
look(World *w, Till *till)
{
  EngineEvent event = event_of(w, ENGINE_OUTBOX, LANE_UP);

  disk_outbox(&till->disk, &event);
  engine_tell(till->engine, &event);
}

static void
apply_page(World *w, Till *till, EngineLane lane)
{
  GHashTable *into = lane == LANE_CAT ? till->disk.articles : till->disk.heard;
  EngineEvent event = event_of(w, ENGINE_APPLIED, lane);

  if (!chance(w, 3)) { /* else the disk is full, the page is torn … */
    for (int i = 0; i < till->n_page[lane]; i++)
      g_hash_table_add(into, GSIZE_TO_POINTER(till->page[lane][i].uid));
    till->disk.position[lane] = till->page_to[lane];
  }
  event.position = till->disk.position[lane];
  engine_tell(till->engine, &event);
}

static void
back_to_start(World *w, Till *till, EngineLane lane)
{
  EngineEvent event = event_of(w, ENGINE_MOVED, lane);

  till->disk.position[lane] = 0;
  if (lane == LANE_CAT)
    g_hash_table_remove_all(till->disk.articles);
  engine_tell(till->engine, &event);
}

/* What is acked is at the hub, and it is ours. A hub that went back may lack it. */
static void
check_acked(World *w, Till *till, const EngineAction *action)
{
  GArray *ours = till->disk.epochs[action->epoch].events;
  GArray *theirs = w->hub.inbox[till->number][action->epoch];

  CU_ASSERT_TRUE_FATAL(action->seq <= ours->len);
  if (w->rollbacks > 0)
    return;
  CU_ASSERT_TRUE_FATAL(action->seq <= theirs->len);
  CU_ASSERT_TRUE_FATAL(chain_at(ours, till->number, action->epoch, action->seq) ==
                       chain_at(theirs, till->number, action->epoch, action->seq));
}

/* The till's main loop. */
static void
write_down(World *w, Till *till, const EngineAction *action)
{
  Epoch *epoch = &till->disk.epochs[action->epoch];

  if (action->kind == DO_APPLY) {
    apply_page(w, till, LANE_STORE);
    return;
  }
  if (action->kind == DO_STORE_REWIND) {
    back_to_start(w, till, LANE_STORE);
    return;
  }
  if (action->kind == DO_ACKED) {
    check_acked(w, till, action);
    epoch->acked = MAX(epoch->acked, action->seq);
  } else if (action->kind == DO_REWIND) {
    w->rewinds++;
    epoch->acked = MIN(epoch->acked, action->seq);
  } else {
    w->forks++;
    disk_fork(&till->disk, action->epoch, action->seq);
  }
  look(w, till);
}

static void
act(World *w, Till *till, const EngineAction *action)
{
  Letter letter = {
      .kind = WRITE, .till = till->number, .life = till->life, .action = *action};

  switch (action->kind) {
  case DO_LOOK:
    look(w, till);
    break;
  case DO_ASK:
    send(w, till, action);
    break;
  case DO_APPLY:
    if (action->lane == LANE_CAT)
      apply_page(w, till, LANE_CAT);
    else
      post(w, letter, 0, 500000);
    break;
  case DO_RENEW:
    back_to_start(w, till, LANE_CAT);
    break;
  case DO_STATUS:
    break;
  default:
    if (!chance(w, 10)) /* else the main loop could not write it */
      post(w, letter, 0, 50000);
  }
}

static void
run_till(World *w, Till *till)
{
  EngineAction action;
  int steps = 0;

  while (engine_next(till->engine, w->now_us, &action)) {
    act(w, till, &action);
    g_assert(++steps < 1000);
  }
}

static void
deliver(World *w, Letter *letter)
{
  Till *till = &w->tills[letter->till];
  EngineLane lane = letter->action.lane;

  if (letter->kind == ARRIVE) {
    arrive(w, letter);
  } else if (letter->life != till->life) {
    return;
  } else if (letter->kind == WRITE) {
    write_down(w, till, &letter->action);
  } else {
    EngineEvent event = event_of(w, ENGINE_ANSWERED, lane);
    event.answer = letter->answer;
    if (letter->carried) {
      g_free(till->page[lane]);
      till->page[lane] = g_steal_pointer(&letter->carried);
      till->n_page[lane] = letter->n;
      till->page_to[lane] = letter->answer.page_to;
    }
    engine_tell(till->engine, &event);
  }
}

static void
start_till(World *w, Till *till)
{
  const int64_t *position = till->disk.position;

  till->life++;
  engine_free(till->engine);
  till->engine = engine_new(position[LANE_STORE], position[LANE_CAT], world_random, w);
}

static void
sell(World *w, Till *till)
{
  EngineEvent nudge = event_of(w, ENGINE_NUDGE, LANE_UP);
  int epoch = till->disk.epoch;

  chain_append(till->disk.epochs[epoch].events, till->number, epoch, ++w->made);
  if (!chance(w, 10)) /* nothing may hang on a nudge */
    engine_tell(till->engine, &nudge);
}

static void
back_up_till(Till *till)
{
  if (till->has_copy)
    disk_clear(&till->copy);
  till->has_copy = true;
  till->copy = disk_copy(&till->disk);
}

/* The file of some time ago comes back; half of the times nobody says so. */
static void
restore_till(World *w, Till *till)
{
  if (!till->has_copy || w->restores >= 4)
    return;
  w->restores++;
  disk_clear(&till->disk);
  till->disk = disk_copy(&till->copy);
  if (chance(w, 50))
    till->disk.epoch++;
  start_till(w, till);
}

static void
back_up_hub(World *w)
{
  if (w->hub_has_copy)
    model_hub_clear(&w->hub_copy);
  w->hub_has_copy = true;
  w->hub_copy = model_hub_copy(&w->hub);
}

static void
cut_all(World *w)
{
  for (GList *l = w->letters.head; l; l = l->next)
    if (((Letter *)l->data)->kind == ARRIVE)
      ((Letter *)l->data)->dead = true;
}

/* Nobody edits the catalogue of a restored hub before the tills have said hello. */
static void
restore_hub(World *w)
{
  if (!w->hub_has_copy || w->rollbacks >= 2)
    return;
  w->rollbacks++;
  model_hub_clear(&w->hub);
  w->hub = model_hub_copy(&w->hub_copy);
  w->quiet_until_us = w->now_us + 8 * 60 * SECOND;
  cut_all(w);
}

/* What life does, once a second. */
static void
live(World *w, Copies copies)
{
  Till *till = &w->tills[g_rand_int_range(w->rand, 0, TILLS)];
  int dice = g_rand_int_range(w->rand, 0, 10000);

  if (w->hub_down && w->rollbacks > 0)
    w->quiet_until_us = w->now_us + 8 * 60 * SECOND;
  if (dice < 600)
    sell(w, till);
  else if (dice < 900 && w->now_us >= w->quiet_until_us)
    for (int n = g_rand_int_range(w->rand, 1, 90); n > 0; n--)
      g_array_append_vals(w->hub.cat, &(int64_t){++w->made}, 1);
  if (w->healed || dice < 9900)
    return;
  switch (dice % 25) {
  case 0:
    w->hub_down = !w->hub_down;
    cut_all(w);
    break;
  case 1:
    start_till(w, till);
    break;
  case 2:
    back_up_till(till);
    break;
  case 3:
    back_up_hub(w);
    break;
  case 4:
    if (copies == COPIES_OF_TILLS)
      restore_till(w, till);
    break;
  case 5:
    if (till->disk.epoch < 4) { /* enrolled anew */
      till->disk.epoch++;
      start_till(w, till);
    }
    break;
  case 6:
    if (copies == COPIES_OF_THE_HUB)
      restore_hub(w);
    break;
  }
}

static int64_t
next_time(World *w, int64_t end_us)
{
  int64_t at_us = w->letters.head ? ((Letter *)w->letters.head->data)->at_us : end_us;

  for (int i = 0; i < TILLS; i++)
    at_us = MIN(at_us, engine_due_us(w->tills[i].engine, w->now_us));
  return CLAMP(at_us, w->now_us, end_us);
}

static void
run_until(World *w, int64_t end_us)
{
  while (w->now_us < end_us) {
    for (int i = 0; i < TILLS; i++)
      run_till(w, &w->tills[i]);
    w->now_us = next_time(w, end_us);
    Letter *first = w->letters.head ? w->letters.head->data : NULL;
    if (!first || first->at_us > w->now_us)
      continue;
    g_queue_pop_head(&w->letters);
    deliver(w, first);
    letter_free(first);
  }
}

static void
world_open(World *w, uint32_t seed)
{
  *w = (World){.rand = g_rand_new_with_seed(seed), .now_us = SECOND};
  w->hub = (ModelHub){.feed = g_array_new(FALSE, FALSE, sizeof(int64_t)),
                      .cat = g_array_new(FALSE, FALSE, sizeof(int64_t)),
                      .effects = g_hash_table_new(NULL, NULL)};
  for (int i = 0; i < TILLS; i++) {
    Till *till = &w->tills[i];
    *till = (Till){.number = i, .disk = disk_new(i)};
    for (int j = 1; j < MAX_EPOCH; j++)
      w->hub.inbox[i][j] = g_array_new(FALSE, FALSE, sizeof(Event));
    start_till(w, till);
  }
}

static void
world_close(World *w)
{
  for (int i = 0; i < TILLS; i++) {
    engine_free(w->tills[i].engine);
    disk_clear(&w->tills[i].disk);
    if (w->tills[i].has_copy)
      disk_clear(&w->tills[i].copy);
    for (int j = 0; j < N_LANES; j++)
      g_free(w->tills[i].page[j]);
  }
  model_hub_clear(&w->hub);
  if (w->hub_has_copy)
    model_hub_clear(&w->hub_copy);
  g_queue_clear_full(&w->letters, letter_free);
  g_rand_free(w->rand);
}

#define HOLDS(condition)                                                                 \
  if (!(condition))                                                                      \
    return #condition;

static const char *
check_till(const World *w, const Till *till)
{
  const Disk *disk = &till->disk;
  SyncStatus status;

  engine_status(till->engine, &status);
  HOLDS(status.line == SYNC_ONLINE);
  HOLDS(status.problem[0] == '\0');
  HOLDS(disk->position[LANE_STORE] == w->hub.feed->len);
  HOLDS(disk->position[LANE_CAT] == w->hub.cat->len);
  HOLDS(g_hash_table_size(disk->articles) == w->hub.cat->len);
  for (guint i = 0; i < w->hub.cat->len; i++)
    HOLDS(g_hash_table_contains(disk->articles,
                                GSIZE_TO_POINTER(g_array_index(w->hub.cat, int64_t, i))));
  for (guint i = 0; i < w->hub.feed->len; i++)
    HOLDS(g_hash_table_contains(
        disk->heard, GSIZE_TO_POINTER(g_array_index(w->hub.feed, int64_t, i))));
  for (int i = 1; i <= disk->epoch; i++) {
    const GArray *events = disk->epochs[i].events;
    HOLDS(disk->epochs[i].acked == disk_head(disk, i));
    for (guint j = 0; j < events->len; j++)
      HOLDS(g_hash_table_contains(w->hub.effects,
                                  GSIZE_TO_POINTER(g_array_index(events, Event, j).uid)));
  }
  return NULL;
}

/* Without copies that came back: each fact exactly once, and under its own number. */
static const char *
check_numbers(const World *w)
{
  guint received = 0, made = 0;

  for (int i = 0; i < TILLS; i++)
    for (int j = 1; j < MAX_EPOCH; j++) {
      received += w->hub.inbox[i][j]->len;
      made += w->tills[i].disk.epochs[j].events->len;
    }
  HOLDS(received == made);
  HOLDS(g_hash_table_size(w->hub.effects) == made);
  HOLDS(w->forks == 0);
  HOLDS(w->rewinds == 0);
  return NULL;
}

static const char *
check_world(const World *w)
{
  const char *wrong = NULL;

  HOLDS(w->hub.feed->len == g_hash_table_size(w->hub.effects));
  for (int i = 0; i < TILLS && !wrong; i++)
    wrong = check_till(w, &w->tills[i]);
  if (!wrong && w->restores + w->rollbacks == 0)
    wrong = check_numbers(w);
  return wrong;
}

/* At quiet a till asks for little: a held request each 25 s, a hello each 5 minutes. */
static const char *
check_quiet_hour(World *w)
{
  for (int i = 0; i < TILLS; i++)
    w->tills[i].messages = 0;
  run_until(w, w->now_us + 3600 * SECOND);
  for (int i = 0; i < TILLS; i++)
    HOLDS(w->tills[i].messages <= 144 + 12 + 4);
  return check_world(w);
}

static void
one_seed(uint32_t seed, Copies copies)
{
  World w;

  world_open(&w, seed);
  for (int second = 0; second < 7200; second++) {
    live(&w, copies);
    run_until(&w, w.now_us + SECOND);
  }
  w.healed = true;
  w.hub_down = false;
  for (int second = 0; second < 60; second++) {
    live(&w, NO_COPIES);
    run_until(&w, w.now_us + SECOND);
  }
  run_until(&w, w.now_us + 20 * 60 * SECOND);
  const char *wrong = check_world(&w);
  if (!wrong)
    wrong = check_quiet_hour(&w);
  if (wrong) {
    g_printerr("seed %u, copies %d: not so: %s\n", seed, copies, wrong);
    CU_FAIL("the world is not whole");
  }
  world_close(&w);
}

static void
all_seeds(Copies copies)
{
  for (uint32_t seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++)
    one_seed(seed, copies);
}

static void
after_any_line_and_any_crash_everything_arrives_exactly_once(void)
{
  all_seeds(NO_COPIES);
}

static void
a_till_that_comes_back_as_an_old_copy_doubles_nothing_and_loses_nothing_it_has(void)
{
  all_seeds(COPIES_OF_TILLS);
}

static void
a_hub_that_comes_back_as_an_old_copy_gets_everything_again(void)
{
  all_seeds(COPIES_OF_THE_HUB);
}

TESTS(
    "simulation",
    TEST(after_any_line_and_any_crash_everything_arrives_exactly_once),
    TEST(a_till_that_comes_back_as_an_old_copy_doubles_nothing_and_loses_nothing_it_has),
    TEST(a_hub_that_comes_back_as_an_old_copy_gets_everything_again))
