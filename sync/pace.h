/* pace: how much one request asks for and how soon the next may follow: additive
 * increase, multiplicative decrease, decorrelated jitter (sync.md 1.5). Pure. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Any 32 bits; injected, so that a test can run twice alike. */
typedef uint32_t (*PaceRandom)(gpointer data);

typedef struct {
  int size, most; /* what a request asks for; 1..@most */
  int64_t wait_us;
  int64_t not_before_us; /* monotonic; 0: at once */
} Pace;

typedef enum {
  PACE_USUAL, /* 0.5 to 60 s */
  PACE_SLOW   /* 20 to 120 s: a person must act first */
} PaceKind;

#define PACE_RETRY_AFTER_MAX_S 600 /* what a far side may ask of us */

void pace_good(Pace *pace);
/* @retry_after_s: what the far side asked for; 0: nothing. */
void pace_bad(Pace *pace,
              PaceKind kind,
              int retry_after_s,
              int64_t now_us,
              PaceRandom random,
              gpointer data);
