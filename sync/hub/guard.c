#include "sync/hub/guard.h"

#define MAX_SOURCES 1024
#define FREE_TRIES  3
#define MAX_WAIT_S  60
#define FORGET_US   G_GINT64_CONSTANT(900000000) /* a quarter of an hour */
#define US_PER_S    G_GINT64_CONSTANT(1000000)

typedef struct {
  int failures;
  int64_t until_us, last_us;
} Source;

struct Guard {
  GHashTable *sources; /* address → Source, both owned */
};

Guard *
guard_new(void)
{
  Guard *guard = g_new0(Guard, 1);
  guard->sources = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  return guard;
}

void
guard_free(Guard *guard)
{
  if (!guard)
    return;
  g_hash_table_unref(guard->sources);
  g_free(guard);
}

int
guard_wait_s(Guard *guard, const char *source, int64_t now_us)
{
  const Source *known = g_hash_table_lookup(guard->sources, source);
  if (!known || known->until_us <= now_us)
    return 0;
  return (int)((known->until_us - now_us + US_PER_S - 1) / US_PER_S);
}

static gboolean
is_old(gpointer key, gpointer value, gpointer data)
{
  const int64_t *now_us = data;
  return ((const Source *)value)->last_us + FORGET_US < *now_us;
}

/* Room for one more: the old ones go, and if none is old, whichever was quiet longest. */
static void
make_room(Guard *guard, int64_t now_us)
{
  if (g_hash_table_size(guard->sources) < MAX_SOURCES)
    return;
  g_hash_table_foreach_remove(guard->sources, is_old, &now_us);
  if (g_hash_table_size(guard->sources) < MAX_SOURCES)
    return;
  GHashTableIter iter;
  gpointer key, value;
  const char *quietest = NULL;
  int64_t last_us = G_MAXINT64;
  g_hash_table_iter_init(&iter, guard->sources);
  while (g_hash_table_iter_next(&iter, &key, &value)) {
    if (((const Source *)value)->last_us < last_us) {
      last_us = ((const Source *)value)->last_us;
      quietest = key;
    }
  }
  g_hash_table_remove(guard->sources, quietest);
}

void
guard_failed(Guard *guard, const char *source, int64_t now_us)
{
  Source *known = g_hash_table_lookup(guard->sources, source);
  if (!known) {
    make_room(guard, now_us);
    known = g_new0(Source, 1);
    g_hash_table_insert(guard->sources, g_strdup(source), known);
  }
  known->failures++;
  known->last_us = now_us;
  int over = known->failures - FREE_TRIES;
  if (over > 0)
    known->until_us = now_us + MIN(MAX_WAIT_S, 1 << MIN(over - 1, 6)) * US_PER_S;
}

void
guard_passed(Guard *guard, const char *source)
{
  g_hash_table_remove(guard->sources, source);
}
