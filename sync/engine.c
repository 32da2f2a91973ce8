#include "sync/engine.h"

#include "sync/lane.h"
#include "sync/upward.h"

#define NEVER         G_MAXINT64
#define SECOND        ((int64_t)G_USEC_PER_SEC)
#define STOPPED_US    (600 * SECOND)
#define HELLO_GAP_US  (SECOND / 2)
#define KNOCK_GAP_US  (5 * SECOND) /* between two hellos that a sale may bring on */
#define CLOCK_STEP_US SECOND       /* of the hub's clock against ours: worth a status */

/* An older epoch that the hub has less of than it once had. */
typedef struct {
  bool due;
  int epoch;
  int64_t seq;
} Lacking;

struct Engine {
  PaceRandom random;
  gpointer random_data;

  SyncLine line;
  int64_t last_contact_us, hub_ahead_us;
  SyncStatus shown;

  Lane lanes[N_LANES];
  Downward feeds[N_LANES]; /* of LANE_CAT and LANE_STORE */
  Upward up;

  Pace hello, roll;
  Lacking lacking;
  EngineOutcome hello_last;
  int64_t hello_at_us, hello_asked_us;
  int64_t look_at_us;
  int64_t hold_until_us; /* the hub asked for some quiet */
};

static void
slow_down(Engine *e, Pace *pace, const EngineEvent *event, EngineOutcome outcome)
{
  pace_bad(pace,
           outcome == ANSWER_REFUSED ? PACE_SLOW : PACE_USUAL,
           event->answer.retry_after_s,
           event->now_us,
           e->random,
           e->random_data);
}

/* After each change of error class (sync.md 1.3), but never in a tight circle. */
static void
set_class(Engine *e, Lane *lane, EngineOutcome outcome, int64_t now_us)
{
  if (lane->last == outcome)
    return;
  lane->last = outcome;
  if (outcome != ANSWER_NOT_SENT)
    e->hello_at_us = MIN(e->hello_at_us, MAX(now_us, e->hello_asked_us + HELLO_GAP_US));
}

/* A hub that went back in time gets its events again only when the feeds are put back:
 * until then it shows, also to the next start of this till, that it did. */
static bool
feeds_move(const Engine *e)
{
  return e->feeds[LANE_CAT].moving || e->feeds[LANE_STORE].moving;
}

static void
feeds_go_back(Engine *e)
{
  downward_go_back(&e->feeds[LANE_CAT]);
  downward_go_back(&e->feeds[LANE_STORE]);
}

/* It was restored from a backup: one sign of it is enough. */
static void
hub_went_back(Engine *e)
{
  feeds_go_back(e);
  upward_roll_call(&e->up);
}

static void
after_outage(Engine *e)
{
  for (int i = 0; i < N_LANES; i++)
    if (e->lanes[i].last != ANSWER_NOT_SENT) {
      e->lanes[i].last = ANSWER_GOOD;
      e->lanes[i].pace.wait_us = 0;
      e->lanes[i].pace.not_before_us = 0;
    }
  upward_roll_call(&e->up);
}

static void
hello_good(Engine *e, const Lane *asked, const EngineEvent *event)
{
  const EngineAnswer *answer = &event->answer;
  int hold_s = CLAMP(answer->retry_after_s, 0, PACE_RETRY_AFTER_MAX_S);

  pace_good(&e->hello);
  if (e->line != SYNC_ONLINE)
    after_outage(e);
  e->line = SYNC_ONLINE;
  e->hello_at_us = event->now_us + ENGINE_HELLO_US;
  e->hold_until_us = event->now_us + hold_s * SECOND;
  if (lane_heads_went_back(asked, answer))
    hub_went_back(e);

  if (asked->epoch != e->up.epoch)
    e->hello_at_us = event->now_us;
  else if (answer->verdict == HUB_FORK)
    upward_doubt(&e->up);
  else if (!upward_hub_has(
               &e->up, answer->seq, answer->seq >= asked->from ? asked->from : 0))
    hub_went_back(e);
}

static void
hello_bad(Engine *e, const EngineEvent *event, EngineOutcome outcome)
{
  if (outcome == ANSWER_REFUSED)
    e->line = SYNC_REFUSED;
  else if (outcome == ANSWER_LINE || e->line != SYNC_ONLINE)
    e->line = SYNC_OFFLINE; /* a sick hello alone stops nothing that goes well */
  e->hello_at_us = event->now_us;
  slow_down(e, &e->hello, event, outcome);
}

static EngineOutcome
push_worth(Engine *e, const Lane *asked, const EngineAnswer *answer)
{
  bool gap = answer->verdict == HUB_GAP;
  int64_t has = gap ? answer->seq - 1 : answer->seq;

  if (asked->epoch != e->up.epoch)
    return ANSWER_GOOD;
  if (answer->verdict == HUB_FORK) {
    upward_fork(&e->up, answer->seq);
    return ANSWER_GOOD;
  }
  if (has < 0 || (gap ? has == asked->from : has <= asked->from))
    return ANSWER_GARBAGE;
  if (!upward_hub_has(&e->up, has, gap ? 0 : MIN(has, answer->sent_to)))
    hub_went_back(e);
  return ANSWER_GOOD;
}

static void
note_contact(Engine *e, const EngineEvent *event)
{
  e->last_contact_us = event->wall_us;
  if (event->answer.hub_time_us > 0)
    e->hub_ahead_us = event->answer.hub_time_us - event->wall_us;
  downward_learn(&e->feeds[LANE_CAT], event->answer.cat_head);
  downward_learn(&e->feeds[LANE_STORE], event->answer.store_head);
}

static void
lane_done(Engine *e, Lane *lane, const EngineEvent *event, EngineOutcome outcome)
{
  if (outcome == ANSWER_GOOD) {
    note_contact(e, event);
    pace_good(&lane->pace);
  } else {
    slow_down(e, &lane->pace, event, outcome);
  }
  set_class(e, lane, outcome, event->now_us);
}

/* A page is good only when it has been applied: until then its lane's pace stays. */
static void
feed_done(Engine *e, Lane *lane, Downward *feed, const EngineEvent *event)
{
  const EngineAnswer *answer = &event->answer;
  PageVerdict verdict = downward_page(
      feed, lane->from, answer->page_from, answer->page_to, answer->page_head);

  switch (answer->verdict == HUB_BEHIND ? PAGE_BEHIND : verdict) {
  case PAGE_TAKEN:
  case PAGE_OVERTAKEN:
    note_contact(e, event);
    break;
  case PAGE_BEHIND:
    hub_went_back(e);
    break;
  case PAGE_EMPTY:
    lane_done(e, lane, event, ANSWER_GOOD);
    break;
  case PAGE_SENSELESS:
    lane_done(e, lane, event, ANSWER_GARBAGE);
    break;
  }
}

static void
hello_done(Engine *e, const Lane *lane, const EngineEvent *event)
{
  EngineOutcome outcome = event->answer.outcome;

  if (outcome == ANSWER_GOOD)
    outcome = lane_hello_worth(&event->answer);
  e->hello_last = outcome;
  if (outcome == ANSWER_GOOD) {
    note_contact(e, event);
    hello_good(e, lane, event);
  } else {
    hello_bad(e, event, outcome);
  }
}

/* A hub that wants now this, now that, must not make us run in a circle. */
static void
push_done(Engine *e, Lane *lane, const EngineEvent *event)
{
  EngineOutcome outcome = push_worth(e, lane, &event->answer);

  lane_done(e, lane, event, outcome);
  if (outcome == ANSWER_GOOD && event->answer.verdict == HUB_GAP)
    slow_down(e, &lane->pace, event, ANSWER_GARBAGE);
}

/* What is lacking is owed again once the main loop has written it down; until then it is
 * asked about, and told, again. A fork among older ones was settled in its time. */
static void
roll_done(Engine *e, const Lane *lane, const EngineEvent *event)
{
  const EngineAnswer *answer = &event->answer;

  if (answer->outcome != ANSWER_GOOD || answer->verdict > HUB_FORK) {
    slow_down(e, &e->roll, event, answer->outcome);
    return;
  }
  if (answer->sent_to > 0) /* else there was nothing to ask about */
    note_contact(e, event);
  pace_good(&e->roll);
  if (!upward_rolls(&e->up) || e->up.roll != lane->epoch)
    return; /* meanwhile that epoch's turn has come by itself */
  if (answer->verdict == HUB_FORK || answer->seq >= answer->sent_to) {
    e->up.roll++;
    e->lacking = (Lacking){0};
    return;
  }
  if (e->lacking.epoch != lane->epoch || e->lacking.seq != answer->seq)
    feeds_go_back(e);
  e->lacking = (Lacking){true, lane->epoch, answer->seq};
  e->roll.not_before_us = event->now_us + REMINDER_GAP_US;
}

static void
on_answered(Engine *e, const EngineEvent *event)
{
  Lane *lane = &e->lanes[event->lane];

  g_return_if_fail(lane->busy);
  lane->busy = false;
  if (lane->ask == ASK_HELLO)
    hello_done(e, lane, event);
  else if (lane->ask == ASK_ROLL)
    roll_done(e, lane, event);
  else if (event->answer.outcome != ANSWER_GOOD)
    lane_done(e, lane, event, event->answer.outcome);
  else if (lane->ask == ASK_FEED)
    feed_done(e, lane, &e->feeds[event->lane], event);
  else if (lane->ask == ASK_PUSH)
    push_done(e, lane, event);
  else
    lane_done(e, lane, event, lane_wait_worth(lane, event));
}

/* A sale is a good moment to see whether central is back; now and then. */
static void
on_nudge(Engine *e, int64_t now_us)
{
  int64_t soon_us = MAX(now_us, e->hello_asked_us + KNOCK_GAP_US);

  e->look_at_us = now_us;
  if (e->line == SYNC_OFFLINE)
    e->hello.not_before_us = MIN(e->hello.not_before_us, soon_us);
}

static void
on_outbox(Engine *e, const EngineEvent *event)
{
  int64_t now_us = event->now_us;
  bool forked = e->up.forked;

  e->look_at_us = now_us + ENGINE_LOOK_US;
  if (upward_tell(
          &e->up, event->epoch, event->oldest, event->head, event->acked, now_us)) {
    e->hello_at_us = now_us;
    e->lacking = (Lacking){0};
    if (forked) /* settled: what central holds under those numbers comes anew */
      downward_go_back(&e->feeds[LANE_STORE]);
  }
  for (EngineLane i = LANE_CAT; i <= LANE_STORE; i++)
    if (e->feeds[i].moving)
      reminder_repeat(&e->feeds[i].back, now_us);
}

static void
on_applied(Engine *e, const EngineEvent *event)
{
  Lane *lane = &e->lanes[event->lane];
  Downward *feed = &e->feeds[event->lane];

  if (feed->moving && event->position == 0) {
    downward_moved(feed, 0);
    return;
  }
  if (!feed->applying)
    return;
  if (downward_applied(feed, event->position)) {
    pace_good(&lane->pace);
    set_class(e, lane, ANSWER_GOOD, event->now_us);
  } else {
    slow_down(e, &lane->pace, event, ANSWER_GARBAGE);
    set_class(e, lane, ANSWER_GARBAGE, event->now_us);
  }
}

void
engine_tell(Engine *e, const EngineEvent *event)
{
  switch (event->kind) {
  case ENGINE_NUDGE:
    on_nudge(e, event->now_us);
    break;
  case ENGINE_OUTBOX:
    on_outbox(e, event);
    break;
  case ENGINE_ANSWERED:
    on_answered(e, event);
    break;
  case ENGINE_APPLIED:
    on_applied(e, event);
    break;
  case ENGINE_STOPPED:
    downward_stopped(&e->feeds[event->lane]);
    e->lanes[event->lane].pace.not_before_us = event->now_us + STOPPED_US;
    break;
  case ENGINE_MOVED:
    downward_moved(&e->feeds[event->lane], event->position);
    break;
  }
}

static int64_t
hello_due(const Engine *e)
{
  if (e->lanes[LANE_UP].busy || e->up.epoch == 0)
    return NEVER;
  int64_t at_us = upward_unsure(&e->up) ? 0 : e->hello_at_us;
  return MAX(at_us, e->hello.not_before_us);
}

/* Whether the lane may ask at all, and from when. */
static int64_t
lane_due(const Engine *e, EngineLane lane)
{
  if (e->lanes[lane].busy || e->line != SYNC_ONLINE)
    return NEVER;
  return MAX(e->lanes[lane].pace.not_before_us, e->hold_until_us);
}

static int64_t
push_due(const Engine *e)
{
  bool may = upward_owes(&e->up) && !feeds_move(e) && e->lacking.epoch == 0;
  return may ? lane_due(e, LANE_UP) : NEVER;
}

static int64_t
roll_due(const Engine *e)
{
  int64_t lane_us = e->lanes[LANE_UP].busy || e->line != SYNC_ONLINE ? NEVER : 0;
  return upward_rolls(&e->up) ? MAX(lane_us, e->roll.not_before_us) : NEVER;
}

static int64_t
feed_due(const Engine *e, EngineLane lane)
{
  return downward_wants(&e->feeds[lane]) ? lane_due(e, lane) : NEVER;
}

/* Held only while the feeds rest: a page tells of a new head by itself. */
static int64_t
wait_due(const Engine *e, int64_t now_us)
{
  for (EngineLane i = LANE_CAT; i <= LANE_STORE; i++)
    if (e->feeds[i].head == HEAD_UNTOLD || e->lanes[i].busy || feed_due(e, i) <= now_us)
      return NEVER;
  return lane_due(e, LANE_WAIT);
}

int64_t
engine_due_us(const Engine *e, int64_t now_us)
{
  int64_t due = MIN(e->look_at_us, hello_due(e));
  due = MIN(due, MIN(push_due(e), roll_due(e)));
  due = MIN(due, MIN(feed_due(e, LANE_CAT), feed_due(e, LANE_STORE)));
  return MIN(due, wait_due(e, now_us));
}

static bool
news_for_the_books(Engine *e, int64_t now_us, EngineAction *ret)
{
  Upward *up = &e->up;

  *ret = (EngineAction){.kind = DO_REWIND, .epoch = up->epoch, .seq = up->rewind.seq};
  if (reminder_take(&up->rewind, now_us))
    return true;
  if (e->lacking.due && !feeds_move(e)) {
    e->lacking.due = false;
    ret->epoch = e->lacking.epoch;
    ret->seq = e->lacking.seq;
    return true;
  }
  *ret = (EngineAction){.kind = DO_ACKED, .epoch = up->epoch, .seq = up->acked.seq};
  if (reminder_take(&up->acked, now_us))
    return true;
  ret->kind = DO_NEW_EPOCH;
  ret->seq = up->new_epoch.seq;
  return reminder_take(&up->new_epoch, now_us);
}

static bool
news_of_feeds(Engine *e, int64_t now_us, EngineAction *ret)
{
  for (EngineLane i = LANE_CAT; i <= LANE_STORE; i++) {
    *ret = (EngineAction){.kind = i == LANE_CAT ? DO_RENEW : DO_STORE_REWIND, .lane = i};
    if (reminder_take(&e->feeds[i].back, now_us))
      return true;
    ret->kind = DO_APPLY;
    if (e->feeds[i].page_due) {
      e->feeds[i].page_due = false;
      return true;
    }
  }
  return false;
}

/* A fault of a lane that has nothing more to do is past. */
static bool
is_ailing(const Engine *e, EngineLane lane)
{
  if (lane == LANE_UP && !upward_owes(&e->up))
    return false;
  if (lane == LANE_WAIT && e->lanes[lane].busy) /* it is held now */
    return false;
  if (lane != LANE_UP && lane != LANE_WAIT && !downward_wants(&e->feeds[lane]))
    return false;
  return e->lanes[lane].last == ANSWER_GARBAGE || e->lanes[lane].last == ANSWER_REFUSED;
}

static const char *
problem(const Engine *e)
{
  if (e->line == SYNC_REFUSED)
    return "central refuses this till";
  if (e->line == SYNC_OFFLINE)
    return e->hello_last == ANSWER_LINE ? "no answer from central"
                                        : "central's answers make no sense";
  if (e->feeds[LANE_CAT].stopped || e->feeds[LANE_STORE].stopped)
    return "central sends what needs a newer version";
  if (e->up.forked)
    return "central knows other events under our numbers";
  for (EngineLane i = 0; i < N_LANES; i++)
    if (is_ailing(e, i))
      return "some of central's answers make no sense";
  return "";
}

void
engine_status(const Engine *e, SyncStatus *ret)
{
  *ret = (SyncStatus){.line = e->line,
                      .last_contact_us = e->last_contact_us,
                      .hub_ahead_us = e->hub_ahead_us,
                      .catalogue_position = e->feeds[LANE_CAT].position,
                      .catalogue_head = MAX(e->feeds[LANE_CAT].head, 0),
                      .problem = problem(e)};
}

/* The last contact alone is no news: it changes with each answer. */
static bool
news_of_status(Engine *e, EngineAction *ret)
{
  SyncStatus now;

  engine_status(e, &now);
  if (now.line == e->shown.line && now.problem == e->shown.problem &&
      now.catalogue_position == e->shown.catalogue_position &&
      now.catalogue_head == e->shown.catalogue_head &&
      ABS(now.hub_ahead_us - e->shown.hub_ahead_us) < CLOCK_STEP_US)
    return false;
  e->shown = now;
  *ret = (EngineAction){.kind = DO_STATUS};
  return true;
}

static bool
ask(Engine *e, EngineAction action, int64_t now_us, EngineAction *ret)
{
  action.kind = DO_ASK;
  lane_asked(&e->lanes[action.lane], &action, now_us);
  *ret = action;
  return true;
}

static bool
ask_up(Engine *e, int64_t now_us, EngineAction *ret)
{
  EngineAction action = {.lane = LANE_UP, .epoch = e->up.epoch};

  if (hello_due(e) <= now_us) {
    e->hello_asked_us = now_us;
    action.ask = ASK_HELLO;
    action.seq = e->up.head;
    action.acked = e->up.confirmed;
    action.store_position = e->feeds[LANE_STORE].position;
    action.cat_position = e->feeds[LANE_CAT].position;
    return ask(e, action, now_us, ret);
  }
  if (roll_due(e) <= now_us) {
    action.ask = ASK_ROLL;
    action.epoch = e->up.roll;
    return ask(e, action, now_us, ret);
  }
  if (push_due(e) > now_us)
    return false;
  action.ask = ASK_PUSH;
  action.seq = e->up.cursor;
  /* Never beyond what was told: central must not have more than we know of. */
  action.count = MIN(e->lanes[LANE_UP].pace.size, e->up.head - e->up.cursor);
  return ask(e, action, now_us, ret);
}

static bool
ask_down(Engine *e, int64_t now_us, EngineAction *ret)
{
  EngineAction action = {.ask = ASK_FEED};

  for (EngineLane i = LANE_CAT; i <= LANE_STORE; i++)
    if (feed_due(e, i) <= now_us) {
      action.lane = i;
      action.from = downward_next(&e->feeds[i]);
      action.count = e->lanes[i].pace.size;
      return ask(e, action, now_us, ret);
    }
  if (wait_due(e, now_us) > now_us)
    return false;
  action = (EngineAction){.lane = LANE_WAIT,
                          .ask = ASK_WAIT,
                          .store_position = e->feeds[LANE_STORE].head,
                          .cat_position = e->feeds[LANE_CAT].head};
  return ask(e, action, now_us, ret);
}

/* Requests go out before a page is applied, so that the next one is on its way meanwhile.
 */
bool
engine_next(Engine *e, int64_t now_us, EngineAction *ret)
{
  if (e->look_at_us <= now_us) {
    e->look_at_us = now_us + ENGINE_LOOK_US;
    *ret = (EngineAction){.kind = DO_LOOK};
    return true;
  }
  return news_for_the_books(e, now_us, ret) || ask_up(e, now_us, ret) ||
         ask_down(e, now_us, ret) || news_of_feeds(e, now_us, ret) ||
         news_of_status(e, ret);
}

Engine *
engine_new(int64_t store_position, int64_t cat_position, PaceRandom random, gpointer data)
{
  static const int most[N_LANES] = {ENGINE_PUSH_MAX, ENGINE_CAT_MAX, ENGINE_STORE_MAX, 1};
  Engine *e = g_new0(Engine, 1);

  e->random = random;
  e->random_data = data;
  e->line = SYNC_TRYING;
  e->hello_asked_us = -HELLO_GAP_US;
  e->hello.most = e->roll.most = 1;
  for (int i = 0; i < N_LANES; i++)
    e->lanes[i].pace = (Pace){.size = most[i], .most = most[i]};
  e->feeds[LANE_CAT] =
      (Downward){.ahead = true, .position = cat_position, .head = HEAD_UNTOLD};
  e->feeds[LANE_STORE] = (Downward){.position = store_position, .head = HEAD_UNTOLD};
  return e;
}

void
engine_free(Engine *engine)
{
  g_free(engine);
}
