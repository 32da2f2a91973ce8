#include "app/base/worker.h"

#include "tests/test.h"

typedef struct {
  Worker *worker;
  GString *heard; /* main thread only */
  bool freed;
} Desk;

typedef struct {
  Desk *desk;
  char letter;
} Letter;

static Letter *
letter_new(Desk *desk, char c)
{
  Letter *letter = g_new(Letter, 1);
  *letter = (Letter){desk, c};
  return letter;
}

static void
note(gpointer data)
{
  Letter *letter = data;
  g_string_append_c(letter->desk->heard, letter->letter);
}

static void
answer(gpointer data)
{
  Letter *letter = data;
  worker_assert_here(letter->desk->worker);
  worker_tell(
      letter->desk->worker, note, letter_new(letter->desk, letter->letter), g_free);
}

static void
await(Desk *desk, gsize letters)
{
  gint64 end = g_get_monotonic_time() + 30 * G_USEC_PER_SEC;
  while (desk->heard->len < letters && g_get_monotonic_time() < end)
    g_main_context_iteration(NULL, FALSE);
}

static void
answers_reach_the_main_loop_in_the_order_of_the_jobs(void)
{
  Desk desk = {worker_new("desk"), g_string_new(NULL)};
  for (char c = 'a'; c <= 'z'; c++)
    worker_run(desk.worker, answer, letter_new(&desk, c), g_free);
  await(&desk, 26);
  CU_ASSERT_STRING_EQUAL(desk.heard->str, "abcdefghijklmnopqrstuvwxyz");
  worker_free(desk.worker);
  g_string_free(desk.heard, TRUE);
}

static void
count(gpointer data)
{
  ++*(int *)data;
}

static void
jobs_that_are_queued_run_before_the_end(void)
{
  int done = 0;
  Worker *worker = worker_new("counter");
  for (int i = 0; i < 100; i++)
    worker_run(worker, count, &done, NULL);
  worker_free(worker);
  CU_ASSERT_EQUAL(done, 100);
}

static void
nothing_is_delivered_once_the_worker_is_gone(void)
{
  Desk desk = {worker_new("desk"), g_string_new(NULL)};
  worker_run(desk.worker, answer, letter_new(&desk, 'x'), g_free);
  worker_free(desk.worker);
  while (g_main_context_iteration(NULL, FALSE))
    ;
  CU_ASSERT_STRING_EQUAL(desk.heard->str, "");
  g_string_free(desk.heard, TRUE);
}

static void
close_shop(gpointer data)
{
  Desk *desk = data;
  worker_free(desk->worker);
  desk->freed = true;
}

static void
tell_two(gpointer data)
{
  Desk *desk = data;
  worker_tell(desk->worker, close_shop, desk, NULL);
  worker_tell(desk->worker, note, letter_new(desk, 'x'), g_free);
}

static void
news_may_close_its_own_worker(void)
{
  Desk desk = {worker_new("desk"), g_string_new(NULL)};
  worker_run(desk.worker, tell_two, &desk, NULL);
  gint64 end = g_get_monotonic_time() + 30 * G_USEC_PER_SEC;
  while (!desk.freed && g_get_monotonic_time() < end)
    g_main_context_iteration(NULL, FALSE);
  while (g_main_context_iteration(NULL, FALSE))
    ;
  CU_ASSERT_TRUE(desk.freed);
  CU_ASSERT_STRING_EQUAL(desk.heard->str, "");
  g_string_free(desk.heard, TRUE);
}

static void
listen_until_nudged(gpointer data)
{
  Desk *desk = data;
  bool nudged = worker_wait(desk->worker, 60000);
  worker_tell(desk->worker, note, letter_new(desk, nudged ? 'n' : 't'), g_free);
}

static void
time_out(gpointer data)
{
  Desk *desk = data;
  bool nudged = worker_wait(desk->worker, 1);
  worker_tell(desk->worker, note, letter_new(desk, nudged ? 'n' : 't'), g_free);
}

static void
a_long_job_yields_to_a_nudge(void)
{
  Desk desk = {worker_new("listener"), g_string_new(NULL)};
  worker_run(desk.worker, time_out, &desk, NULL);
  await(&desk, 1);
  worker_run(desk.worker, listen_until_nudged, &desk, NULL);
  worker_run(desk.worker, answer, letter_new(&desk, 'j'), g_free);
  await(&desk, 3);
  CU_ASSERT_STRING_EQUAL(desk.heard->str, "tnj");
  worker_free(desk.worker);
  g_string_free(desk.heard, TRUE);
}

static void
wait_for_the_end(gpointer data)
{
  Desk *desk = data;
  while (!worker_is_ending(desk->worker))
    worker_wait(desk->worker, 60000);
  desk->freed = true;
}

static void
a_waiting_job_wakes_when_the_end_is_called(void)
{
  Desk desk = {worker_new("listener"), g_string_new(NULL)};
  worker_run(desk.worker, wait_for_the_end, &desk, NULL);
  worker_free(desk.worker);
  CU_ASSERT_TRUE(desk.freed);
  g_string_free(desk.heard, TRUE);
}

TESTS("worker",
      TEST(answers_reach_the_main_loop_in_the_order_of_the_jobs),
      TEST(jobs_that_are_queued_run_before_the_end),
      TEST(nothing_is_delivered_once_the_worker_is_gone),
      TEST(news_may_close_its_own_worker),
      TEST(a_long_job_yields_to_a_nudge),
      TEST(a_waiting_job_wakes_when_the_end_is_called))
