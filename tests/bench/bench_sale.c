#include <glib/gstdio.h>
#include <sqlite3.h>

#include "db/catalogue_store.h"
#include "tests/bench/bench_feed.h"
#include "tests/bench/bench_store.h"

#define SALES   1500
#define PAUSE   2000 /* us between two sales: the till's idle moment */
#define WARM_UP 100

/* The bare transaction: the same rows into the same tables, all values ready. */
enum { BEGIN, SALE, LINE, TENDER, MOVEMENT, BALANCE, JOB, AUDIT, EVENT, COMMIT, N_RAW };

static const char *const RAW_SQL[N_RAW] = {
    [BEGIN] = "BEGIN IMMEDIATE",
    [SALE] =
        "INSERT INTO sale VALUES (4294967296 + ?1, printf('%032d', ?1), ?1,"
        " '0123-03-e1-000001', ?2, 20261122, 0, '0312', 9000, 0, 0, 9000, 900, 1, 1)",
    [LINE] =
        "INSERT INTO sale_line VALUES (4294967296 + ?1, ?3, 1800, 180, ?4, 'A0000001',"
        " ?5, '商品名', '0.25g×24', '', ?6, '国药准字H20013062', '', 2, 0, 0, 1300, 1,"
        " 0, '盒', 1, 1, 1800, 'shelf', 0, 0, '', 0, 'L1', 20291231, 'A1')",
    [TENDER] = "INSERT INTO tender VALUES (4294967296 + ?1, 1, 1, 9000, 9000, '')",
    [MOVEMENT] =
        "INSERT INTO movement VALUES (7, 1, ?1, ?3, ?2, ?4, 'L1', 20291231, 'A1',"
        " -1, 'sale', '0123-03-e1-000001')",
    [BALANCE] = "INSERT INTO balance (product, lot_no, location, qty)"
                " VALUES (?4, 'L1', 'A1', -1)"
                " ON CONFLICT (product, lot_no, location) DO UPDATE SET qty = qty - 1",
    [JOB] = "INSERT INTO print_job (kind, subject, copy, made_us)"
            " VALUES ('receipt', '0123-03-e1-000001', 0, ?2)",
    [AUDIT] = "INSERT INTO audit_log VALUES (?1, ?2, '0312', 'sale', '0123-03-e1-000001',"
              " 'due 9000, lines 5, deleted 0', ?7)",
    [EVENT] = "INSERT INTO outbox VALUES (4294967296 + ?1, 'sale', ?2, ?8, ?7)",
    [COMMIT] = "COMMIT",
};

typedef struct {
  sqlite3 *sqlite;
  sqlite3_stmt *stmts[N_RAW];
  char body[1900]; /* as long as ours of five lines */
} Raw;

static void
raw_open(Raw *raw, const char *path)
{
  sqlite3_open(path, &raw->sqlite);
  sqlite3_exec(raw->sqlite,
               "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
               "PRAGMA cache_size=-65536",
               NULL,
               NULL,
               NULL);
  for (int i = 0; i < N_RAW; i++)
    if (sqlite3_prepare_v2(raw->sqlite, RAW_SQL[i], -1, &raw->stmts[i], NULL) !=
        SQLITE_OK)
      bench_fail(sqlite3_errmsg(raw->sqlite), NULL);
  memset(raw->body, 'j', sizeof raw->body);
}

static void
raw_close(Raw *raw)
{
  for (int i = 0; i < N_RAW; i++)
    sqlite3_finalize(raw->stmts[i]);
  sqlite3_close(raw->sqlite);
}

static void
raw_step(Raw *raw, int which, int n, int line, const SaleLine *of)
{
  static const unsigned char HASH[32];
  sqlite3_stmt *stmt = raw->stmts[which];
  sqlite3_bind_int64(stmt, 1, n);
  sqlite3_bind_int64(stmt, 2, 1795420800000000);
  sqlite3_bind_int64(stmt, 3, line);
  if (of) {
    sqlite3_bind_int64(stmt, 4, of->product->id);
    sqlite3_bind_text(stmt, 5, of->product->generic_name, -1, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 6, of->product->maker, -1, SQLITE_STATIC);
  }
  sqlite3_bind_blob(stmt, 7, HASH, sizeof HASH, SQLITE_STATIC);
  sqlite3_bind_text(stmt, 8, raw->body, sizeof raw->body, SQLITE_STATIC);
  if (sqlite3_step(stmt) != SQLITE_DONE)
    bench_fail(sqlite3_errmsg(raw->sqlite), NULL);
  sqlite3_reset(stmt);
}

static void
raw_sell(Raw *raw, const Sale *sale, int n)
{
  raw_step(raw, BEGIN, n, 0, NULL);
  raw_step(raw, SALE, n, 0, NULL);
  for (guint i = 0; i < sale->lines->len; i++) {
    raw_step(raw, LINE, n, (int)i + 1, sale_line(sale, i));
    raw_step(raw, MOVEMENT, n, (int)i + 1, sale_line(sale, i));
    raw_step(raw, BALANCE, n, (int)i + 1, sale_line(sale, i));
  }
  raw_step(raw, TENDER, n, 0, NULL);
  raw_step(raw, JOB, n, 0, NULL);
  raw_step(raw, AUDIT, n, 0, NULL);
  raw_step(raw, EVENT, n, 0, NULL);
  raw_step(raw, COMMIT, n, 0, NULL);
}

/* Ours and the bare one in turn, so that both meet the same disk. @raw: (nullable). */
static void
sell_many(Db *store, Raw *raw, int first, BenchTimes *ours, BenchTimes *floor)
{
  BenchDice dice = {(uint64_t)first};
  for (int i = 0; i < SALES + WARM_UP; i++) {
    g_autoptr(Sale) sale = bench_sale_of_five(&dice, first + i);
    int64_t begun = bench_now_ns();
    bench_sell(store, sale);
    if (i >= WARM_UP)
      bench_times_add(ours, begun);
    db_checkpoint_if_large(store);
    g_usleep(PAUSE);
    if (!raw)
      continue;
    begun = bench_now_ns();
    raw_sell(raw, sale, first + i);
    if (i >= WARM_UP)
      bench_times_add(floor, begun);
    g_usleep(PAUSE);
  }
}

typedef struct {
  const Bench *bench;
  gint stop;
  int64_t rows, ns;
} Beside;

static gpointer
feed_beside(gpointer pointer)
{
  Beside *beside = pointer;
  g_autoptr(Db) catalogue = bench_catalogue(beside->bench);
  BenchFeed feed = {.rows = beside->bench->rows,
                    .page = 500,
                    .renamed = 10,
                    .ver = (int)catalogue_store_position(catalogue),
                    .dice = {77}};
  while (!g_atomic_int_get(&beside->stop))
    beside->rows += bench_feed_step(&feed, catalogue, &beside->ns);
  return NULL;
}

static void
sell_beside_feed(const Bench *bench, Db *store, BenchTimes *busy)
{
  Beside beside = {.bench = bench};
  GThread *thread = g_thread_new("feed", feed_beside, &beside);
  sell_many(store, NULL, 200000, busy, NULL);
  g_atomic_int_set(&beside.stop, 1);
  g_thread_join(thread);
  bench_tell("sale.beside_feed.rate",
             (double)beside.rows / ((double)beside.ns / 1e9),
             "rows/s",
             0,
             true);
}

static void
tell_both(const char *p50, const char *p99, BenchTimes *times, BenchTimes *floor)
{
  bench_tell(p50, bench_times_us(times, 0.5), "us", bench_times_us(floor, 0.5), false);
  bench_tell(p99, bench_times_us(times, 0.99), "us", bench_times_us(floor, 0.99), false);
}

/* In turn with the bare one for the ratio; then alone, since the bare one's checkpoints
 * are felt by ours; then beside a feed. */
void
bench_sale(const Bench *bench)
{
  BenchTimes ours, floor, quiet, busy;
  Raw raw = {0};
  db_close(bench_catalogue(bench));
  db_close(bench_store(bench, "floor.db"));
  g_autofree char *path = g_build_filename(bench->folder, "floor.db", NULL);
  g_autoptr(Db) store = bench_store(bench, "store.db");
  bench_times_init(&ours);
  bench_times_init(&floor);
  bench_times_init(&quiet);
  bench_times_init(&busy);
  raw_open(&raw, path);
  sell_many(store, &raw, 1, &ours, &floor);
  raw_close(&raw);
  g_remove(path);
  tell_both("sale.p50", "sale.p99", &ours, &floor);
  sell_many(store, NULL, 100000, &quiet, NULL);
  sell_beside_feed(bench, store, &busy);
  tell_both("sale.beside_feed.p50", "sale.beside_feed.p99", &busy, &quiet);
  bench_times_clear(&ours);
  bench_times_clear(&floor);
  bench_times_clear(&quiet);
  bench_times_clear(&busy);
}
