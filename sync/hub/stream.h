/* stream: what goes down to the tills, in streams with positions that have no gap. */
#pragma once

#include "sync/hub/base.h"
#include "sync/hub/reply.h"

#define STREAM_CAT 0 /* the chain's catalogue; any other stream is a store's id */
#define STREAM_MAX 2000
#define STREAM_MAX_SIZE                                                                  \
  4194304 /* bytes of a page; it ends early beyond that                                  \
           */

/* Inside a transaction: one change at the next position. @body: JSON. */
bool stream_put(Base *base,
                int64_t stream,
                const char *type,
                const char *key,
                int64_t version,
                const char *body,
                GError **error);
/* Inside a transaction: one `movement` for each movement of this event. */
bool stream_movements(Base *base,
                      int64_t store,
                      int64_t device,
                      int64_t epoch,
                      int64_t seq,
                      GError **error);

/* 0 for a stream that has nothing yet. */
bool stream_head(Base *base, int64_t stream, int64_t *ret_head, GError **error);

/* Calls @each for every stream that has something. */
typedef void (*StreamHeard)(int64_t stream, int64_t head, gpointer data);
bool stream_each_head(Base *base, StreamHeard each, gpointer data, GError **error);

/* The answer to GET /v1/feed. @from beyond the head is refused with 410 "floor": these
 * books are older than what the till has, so it must begin at 0 again. */
bool stream_page(Base *base,
                 int64_t stream,
                 int64_t from,
                 int64_t max,
                 int64_t now_us,
                 Reply *reply,
                 GError **error);
