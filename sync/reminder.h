/* reminder: one thing that the main loop must write down; told again from time to time
 * while its books do not show it. Pure. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define REMINDER_GAP_US (5 * (int64_t)G_USEC_PER_SEC)

typedef struct {
  bool due;
  int64_t seq;
  int64_t told_us; /* monotonic; 0: not yet */
} Reminder;

void reminder_set(Reminder *reminder, int64_t seq);
void reminder_clear(Reminder *reminder);
/* The books don't show it: due again, unless it was told just now. */
void reminder_repeat(Reminder *reminder, int64_t now_us);
/* @return true when it must be told now; it is then taken as told. */
bool reminder_take(Reminder *reminder, int64_t now_us);
