#include "app/base/clock.h"

#include <glib.h>
#include <time.h>

static int64_t shift;

int64_t
clock_now_us(void)
{
  return g_get_real_time() + __atomic_load_n(&shift, __ATOMIC_RELAXED);
}

int64_t
clock_monotonic_us(void)
{
  return g_get_monotonic_time();
}

void
clock_set_shift_us(int64_t shift_us)
{
  __atomic_store_n(&shift, shift_us, __ATOMIC_RELAXED);
}

void
clock_take_shift(void)
{
  const char *text = g_getenv("GUITAI_CLOCK_SHIFT_US");
  if (text)
    clock_set_shift_us(g_ascii_strtoll(text, NULL, 10));
}

/* Rounds towards the past, so that the last second before 1970 is not the first after it.
 */
static time_t
seconds_of(int64_t utc_us)
{
  int64_t s = utc_us / G_USEC_PER_SEC;
  return (time_t)(utc_us % G_USEC_PER_SEC < 0 ? s - 1 : s);
}

int32_t
clock_utc_offset_s(int64_t utc_us)
{
  time_t s = seconds_of(utc_us);
  struct tm local;
  return localtime_r(&s, &local) ? (int32_t)local.tm_gmtoff : 0;
}
