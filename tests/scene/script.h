/* script: a scene file as a list of steps. One step a line; words are separated by
 * blanks, "several words" in quotes are one; # begins a comment. The language:
 * tests/scenes/README.md */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct {
  int line;    /* in the file, from 1 */
  char *text;  /* owned; as written, without the indent */
  GStrv words; /* owned */
} Step;

typedef struct {
  char *title;      /* owned */
  char *file;       /* owned; base name */
  GPtrArray *steps; /* owned; of Step */
} Scene;

/* The scenes of @path, one after each "Scene:" line (transfer full), of Scene. */
GPtrArray *script_read(const char *path, GError **error);

/* Does @step read like @pattern? Words of the pattern must be equal; "*" takes one word
 * and
 * "..." the rest of the line, none included. The taken words go to @ret (borrowed; the
 * rest as a NULL-terminated tail). @ret holds at most 8. */
bool step_is(const Step *step, const char *pattern, const char **ret);
