/* model_hub: central as the protocol wants it, in arrays; for the simulation. */
#pragma once

#include "sync/engine.h"

#define TILLS     2
#define MAX_EPOCH 24

typedef struct {
  int64_t uid;
  uint64_t hash;
} Event;

typedef struct {
  GArray *inbox[TILLS][MAX_EPOCH]; /* of Event; epochs from 1 */
  GArray *feed, *cat;              /* of int64_t: uids */
  GHashTable *effects;             /* uids that were applied */
} ModelHub;

typedef struct {
  int till, epoch;
  int64_t base; /* seq before the first; of a hello: the head */
  uint64_t base_hash;
  const Event *events;
  int n;
} ModelPush;

static inline uint64_t
chain(uint64_t before, int64_t uid)
{
  uint64_t x = before ^ ((uint64_t)uid * 0x9E3779B97F4A7C15u);
  x ^= x >> 31;
  x *= 0xBF58476D1CE4E5B9u;
  return x ^ (x >> 29);
}

static inline uint64_t
chain_root(int till, int epoch)
{
  return chain(1000 + till, epoch);
}

static inline uint64_t
chain_at(const GArray *events, int till, int epoch, int64_t seq)
{
  return seq == 0 ? chain_root(till, epoch) : g_array_index(events, Event, seq - 1).hash;
}

static inline void
chain_append(GArray *events, int till, int epoch, int64_t uid)
{
  Event event = {uid, chain(chain_at(events, till, epoch, events->len), uid)};
  g_array_append_val(events, event);
}

static inline GHashTable *
set_copy(GHashTable *set)
{
  GHashTable *copy = g_hash_table_new(NULL, NULL);
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init(&iter, set);
  while (g_hash_table_iter_next(&iter, &key, NULL))
    g_hash_table_add(copy, key);
  return copy;
}

static inline ModelHub
model_hub_copy(const ModelHub *hub)
{
  ModelHub copy = {.feed = g_array_copy(hub->feed),
                   .cat = g_array_copy(hub->cat),
                   .effects = set_copy(hub->effects)};
  for (int i = 0; i < TILLS; i++)
    for (int j = 1; j < MAX_EPOCH; j++)
      copy.inbox[i][j] = g_array_copy(hub->inbox[i][j]);
  return copy;
}

static inline void
model_hub_clear(ModelHub *hub)
{
  for (int i = 0; i < TILLS; i++)
    for (int j = 1; j < MAX_EPOCH; j++)
      g_array_unref(hub->inbox[i][j]);
  g_array_unref(hub->feed);
  g_array_unref(hub->cat);
  g_hash_table_unref(hub->effects);
}

/* A fact that was numbered anew is known again by its uid. */
static inline void
model_hub_take(ModelHub *hub, GArray *inbox, const ModelPush *push, int64_t uid)
{
  chain_append(inbox, push->till, push->epoch, uid);
  if (g_hash_table_add(hub->effects, GSIZE_TO_POINTER(uid)))
    g_array_append_val(hub->feed, uid);
}

static inline void
model_hub_push(ModelHub *hub, const ModelPush *push, EngineAnswer *answer)
{
  GArray *inbox = hub->inbox[push->till][push->epoch];

  if (push->base > inbox->len) {
    answer->verdict = HUB_GAP;
    answer->seq = inbox->len + 1;
    return;
  }
  answer->verdict = HUB_FORK;
  if (chain_at(inbox, push->till, push->epoch, push->base) != push->base_hash)
    return;
  int known = MIN(push->n, inbox->len - push->base);
  for (int i = 0; i < known; i++)
    if (g_array_index(inbox, Event, push->base + i).hash != push->events[i].hash) {
      answer->seq = push->base + i + 1;
      return;
    }
  for (int i = known; i < push->n; i++)
    model_hub_take(hub, inbox, push, push->events[i].uid);
  answer->verdict = HUB_OK;
  answer->seq = inbox->len;
}

static inline void
model_hub_hello(ModelHub *hub,
                const ModelPush *hello,
                int64_t acked,
                EngineAnswer *answer)
{
  GArray *inbox = hub->inbox[hello->till][hello->epoch];

  answer->seq = inbox->len;
  answer->verdict = HUB_OK;
  if (inbox->len < acked)
    answer->verdict = HUB_BEHIND;
  else if (inbox->len >= hello->base &&
           chain_at(inbox, hello->till, hello->epoch, hello->base) != hello->base_hash)
    answer->verdict = HUB_FORK;
}
