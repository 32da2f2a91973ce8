/* bench: what every benchmark shares: a folder, how many articles, and how a figure is
 * told. A floor is the raw part (a bare SQLite statement, an empty window) measured in
 * the same run on the same machine, so that ratios can be compared between machines. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <glib.h>

typedef struct {
  const char *folder; /* for files; the million articles lie in it as catalogue.db */
  int rows;           /* articles */
} Bench;

/* One benchmark; each lies in a file of its own and stands in the table in bench_main.c.
 */
typedef struct {
  const char *name;
  const char *says;
  void (*run)(const Bench *bench);
} BenchEntry;

void bench_barcode(const Bench *bench);
void bench_search(const Bench *bench);
void bench_sale(const Bench *bench);
void bench_feed(const Bench *bench);
void bench_balances(const Bench *bench);
void bench_scan(const Bench *bench);
void bench_receipt(const Bench *bench);
void bench_devices(const Bench *bench);
void bench_start(const Bench *bench);
void bench_decode(const Bench *bench);

/* One line: metric, value, unit, floor, ratio, with tabs between. A floor of 0 (there is
 * none) leaves the last two as "-". @higher_is_better: the ratio is floor by value. */
void bench_tell(
    const char *metric, double value, const char *unit, double floor, bool is_rate);
void bench_fail(const char *what, GError *error) G_GNUC_NORETURN;

int64_t bench_now_ns(void);
/* @n times; a fiftieth of it for a small list, which only shows that the thing runs. */
int bench_times_to_run(const Bench *bench, int n);

/* Durations of one thing done many times. */
typedef struct {
  GArray *ns; /* of int64_t */
} BenchTimes;
void bench_times_init(BenchTimes *times);
void bench_times_add(BenchTimes *times, int64_t begun_ns);
double bench_times_us(BenchTimes *times, double part); /* 0.5: the median */
void bench_times_clear(BenchTimes *times);

/* Numbers that are the same in each run. */
typedef struct {
  uint64_t state;
} BenchDice;
uint64_t bench_roll(BenchDice *dice, uint64_t sides);
