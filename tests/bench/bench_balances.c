#include <glib/gstdio.h>
#include <sqlite3.h>

#include "db/stock_store.h"
#include "tests/bench/bench_store.h"

#define SALES 4000
#define TURNS 5

void
bench_balances(const Bench *bench)
{
  BenchTimes ours, floor;
  BenchDice dice = {5};
  sqlite3 *raw = NULL;
  g_autoptr(Db) store = bench_store(bench, "balances.db");
  for (int i = 0; i < SALES; i++) {
    g_autoptr(Sale) sale = bench_sale_of_five(&dice, i);
    bench_sell(store, sale);
    db_checkpoint_if_large(store);
  }
  bench_times_init(&ours);
  bench_times_init(&floor);
  sqlite3_open(db_path(store), &raw);
  for (int i = 0; i < TURNS; i++) {
    g_autofree char *wrong = NULL;
    g_autoptr(GError) error = NULL;
    int64_t begun = bench_now_ns();
    if (!stock_store_check(store, &wrong, &error) || wrong)
      bench_fail(wrong ? wrong : "balances", error);
    bench_times_add(&ours, begun);
    begun = bench_now_ns();
    sqlite3_exec(raw,
                 "SELECT product, sum(qty) FROM movement GROUP BY product, lot_no",
                 NULL,
                 NULL,
                 NULL);
    bench_times_add(&floor, begun);
  }
  double rows = BENCH_STOCKED + SALES * 5;
  bench_tell("balances",
             rows / (bench_times_us(&ours, 0.5) / 1e6),
             "movements/s",
             rows / (bench_times_us(&floor, 0.5) / 1e6),
             true);
  sqlite3_close(raw);
  bench_times_clear(&ours);
  bench_times_clear(&floor);
}
