#include "sync/hub/seen.h"

#include <string.h>

#include "sync/hub/digest.h"

struct Seen {
  GHashTable *rows; /* char * → SeenRow, both owned */
};

static void
free_row(gpointer data)
{
  SeenRow *row = data;
  g_free(row->code);
  g_free(row->name);
  g_free(row->unit);
  g_free(row->text);
  g_free(row);
}

Seen *
seen_new(void)
{
  Seen *seen = g_new0(Seen, 1);
  seen->rows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_row);
  return seen;
}

void
seen_free(Seen *seen)
{
  if (!seen)
    return;
  g_hash_table_unref(seen->rows);
  g_free(seen);
}

const SeenRow *
seen_find(const Seen *seen, const char *key)
{
  return g_hash_table_lookup(seen->rows, key);
}

void
seen_put(Seen *seen, const char *key, const SeenRow *row)
{
  if (g_hash_table_contains(seen->rows, key))
    return;
  SeenRow *copy = g_memdup2(row, sizeof *row);
  copy->code = g_strdup(row->code);
  copy->name = g_strdup(row->name);
  copy->unit = g_strdup(row->unit);
  copy->text = g_strdup(row->text);
  g_hash_table_insert(seen->rows, g_strdup(key), copy);
}

uint64_t
seen_print(const char *text, gsize length)
{
  unsigned char digest[DIGEST_BYTES];
  uint64_t print = 0;
  digest_of(text, length, digest);
  memcpy(&print, digest, sizeof print);
  return print;
}
