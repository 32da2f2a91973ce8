/* Waiting: long polls that are held until there is news (GET /v1/wait). On the hub's
 * thread only. Bounded: one per device, WAITING_MAX altogether. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define WAITING_MAX 4096

typedef struct {
  int64_t device, store;
  int64_t store_pos, cat_pos; /* what the till has */
  int64_t until_us;           /* monotonic */
  gpointer request;           /* borrowed; what to wake */
} Waiter;

typedef struct Waiting Waiting;
typedef void (*WaitingWake)(gpointer request);

Waiting *waiting_new(WaitingWake wake);
void waiting_free(Waiting *waiting); /* wakes nobody; NULL is fine */

/* An older wait of the same device is woken. @return false when there are too many. */
bool waiting_add(Waiting *waiting, const Waiter *waiter);
/* Its connection ended. */
void waiting_remove(Waiting *waiting, gpointer request);

/* Wakes whom a head beyond theirs concerns; @store 0: the catalogue's. */
void waiting_tell(Waiting *waiting, int64_t store, int64_t head);
/* Wakes whose time is over. */
void waiting_expire(Waiting *waiting, int64_t now_us);
void waiting_wake_all(Waiting *waiting);
/* Milliseconds until the next one is over; -1: nobody waits. */
int waiting_timeout_ms(const Waiting *waiting, int64_t now_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Waiting, waiting_free)
