#include "tests/scene/blackout.h"

#include <stdio.h>
#include <string.h>

#define MOST_MOMENTS 2000
/* With the window each play is slower, so the moments are taken in longer strides. */
#define STRIDE_ON_SCREEN 17

bool
blackout_begins(const Step *step)
{
  const char *taken[9];
  return step_is(step, "power cut at every write while", taken);
}

static bool
copy_folder(Stage *stage, const char *from, const char *to)
{
  const char *clear[] = {"/bin/rm", "-rf", to, NULL};
  const char *copy[] = {"/bin/cp", "-a", from, to, NULL};
  return stage_run(stage, clear, NULL) && stage_run(stage, copy, NULL);
}

static bool
start_with_cut(Stage *stage, int n)
{
  g_autofree char *count = g_strdup_printf("%d", n);
  if (n > 0)
    g_setenv("GUITAI_SCENE_POWER_CUT", count, TRUE);
  else
    g_unsetenv("GUITAI_SCENE_POWER_CUT");
  bool started = stage_start_till(stage, stage->till);
  g_unsetenv("GUITAI_SCENE_POWER_CUT");
  return started;
}

/* Is it gone? A process that ended is not always reaped at once. */
static bool
is_dark(Stage *stage)
{
  for (int i = 0; i < 100; i++) {
    if (!peer_is_alive(stage->till->peer))
      return true;
    g_usleep(10000);
  }
  return false;
}

typedef enum { LIVED, DARK, FAILED } Outcome;

/* The steps of the block, as far as the power lasts. */
static Outcome
play_steps(Stage *stage, const Scene *scene, guint begin, guint end)
{
  for (guint i = begin + 1; i < end; i++)
    if (!stage_do(stage, scene->steps->pdata[i]))
      return is_dark(stage) ? DARK : FAILED;
  return LIVED;
}

/* A till whose power goes while it starts has not started. */
static Outcome
play_with_cut(Stage *stage, const Scene *scene, guint begin, guint end, int n)
{
  return start_with_cut(stage, n) ? play_steps(stage, scene, begin, end) : DARK;
}

/* What was on paper when the power went is in the books. */
static bool
printed_is_kept(Stage *stage)
{
  g_autofree char *file = g_build_filename(stage->till->folder, "printed.txt", NULL);
  g_autofree char *paper = NULL;
  if (!g_file_get_contents(file, &paper, NULL, NULL))
    return true;
  g_autoptr(GRegex) number = g_regex_new("\\d{4}-\\d\\d-e\\d+-\\d{6}", 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  for (g_regex_match(number, paper, 0, &match); g_match_info_matches(match);
       g_match_info_next(match, NULL)) {
    g_autofree char *found = g_match_info_fetch(match, 0);
    g_autofree char *answer = NULL;
    if (!stage_ask(stage, &answer, "kept %s", found))
      return false;
    if (!g_str_equal(answer, "yes"))
      return stage_fail(stage, "receipt %s was printed and is not in the books", found);
  }
  return true;
}

/* Starts the till again as after a blackout and has the books prove themselves. */
static bool
look_after(Stage *stage)
{
  bool good = start_with_cut(stage, 0) && stage_ask(stage, NULL, "verify") &&
              printed_is_kept(stage);
  peer_end(g_steal_pointer(&stage->till->peer), false);
  return good;
}

static guint
find_end(const Scene *scene, guint begin)
{
  const char *taken[9];
  for (guint i = begin + 1; i < scene->steps->len; i++)
    if (step_is(scene->steps->pdata[i], "end", taken))
      return i;
  return scene->steps->len;
}

bool
blackout_play(Stage *stage, const Scene *scene, guint begin, guint *ret_end)
{
  StageTill *till = stage->till;
  g_autofree char *copy = g_strconcat(till->folder, ".before", NULL);
  guint end = *ret_end = find_end(scene, begin);
  cable_set(stage->cable, CABLE_CUT);
  peer_end(g_steal_pointer(&till->peer), false);
  if (!copy_folder(stage, till->folder, copy))
    return false;
  int stride = stage->options->screen ? STRIDE_ON_SCREEN : 1;
  int cuts = 0;
  for (int n = 1; n < MOST_MOMENTS; n += stride) {
    if (!copy_folder(stage, copy, till->folder))
      return false;
    Outcome outcome = play_with_cut(stage, scene, begin, end, n);
    if (outcome == FAILED)
      return false;
    if (outcome == LIVED) {
      printf("  the power was cut at %d moments\n", cuts);
      if (cuts * stride <= 20)
        return stage_fail(stage, "only %d moments: nothing was cut", cuts);
      peer_end(g_steal_pointer(&till->peer), false);
      return start_with_cut(stage, 0);
    }
    cuts++;
    peer_end(g_steal_pointer(&till->peer), true);
    if (!look_after(stage)) {
      g_autofree char *why = g_strdup(stage->wrong);
      return stage_fail(stage, "after the cut at moment %d: %s", n, why);
    }
  }
  return stage_fail(stage, "the steps never end");
}
