/* model_world: tills, a hub and what is on its way between them; for the simulation. */
#pragma once

#include "tests/sync/model_disk.h"

#define SECOND ((int64_t)G_USEC_PER_SEC)
#define NO_ANSWER                                                                        \
  (EngineAnswer)                                                                         \
  {                                                                                      \
    ANSWER_LINE, .store_head = HEAD_UNTOLD, .cat_head = HEAD_UNTOLD                      \
  }

typedef struct {
  int number;
  Disk disk, copy;
  bool has_copy;
  Engine *engine;
  int life; /* counts starts; letters of an earlier one are forgotten */
  Event *page[N_LANES];
  int n_page[N_LANES];
  int64_t page_to[N_LANES];
  int messages;
} Till;

typedef enum { ARRIVE, RETURN, WRITE } LetterKind;

typedef enum { NO_COPIES, COPIES_OF_TILLS, COPIES_OF_THE_HUB } Copies;

typedef struct {
  int64_t at_us, order;
  LetterKind kind;
  int till, life;
  EngineAction action;
  EngineAnswer answer;
  Event *carried; /* owned: events of a push, changes of a page */
  int n;
  uint64_t base_hash;
  int held;  /* a wait: how often it was looked at */
  bool mute; /* a duplicate: nobody waits for its answer */
  bool dead; /* the hub went away under it */
} Letter;

typedef struct {
  GRand *rand;
  int64_t now_us;
  GQueue letters; /* of Letter, by time */
  int64_t order;
  Till tills[TILLS];
  ModelHub hub, hub_copy;
  bool hub_has_copy, hub_down, healed;
  int64_t quiet_until_us;
  int64_t made; /* facts; also the last uid */
  int forks, rewinds, rollbacks, restores;
} World;

static inline bool
chance(World *w, int percent)
{
  return !w->healed && g_rand_int_range(w->rand, 0, 100) < percent;
}

static inline uint32_t
world_random(gpointer data)
{
  return g_rand_int(((World *)data)->rand);
}

static inline gint
by_time(gconstpointer a, gconstpointer b, gpointer data)
{
  const Letter *left = a, *right = b;
  int64_t d = left->at_us - right->at_us;

  if (d == 0)
    d = left->order - right->order;
  return d < 0 ? -1 : d > 0;
}

static inline void
post(World *w, Letter letter, int64_t least_us, int64_t most_us)
{
  letter.at_us = w->now_us + g_rand_int_range(w->rand, least_us, most_us + 1);
  letter.order = w->order++;
  g_queue_insert_sorted(&w->letters, g_memdup2(&letter, sizeof letter), by_time, NULL);
}

static inline void
letter_free(gpointer data)
{
  Letter *letter = data;
  g_free(letter->carried);
  g_free(letter);
}
