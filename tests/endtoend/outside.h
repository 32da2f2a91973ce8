/* Outside: a till as its user meets it: the real program in a process of its own, keys
 * that go through the X server, and the words that a screen reader is told (AT-SPI).
 * Wants a display and a session bus of its own. */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct Outside Outside;

/* Starts @program with "--shop @folder" and @more (nullable, NULL-terminated) and waits
 * for its window. NULL: it did not come. */
Outside *outside_start(const char *program, const char *folder, const char *const *more);
/* Ends it, waits; @return its exit status, -1 when a signal ended it. */
int outside_end(Outside *outside);

/* "F12", "Return", "Control+k"; a name of X's. */
void outside_key(Outside *outside, const char *key);
void outside_type(Outside *outside, const char *digits_and_letters);

char *
outside_read(Outside *outside); /* (transfer full), every text that shows, a line each */
/* Waits until one of the texts contains @text, for at most 20 s. */
bool outside_says(Outside *outside, const char *text);
/* Waits until none does. */
bool outside_is_silent_about(Outside *outside, const char *text);
/* The text of the entry that has the keyboard (transfer full); NULL: none has it. */
char *outside_focused_text(Outside *outside);
