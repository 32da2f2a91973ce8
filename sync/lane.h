/* lane: one request at a time, what it asked, and how fast the next may follow. Pure. */
#pragma once

#include "sync/engine.h"

typedef struct {
  bool busy;
  EngineAsk ask;
  int epoch;
  int64_t from; /* hello: the outbox's head then; push: base; feed: position */
  int64_t store_position, cat_position;
  int64_t asked_us;
  EngineOutcome last; /* of anything but hellos */
  Pace pace;          /* LANE_UP's is the push's */
} Lane;

/* Remembers what was asked, for when the answer comes. */
void lane_asked(Lane *lane, const EngineAction *action, int64_t now_us);

/* What a well-formed answer is worth. */
EngineOutcome lane_hello_worth(const EngineAnswer *answer);
/* A held request that comes back at once without news would make us ask in a circle. */
EngineOutcome lane_wait_worth(const Lane *lane, const EngineEvent *event);
/* The hub is behind what the question said that we had from it. With what we have by now
 * it can't be compared: an answer may be overtaken by a page. */
bool lane_heads_went_back(const Lane *asked, const EngineAnswer *answer);
