/* Clock: the only place that asks what time it is. UTC microseconds; thread-safe. */
#pragma once

#include <stdint.h>

int64_t clock_now_us(void);       /* since 1970, UTC; moved by clock_set_shift_us() */
int64_t clock_monotonic_us(void); /* never moved */

/* Moves clock_now_us() for this process; scenes jump the clock with it. */
void clock_set_shift_us(int64_t shift_us);
/* The same from the environment (GUITAI_CLOCK_SHIFT_US), for the programs of a scene.
 * Called once, first thing in main(). */
void clock_take_shift(void);

/* Seconds that the shop's local time is ahead of UTC at @utc_us (the process's TZ). */
int32_t clock_utc_offset_s(int64_t utc_us);
