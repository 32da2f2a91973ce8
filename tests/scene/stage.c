#include "tests/scene/stage.h"

#include <stdarg.h>
#include <string.h>

#include "tests/scene/expect.h"
#include "tests/scene/world.h"

#define START_MS 30000

bool
stage_fail(Stage *stage, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  g_free(stage->wrong);
  stage->wrong = g_strdup_vprintf(format, args);
  va_end(args);
  return false;
}

bool
stage_ask(Stage *stage, char **ret, const char *format, ...)
{
  if (!stage->till || !stage->till->peer)
    return stage_fail(stage, "no till is running");
  va_list args;
  va_start(args, format);
  g_autofree char *line = g_strdup_vprintf(format, args);
  va_end(args);
  g_autofree char *answer = NULL;
  if (!peer_ask(stage->till->peer, line, &answer))
    return stage_fail(stage, "the till: %s", answer);
  if (ret)
    *ret = g_steal_pointer(&answer);
  return true;
}

bool
stage_run(Stage *stage, const char *const *argv, char **ret_out)
{
  g_autofree char *said = NULL;
  g_autofree char *complaint = NULL;
  g_autoptr(GError) failure = NULL;
  int status = 0;
  if (!g_spawn_sync(NULL,
                    (char **)argv,
                    NULL,
                    G_SPAWN_DEFAULT,
                    NULL,
                    NULL,
                    &said,
                    &complaint,
                    &status,
                    &failure))
    return stage_fail(stage, "%s: %s", argv[0], failure->message);
  if (!g_spawn_check_wait_status(status, NULL))
    return stage_fail(stage, "%s %s: %s%s", argv[0], argv[1], said, complaint);
  if (ret_out)
    *ret_out = g_strchomp(g_steal_pointer(&said));
  return true;
}

bool
stage_start_hub(Stage *stage)
{
  g_autofree char *program = g_build_filename(stage->options->bin, "guitai-hub", NULL);
  g_autofree char *port = g_strdup_printf("%d", stage->hub_port);
  const char *argv[] = {
      program, "serve", "--data", stage->hub_folder, "--port", port, NULL};
  g_autoptr(GError) failure = NULL;
  stage->hub = peer_start(argv, NULL, &failure);
  if (!stage->hub)
    return stage_fail(stage, "the hub: %s", failure->message);
  g_autofree char *line = peer_read_line(stage->hub, START_MS);
  const char *colon = line ? strrchr(line, ':') : NULL;
  if (!colon)
    return stage_fail(stage, "the hub does not start: %s", line ? line : "");
  stage->hub_port = (int)g_ascii_strtoll(colon + 1, NULL, 10);
  cable_lead_to(stage->cable, stage->hub_port);
  return true;
}

bool
stage_start_till(Stage *stage, StageTill *till)
{
  const StageOptions *options = stage->options;
  const char *argv[] = {options->host,
                        "--host",
                        till->folder,
                        "--lang",
                        options->language,
                        "--printer",
                        options->printer ? options->printer : "sim-printer:",
                        options->screen ? "--screen" : NULL,
                        NULL};
  g_autoptr(GError) failure = NULL;
  till->peer = peer_start(argv, NULL, &failure);
  if (!till->peer)
    return stage_fail(stage, "the till: %s", failure->message);
  g_autofree char *line = peer_read_line(till->peer, START_MS);
  if (g_strcmp0(line, "ready") == 0)
    return true;
  peer_end(g_steal_pointer(&till->peer), false);
  return stage_fail(
      stage, "the till does not start: %s", line ? line : "it says nothing");
}

static void
till_end(gpointer data)
{
  StageTill *till = data;
  peer_end(till->peer, false);
  g_free(till->code);
  g_free(till->folder);
  g_free(till);
}

Stage *
stage_new(const StageOptions *options)
{
  Stage *stage = g_new0(Stage, 1);
  stage->options = options;
  stage->folder = g_dir_make_tmp("guitai-scene-XXXXXX", NULL);
  stage->hub_folder = options->hub_data ? g_strdup(options->hub_data)
                                        : g_build_filename(stage->folder, "hub", NULL);
  stage->store = g_strdup("0123");
  stage->cable = cable_new();
  stage->tills = g_ptr_array_new_with_free_func(till_end);
  stage->articles = g_string_new(NULL);
  stage->stock = g_string_new(NULL);
  stage->staff = g_string_new(NULL);
  return stage;
}

void
stage_free(Stage *stage)
{
  g_ptr_array_unref(stage->tills);
  peer_end(stage->hub, true);
  cable_free(stage->cable);
  const char *argv[] = {"rm", "-rf", stage->folder, NULL};
  g_spawn_sync(
      NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
  g_string_free(stage->articles, TRUE);
  g_string_free(stage->stock, TRUE);
  g_string_free(stage->staff, TRUE);
  g_free(stage->folder);
  g_free(stage->hub_folder);
  g_free(stage->store);
  g_free(stage->wrong);
  g_free(stage);
}

/* -- What the clerk does --------------------------------------------------------------
 */

/* Steps that are one request to the till: pattern, and the request with its word. */
static const struct {
  const char *pattern, *request;
} HANDS[] = {
    {"scan *", "scan %s"},
    {"scan bytes *", "scan-hex %s"},
    {"press *", "key %s"},
    {"type *", "type %s"},
    {"enter *", "enter %s"},
    {"choose line *", "choose %s"},
    {"take lot *", "lot %s"},
    {"give discount *", "discount %s"},
    {"hold the ticket", "hold "},
    {"hold the ticket as *", "hold %s"},
    {"recall ticket *", "recall %s"},
    {"close the shift", "close-shift"},
    {"lock the till", "lock"},
    {"unlock with *", "unlock %s"},
    {"take the paper out", "desk paper out"},
    {"put paper in", "desk paper in"},
    {"paper lasts * mm", "desk paper left %s"},
    {"open the printer", "desk cover open"},
    {"shut the printer", "desk cover shut"},
    {"jam the cutter", "desk cutter jammed"},
    {"free the cutter", "desk cutter free"},
    {"silence the printer", "desk printer silent"},
    {"unplug the printer", "desk unplug 1"},
    {"plug in the printer", "desk plug 1"},
    {"unplug the scanner", "desk unplug 0"},
    {"plug in the scanner", "desk plug 0"},
    {"push the drawer shut", "desk push drawer"},
    {"take the labels out", "desk labels out"},
    {"put labels in", "desk labels in"},
    {"labels last for *", "desk labels left %s"},
    {"open the label printer", "desk label head open"},
    {"shut the label printer", "desk label head shut"},
    {"silence the label printer", "desk label printer silent"},
    {"unplug the label printer", "desk unplug 4"},
    {"plug in the label printer", "desk plug 4"},
    {"unplug the display", "desk unplug 5"},
    {"plug in the display", "desk plug 5"},
    {"unplug the scale", "desk unplug 6"},
    {"plug in the scale", "desk plug 6"},
    {"lay * g on the scale", "desk weight %s"},
    {"shake the scale", "desk scale shaken"},
    {"let the scale rest", "desk scale still"},
    {"unplug the ID reader", "desk unplug 2"},
    {"plug in the ID reader", "desk plug 2"},
    {"lay card *", "desk card lay %s"},
    {"take the card away", "desk card away"},
    {"the card fails * times", "desk card fails %s"},
    {"put insurance card * in", "desk chip put %s"},
    {"draw the insurance card out", "desk chip out"},
    {"tear the paper off", "desk tear"},
    {"the disk is full", "disk full"},
    {"the disk has room", "disk free"},
};

static bool
pay_cash(Stage *stage, const char *amount)
{
  return stage_ask(stage, NULL, "key F12") &&
         stage_ask(stage, NULL, "enter %s", amount) && stage_ask(stage, NULL, "key F12");
}

static bool
take_picture(Stage *stage, const char *name, const char *request)
{
  if (!stage->options->out)
    return true;
  g_autofree char *file =
      g_strdup_printf("%s/%02d-%s.png", stage->options->out, ++stage->pictures, name);
  return stage_ask(stage, NULL, "%s %s", request, file);
}

static bool
keep_paper(Stage *stage, const char *name)
{
  g_autofree char *text = NULL;
  if (!take_picture(stage, name, "paper-picture") || !stage_ask(stage, &text, "paper"))
    return false;
  if (!stage->options->out)
    return true;
  g_autofree char *file =
      g_strdup_printf("%s/%02d-%s.txt", stage->options->out, stage->pictures, name);
  return g_file_set_contents(file, text, -1, NULL);
}

static bool
hand_do(Stage *stage, const Step *step, bool *ret_done)
{
  const char *taken[9];
  *ret_done = true;
  if (step_is(step, "sign in * *", taken))
    return stage_ask(stage, NULL, "sign-in %s %s", taken[0], taken[1]);
  if (step_is(step, "on duty * *", taken))
    return stage_ask(stage, NULL, "duty %s %s", taken[0], taken[1]);
  if (step_is(step, "approve * * reason *", taken))
    return stage_ask(stage, NULL, "approve %s %s %s", taken[0], taken[1], taken[2]);
  if (step_is(step, "take over * *", taken))
    return stage_ask(stage, NULL, "take-over %s %s", taken[0], taken[1]);
  if (step_is(step, "pay cash *", taken))
    return pay_cash(stage, taken[0]);
  if (step_is(step, "picture *", taken))
    return take_picture(stage, taken[0], "picture");
  if (step_is(step, "keep the label as *", taken))
    return take_picture(stage, taken[0], "label-picture");
  if (step_is(step, "keep the paper as *", taken))
    return keep_paper(stage, taken[0]);
  for (size_t i = 0; i < G_N_ELEMENTS(HANDS); i++) {
    if (!step_is(step, HANDS[i].pattern, taken))
      continue;
    g_auto(GStrv) parts = g_strsplit(HANDS[i].request, "%s", 2);
    return stage_ask(stage,
                     NULL,
                     "%s%s%s",
                     parts[0],
                     parts[1] ? taken[0] : "",
                     parts[1] ? parts[1] : "");
  }
  *ret_done = false;
  return true;
}

bool
stage_do(Stage *stage, const Step *step)
{
  g_clear_pointer(&stage->wrong, g_free);
  bool (*const KINDS[])(Stage *, const Step *, bool *) = {hand_do, world_do, expect_do};
  for (size_t i = 0; i < G_N_ELEMENTS(KINDS); i++) {
    bool done = false;
    bool good = KINDS[i](stage, step, &done);
    if (done)
      return good;
  }
  return stage_fail(stage, "I do not know this step");
}
