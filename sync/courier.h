/* courier: runs the engine on a thread of its own: over http, against catalogue.db (which
 * it alone writes) and store.db (which it reads). What the main loop must do comes out as
 * events on the GMainContext that made the courier. */
#pragma once

#include "sync/sync.h"

typedef struct Courier Courier;

#define COURIER_PATIENCE_S 15 /* how long a request may stand still */

typedef void (*CourierTell)(const SyncEvent *event, gpointer data);

Courier *
courier_new(const SyncConfig *config, int patience_s, CourierTell tell, gpointer data);
/* Drops what is under way; no event comes after it. NULL is fine. May be called by an
 * event. */
void courier_free(Courier *courier);

/* As in sync.h. */
void courier_nudge(Courier *courier);
void courier_page_applied(Courier *courier, int64_t position);
void courier_stocked(Courier *courier, const int64_t *ids, guint n, bool stocked);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Courier, courier_free)
