/* Guard: makes guessing slow: who gave wrong codes waits longer each time. Bounded. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Guard Guard;

Guard *guard_new(void);
void guard_free(Guard *guard); /* NULL is fine */

/* Seconds that @source (an address) still has to wait; 0: it may try. */
int guard_wait_s(Guard *guard, const char *source, int64_t now_us);
/* After three wrong tries: 1, 2, 4 … 60 seconds until the next. */
void guard_failed(Guard *guard, const char *source, int64_t now_us);
void guard_passed(Guard *guard, const char *source);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Guard, guard_free)
