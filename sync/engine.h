/* engine: the sync protocol as a pure state machine: it is told what happened and says
 * what to do next. No I/O, no clock, no thread: the courier runs it over libcurl, the
 * tests run the same code over a made-up network.
 *
 * Four lanes, each with at most one request under way and with a retry of its own, so
 * that a broken feed never keeps a sale from central, nor the other way round. A hello
 * that gets no answer holds the others back: then nobody is there, and one knock at a
 * time will do. Sources: sync.md 1.3-1.5, F9 (everything pending is retried by timer). */
#pragma once

#include "sync/downward.h"
#include "sync/pace.h"
#include "sync/sync.h"

typedef struct Engine Engine;

typedef enum {
  LANE_UP,    /* hello and push, one after the other */
  LANE_CAT,   /* the feed of articles, prices, staff */
  LANE_STORE, /* the feed of this store */
  LANE_WAIT,  /* the held request that tells of something new */
  N_LANES
} EngineLane;

typedef enum {
  ASK_HELLO,
  ASK_ROLL, /* a hello about an older epoch; the outbox knows its marks */
  ASK_PUSH,
  ASK_FEED,
  ASK_WAIT
} EngineAsk;

#define ENGINE_PUSH_MAX 256 /* events a push */
#define ENGINE_CAT_MAX  500 /* changes a page of the catalogue */
#define ENGINE_STORE_MAX                                                                 \
  64 /* and of the store: the main loop applies them between keys */
#define ENGINE_WAIT_S   25
#define ENGINE_HELLO_US (300 * (int64_t)G_USEC_PER_SEC)
#define ENGINE_LOOK_US  (5 * (int64_t)G_USEC_PER_SEC)

/* How a request ended. */
typedef enum {
  ANSWER_GOOD,
  ANSWER_LINE,    /* none, or cut off */
  ANSWER_REFUSED, /* 401, 403 */
  ANSWER_GARBAGE, /* 5xx, a wrong digest, a page that does not fit: not to be believed */
  ANSWER_NOT_SENT /* this till could not read its own books */
} EngineOutcome;

typedef enum { HUB_OK, HUB_BEHIND, HUB_FORK, HUB_REFUSED, HUB_GAP } HubVerdict;

typedef struct {
  EngineOutcome outcome;
  int retry_after_s;            /* 0: not said */
  int64_t hub_time_us;          /* 0: not said */
  int64_t store_head, cat_head; /* HEAD_UNTOLD: not said */
  HubVerdict verdict;           /* hello, push */
  int64_t seq;     /* the hub has all up to here; HUB_GAP: it wants this one; push and
                    * HUB_FORK: the first that differs, 0 when not said */
  int64_t sent_to; /* push: the last event that went with it; roll: the epoch's head */
  int64_t page_from, page_to, page_head; /* a feed */
} EngineAnswer;

typedef enum {
  ENGINE_NUDGE,    /* the outbox has something new */
  ENGINE_OUTBOX,   /* what it has: @epoch, @oldest, @head, @acked */
  ENGINE_ANSWERED, /* the request of @lane ended: @answer */
  ENGINE_APPLIED,  /* the page of @lane was dealt with: @outcome, now at @position */
  ENGINE_STOPPED,  /* the page of @lane needs a newer Guitai */
  ENGINE_MOVED     /* the stream of @lane was put back to @position */
} EngineEventKind;

typedef struct {
  EngineEventKind kind;
  int64_t now_us;  /* monotonic */
  int64_t wall_us; /* UTC */
  EngineLane lane;
  int epoch, oldest;
  int64_t head, acked;
  EngineAnswer answer;
  EngineOutcome outcome;
  int64_t position;
} EngineEvent;

typedef enum {
  DO_LOOK,         /* read the outbox, tell ENGINE_OUTBOX */
  DO_ASK,          /* send the request @ask on @lane, tell ENGINE_ANSWERED */
  DO_APPLY,        /* the page that came on @lane, tell ENGINE_APPLIED or _STOPPED */
  DO_ACKED,        /* main loop: write down that the hub has @epoch up to @seq */
  DO_REWIND,       /* main loop: it has only up to @seq after all */
  DO_NEW_EPOCH,    /* main loop: @epoch forked after @seq */
  DO_STORE_REWIND, /* main loop: put the store's stream back to 0, tell ENGINE_MOVED */
  DO_RENEW,        /* fetch the catalogue anew from 0, tell ENGINE_MOVED */
  DO_STATUS        /* engine_status() changed */
} EngineActionKind;

typedef struct {
  EngineActionKind kind;
  EngineLane lane;
  EngineAsk ask;
  int epoch;
  int64_t seq;   /* hello: the outbox's head; push: the seq before the first */
  int64_t acked; /* hello */
  int64_t from;  /* feed */
  int count;     /* push, feed: at most so many */
  int64_t store_position, cat_position; /* hello: applied; wait: heads known */
} EngineAction;

/* @random: for the jitter. */
Engine *engine_new(int64_t store_position,
                   int64_t cat_position,
                   PaceRandom random,
                   gpointer data);
void engine_free(Engine *engine);

void engine_tell(Engine *engine, const EngineEvent *event);
/* Call until it says false, then wait for news or until engine_due_us(). */
bool engine_next(Engine *engine, int64_t now_us, EngineAction *ret);
int64_t engine_due_us(const Engine *engine, int64_t now_us); /* monotonic */
void engine_status(const Engine *engine, SyncStatus *ret);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Engine, engine_free)
