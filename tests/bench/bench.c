#include "tests/bench/bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int64_t
bench_now_ns(void)
{
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int
bench_times_to_run(const Bench *bench, int n)
{
  return bench->rows < 100000 ? n / 50 : n;
}

void
bench_tell(const char *metric, double value, const char *unit, double floor, bool is_rate)
{
  if (floor > 0)
    g_print("%s\t%.1f\t%s\t%.1f\t%.2f\n",
            metric,
            value,
            unit,
            floor,
            is_rate ? floor / value : value / floor);
  else
    g_print("%s\t%.1f\t%s\t-\t-\n", metric, value, unit);
  fflush(stdout);
}

void
bench_fail(const char *what, GError *error)
{
  g_printerr("guitai-bench: %s: %s\n", what, error ? error->message : "failed");
  exit(1);
}

void
bench_times_init(BenchTimes *times)
{
  times->ns = g_array_new(FALSE, FALSE, sizeof(int64_t));
}

void
bench_times_add(BenchTimes *times, int64_t begun_ns)
{
  int64_t took = bench_now_ns() - begun_ns;
  g_array_append_val(times->ns, took);
}

static int
by_size(gconstpointer a, gconstpointer b)
{
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

double
bench_times_us(BenchTimes *times, double part)
{
  guint n = times->ns->len;
  if (n == 0)
    return 0;
  g_array_sort(times->ns, by_size);
  guint at = MIN((guint)(part * n), n - 1);
  return (double)g_array_index(times->ns, int64_t, at) / 1000;
}

void
bench_times_clear(BenchTimes *times)
{
  g_clear_pointer(&times->ns, g_array_unref);
}

/* A step of a linear congruential generator, its upper bits mixed down. */
uint64_t
bench_roll(BenchDice *dice, uint64_t sides)
{
  dice->state = dice->state * G_GUINT64_CONSTANT(6364136223846793005) +
                G_GUINT64_CONSTANT(1442695040888963407);
  uint64_t bits = dice->state ^ (dice->state >> 33);
  bits *= G_GUINT64_CONSTANT(0xff51afd7ed558ccd);
  return (bits >> 17) % sides;
}
