/* guitai-kill: kills a selling till again and again (SIGKILL, real files, real hub, a
 * printer that is a file) and has the books prove themselves each time.
 *
 *   guitai-kill [--count N] [--seed S] [--bin DIR]
 *
 * After each kill: verify passes, and every receipt on paper is in store.db. In the end:
 * the hub has every sale once, and its stock is the till's. Prints the count and the
 * seed. */
#include <glib.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "app/base/clock.h"
#include "db/query.h"
#include "db/sale_store.h"
#include "db/verify.h"
#include "drivers/paper.h"
#include "tests/scene/stage.h"
#include "tests/scene/supply.h"

#define LONGEST_MS 250

typedef struct {
  Stage *stage;
  char *paper_file;
  gsize paper_seen; /* bytes already looked at */
  int count, done, receipts;
  guint32 seed;
  GRand *chance;
} Kill;

static bool
set_up(Stage *stage)
{
  static const char *const GIVEN[] = {
      "article 1001 布洛芬缓释胶囊 spec 0.3g×20粒 class 甲类 price 22.50 barcode "
      "6901234500011",
      "article 1002 维生素C泡腾片 spec 1g×10片 class 乙类 price 29.90 barcode "
      "6901234500028",
      "stock 1001 lot B24061 expires 2036-03-31 count 90000",
      "stock 1002 lot VC2502 expires 2036-12-31 count 90000",
      "staff 0312 张三 店员 pin 3120",
      "till 03"};
  g_autofree char *path = g_build_filename(stage->folder, "given.scene", NULL);
  g_autofree char *text =
      g_strjoinv("\n",
                 (char **)(const char *[]){
                     GIVEN[0], GIVEN[1], GIVEN[2], GIVEN[3], GIVEN[4], GIVEN[5], NULL});
  if (!g_file_set_contents(path, text, -1, NULL))
    return false;
  g_autoptr(GPtrArray) scenes = script_read(path, NULL);
  const Scene *scene = scenes->pdata[0];
  for (guint i = 0; i < scene->steps->len; i++)
    if (!stage_do(stage, scene->steps->pdata[i]))
      return false;
  peer_end(g_steal_pointer(&stage->till->peer), false);
  return true;
}

/* Two lines, cash, again and again, as fast as it goes, until the power goes. */
static void
tell_to_sell(Peer *till, int sales)
{
  peer_tell(till, "sign-in 0312 3120");
  for (int i = 0; i < sales; i++) {
    peer_tell(till, "enter 6901234500011");
    peer_tell(till, "enter 6901234500028");
    peer_tell(till, "key F12");
    peer_tell(till, "enter 60");
    peer_tell(till, "key F12");
  }
}

/* The till of a round, killed after a while by chance. */
static bool
sell_and_kill(Kill *kill)
{
  Stage *stage = kill->stage;
  if (!stage_start_till(stage, stage->till))
    return false;
  tell_to_sell(stage->till->peer, 40);
  g_usleep(g_rand_int_range(kill->chance, 0, LONGEST_MS * 1000));
  peer_end(g_steal_pointer(&stage->till->peer), true);
  return true;
}

static bool
books_prove(Kill *kill, Db *store)
{
  g_autoptr(GPtrArray) findings = NULL;
  g_autoptr(GError) failure = NULL;
  if (!verify_store(store, &findings, &failure))
    return stage_fail(kill->stage, "verify: %s", failure->message);
  for (guint i = 0; i < findings->len; i++) {
    const VerifyFinding *finding = findings->pdata[i];
    if (finding->wrong)
      return stage_fail(kill->stage, "%s: %s", finding->check, finding->wrong);
  }
  return true;
}

static bool
is_kept(Kill *kill, Db *store, const char *number)
{
  KeptSale *kept = NULL;
  bool found = sale_store_find(store, number, &kept, NULL) && kept;
  kept_sale_free(kept);
  return found || stage_fail(kill->stage,
                             "receipt %s was printed and is not in the books",
                             number);
}

/* The receipts on the paper that came since the last round. */
static bool
paper_is_kept(Kill *kill, Db *store)
{
  g_autofree char *bytes = NULL;
  gsize length = 0;
  if (!g_file_get_contents(kill->paper_file, &bytes, &length, NULL))
    return true;
  g_autoptr(Paper) paper = paper_new(48, 576);
  paper_feed(paper, (const guint8 *)bytes + kill->paper_seen, length - kill->paper_seen);
  kill->paper_seen = length;
  g_autofree char *text = paper_text(paper);
  g_autoptr(GRegex) number = g_regex_new("\\d{4}-\\d\\d-e\\d+-\\d{6}", 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  for (g_regex_match(number, text, 0, &match); g_match_info_matches(match);
       g_match_info_next(match, NULL)) {
    g_autofree char *found = g_match_info_fetch(match, 0);
    if (!is_kept(kill, store, found))
      return false;
    kill->receipts++;
  }
  return true;
}

static bool
look_after(Kill *kill)
{
  g_autofree char *path = g_build_filename(kill->stage->till->folder, "store.db", NULL);
  g_autoptr(GError) failure = NULL;
  g_autoptr(Db) store = db_open(path, "store", DB_WRITER, &failure);
  if (!store)
    return stage_fail(kill->stage, "store.db: %s", failure->message);
  return books_prove(kill, store) && paper_is_kept(kill, store);
}

static gint64
count_sales(Kill *kill)
{
  g_autofree char *path = g_build_filename(kill->stage->till->folder, "store.db", NULL);
  g_autoptr(Db) store = db_open(path, "store", DB_READER, NULL);
  g_auto(Query) q = query(store, "SELECT count(*) FROM sale /* scan */");
  return query_next(&q) ? query_get_int(&q, 0) : -1;
}

static bool
do_step(Stage *stage, const char *text)
{
  g_auto(GStrv) words = g_strsplit(text, " ", -1);
  Step step = {.text = (char *)text, .words = words};
  return stage_do(stage, &step);
}

/* Everything arrives, once. */
static bool
hub_has_all(Kill *kill)
{
  Stage *stage = kill->stage;
  if (!stage_start_till(stage, stage->till) || !do_step(stage, "expect 0 to send"))
    return false;
  gint64 sales = count_sales(kill);
  g_autofree char *same =
      g_strdup_printf("expect central has %" G_GINT64_FORMAT " sales", sales);
  g_autofree char *stock =
      g_strdup_printf("expect central stock 1001 is %" G_GINT64_FORMAT, 90000 - sales);
  g_autofree char *here =
      g_strdup_printf("expect stock 1001 is %" G_GINT64_FORMAT, 90000 - sales);
  printf(
      "%" G_GINT64_FORMAT " sales kept, %d receipts on paper\n", sales, kill->receipts);
  return do_step(stage, same) && do_step(stage, stock) && do_step(stage, here) &&
         do_step(stage, "expect central verify passes") &&
         (sales > 0 || stage_fail(stage, "nothing was sold"));
}

static bool
play(Kill *kill)
{
  if (!set_up(kill->stage))
    return false;
  for (; kill->done < kill->count; kill->done++)
    if (!sell_and_kill(kill) || !look_after(kill))
      return false;
  return hub_has_all(kill);
}

int
main(int argc, char **argv)
{
  if (!setlocale(LC_ALL, ""))
    setlocale(LC_ALL, "C.UTF-8");
  Kill kill = {.count = 1000, .seed = g_random_int()};
  g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
  g_autofree char *bin = g_path_get_dirname(self);
  g_autofree char *host = g_build_filename(bin, "guitai-scene", NULL);
  gint64 seed = -1;
  const GOptionEntry entries[] = {
      {"count", 0, 0, G_OPTION_ARG_INT, &kill.count, "how many kills", "N"},
      {"seed", 0, 0, G_OPTION_ARG_INT64, &seed, "of the moments", "S"},
      G_OPTION_ENTRY_NULL};
  g_autoptr(GOptionContext) context = g_option_context_new("- kills a selling till");
  g_option_context_add_main_entries(context, entries, NULL);
  if (!g_option_context_parse(context, &argc, &argv, NULL))
    return 2;
  if (seed >= 0)
    kill.seed = (guint32)seed;
  kill.chance = g_rand_new_with_seed(kill.seed);
  StageOptions options = {.host = host, .bin = bin, .demo = "", .language = "zh_CN"};
  kill.stage = stage_new(&options);
  kill.paper_file = g_build_filename(kill.stage->folder, "paper.bin", NULL);
  g_autofree char *printer = g_strconcat("file:", kill.paper_file, NULL);
  options.printer = printer;
  bool good = play(&kill);
  printf("%d of %d kills, seed %u\n", kill.done, kill.count, kill.seed);
  if (!good)
    printf("FAILED after kill %d: %s\n", kill.done, kill.stage->wrong);
  printf("%d passed, %d failed\n", kill.done, good ? 0 : 1);
  stage_free(kill.stage);
  g_rand_free(kill.chance);
  g_free(kill.paper_file);
  return good ? 0 : 1;
}
