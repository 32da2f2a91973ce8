/* model_disk: what of a till survives a power cut, in arrays; for the simulation. */
#pragma once

#include "tests/sync/model_hub.h"

typedef struct {
  GArray *events; /* of Event */
  int64_t acked;
  bool moved; /* the events after @moved_after got other numbers */
  int64_t moved_after;
} Epoch;

typedef struct {
  int till;
  int epoch;
  Epoch epochs[MAX_EPOCH];      /* from 1 */
  GHashTable *heard, *articles; /* uids that came down */
  int64_t position[N_LANES];
} Disk;

static inline Disk
disk_new(int till)
{
  Disk disk = {.till = till, .epoch = 1};

  disk.heard = g_hash_table_new(NULL, NULL);
  disk.articles = g_hash_table_new(NULL, NULL);
  for (int i = 1; i < MAX_EPOCH; i++)
    disk.epochs[i].events = g_array_new(FALSE, FALSE, sizeof(Event));
  return disk;
}

static inline Disk
disk_copy(const Disk *disk)
{
  Disk copy = *disk;

  for (int i = 1; i < MAX_EPOCH; i++)
    copy.epochs[i].events = g_array_copy(disk->epochs[i].events);
  copy.heard = set_copy(disk->heard);
  copy.articles = set_copy(disk->articles);
  return copy;
}

static inline void
disk_clear(Disk *disk)
{
  for (int i = 1; i < MAX_EPOCH; i++)
    g_array_unref(disk->epochs[i].events);
  g_hash_table_unref(disk->heard);
  g_hash_table_unref(disk->articles);
}

static inline int64_t
disk_head(const Disk *disk, int epoch)
{
  const Epoch *e = &disk->epochs[epoch];
  return e->moved ? e->moved_after : e->events->len;
}

/* The oldest epoch that owes something, else the current one. */
static inline void
disk_outbox(const Disk *disk, EngineEvent *event)
{
  event->epoch = disk->epoch;
  for (int i = disk->epoch; i >= 1; i--)
    if (disk->epochs[i].acked < disk_head(disk, i))
      event->epoch = i;
  event->oldest = 1;
  event->head = disk_head(disk, event->epoch);
  event->acked = disk->epochs[event->epoch].acked;
}

/* The events after @seq of @epoch get new numbers. Told twice, it does nothing. */
static inline void
disk_fork(Disk *disk, int epoch, int64_t seq)
{
  Epoch *old = &disk->epochs[epoch];
  int64_t head = disk_head(disk, epoch);

  if (old->moved)
    return;
  if (epoch == disk->epoch)
    disk->epoch++;
  g_assert(disk->epoch < MAX_EPOCH);
  for (int64_t i = seq; i < head; i++)
    chain_append(disk->epochs[disk->epoch].events,
                 disk->till,
                 disk->epoch,
                 g_array_index(old->events, Event, i).uid);
  old->moved = true;
  old->moved_after = MIN(seq, head);
  old->acked = MIN(old->acked, old->moved_after);
}
