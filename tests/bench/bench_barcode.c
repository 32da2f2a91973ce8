#include <sqlite3.h>

#include "app/domain/barcode.h"
#include "db/product_store.h"
#include "tests/bench/bench_articles.h"

#define LOOKS 20000

static char *
code_of(int64_t id, int rows)
{
  BenchArticle article;
  char gtin[15];
  bench_article(id, rows, &article);
  barcode_to_gtin14(article.barcode, gtin);
  return g_strdup(gtin);
}

static void
look_raw(sqlite3 *raw, sqlite3_stmt *stmt, const char *code, BenchTimes *times)
{
  int64_t begun = bench_now_ns();
  sqlite3_bind_text(stmt, 1, code, -1, SQLITE_STATIC);
  if (sqlite3_step(stmt) != SQLITE_ROW)
    bench_fail(sqlite3_errmsg(raw), NULL);
  sqlite3_reset(stmt);
  bench_times_add(times, begun);
}

static void
look(Db *catalogue, const char *code, BenchTimes *times)
{
  g_autoptr(GPtrArray) matches = NULL;
  g_autoptr(GError) error = NULL;
  int64_t begun = bench_now_ns();
  if (!product_store_find_code(catalogue, code, 1, &matches, &error) || matches->len != 1)
    bench_fail(code, error);
  bench_times_add(times, begun);
}

void
bench_barcode(const Bench *bench)
{
  g_autoptr(Db) catalogue = bench_catalogue_reader(bench);
  sqlite3 *raw = NULL;
  sqlite3_stmt *stmt = NULL;
  BenchTimes ours, floor;
  BenchDice dice = {1};
  bench_times_init(&ours);
  bench_times_init(&floor);
  sqlite3_open_v2(db_path(catalogue), &raw, SQLITE_OPEN_READONLY, NULL);
  sqlite3_prepare_v2(raw,
                     "SELECT a.id, a.generic_name, a.maker, a.spec FROM code c"
                     "  JOIN article a ON a.id = c.product WHERE c.code = ?",
                     -1,
                     &stmt,
                     NULL);
  for (int i = bench_times_to_run(bench, LOOKS); i > 0; i--) {
    int64_t id = 1 + (int64_t)bench_roll(&dice, (uint64_t)bench->rows);
    g_autofree char *code = code_of(id, bench->rows);
    look(catalogue, code, &ours);
    look_raw(raw, stmt, code, &floor);
  }
  bench_tell("barcode.p50",
             bench_times_us(&ours, 0.5),
             "us",
             bench_times_us(&floor, 0.5),
             false);
  bench_tell("barcode.p99",
             bench_times_us(&ours, 0.99),
             "us",
             bench_times_us(&floor, 0.99),
             false);
  bench_times_clear(&ours);
  bench_times_clear(&floor);
  sqlite3_finalize(stmt);
  sqlite3_close(raw);
}
