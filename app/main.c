/* guitai: the only file that sees every layer: options, open, wire, run. */
#include <stdio.h>

#include "app/command_line.h"
#include "drivers/usb.h"
#include "ui/ui.h"
#include "ui/words.h"

/* What stands on the virtual counter. */
static const char *const TWINS[N_DEVICE_USES] = {[USE_SCANNER] = "sim-scanner:",
                                                 [USE_PRINTER] = "sim-printer:",
                                                 [USE_ID_READER] = "sim-id-reader:",
                                                 [USE_CARD_READER] = "sim-ccid:",
                                                 [USE_LABEL] = "sim-label:",
                                                 [USE_POLE] = "sim-pole:",
                                                 [USE_SCALE] = "sim-scale:"};

static int
open_window(const CommandLine *line)
{
  g_autofree char *folder = command_line_folder(line);
  bool is_virtual = command_option(line, "--virtual-counter") != NULL;
  UiOptions options = {
      .till = {.folder = folder},
      .full_screen = command_option(line, "--full-screen") != NULL,
      .with_counter = is_virtual,
      .until_ready = command_option(line, "--exit-when-ready") != NULL,
      .language = command_option(line, "--lang"),
  };
  for (DeviceUse use = 0; use < N_DEVICE_USES; use++) {
    g_autofree char *option = g_strconcat("--", device_use_name(use), NULL);
    const char *given = command_option(line, option);
    options.till.device[use] = given || !is_virtual ? given : TWINS[use];
  }
  return ui_run(&options);
}

static int
answer(const CommandLine *line)
{
  words_start(command_option(line, "--lang"));
  g_auto(CommandAnswer) said = command_line_run(line);
  fputs(said.out->str, stdout);
  fputs(said.err->str, stderr);
  return said.status;
}

int
main(int argc, char **argv)
{
  g_auto(CommandLine) line = {NULL};
  g_autoptr(GError) error = NULL;

  if (!command_read(&COMMAND_PAGE, argc, argv, &line, &error)) {
    fprintf(stderr, "guitai: %s\nguitai --help\n", error->message);
    return 2;
  }
  int status = command_line_wants_window(&line) ? open_window(&line) : answer(&line);
  usb_stop();
  return status;
}
