/* Command: what a program can be told on its command line, as data. The arguments are
 * read by it, and --help and the man page are made from it, so that the three never
 * disagree. */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* One thing the program does: `guitai explain CODE…`. */
typedef struct {
  const char *name;      /* "explain"; may be two words: "import articles" */
  const char *arguments; /* "CODE…"; "[FILE]", "" */
  const char *summary;   /* one line, no full stop */
  const char *details;   /* (nullable) paragraphs with an empty line between them */
} CommandVerb;

typedef struct {
  const char *name;     /* "--shop" */
  const char *argument; /* "DIR"; NULL: it takes none */
  const char *verb;     /* the command it belongs to; NULL: all */
  const char *text;
} CommandOption;

/* A section of its own after the options: FILES, EXIT STATUS, EXAMPLES. Lines that begin
 * with two blanks stand as they are; others flow. */
typedef struct {
  const char *heading;
  const char *text;
} CommandSection;

typedef struct {
  const char *program;      /* "guitai" */
  const char *summary;      /* "the counter of a pharmacy" */
  const char *description;  /* what it does without a command; paragraphs */
  const CommandVerb *verbs; /* these three end with a NULL name or heading */
  const CommandOption *options;
  const CommandSection *sections;
} CommandPage;

/* (nullable) gettext of the caller: the sentences of a page are msgids. */
typedef const char *(*CommandWords)(const char *text);

char *command_help(const CommandPage *page, CommandWords words); /* (transfer full) */
/* Help of one verb (transfer full), NULL when there is none of this name. */
char *command_help_for(const CommandPage *page, CommandWords words, const char *verb);
/* The man page as roff (transfer full): `guitai --man`, which the build renders. */
char *command_man(const CommandPage *page, CommandWords words);

/* What was typed. */
typedef struct {
  const CommandVerb *verb; /* borrowed from the page; NULL: none was named */
  GPtrArray *arguments;    /* owned; of char *, after the verb */
  GHashTable *options;     /* owned; "--shop" → char *; a flag has "" */
} CommandLine;

#define COMMAND_ERROR (command_error_quark())
GQuark command_error_quark(void);
typedef enum {
  COMMAND_ERROR_VERB,    /* no such command */
  COMMAND_ERROR_OPTION,  /* no such option, or not with this command */
  COMMAND_ERROR_ARGUMENT /* an option without its argument, or with one it does not take
                          */
} CommandError;

/* Reads @argv[1…]; "--name=VALUE" and "--name VALUE", anywhere; after "--" all are
 * arguments. Programs need not list --help, --man and --version: these are always known.
 */
bool command_read(
    const CommandPage *page, int argc, char **argv, CommandLine *ret, GError **error);
void command_line_clear(CommandLine *line);
const char *command_option(const CommandLine *line,
                           const char *name); /* NULL: not given */
const char *command_argument(const CommandLine *line,
                             guint position); /* NULL: not given */

/* Appends @text as a JSON string, quoted; for the --json answers. NULL becomes null;
 * bytes that are not UTF-8 become U+FFFD. */
void command_json(GString *out, const char *text);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CommandLine, command_line_clear)
