/* routes: what each request of the wire means. No HTTP, no threads: a Call in, a Reply
 * out. */
#pragma once

#include "sync/hub/base.h"
#include "sync/hub/guard.h"
#include "sync/hub/reply.h"
#include "sync/hub/waiting.h"

/* Numbers of the query are -1 when missing or no number. All borrowed. */
typedef struct {
  const char *method, *path;
  const char *token;  /* of "Authorization: Bearer …"; NULL: none */
  const char *source; /* address of the other side */
  const char *body;
  gsize length;
  int64_t from, max;           /* feed */
  int64_t store, cat, timeout; /* wait; seconds */
} Call;

typedef struct {
  Base *base;
  Guard *guard;
  const char *admin_token; /* what commands show; see lock.h */
} Routes;

typedef enum {
  ROUTE_DONE, /* the reply is it */
  ROUTE_NEWS, /* so it is, and heads may have moved */
  ROUTE_WAIT  /* nothing yet: hold it as @ret_waiter says, then ask routes_heads() */
} RouteEnd;

/* Bytes that a body of this request may have. */
gsize routes_limit(const char *path);

/* Never fails: what went wrong here is a 500 or 503 in @reply. @call's waiter lacks only
 * its request. */
RouteEnd
routes_answer(const Routes *routes, const Call *call, Reply *reply, Waiter *ret_waiter);

/* The answer to /v1/wait for a till of @store. */
void routes_heads(const Routes *routes, int64_t store, Reply *reply);
