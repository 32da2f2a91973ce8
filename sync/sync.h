/* sync: keeps this till and central one truth: events up, feeds down, by itself.
 *
 * Runs the pure engine (sync/engine) on the courier's thread over libcurl. It owns the
 * writing connection of catalogue.db and a reading one of store.db; what it brings for
 * store.db is handed to the main loop by events, which applies it and says so. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "db/seal.h"

typedef struct Sync Sync;

typedef enum {
  SYNC_OFF,    /* not enrolled */
  SYNC_TRYING, /* first contact not made yet */
  SYNC_ONLINE,
  SYNC_OFFLINE, /* no answer; retried by itself */
  SYNC_REFUSED  /* central answers, but refuses this till: needs a person */
} SyncLine;

typedef struct {
  SyncLine line;
  int64_t last_contact_us; /* 0: never */
  int64_t hub_ahead_us;    /* hub's clock less ours at the last contact */
  int64_t catalogue_position, catalogue_head; /* equal: up to date */
  const char *problem;                        /* static, for logs; "" */
} SyncStatus;

typedef enum {
  SYNC_STATUS,            /* @status */
  SYNC_ACKED,             /* @epoch, @seq: the hub has all up to here; write it down */
  SYNC_REWIND,            /* @epoch, @seq: the hub went back to here */
  SYNC_STORE_PAGE,        /* @page: apply to store.db, then call sync_page_applied() */
  SYNC_CATALOGUE,         /* catalogue.db changed */
  SYNC_NEW_EPOCH,         /* the hub holds other events than ours after @seq of @epoch:
                           * outbox_fork() */
  SYNC_STORE_AGAIN,       /* the hub was restored: inbox_go_back(), then call
                           * sync_page_applied(); also when that failed */
  SYNC_CATALOGUE_RENEWED, /* another catalogue.db took its place: open it again, and
                           * tell sync_stocked() of everything */
  SYNC_CATALOGUE_BROKEN   /* the same, because it was damaged; it was set aside and is
                           * fetched anew */
} SyncEventKind;

typedef struct {
  SyncEventKind kind;
  SyncStatus status;
  int epoch;
  int64_t seq;
  GBytes *page;
} SyncEvent;

/* Whatever a watch cannot write down is told again after a while. */
typedef void (*SyncWatch)(Sync *sync,
                          const SyncEvent *event,
                          gpointer data); /* main loop */

typedef struct {
  const char *hub_url;
  const char *token;
  int64_t store_id, device_id;
  const char *store_path, *catalogue_path;
  const Seal *seal; /* borrowed until sync_stop(); marks the PINs that central sends */
  int64_t store_position; /* of the store stream, as kept in store.db */
} SyncConfig;

Sync *sync_start(const SyncConfig *config, SyncWatch watch, gpointer data);
void sync_stop(Sync *sync);  /* waits for the thread; NULL is fine */
void sync_nudge(Sync *sync); /* there is something new to send; any time */
/* @position: of the store stream after the page; unchanged when it could not be applied.
 */
void sync_page_applied(Sync *sync, int64_t position);
/* Articles whose last pack went or whose first came; for the search's order. */
void sync_stocked(Sync *sync, const int64_t *ids, guint n, bool stocked);

/* Blocking, for `guitai enrol`: turns a one-time code into an identity. @ret_*: transfer
 * full. */
bool sync_enrol(const char *hub_url,
                const char *code,
                char **ret_token,
                int64_t *ret_store_id,
                int64_t *ret_device_id,
                int *ret_epoch,
                char **ret_store_code,
                char **ret_till_code,
                GError **error);

#define SYNC_ERROR (sync_error_quark())
GQuark sync_error_quark(void);
typedef enum { SYNC_ERROR_LINE, SYNC_ERROR_REFUSED, SYNC_ERROR_GARBAGE } SyncError;
