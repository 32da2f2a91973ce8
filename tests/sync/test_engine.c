/* The engine's answers as words: what it wants done after what it was told. */
#include "sync/engine.h"

#include <string.h>

#include "tests/test.h"

#define S    ((int64_t)G_USEC_PER_SEC)
#define T0   (1000 * S)
#define GOOD .outcome = ANSWER_GOOD, .store_head = HEAD_UNTOLD, .cat_head = HEAD_UNTOLD

static uint32_t
least(gpointer data)
{
  return 0;
}

static void
word(GString *said, const EngineAction *action)
{
  static const char *const asks[] = {"hello", "roll", "push", "", "wait"};
  static const char *const lanes[] = {"", "cat", "store", ""};
  static const char *const deeds[] = {[DO_LOOK] = "look",
                                      [DO_APPLY] = "apply",
                                      [DO_ACKED] = "acked",
                                      [DO_REWIND] = "rewind",
                                      [DO_NEW_EPOCH] = "fork",
                                      [DO_STORE_REWIND] = "again",
                                      [DO_RENEW] = "renew",
                                      [DO_STATUS] = "status"};
  if (action->kind == DO_STATUS)
    return;
  if (said->len)
    g_string_append(said, ", ");
  if (action->kind == DO_ASK && action->ask == ASK_FEED)
    g_string_append_printf(said, "%s %d", lanes[action->lane], (int)action->from);
  else if (action->kind == DO_ASK && action->ask == ASK_WAIT)
    g_string_append_printf(
        said, "wait %d %d", (int)action->store_position, (int)action->cat_position);
  else if (action->kind == DO_ASK && action->ask == ASK_PUSH)
    g_string_append_printf(
        said, "push %d/%d+%d", action->epoch, (int)action->seq, action->count);
  else if (action->kind == DO_ASK)
    g_string_append_printf(
        said, "%s %d/%d", asks[action->ask], action->epoch, (int)action->seq);
  else if (action->kind == DO_APPLY)
    g_string_append_printf(said, "apply %s", lanes[action->lane]);
  else if (action->epoch > 0)
    g_string_append_printf(
        said, "%s %d/%d", deeds[action->kind], action->epoch, (int)action->seq);
  else
    g_string_append(said, deeds[action->kind]);
}

/* All that it wants at @now_us. */
static void
expect(Engine *e, int64_t now_us, const char *wanted)
{
  g_autoptr(GString) said = g_string_new(NULL);
  EngineAction action;

  while (engine_next(e, now_us, &action))
    word(said, &action);
  CU_ASSERT_STRING_EQUAL(said->str, wanted);
  if (strcmp(said->str, wanted) != 0)
    g_printerr("wanted: %s\n  said: %s\n", wanted, said->str);
}

static void
tell_outbox(Engine *e, int64_t now_us, int epoch, int64_t head, int64_t acked)
{
  EngineEvent event = {.kind = ENGINE_OUTBOX,
                       .now_us = now_us,
                       .epoch = epoch,
                       .oldest = 1,
                       .head = head,
                       .acked = acked};
  engine_tell(e, &event);
}

static void
answer(Engine *e, int64_t now_us, EngineLane lane, EngineAnswer said)
{
  EngineEvent event = {
      .kind = ENGINE_ANSWERED, .now_us = now_us, .lane = lane, .answer = said};
  engine_tell(e, &event);
}

static void
fail(Engine *e, int64_t now_us, EngineLane lane, EngineOutcome outcome)
{
  answer(e,
         now_us,
         lane,
         (EngineAnswer){outcome, .store_head = HEAD_UNTOLD, .cat_head = HEAD_UNTOLD});
}

static void
applied(Engine *e, int64_t now_us, EngineLane lane, int64_t position)
{
  EngineEvent event = {
      .kind = ENGINE_APPLIED, .now_us = now_us, .lane = lane, .position = position};
  engine_tell(e, &event);
}

static const char *
problem(Engine *e)
{
  SyncStatus status;
  engine_status(e, &status);
  return status.problem;
}

static SyncLine
line(Engine *e)
{
  SyncStatus status;
  engine_status(e, &status);
  return status.line;
}

/* At @head events, @acked of them written down; both feeds read up to 5; hello said. */
static Engine *
greeted(int64_t head, int64_t acked, EngineAnswer hello)
{
  Engine *e = engine_new(5, 5, least, NULL);
  g_autofree char *wanted = g_strdup_printf("hello 1/%d", (int)head);

  expect(e, T0, "look");
  tell_outbox(e, T0, 1, head, acked);
  expect(e, T0, wanted);
  answer(e, T0, LANE_UP, hello);
  return e;
}

static Engine *
at_rest(int64_t head)
{
  Engine *e =
      greeted(head,
              head,
              (EngineAnswer){ANSWER_GOOD, .store_head = 5, .cat_head = 5, .seq = head});
  expect(e, T0, "wait 5 5");
  return e;
}

static void
what_a_hello_brings(void)
{
  const struct {
    EngineAnswer said;
    SyncLine line;
    const char *wanted;
  } cases[] = {
      {{ANSWER_GOOD, .store_head = 5, .cat_head = 5, .seq = 3}, SYNC_ONLINE, "wait 5 5"},
      {{ANSWER_GOOD, .store_head = 7, .cat_head = 9, .seq = 3},
       SYNC_ONLINE,
       "cat 5, store 5"},
      {{ANSWER_GOOD, .verdict = HUB_BEHIND, .store_head = 5, .cat_head = 5, .seq = 1},
       SYNC_ONLINE,
       "rewind 1/1, wait 5 5, renew, again"},
      {{ANSWER_GOOD, .verdict = HUB_FORK, .store_head = 5, .cat_head = 5, .seq = 3},
       SYNC_ONLINE,
       "fork 1/3, wait 5 5"},
      {{ANSWER_GOOD, .store_head = 5, .cat_head = 4, .seq = 3},
       SYNC_ONLINE,
       "wait 5 4, renew, again"},
      {{ANSWER_GOOD, .verdict = HUB_REFUSED, .seq = 3}, SYNC_REFUSED, ""},
      {{ANSWER_REFUSED}, SYNC_REFUSED, ""},
      {{ANSWER_LINE}, SYNC_OFFLINE, ""},
      {{ANSWER_GARBAGE}, SYNC_OFFLINE, ""},
      {{ANSWER_GOOD, .verdict = HUB_GAP, .seq = 3}, SYNC_OFFLINE, ""},
      {{ANSWER_GOOD, .seq = -1}, SYNC_OFFLINE, ""},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(Engine) e = greeted(3, 3, cases[i].said);
    CU_ASSERT_EQUAL(line(e), cases[i].line);
    expect(e, T0, cases[i].wanted);
  }
}

static void
what_a_push_brings(void)
{
  const struct {
    EngineAnswer said;
    const char *at_once, *later; /* 0.6 s */
  } cases[] = {
      {{GOOD, .seq = 4, .sent_to = 4}, "acked 1/4", ""},
      {{GOOD, .seq = 3, .sent_to = 3}, "acked 1/3, push 1/3+1", ""},
      {{GOOD, .seq = 2, .sent_to = 4}, "", "hello 1/4"}, /* no step forward */
      {{GOOD, .seq = 9, .sent_to = 4}, "acked 1/4", ""}, /* an old copy: nothing more */
      {{GOOD, .verdict = HUB_GAP, .seq = 4}, "", "push 1/3+1"},
      {{GOOD, .verdict = HUB_GAP, .seq = 3}, "", "hello 1/4"}, /* that is what it got */
      {{GOOD, .verdict = HUB_GAP, .seq = 1}, "rewind 1/0, renew, again", ""},
      {{GOOD, .verdict = HUB_FORK, .seq = 4}, "fork 1/3", ""},
      {{GOOD, .verdict = HUB_FORK, .seq = 0}, "fork 1/2", ""},
      {{ANSWER_GARBAGE}, "", "hello 1/4"},
      {{ANSWER_LINE}, "", "hello 1/4"},
      {{ANSWER_REFUSED}, "", "hello 1/4"},
      {{ANSWER_NOT_SENT}, "", "push 1/2+2"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(Engine) e = at_rest(2);
    tell_outbox(e, T0, 1, 4, 2);
    expect(e, T0, "push 1/2+2");
    answer(e, T0, LANE_UP, cases[i].said);
    expect(e, T0, cases[i].at_once);
    expect(e, T0 + 6 * S / 10, cases[i].later);
  }
}

static void
what_a_page_brings(void)
{
  const struct {
    EngineAnswer said;
    const char *wanted;
  } cases[] = {
      {{GOOD, .page_from = 5, .page_to = 9, .page_head = 9}, "wait 9 5, apply store"},
      {{GOOD, .page_from = 5, .page_to = 5, .page_head = 5}, "wait 5 5"},
      {{GOOD, .page_from = 6, .page_to = 9, .page_head = 9}, "wait 9 5"}, /* a gap */
      {{GOOD, .page_from = 5, .page_to = 4, .page_head = 9}, "wait 9 5"},
      {{GOOD, .page_from = 5, .page_to = 9, .page_head = 8}, "wait 9 5"},
      {{GOOD, .page_from = 5, .page_to = 5, .page_head = 9}, "wait 9 5"},
      {{GOOD, .page_from = 5, .page_to = 5, .page_head = 3}, "wait 9 5, renew, again"},
      {{GOOD, .verdict = HUB_BEHIND}, "wait 9 5, renew, again"},
      {{ANSWER_GARBAGE}, "wait 9 5"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(Engine) e =
        greeted(0, 0, (EngineAnswer){ANSWER_GOOD, .store_head = 9, .cat_head = 5});
    expect(e, T0, "store 5");
    answer(e, T0, LANE_STORE, cases[i].said);
    expect(e, T0, cases[i].wanted);
  }
}

static void
a_feed_that_is_broken_keeps_no_sale_from_central(void)
{
  g_autoptr(Engine) e =
      greeted(0, 0, (EngineAnswer){ANSWER_GOOD, .store_head = 5, .cat_head = 9});

  expect(e, T0, "cat 5");
  fail(e, T0, LANE_CAT, ANSWER_GARBAGE);
  CU_ASSERT_STRING_EQUAL(problem(e), "some of central's answers make no sense");
  tell_outbox(e, T0, 1, 1, 0);
  expect(e, T0, "push 1/0+1, wait 5 9");
  answer(e, T0, LANE_UP, (EngineAnswer){GOOD, .seq = 1, .sent_to = 1});
  expect(e, T0, "acked 1/1");
}

static void
a_push_that_is_broken_keeps_no_page_from_us(void)
{
  g_autoptr(Engine) e = at_rest(0);

  tell_outbox(e, T0, 1, 1, 0);
  expect(e, T0, "push 1/0+1");
  fail(e, T0, LANE_UP, ANSWER_GARBAGE);
  answer(e, T0, LANE_WAIT, (EngineAnswer){ANSWER_GOOD, .store_head = 6, .cat_head = 6});
  expect(e, T0, "cat 5, store 5");
}

static void
the_next_page_is_asked_for_while_one_is_applied(void)
{
  g_autoptr(Engine) e =
      greeted(0, 0, (EngineAnswer){ANSWER_GOOD, .store_head = 5, .cat_head = 900});

  expect(e, T0, "cat 5");
  answer(e,
         T0,
         LANE_CAT,
         (EngineAnswer){GOOD, .page_from = 5, .page_to = 505, .page_head = 900});
  expect(e, T0, "cat 505, apply cat");
  applied(e, T0, LANE_CAT, 5); /* it was refused: what comes now is overtaken */
  answer(e,
         T0,
         LANE_CAT,
         (EngineAnswer){GOOD, .page_from = 505, .page_to = 900, .page_head = 900});
  expect(e, T0, "wait 5 900");
  expect(e, T0 + 6 * S / 10, "hello 1/0, cat 5");
}

static void
a_page_of_the_store_waits_until_the_one_before_is_applied(void)
{
  g_autoptr(Engine) e =
      greeted(0, 0, (EngineAnswer){ANSWER_GOOD, .store_head = 99, .cat_head = 5});

  expect(e, T0, "store 5");
  answer(e,
         T0,
         LANE_STORE,
         (EngineAnswer){GOOD, .page_from = 5, .page_to = 69, .page_head = 99});
  expect(e, T0, "wait 99 5, apply store");
  expect(e, T0 + 4 * S, "");
  applied(e, T0 + 4 * S, LANE_STORE, 69);
  expect(e, T0 + 4 * S, "store 69");
}

static void
what_needs_a_newer_version_stops_its_stream_only(void)
{
  g_autoptr(Engine) e =
      greeted(0, 0, (EngineAnswer){ANSWER_GOOD, .store_head = 5, .cat_head = 6});
  EngineEvent stopped = {.kind = ENGINE_STOPPED, .lane = LANE_CAT, .now_us = T0};

  expect(e, T0, "cat 5");
  answer(e,
         T0,
         LANE_CAT,
         (EngineAnswer){GOOD, .page_from = 5, .page_to = 6, .page_head = 6});
  expect(e, T0, "wait 5 6, apply cat");
  engine_tell(e, &stopped);
  CU_ASSERT_STRING_EQUAL(problem(e), "central sends what needs a newer version");
  tell_outbox(e, T0, 1, 1, 0);
  expect(e, T0, "push 1/0+1");
}

static void
it_says_hello_each_five_minutes_and_looks_each_five_seconds(void)
{
  g_autoptr(Engine) e = at_rest(0);

  CU_ASSERT_EQUAL(engine_due_us(e, T0), T0 + 5 * S);
  expect(e, T0 + 5 * S, "look");
  tell_outbox(e, T0 + 5 * S, 1, 0, 0);
  expect(e, T0 + 299 * S, "look");
  tell_outbox(e, T0 + 299 * S, 1, 0, 0);
  expect(e, T0 + 300 * S, "hello 1/0");
}

static void
a_nudge_makes_it_look_at_once(void)
{
  g_autoptr(Engine) e = at_rest(0);
  EngineEvent nudge = {.kind = ENGINE_NUDGE, .now_us = T0 + S};

  engine_tell(e, &nudge);
  expect(e, T0 + S, "look");
  tell_outbox(e, T0 + S, 1, 1, 0);
  expect(e, T0 + S, "push 1/0+1"); /* while the held request stays */
}

static void
a_sale_while_central_is_away_makes_it_knock_but_not_each_time(void)
{
  g_autoptr(Engine) e = greeted(0, 0, (EngineAnswer){ANSWER_LINE});
  EngineEvent nudge = {.kind = ENGINE_NUDGE};
  int64_t now_us = T0;

  for (int i = 0; i < 20; i++) { /* until the waits are long */
    now_us = MAX(now_us + S, engine_due_us(e, now_us));
    EngineAction action;
    while (engine_next(e, now_us, &action))
      if (action.kind == DO_ASK)
        answer(e,
               now_us,
               LANE_UP,
               (EngineAnswer){ANSWER_LINE, 600, 0, HEAD_UNTOLD, HEAD_UNTOLD});
  }
  for (int i = 0; i < 3; i++) {
    nudge.now_us = now_us += 5 * S;
    engine_tell(e, &nudge);
    expect(e, now_us, "look, hello 1/0");
    fail(e, now_us, LANE_UP, ANSWER_LINE);
    nudge.now_us = now_us + S / 10;
    engine_tell(e, &nudge);
    expect(e, now_us + S / 10, "look");
  }
}

static void
what_is_not_written_down_is_told_again(void)
{
  g_autoptr(Engine) e = at_rest(0);

  tell_outbox(e, T0, 1, 1, 0);
  expect(e, T0, "push 1/0+1");
  answer(e, T0, LANE_UP, (EngineAnswer){GOOD, .seq = 1, .sent_to = 1});
  expect(e, T0, "acked 1/1");
  tell_outbox(e, T0 + S, 1, 1, 0);
  expect(e, T0 + S, "");
  tell_outbox(e, T0 + 5 * S, 1, 1, 0);
  expect(e, T0 + 5 * S, "acked 1/1");
  tell_outbox(e, T0 + 11 * S, 1, 1, 1);
  expect(e, T0 + 11 * S, "");
}

static void
older_epochs_are_asked_about_before_anything_new_is_pushed(void)
{
  g_autoptr(Engine) e = engine_new(5, 5, least, NULL);

  expect(e, T0, "look");
  tell_outbox(e, T0, 3, 1, 0);
  expect(e, T0, "hello 3/1");
  answer(e, T0, LANE_UP, (EngineAnswer){ANSWER_GOOD, .store_head = 5, .cat_head = 5});
  expect(e, T0, "roll 1/0, wait 5 5");
  answer(e, T0, LANE_UP, (EngineAnswer){GOOD, .seq = 8, .sent_to = 8});
  expect(e, T0, "roll 2/0");
  answer(e, T0, LANE_UP, (EngineAnswer){GOOD, .seq = 6, .sent_to = 8});
  expect(e, T0, "renew, again"); /* it was restored */
  applied(e, T0, LANE_STORE, 0);
  EngineEvent moved = {.kind = ENGINE_MOVED, .lane = LANE_CAT, .now_us = T0};
  engine_tell(e, &moved);
  expect(e, T0, "rewind 2/6, cat 0, store 0");
  tell_outbox(e, T0, 2, 8, 6);
  expect(e, T0, "hello 2/8");
}

static void
it_slows_down_and_asks_for_less_while_things_fail(void)
{
  g_autoptr(Engine) e = at_rest(0);
  EngineAction action;
  int64_t now_us = T0;
  int counts[] = {256, 128, 64, 32, 16};

  for (gsize i = 0; i < G_N_ELEMENTS(counts); i++) {
    tell_outbox(e, now_us, 1, 1000, 0);
    bool asked = false;
    while (engine_next(e, now_us, &action)) {
      if (action.kind != DO_ASK || action.lane != LANE_UP)
        continue;
      if (action.ask == ASK_HELLO) {
        answer(e, now_us, LANE_UP, (EngineAnswer){GOOD, .seq = 0});
        continue;
      }
      asked = true;
      CU_ASSERT_EQUAL(action.count, counts[i]);
      fail(e, now_us, LANE_UP, ANSWER_GARBAGE);
    }
    CU_ASSERT_TRUE(asked);
    now_us += 4 * S;
  }
}

static void
an_hour_of_patience_is_not_more_than_ten_minutes(void)
{
  g_autoptr(Engine) e = at_rest(0);

  tell_outbox(e, T0, 1, 1, 0);
  expect(e, T0, "push 1/0+1");
  answer(
      e, T0, LANE_UP, (EngineAnswer){ANSWER_GARBAGE, 3600, 0, HEAD_UNTOLD, HEAD_UNTOLD});
  expect(e, T0 + S, "hello 1/1");
  answer(e, T0 + S, LANE_UP, (EngineAnswer){GOOD, .seq = 0});
  expect(e, T0 + 299 * S, "look");
  tell_outbox(e, T0 + 599 * S, 1, 1, 0);
  expect(e, T0 + 599 * S, "hello 1/1");
  answer(e, T0 + 599 * S, LANE_UP, (EngineAnswer){GOOD, .seq = 0});
  expect(e, T0 + 600 * S, "push 1/0+1");
}

static void
a_hub_that_answers_held_requests_at_once_is_not_asked_in_a_circle(void)
{
  g_autoptr(Engine) e = at_rest(0);

  answer(e, T0, LANE_WAIT, (EngineAnswer){ANSWER_GOOD, .store_head = 5, .cat_head = 5});
  expect(e, T0, "");
  expect(e, T0 + 6 * S / 10, "hello 1/0, wait 5 5");
  answer(e,
         T0 + 26 * S,
         LANE_WAIT,
         (EngineAnswer){ANSWER_GOOD, .store_head = 5, .cat_head = 5});
  expect(e, T0 + 26 * S, "look, wait 5 5");
}

TESTS("engine",
      TEST(what_a_hello_brings),
      TEST(what_a_push_brings),
      TEST(what_a_page_brings),
      TEST(a_feed_that_is_broken_keeps_no_sale_from_central),
      TEST(a_push_that_is_broken_keeps_no_page_from_us),
      TEST(the_next_page_is_asked_for_while_one_is_applied),
      TEST(a_page_of_the_store_waits_until_the_one_before_is_applied),
      TEST(what_needs_a_newer_version_stops_its_stream_only),
      TEST(it_says_hello_each_five_minutes_and_looks_each_five_seconds),
      TEST(a_nudge_makes_it_look_at_once),
      TEST(a_sale_while_central_is_away_makes_it_knock_but_not_each_time),
      TEST(what_is_not_written_down_is_told_again),
      TEST(older_epochs_are_asked_about_before_anything_new_is_pushed),
      TEST(it_slows_down_and_asks_for_less_while_things_fail),
      TEST(an_hour_of_patience_is_not_more_than_ten_minutes),
      TEST(a_hub_that_answers_held_requests_at_once_is_not_asked_in_a_circle))
