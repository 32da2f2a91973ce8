#include "tests/scene/expect.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "app/base/clock.h"

#define EVENTUALLY_MS 15000

/* A look at the world; true when it is as expected. The rest of the time it fails with
 * stage->wrong. */
typedef bool (*Look)(Stage *stage, const char *const *taken);

static bool
has_line(const char *text, const char *start, const char *part)
{
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  for (int i = 0; lines[i]; i++)
    if (g_str_has_prefix(lines[i], start) && strstr(lines[i], part))
      return true;
  return false;
}

/* What the till's reading says after "@key: " (transfer full). */
static char *
value_of(const char *text, const char *key)
{
  g_autofree char *start = g_strconcat(key, ": ", NULL);
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  for (int i = 0; lines[i]; i++)
    if (g_str_has_prefix(lines[i], start))
      return g_strdup(lines[i] + strlen(start));
  return g_strdup("");
}

static bool
on_screen(Stage *stage, const char *seen, const char *what)
{
  return !stage->options->screen || has_line(seen, "screen: ", what) ||
         stage_fail(stage, "expected on the screen: %s\nseen:\n%s", what, seen);
}

static bool
equals(Stage *stage, const char *key, const char *want)
{
  g_autofree char *seen = NULL;
  if (!stage_ask(stage, &seen, "read"))
    return false;
  g_autofree char *value = value_of(seen, key);
  return g_str_equal(value, want) ||
         stage_fail(stage, "expected %s: %s\nseen: %s\n%s", key, want, value, seen);
}

static bool
look_total(Stage *stage, const char *const *taken)
{
  g_autofree char *seen = NULL;
  return equals(stage, "total", taken[0]) && stage_ask(stage, &seen, "read") &&
         on_screen(stage, seen, taken[0]);
}

static bool
look_change(Stage *stage, const char *const *taken)
{
  g_autofree char *seen = NULL;
  return equals(stage, "change", taken[0]) && stage_ask(stage, &seen, "read") &&
         on_screen(stage, seen, taken[0]);
}

static bool
look_lines(Stage *stage, const char *const *taken)
{
  return equals(stage, "lines", taken[0]);
}

static bool
look_page(Stage *stage, const char *const *taken)
{
  return equals(stage, "page", taken[0]);
}

static bool
look_card(Stage *stage, const char *const *taken)
{
  g_autofree char *seen = NULL;
  if (!equals(stage, "card", taken[0]) || !stage_ask(stage, &seen, "read"))
    return false;
  return on_screen(stage, seen, taken[0]);
}

static bool
look_no_card(Stage *stage, const char *const *taken)
{
  return equals(stage, "card", "");
}

static bool
look_staff(Stage *stage, const char *const *taken)
{
  return equals(stage, "staff", taken[0]);
}

/* All that central has of the catalogue is in the till. */
static bool
look_articles(Stage *stage, const char *const *taken)
{
  g_autofree char *seen = NULL;
  gint64 position = 0;
  gint64 head = 0;
  if (!stage_ask(stage, &seen, "articles"))
    return false;
  return (sscanf(seen, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, &position, &head) == 2 &&
          head > 0 && position == head) ||
         stage_fail(stage, "expected all articles, seen: %s", seen);
}

static bool
look_held(Stage *stage, const char *const *taken)
{
  return equals(stage, "held", taken[0]);
}

static bool
look_waiting_receipts(Stage *stage, const char *const *taken)
{
  return equals(stage, "receipts waiting", taken[0]);
}

static bool
look_waiting_labels(Stage *stage, const char *const *taken)
{
  return equals(stage, "labels waiting", taken[0]);
}

static bool
look_to_send(Stage *stage, const char *const *taken)
{
  return equals(stage, "to send", taken[0]);
}

static bool
look_line_state(Stage *stage, const char *const *taken)
{
  return equals(stage, "line", taken[0]);
}

/* expect line N PART…: each part stands in the line. */
static bool
look_line(Stage *stage, const char *const *taken)
{
  g_autofree char *seen = NULL;
  g_autofree char *start = g_strdup_printf("line %s: ", taken[0]);
  if (!stage_ask(stage, &seen, "read"))
    return false;
  for (int i = 1; taken[i]; i++)
    if (!has_line(seen, start, taken[i]))
      return stage_fail(
          stage, "expected in line %s: %s\nseen:\n%s", taken[0], taken[i], seen);
  return true;
}

static bool
look_message(Stage *stage, const char *const *taken)
{
  g_autofree char *seen = NULL;
  if (!stage_ask(stage, &seen, "read"))
    return false;
  if (!has_line(seen, "message: ", taken[0]))
    return stage_fail(stage, "expected the message: %s\nseen:\n%s", taken[0], seen);
  return on_screen(stage, seen, taken[0]);
}

static bool
look_screen(Stage *stage, const char *const *taken)
{
  g_autofree char *seen = NULL;
  if (!stage_ask(stage, &seen, "read"))
    return false;
  return strstr(seen, taken[0]) ||
         stage_fail(stage, "expected: %s\nseen:\n%s", taken[0], seen);
}

static bool
look_found(Stage *stage, const char *const *taken)
{
  g_autofree char *seen = NULL;
  g_autofree char *start = g_strdup_printf("found %s: ", taken[0]);
  if (!stage_ask(stage, &seen, "read"))
    return false;
  return has_line(seen, start, taken[1]) ||
         stage_fail(
             stage, "expected %s as number %s\nseen:\n%s", taken[1], taken[0], seen);
}

static bool
look_nothing_found(Stage *stage, const char *const *taken)
{
  g_autofree char *seen = NULL;
  if (!stage_ask(stage, &seen, "read"))
    return false;
  return !has_line(seen, "found ", "") ||
         stage_fail(stage, "expected nothing\nseen:\n%s", seen);
}

/* -- Paper, drawer, stock ---------------------------------------------------------------
 */

static bool
look_paper(Stage *stage, const char *const *taken)
{
  g_autofree char *paper = NULL;
  if (!stage_ask(stage, &paper, "paper"))
    return false;
  for (int i = 0; taken[i]; i++)
    if (!strstr(paper, taken[i]))
      return stage_fail(stage, "expected on paper: %s\nseen:\n%s", taken[i], paper);
  return true;
}

static bool
look_no_paper(Stage *stage, const char *const *taken)
{
  g_autofree char *paper = NULL;
  if (!stage_ask(stage, &paper, "paper"))
    return false;
  return !strstr(paper, taken[0]) ||
         stage_fail(stage, "not expected on paper: %s\nseen:\n%s", taken[0], paper);
}

static int
count_of(const char *text, const char *part)
{
  int n = 0;
  for (const char *p = strstr(text, part); p; p = strstr(p + strlen(part), part))
    n++;
  return n;
}

/* expect N times on paper TEXT */
static bool
look_times(Stage *stage, const char *const *taken)
{
  g_autofree char *paper = NULL;
  if (!stage_ask(stage, &paper, "paper"))
    return false;
  int n = count_of(paper, taken[1]);
  return n == (int)g_ascii_strtoll(taken[0], NULL, 10) ||
         stage_fail(stage,
                    "expected %s times: %s\nseen %d times:\n%s",
                    taken[0],
                    taken[1],
                    n,
                    paper);
}

static bool
look_in(Stage *stage, const char *asked, const char *where, const char *const *taken)
{
  g_autofree char *text = NULL;
  if (!stage_ask(stage, &text, "%s", asked))
    return false;
  for (int i = 0; taken[i]; i++)
    if (!strstr(text, taken[i]))
      return stage_fail(stage, "expected %s: %s\nseen:\n%s", where, taken[i], text);
  return true;
}

static bool
look_labels(Stage *stage, const char *const *taken)
{
  return look_in(stage, "labels", "on labels", taken);
}

static bool
look_pole(Stage *stage, const char *const *taken)
{
  return look_in(stage, "pole", "on the customer's display", taken);
}

static bool
look_no_label(Stage *stage, const char *const *taken)
{
  g_autofree char *text = NULL;
  if (!stage_ask(stage, &text, "labels"))
    return false;
  return !strstr(text, taken[0]) ||
         stage_fail(stage, "not expected on labels: %s\nseen:\n%s", taken[0], text);
}

/* expect N times on labels TEXT */
static bool
look_label_times(Stage *stage, const char *const *taken)
{
  g_autofree char *text = NULL;
  if (!stage_ask(stage, &text, "labels"))
    return false;
  int n = count_of(text, taken[1]);
  return n == (int)g_ascii_strtoll(taken[0], NULL, 10) ||
         stage_fail(stage, "expected %s times: %s\nseen:\n%s", taken[0], taken[1], text);
}

static bool
look_bytes(Stage *stage, const char *const *taken)
{
  g_autofree char *bytes = NULL;
  if (!stage_ask(stage, &bytes, "printed"))
    return false;
  return strstr(bytes, taken[0]) ||
         stage_fail(stage, "expected printed bytes: %s\nseen: %s", taken[0], bytes);
}

static bool
look_drawer(Stage *stage, const char *const *taken)
{
  g_autofree char *state = NULL;
  if (!stage_ask(stage, &state, "desk drawer"))
    return false;
  return g_str_equal(state, taken[0]) ||
         stage_fail(stage, "expected the drawer %s, seen %s", taken[0], state);
}

static bool
look_stock(Stage *stage, const char *const *taken)
{
  g_autofree char *seen = NULL;
  if (!stage_ask(stage, &seen, "stock %s", taken[0]))
    return false;
  return g_str_equal(seen, taken[1]) ||
         stage_fail(stage, "expected stock of %s: %s, seen %s", taken[0], taken[1], seen);
}

static bool
look_lot_stock(Stage *stage, const char *const *taken)
{
  g_autofree char *seen = NULL;
  if (!stage_ask(stage, &seen, "stock %s %s", taken[0], taken[1]))
    return false;
  return g_str_equal(seen, taken[2]) ||
         stage_fail(stage,
                    "expected stock of %s lot %s: %s, seen %s",
                    taken[0],
                    taken[1],
                    taken[2],
                    seen);
}

static bool
look_verify(Stage *stage, const char *const *taken)
{
  return stage_ask(stage, NULL, "verify");
}

/* -- Central
 * ------------------------------------------------------------------------------ */

static bool
ask_central(Stage *stage, const char *what, char **ret)
{
  g_autofree char *hub = g_build_filename(stage->options->bin, "guitai-hub", NULL);
  const char *argv[] = {
      hub, what, "--data", stage->hub_folder, "--json", "--store", stage->store, NULL};
  if (g_str_equal(what, "verify"))
    argv[5] = NULL;
  return stage_run(stage, argv, ret);
}

/* @sql over the books as :books (transfer full). */
static char *
from_books(const char *books, const char *sql, const char *code)
{
  sqlite3 *scratch = NULL;
  sqlite3_stmt *stmt = NULL;
  sqlite3_open(":memory:", &scratch);
  sqlite3_prepare_v2(scratch, sql, -1, &stmt, NULL);
  sqlite3_bind_text(stmt, 1, books, -1, SQLITE_STATIC);
  if (code)
    sqlite3_bind_text(stmt, 2, code, -1, SQLITE_STATIC);
  char *value = sqlite3_step(stmt) == SQLITE_ROW
                    ? g_strdup((const char *)sqlite3_column_text(stmt, 0))
                    : g_strdup("no books");
  sqlite3_finalize(stmt);
  sqlite3_close(scratch);
  return value;
}

static bool
look_book(
    Stage *stage, const char *what, const char *sql, const char *code, const char *want)
{
  g_autofree char *books = NULL;
  if (!ask_central(stage, "books", &books))
    return false;
  g_autofree char *value = from_books(books, sql, code);
  return g_strcmp0(value, want) == 0 ||
         stage_fail(stage, "expected %s at central: %s, seen %s", what, want, value);
}

static bool
look_central_sales(Stage *stage, const char *const *taken)
{
  return look_book(stage, "sales", "SELECT json_extract(?1, '$.sales')", NULL, taken[0]);
}

static bool
look_central_sum(Stage *stage, const char *const *taken)
{
  return look_book(stage,
                   "the money taken",
                   "SELECT printf('%.2f', json_extract(?1, '$.due') / 100.0)",
                   NULL,
                   taken[0]);
}

static bool
look_central_stock(Stage *stage, const char *const *taken)
{
  return look_book(
      stage,
      "the stock",
      "SELECT coalesce(sum(json_extract(value, '$.qty')), 0)"
      "  FROM json_each(?1, '$.stock') WHERE json_extract(value, '$.code') = ?2",
      taken[0],
      taken[1]);
}

static bool
look_central_verify(Stage *stage, const char *const *taken)
{
  return ask_central(stage, "verify", NULL);
}

static const struct {
  const char *pattern;
  Look look;
} LOOKS[] = {
    {"expect total *", look_total},
    {"expect change *", look_change},
    {"expect * lines", look_lines},
    {"expect page *", look_page},
    {"expect the articles here", look_articles},
    {"expect no card", look_no_card},
    {"expect card *", look_card},
    {"expect nobody signed in", look_staff},
    {"expect * signed in", look_staff},
    {"expect * tickets on hold", look_held},
    {"expect * receipts waiting", look_waiting_receipts},
    {"expect * to send", look_to_send},
    {"expect the line *", look_line_state},
    {"expect line * ...", look_line},
    {"expect message *", look_message},
    {"expect to read *", look_screen},
    {"expect nothing found", look_nothing_found},
    {"expect found * *", look_found},
    {"expect on paper ...", look_paper},
    {"expect not on paper *", look_no_paper},
    {"expect * times on paper *", look_times},
    {"expect printed bytes *", look_bytes},
    {"expect the drawer *", look_drawer},
    {"expect on labels ...", look_labels},
    {"expect not on labels *", look_no_label},
    {"expect * times on labels *", look_label_times},
    {"expect * labels waiting", look_waiting_labels},
    {"expect the customer sees ...", look_pole},
    {"expect stock * is *", look_stock},
    {"expect stock * lot * is *", look_lot_stock},
    {"expect verify passes", look_verify},
    {"expect central has * sales", look_central_sales},
    {"expect central took *", look_central_sum},
    {"expect central stock * is *", look_central_stock},
    {"expect central verify passes", look_central_verify},
};

static bool
look_until(Stage *stage, Look look, const char *const *taken)
{
  int64_t until = clock_monotonic_us() + EVENTUALLY_MS * 1000;
  while (!look(stage, taken)) {
    if (clock_monotonic_us() > until || !stage->till || !stage->till->peer ||
        !peer_is_alive(stage->till->peer))
      return false;
    g_usleep(30000);
  }
  return true;
}

bool
expect_do(Stage *stage, const Step *step, bool *ret_done)
{
  const char *taken[9] = {NULL};
  for (size_t i = 0; i < G_N_ELEMENTS(LOOKS); i++)
    if (step_is(step, LOOKS[i].pattern, taken)) {
      *ret_done = true;
      if (g_str_has_suffix(LOOKS[i].pattern, "nobody signed in"))
        taken[0] = "";
      return look_until(stage, LOOKS[i].look, taken);
    }
  return true;
}
