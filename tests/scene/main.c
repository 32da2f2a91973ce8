/* guitai-scene: plays shop scenes that a pharmacist can read against the real verbs, real
 * files, simulated devices and a real hub on loopback. The language:
 * tests/scenes/README.md */
#include <glib.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "tests/scene/blackout.h"
#include "tests/scene/host.h"
#include "tests/scene/stage.h"

typedef struct {
  StageOptions stage;
  char *host_folder, *printer, *language, *out, *shop, *hub_data, *demo;
  gboolean screen;
  char **files;
} Options;

static bool
play(const Scene *scene, const StageOptions *options)
{
  g_unsetenv("GUITAI_CLOCK_SHIFT_US");
  Stage *stage = stage_new(options);
  bool good = true;
  for (guint i = 0; good && i < scene->steps->len; i++) {
    const Step *step = scene->steps->pdata[i];
    good = blackout_begins(step) ? blackout_play(stage, scene, i, &i)
                                 : stage_do(stage, step);
    if (!good)
      printf("FAILED %s:%d in \"%s\"\n  step: %s\n  %s\n",
             scene->file,
             step->line,
             scene->title,
             step->text,
             stage->wrong);
  }
  if (good)
    printf("passed %s: %s\n", scene->file, scene->title);
  fflush(stdout);
  stage_free(stage);
  return good;
}

static int
play_files(const Options *options)
{
  int passed = 0;
  int failed = 0;
  for (int i = 0; options->files && options->files[i]; i++) {
    g_autoptr(GError) failure = NULL;
    g_autoptr(GPtrArray) scenes = script_read(options->files[i], &failure);
    if (!scenes) {
      printf("FAILED %s\n", failure->message);
      failed++;
      continue;
    }
    for (guint k = 0; k < scenes->len; k++)
      if (play(scenes->pdata[k], &options->stage))
        passed++;
      else
        failed++;
  }
  printf("%d passed, %d failed\n", passed, failed);
  return failed || passed == 0 ? 1 : 0;
}

static bool
read_options(int argc, char **argv, Options *options, GError **error)
{
  const GOptionEntry entries[] = {
      {"screen",
       0,
       0,
       G_OPTION_ARG_NONE,
       &options->screen,
       "through the real window",
       NULL},
      {"lang", 0, 0, G_OPTION_ARG_STRING, &options->language, "zh_CN or en", "LANG"},
      {"out", 0, 0, G_OPTION_ARG_FILENAME, &options->out, "where pictures go", "DIR"},
      {"shop",
       0,
       0,
       G_OPTION_ARG_FILENAME,
       &options->shop,
       "a till made beforehand",
       "DIR"},
      {"hub-data",
       0,
       0,
       G_OPTION_ARG_FILENAME,
       &options->hub_data,
       "its hub's books",
       "DIR"},
      {"demo",
       0,
       0,
       G_OPTION_ARG_FILENAME,
       &options->demo,
       "the demo shop's lists",
       "DIR"},
      {"host",
       0,
       0,
       G_OPTION_ARG_FILENAME,
       &options->host_folder,
       "be a scene's till",
       "DIR"},
      {"printer", 0, 0, G_OPTION_ARG_STRING, &options->printer, "its printer", "ADDRESS"},
      {G_OPTION_REMAINING,
       0,
       0,
       G_OPTION_ARG_FILENAME_ARRAY,
       &options->files,
       NULL,
       "FILE…"},
      G_OPTION_ENTRY_NULL,
  };
  g_autoptr(GOptionContext) context = g_option_context_new("- plays shop scenes");
  g_option_context_add_main_entries(context, entries, NULL);
  return g_option_context_parse(context, &argc, &argv, error);
}

static void
options_free(Options *options)
{
  char *owned[] = {options->host_folder,
                   options->printer,
                   options->language,
                   options->out,
                   options->shop,
                   options->hub_data,
                   options->demo};
  for (size_t i = 0; i < G_N_ELEMENTS(owned); i++)
    g_free(owned[i]);
  g_strfreev(options->files);
}

int
main(int argc, char **argv)
{
  if (!setlocale(LC_ALL, ""))
    setlocale(LC_ALL, "C.UTF-8");
  Options options = {0};
  g_autoptr(GError) failure = NULL;
  if (!read_options(argc, argv, &options, &failure)) {
    fprintf(stderr, "guitai-scene: %s\n", failure->message);
    return 2;
  }
  if (!options.language)
    options.language = g_strdup("zh_CN");
  g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
  g_autofree char *bin = g_path_get_dirname(self);
  options.stage = (StageOptions){.host = self,
                                 .bin = bin,
                                 .demo = options.demo ? options.demo : GUITAI_DEMO,
                                 .language = options.language,
                                 .out = options.out,
                                 .shop = options.shop,
                                 .hub_data = options.hub_data,
                                 .screen = options.screen};
  HostOptions host = {.folder = options.host_folder,
                      .printer = options.printer,
                      .language = options.language,
                      .screen = options.screen};
  int status = options.host_folder ? host_run(&host) : play_files(&options);
  options_free(&options);
  return status;
}
