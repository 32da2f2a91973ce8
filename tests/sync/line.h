/* Line: what lies between a till and a server: a relay on loopback that can be cut, at
 * any byte of any request. On threads of its own. */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct Line Line;

Line *line_new(void);
void line_free(Line *line);
char *line_url(const Line *line); /* (transfer full); stays the same */

/* Whom it leads to; 0: nobody. What is under way is cut off. */
void line_lead_to(Line *line, int port);

typedef enum { LINE_UP, LINE_DOWN } LineSide;

/* The next request that contains @needle gets only @bytes through: of itself (LINE_UP; 0:
 * nothing), or of its answer (LINE_DOWN). Once. */
void line_cut(Line *line, const char *needle, LineSide side, gsize bytes);
bool line_was_cut(Line *line); /* the last line_cut() has happened */

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Line, line_free)
