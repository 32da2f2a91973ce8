/* upward: how much of our outbox central has, and what the main loop must be told of it.
 *
 * Two marks: the cursor (the next push starts after it; a guess is fine, the hub checks
 * the chain) and what is confirmed (the hub surely has *our* events up to here). Pure. */
#pragma once

#include "sync/reminder.h"

typedef struct {
  int epoch;    /* 0: the outbox was not told yet */
  int64_t head; /* newest event of @epoch here; 0: none */
  int64_t cursor;
  int64_t confirmed;
  int64_t spent_at; /* the hub has more of @epoch than this head of ours: we are an old
                     * copy; -1: it has not */
  bool forked;      /* the hub has other events than ours */
  int oldest;       /* epoch that the outbox has */
  int roll;         /* the next older epoch to ask about; @epoch: done */
  Reminder acked, rewind, new_epoch;
} Upward;

/* What the outbox has; @oldest: its first epoch. @return true when @epoch is another one
 * than before: central must be asked about it before anything is pushed. */
bool upward_tell(
    Upward *up, int epoch, int oldest, int64_t head, int64_t acked, int64_t now_us);
bool upward_owes(const Upward *up);

/* All is at the hub, but not all was compared: a hello settles it. */
bool upward_unsure(const Upward *up);

/* The hub has @seq events of our epoch and compared the chain up to @same: they are ours.
 * @return false when it has less than it had confirmed: it went back in time. */
bool upward_hub_has(Upward *up, int64_t seq, int64_t same);
/* A push found out: it has another event than ours, the first at @seq (0: unknown). */
void upward_fork(Upward *up, int64_t seq);
/* A hello says so; a push will tell where, if there is anything to push. */
void upward_doubt(Upward *up);

/* Has the hub all of the older epochs too? Asked about from the oldest up, after each
 * start and each outage (it may have been restored), and before anything new is pushed:
 * in the old order, so that its feed gets its old order again. */
void upward_roll_call(Upward *up);
bool upward_rolls(const Upward *up);
