#include "tests/scene/world.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/base/clock.h"
#include "db/duty_store.h"
#include "tests/scene/supply.h"

#define ARRIVE_MS 30000

/* -- The clock ------------------------------------------------------------------------
 */

static bool
spread_clock(Stage *stage)
{
  g_autofree char *shift = g_strdup_printf("%" G_GINT64_FORMAT, stage->shift_us);
  g_setenv("GUITAI_CLOCK_SHIFT_US", shift, TRUE);
  for (guint i = 0; i < stage->tills->len; i++) {
    StageTill *till = stage->tills->pdata[i];
    g_autofree char *line = g_strdup_printf("clock %" G_GINT64_FORMAT, stage->shift_us);
    g_autofree char *answer = NULL;
    if (till->peer && !peer_ask(till->peer, line, &answer))
      return stage_fail(stage, "the till: %s", answer);
  }
  if (!stage->hub)
    return true;
  peer_end(g_steal_pointer(&stage->hub), true);
  return stage_start_hub(stage);
}

static bool
set_clock(Stage *stage, const char *day, const char *time)
{
  g_autofree char *text =
      g_strdup_printf("%sT%s%s", day, time, strlen(time) == 5 ? ":00" : "");
  g_autoptr(GTimeZone) here = g_time_zone_new_local();
  g_autoptr(GDateTime) then = g_date_time_new_from_iso8601(text, here);
  if (!then)
    return stage_fail(stage, "no such time: %s", text);
  stage->shift_us = g_date_time_to_unix(then) * G_USEC_PER_SEC - clock_now_us();
  return spread_clock(stage);
}

static bool
move_clock(Stage *stage, const char *by)
{
  int64_t n = 0;
  char unit[16] = "";
  if (sscanf(by, "%" G_GINT64_FORMAT "%15s", &n, unit) != 2)
    return stage_fail(stage, "say +1day, -2h, +30min or +5s");
  int64_t s = g_str_has_prefix(unit, "day") ? 86400
              : g_str_has_prefix(unit, "h") ? 3600
              : g_str_has_prefix(unit, "m") ? 60
                                            : 1;
  stage->shift_us += n * s * G_USEC_PER_SEC;
  return spread_clock(stage);
}

/* -- Tills and the hub -----------------------------------------------------------------
 */

static StageTill *
find_till(Stage *stage, const char *code)
{
  for (guint i = 0; i < stage->tills->len; i++) {
    StageTill *till = stage->tills->pdata[i];
    if (g_str_equal(till->code, code))
      return till;
  }
  return NULL;
}

/* Until articles and stock that were given have come down. */
static bool
wait_for_goods(Stage *stage)
{
  int64_t until = clock_monotonic_us() + ARRIVE_MS * 1000;
  g_autofree char *seen = NULL;
  while (clock_monotonic_us() < until) {
    g_clear_pointer(&seen, g_free);
    gint64 position = 0;
    gint64 head = 0;
    if (!stage_ask(stage, &seen, "articles"))
      return false;
    bool all =
        sscanf(seen, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, &position, &head) == 2 &&
        head > 0 && position == head;
    if (all && supply_has_arrived(stage))
      return true;
    g_usleep(20000);
  }
  return stage_fail(stage, "the articles do not arrive: at %s", seen ? seen : "?");
}

static bool
enrol(Stage *stage, StageTill *till)
{
  g_autofree char *hub = g_build_filename(stage->options->bin, "guitai-hub", NULL);
  g_autofree char *guitai = g_build_filename(stage->options->bin, "guitai", NULL);
  g_autofree char *url = g_strdup_printf("http://127.0.0.1:%d", cable_port(stage->cable));
  g_autofree char *code = NULL;
  const char *add[] = {hub,
                       "till",
                       "add",
                       "--store",
                       stage->store,
                       "--till",
                       till->code,
                       "--data",
                       stage->hub_folder,
                       NULL};
  const char *join[] = {
      guitai, "enrol", "--shop", till->folder, "--hub", url, "--code", NULL, NULL};
  if (!stage_run(stage, add, &code))
    return false;
  join[7] = code;
  return stage_run(stage, join, NULL);
}

/* Where a scene does not say otherwise a pharmacist is there and never goes home. */
static bool
put_pharmacist(Stage *stage, const StageTill *till)
{
  g_autofree char *path = g_build_filename(till->folder, "store.db", NULL);
  g_autoptr(GError) failure = NULL;
  const Duty duty = {.staff = (char *)"0200",
                     .here = true,
                     .scopes = SCOPE_ANY,
                     .at_us = clock_now_us() + stage->shift_us + 400 * G_TIME_SPAN_DAY};
  if (stage->nobody_on_duty)
    return true;
  g_autoptr(Db) store = db_open(path, "store", DB_WRITER, &failure);
  return (store && duty_store_hear(store, &duty, &failure)) ||
         stage_fail(stage, "no pharmacist: %s", failure->message);
}

static bool
open_till(Stage *stage, const char *code)
{
  StageTill *till = g_new0(StageTill, 1);
  till->code = g_strdup(code);
  till->folder = g_strdup_printf("%s/till-%s", stage->folder, code);
  g_ptr_array_add(stage->tills, till);
  stage->till = till;
  return supply_import(stage) && (stage->hub || stage_start_hub(stage)) &&
         enrol(stage, till) && put_pharmacist(stage, till) &&
         stage_start_till(stage, till) && wait_for_goods(stage);
}

/* A shop that was made before the scene: its till was enrolled at the port it will find.
 */
static bool
open_made_shop(Stage *stage)
{
  if (!stage->options->shop || !stage->options->hub_data)
    return supply_demo(stage) && open_till(stage, "03");
  StageTill *till = g_new0(StageTill, 1);
  till->code = g_strdup("03");
  till->folder = g_strdup(stage->options->shop);
  g_ptr_array_add(stage->tills, till);
  stage->till = till;
  g_autofree char *file = g_build_filename(stage->options->hub_data, "..", "port", NULL);
  g_autofree char *port = NULL;
  if (g_file_get_contents(file, &port, NULL, NULL))
    stage->hub_port = (int)g_ascii_strtoll(port, NULL, 10);
  return stage_start_hub(stage) && stage_start_till(stage, till) && wait_for_goods(stage);
}

static bool
kill_till(Stage *stage)
{
  if (!stage->till || !stage->till->peer)
    return stage_fail(stage, "no till is running");
  peer_end(g_steal_pointer(&stage->till->peer), true);
  return true;
}

static bool
stop_till(Stage *stage)
{
  peer_end(g_steal_pointer(&stage->till->peer), false);
  return true;
}

static bool
switch_till(Stage *stage, const char *code)
{
  stage->till = find_till(stage, code);
  return stage->till || stage_fail(stage, "there is no till %s", code);
}

static bool
end_hub(Stage *stage)
{
  peer_end(g_steal_pointer(&stage->hub), true);
  return true;
}

/* -- Damage ----------------------------------------------------------------------------
 */

/* Writes rubbish over the middle of a file, and its first page when @head. */
static bool
damage(Stage *stage, const char *name)
{
  g_autofree char *path = g_build_filename(stage->till->folder, name, NULL);
  g_autofree char *wal = g_strconcat(path, "-wal", NULL);
  FILE *file = fopen(path, "r+b");
  if (!file)
    return stage_fail(stage, "no %s to damage", name);
  for (int i = 0; i < 4096; i++)
    fputc(0xA5 ^ (i & 0xff), file);
  fclose(file);
  unlink(wal);
  return true;
}

static bool
restore(Stage *stage)
{
  g_autofree char *guitai = g_build_filename(stage->options->bin, "guitai", NULL);
  const char *argv[] = {guitai, "restore", "--shop", stage->till->folder, NULL};
  return stage_run(stage, argv, NULL);
}

/* -- The steps --------------------------------------------------------------------------
 */

static bool
cable_do(Stage *stage, const Step *step, bool *ret_done)
{
  static const struct {
    const char *pattern;
    CableState state;
  } STATES[] = {{"cut the line", CABLE_CUT},
                {"join the line", CABLE_GOOD},
                {"the hub answers errors", CABLE_ERRORS},
                {"the hub answers garbage", CABLE_GARBAGE},
                {"the hub answers half pages", CABLE_HALF},
                {"the hub says nothing", CABLE_SILENT},
                {"the hub answers properly", CABLE_GOOD}};
  const char *taken[9];
  for (size_t i = 0; i < G_N_ELEMENTS(STATES); i++)
    if (step_is(step, STATES[i].pattern, taken)) {
      cable_set(stage->cable, STATES[i].state);
      *ret_done = true;
      return true;
    }
  return true;
}

static bool
power_do(Stage *stage, const Step *step, bool *ret_done)
{
  const char *taken[9];
  *ret_done = true;
  if (step_is(step, "kill the till", taken))
    return kill_till(stage);
  if (step_is(step, "close the till", taken))
    return stop_till(stage);
  if (step_is(step, "start the till", taken))
    return stage_start_till(stage, stage->till);
  if (step_is(step, "the till does not start", taken)) {
    bool started = stage_start_till(stage, stage->till);
    return !started || stage_fail(stage, "it started");
  }
  if (step_is(step, "kill the hub", taken) || step_is(step, "stop the hub", taken))
    return end_hub(stage);
  if (step_is(step, "start the hub", taken))
    return stage_start_hub(stage);
  if (step_is(step, "damage *", taken))
    return damage(stage, taken[0]);
  if (step_is(step, "restore the till", taken))
    return restore(stage);
  *ret_done = false;
  return true;
}

bool
world_do(Stage *stage, const Step *step, bool *ret_done)
{
  const char *taken[9];
  *ret_done = true;
  if (step_is(step, "clock * *", taken))
    return set_clock(stage, taken[0], taken[1]);
  if (step_is(step, "clock *", taken))
    return move_clock(stage, taken[0]);
  if (step_is(step, "the shop at hand", taken))
    return open_made_shop(stage);
  if (step_is(step, "nobody is on duty", taken)) {
    stage->nobody_on_duty = true;
    return true;
  }
  if (step_is(step, "till *", taken))
    return open_till(stage, taken[0]);
  if (step_is(step, "at till *", taken))
    return switch_till(stage, taken[0]);
  *ret_done = false;
  bool good = supply_do(stage, step, ret_done);
  if (!*ret_done)
    good = cable_do(stage, step, ret_done);
  if (!*ret_done)
    good = power_do(stage, step, ret_done);
  return good;
}
