/* Seen: what earlier rows of the same list said, to find what they say twice. */
#pragma once

#include <glib.h>
#include <stdint.h>

typedef struct {
  int line;
  char *code, *name, *unit, *text; /* owned; what the caller wants to remember */
  uint64_t print;                  /* of the whole row, to tell equal from other */
} SeenRow;

typedef struct Seen Seen;
Seen *seen_new(void);
void seen_free(Seen *seen);

/* @return borrowed, NULL when @key is new. */
const SeenRow *seen_find(const Seen *seen, const char *key);
/* Remembers the first one of @key; later ones change nothing. The texts are copied. */
void seen_put(Seen *seen, const char *key, const SeenRow *row);
/* A print of @text that is the same for the same bytes. */
uint64_t seen_print(const char *text, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Seen, seen_free)
