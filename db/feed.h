/* feed: a page of one of the hub's streams, applied whole with its cursor or not at all.
 */
#pragma once

#include "db/db.h"

#define FEED_ERROR (feed_error_quark())
GQuark feed_error_quark(void);
typedef enum {
  FEED_ERROR_GARBAGE,     /* not a page of this stream, or a change that makes no sense */
  FEED_ERROR_GAP,         /* does not start at the cursor, or leaves a position out */
  FEED_ERROR_UNKNOWN_TYPE /* must be understood, and is not: this Guitai is too old */
} FeedError;

/* One change; all borrowed, until the call returns. */
typedef struct {
  int64_t pos;
  const char *type;
  bool is_delete;
  const char *key;
  int64_t ver;
  const char *body; /* JSON; "{}" when the hub sent none */
} FeedChange;

/* How a stream is applied. */
typedef struct {
  const char *stream;
  /* Applies one change. *@ret_known = false: a type that it does not know; then it is
   * kept raw. A constraint that refuses the change makes the page garbage. */
  bool (*apply)(
      Db *db, const FeedChange *change, gpointer data, bool *ret_known, GError **error);
  bool (*finish)(Db *db,
                 gpointer data,
                 GError **error); /* (nullable) after the last one */
  gpointer data;
} FeedWork;

int64_t feed_position(Db *db, const char *stream);
bool feed_apply(Db *db,
                const FeedWork *work,
                const char *page,
                gsize length,
                int *ret_changes,
                GError **error);
