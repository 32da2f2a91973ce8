/* outbox: what central must hear, frozen in the transaction that made the fact true.
 *
 * Events are contiguous per (device, epoch) from 1 and chained:
 *   h(n) = SHA-256(h(n-1) || type || "\n" || body)
 *   h(0) = SHA-256("guitai/<device>/<epoch>")
 * The body's bytes are kept once and never serialised again (sync.md 1.2). */
#pragma once

#include "db/db.h"

/* Inside a transaction. @body: JSON. @ret_seq: (nullable). */
bool outbox_add(Db *store,
                const char *type,
                const char *body,
                int64_t now_us,
                int64_t *ret_seq,
                GError **error);

/* The oldest epoch that has something the hub lacks; the current one when there is none.
 */
typedef struct {
  int epoch;
  int64_t head;      /* seq of its newest event; 0: none */
  int64_t acked;     /* the hub has all up to here, durably */
  int64_t waiting;   /* events of all epochs that are not acked */
  int64_t oldest_us; /* when the oldest unacked one was made; 0 */
} OutboxState;
bool outbox_state(Db *store, OutboxState *ret, GError **error);

/* One epoch's head and acked (the rest is 0); ret->epoch 0: there is none of this number.
 * Any connection. */
bool outbox_epoch(Db *store, int epoch, OutboxState *ret, GError **error);
int outbox_oldest(Db *store); /* epoch of this file; 0: not enrolled */

/* The "events" array of a push from @from (seq) of @epoch, at most @max_events and about
 * @max_bytes (at least one): JSON (transfer full), NULL when there is none. Each is
 * {"seq":n,"type":"sale","v":1,"at":us,"body":"<the body as a JSON string>"}: a string,
 * so that its bytes arrive unchanged. Any connection. */
bool outbox_batch(Db *store,
                  int epoch,
                  int64_t from,
                  int max_events,
                  gsize max_bytes,
                  char **ret_json,
                  int64_t *ret_last,
                  GError **error);
/* Chain hash at @seq as 64 hex digits (0: the chain's root). */
bool outbox_hash(Db *store, int epoch, int64_t seq, char ret_hex[65], GError **error);

/* Main thread. Never goes back; beyond the head is refused. */
bool outbox_set_acked(Db *store, int epoch, int64_t seq, GError **error);
/* The hub has less than it acked (restored from a backup): send again from @seq + 1. */
bool outbox_rewind(Db *store, int epoch, int64_t seq, GError **error);
/* This file is a restored copy: number on in the next epoch, so that no number and no
 * event id is used twice; beyond the setting OUTBOX_USED_EPOCH too, which
 * backup_restore() leaves there. @ret_epoch: (nullable): the new one. */
bool outbox_next_epoch(Db *store, int *ret_epoch, GError **error);
#define OUTBOX_USED_EPOCH "epoch.used"

/* Central holds other events than ours after @seq of @epoch: two lives had the same
 * numbers. Ours get new places in the current epoch, or in the next one when @epoch is
 * the current one; their bytes stay; the hub's stream is read again. Told twice, it does
 * nothing. @ret_epoch: (nullable): the epoch to number on in. */
bool outbox_fork(Db *store, int epoch, int64_t seq, int *ret_epoch, GError **error);
