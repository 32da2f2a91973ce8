/* guitai: the only file that sees every layer: options, open, wire, run. */
#include <stdio.h>

#include "app/command_line.h"
#include "ui/ui.h"
#include "ui/words.h"

static int
open_window(const CommandLine *line)
{
  g_autofree char *folder = command_line_folder(line);
  bool is_virtual = command_option(line, "--virtual-counter") != NULL;
  const char *scanner = command_option(line, "--scanner");
  const char *printer = command_option(line, "--printer");
  UiOptions options = {
      .till = {.folder = folder,
               .device = {[USE_SCANNER] =
                              scanner || !is_virtual ? scanner : "sim-scanner:",
                          [USE_PRINTER] =
                              printer || !is_virtual ? printer : "sim-printer:"}},
      .full_screen = command_option(line, "--full-screen") != NULL,
      .with_counter = is_virtual,
      .until_ready = command_option(line, "--exit-when-ready") != NULL,
      .language = command_option(line, "--lang"),
  };
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
  return command_line_wants_window(&line) ? open_window(&line) : answer(&line);
}
