/* downward: where one feed stands: what is applied, what page is in hand, what is asked
 * in advance. Pure. */
#pragma once

#include "sync/reminder.h"

#define HEAD_UNTOLD (-1)

typedef struct {
  bool ahead;       /* the next page may be asked for while one is being applied */
  int64_t position; /* applied */
  int64_t head;     /* newest change at the hub, as far as known; HEAD_UNTOLD */
  int64_t page_to;  /* where the page in hand ends */
  bool applying;    /* a page is in hand */
  bool page_due;    /* … and not given away yet */
  bool moving;      /* waits to be put back to the start */
  bool stopped;     /* carries something that needs a newer Guitai */
  Reminder back;
} Downward;

typedef enum {
  PAGE_TAKEN,     /* in hand now */
  PAGE_EMPTY,     /* nothing new */
  PAGE_OVERTAKEN, /* asked in advance, and the one before it was not applied */
  PAGE_BEHIND,    /* the hub has less than was applied: it went back in time */
  PAGE_SENSELESS
} PageVerdict;

/* The position that the next request starts at. */
int64_t downward_next(const Downward *down);
bool downward_wants(const Downward *down);
/* A head heard somewhere; answers overtake each other, so it only grows. */
void downward_learn(Downward *down, int64_t head);
PageVerdict
downward_page(Downward *down, int64_t asked_from, int64_t from, int64_t to, int64_t head);
/* @return false when the page did not bring the stream forward. */
bool downward_applied(Downward *down, int64_t position);
void downward_stopped(Downward *down);

/* The hub went back in time: what it numbers from now on is not what we know under these
 * positions, so the stream is read again from the start. */
void downward_go_back(Downward *down);
void downward_moved(Downward *down, int64_t position);
