#include <sqlite3.h>

#include "db/search_index.h"
#include "tests/bench/bench_articles.h"

#define LOOKS 2000
#define TOP   50

/* What a clerk types of @article: @n initials, or @n characters of the name from @from.
 */
typedef struct {
  const char *metric;
  bool initials;
  int n, from;
} Keystroke;

static const Keystroke KEYSTROKES[] = {
    {"search.initials1", true, 1, 0},
    {"search.initials2", true, 2, 0},
    {"search.initials3", true, 3, 0},
    {"search.initials4", true, 4, 0},
    {"search.initials5", true, 5, 0},
    {"search.initials6", true, 6, 0},
    {"search.start1", false, 1, 0},
    {"search.start2", false, 2, 0},
    {"search.start3", false, 3, 0},
    {"search.anywhere2", false, 2, 1},
    {"search.anywhere3", false, 3, 1},
    {"search.anywhere4", false, 4, 1},
    {"search.anywhere5", false, 5, 2},
};

static char *
typed_of(const Keystroke *keystroke, int64_t id, int rows)
{
  BenchArticle article;
  bench_article(id, rows, &article);
  g_autofree char *initials = search_text_initials(article.name, "", NULL);
  const char *text = keystroke->initials ? initials : article.name;
  long length = g_utf8_strlen(text, -1);
  long from = CLAMP(length - keystroke->n, 0, keystroke->from);
  return g_utf8_substring(text, from, MIN(from + keystroke->n, length));
}

static void
look(Db *catalogue, const char *typed, BenchTimes *times)
{
  g_autoptr(GArray) ids = NULL;
  g_autoptr(GError) error = NULL;
  int64_t begun = bench_now_ns();
  if (!search_index_find(catalogue, catalogue, typed, TOP, &ids, &error) || ids->len == 0)
    bench_fail(typed, error);
  bench_times_add(times, begun);
}

/* The bare index asked the same. */
static void
look_raw(sqlite3_stmt *stmt, const char *typed, BenchTimes *times)
{
  g_auto(SearchQuestion) question;
  search_text_ask(typed, &question);
  int64_t begun = bench_now_ns();
  sqlite3_bind_text(stmt, 1, question.expression, -1, SQLITE_STATIC);
  while (sqlite3_step(stmt) == SQLITE_ROW)
    ;
  sqlite3_reset(stmt);
  bench_times_add(times, begun);
}

static void
run(const Keystroke *keystroke, Db *catalogue, sqlite3_stmt *stmt, const Bench *bench)
{
  BenchTimes ours, floor;
  BenchDice dice = {(uint64_t)keystroke->n * 10 + (uint64_t)keystroke->from};
  bench_times_init(&ours);
  bench_times_init(&floor);
  for (int i = bench_times_to_run(bench, LOOKS); i > 0; i--) {
    int64_t id = 1 + (int64_t)bench_roll(&dice, (uint64_t)bench->rows);
    g_autofree char *typed = typed_of(keystroke, id, bench->rows);
    look(catalogue, typed, &ours);
    look_raw(stmt, typed, &floor);
  }
  g_autofree char *p50 = g_strconcat(keystroke->metric, ".p50", NULL);
  g_autofree char *p99 = g_strconcat(keystroke->metric, ".p99", NULL);
  bench_tell(p50, bench_times_us(&ours, 0.5), "us", bench_times_us(&floor, 0.5), false);
  bench_tell(p99, bench_times_us(&ours, 0.99), "us", bench_times_us(&floor, 0.99), false);
  bench_times_clear(&ours);
  bench_times_clear(&floor);
}

void
bench_search(const Bench *bench)
{
  g_autoptr(Db) catalogue = bench_catalogue_reader(bench);
  sqlite3 *raw = NULL;
  sqlite3_stmt *stmt = NULL;
  sqlite3_open_v2(db_path(catalogue), &raw, SQLITE_OPEN_READONLY, NULL);
  sqlite3_prepare_v2(raw,
                     "SELECT rowid FROM search WHERE search MATCH ?"
                     " ORDER BY rowid LIMIT " G_STRINGIFY(TOP),
                     -1,
                     &stmt,
                     NULL);
  for (gsize i = 0; i < G_N_ELEMENTS(KEYSTROKES); i++)
    run(&KEYSTROKES[i], catalogue, stmt, bench);
  sqlite3_finalize(stmt);
  sqlite3_close(raw);
}
