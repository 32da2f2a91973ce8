/* command_line: what `guitai` does without a window, for support and scripts. */
#pragma once

#include "app/base/command.h"

extern const CommandPage COMMAND_PAGE; /* --help and the man page are made from it */

/* What a command says, and how it ended: 0 done; 1 it found what should not be, or
 * nothing; 2 the command line is wrong; 3 it could not be done. */
typedef struct {
  GString *out; /* owned; for standard output */
  GString *err; /* owned; for standard error */
  int status;
} CommandAnswer;
void command_answer_clear(CommandAnswer *answer);

/* Runs a command, --help, --man or --version. The sentences are in the language that the
 * process speaks; JSON is the same in all. */
CommandAnswer command_line_run(const CommandLine *line);
/* True when @line asks for the window: neither a command nor --help and the like. */
bool command_line_wants_window(const CommandLine *line);
/* The folder that @line names, or this user's (transfer full). */
char *command_line_folder(const CommandLine *line);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CommandAnswer, command_answer_clear)
