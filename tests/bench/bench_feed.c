#include "tests/bench/bench_feed.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "db/catalogue_store.h"

#define CHANGES 200000 /* of each kind */
#define PAGE    500

GString *
bench_feed_page(BenchFeed *feed, int64_t pos)
{
  GString *page = bench_page_new(pos, feed->page);
  feed->ver++;
  for (int i = 0; i < feed->page; i++) {
    int64_t id = 1 + (int64_t)bench_roll(&feed->dice, (uint64_t)feed->rows);
    if ((int)bench_roll(&feed->dice, 100) >= feed->renamed) {
      int64_t fen = 100 + (int64_t)bench_roll(&feed->dice, 29900);
      bench_price_json(page, pos + i + 1, id, fen, feed->ver);
      continue;
    }
    BenchArticle article;
    bench_article(id, feed->rows, &article);
    g_snprintf(article.trade_name, sizeof article.trade_name, "新%d号", feed->ver);
    bench_article_json(page, pos + i + 1, &article, feed->ver);
  }
  bench_page_end(page);
  return page;
}

int
bench_feed_step(BenchFeed *feed, Db *catalogue, int64_t *ret_ns)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) page = bench_feed_page(feed, catalogue_store_position(catalogue));
  int64_t begun = bench_now_ns();
  int changes = 0;
  if (!catalogue_store_apply(catalogue, NULL, page->str, page->len, &changes, &error))
    bench_fail("feed", error);
  db_checkpoint_if_large(catalogue);
  *ret_ns += bench_now_ns() - begun;
  return changes;
}

static double
measure(Db *catalogue, const Bench *bench, int renamed)
{
  int changes = bench_times_to_run(bench, CHANGES);
  BenchFeed feed = {.rows = bench->rows,
                    .page = PAGE,
                    .renamed = renamed,
                    .ver = (int)catalogue_store_position(catalogue),
                    .dice = {(uint64_t)renamed + 1}};
  int64_t ns = 0;
  int done = 0;
  while (done < changes)
    done += bench_feed_step(&feed, catalogue, &ns);
  return done / ((double)ns / 1e9);
}

/* The same prices into the same table, from numbers instead of JSON. */
static sqlite3 *
open_floor(const char *path, int rows)
{
  sqlite3 *raw = NULL;
  g_autofree char *script = g_strdup_printf(
      "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32768;"
      "CREATE TABLE price (product INTEGER NOT NULL, unit TEXT NOT NULL,"
      "  tier TEXT NOT NULL, from_us INTEGER NOT NULL, to_us INTEGER,"
      "  fen INTEGER NOT NULL, reason TEXT NOT NULL, ver INTEGER NOT NULL,"
      "  PRIMARY KEY (product, unit, tier, from_us)) STRICT, WITHOUT ROWID;"
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
      " INSERT INTO price SELECT i, '盒', 'shelf', 0, NULL, 5, '', 1 FROM n;",
      rows);
  sqlite3_open(path, &raw);
  if (sqlite3_exec(raw, script, NULL, NULL, NULL) != SQLITE_OK)
    bench_fail(sqlite3_errmsg(raw), NULL);
  return raw;
}

static double
measure_floor(const Bench *bench)
{
  g_autofree char *path = g_build_filename(bench->folder, "floor.db", NULL);
  sqlite3 *raw = open_floor(path, bench->rows);
  sqlite3_stmt *stmt = NULL;
  BenchDice dice = {1};
  int changes = bench_times_to_run(bench, CHANGES);
  sqlite3_prepare_v2(raw,
                     "INSERT INTO price VALUES (?1, '盒', 'shelf', 0, NULL, ?2, '', ?3)"
                     " ON CONFLICT DO UPDATE SET fen = excluded.fen, ver = excluded.ver"
                     " WHERE excluded.ver > ver",
                     -1,
                     &stmt,
                     NULL);
  int64_t begun = bench_now_ns();
  for (int done = 0; done < changes; done += PAGE) {
    sqlite3_exec(raw, "BEGIN IMMEDIATE", NULL, NULL, NULL);
    for (int i = 0; i < PAGE; i++) {
      sqlite3_bind_int64(stmt, 1, 1 + (int64_t)bench_roll(&dice, (uint64_t)bench->rows));
      sqlite3_bind_int64(stmt, 2, (int64_t)bench_roll(&dice, 29900));
      sqlite3_bind_int64(stmt, 3, done + 2);
      sqlite3_step(stmt);
      sqlite3_reset(stmt);
    }
    sqlite3_exec(raw, "COMMIT", NULL, NULL, NULL);
  }
  double rate = changes / ((double)(bench_now_ns() - begun) / 1e9);
  sqlite3_finalize(stmt);
  sqlite3_close(raw);
  g_remove(path);
  return rate;
}

void
bench_feed(const Bench *bench)
{
  g_autoptr(Db) catalogue = bench_catalogue(bench);
  double floor = measure_floor(bench);
  bench_tell("feed.prices", measure(catalogue, bench, 0), "rows/s", floor, true);
  bench_tell("feed.mixed", measure(catalogue, bench, 10), "rows/s", floor, true);
}
