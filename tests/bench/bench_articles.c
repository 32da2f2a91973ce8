#include "tests/bench/bench_articles.h"

#include <stdio.h>
#include <string.h>

#include "app/domain/barcode.h"
#include "db/catalogue_store.h"

#define STEMS  9000
#define MAKERS 1500
#define PAGE   1000 /* articles in a page; each has a price */

static const char SYLLABLES[] =
    "阿奥安氨板贝倍苯吡丙布长川醋达丹当地丁东对多恩二法泛方芬氟复肝感格古桂海汉和红"
    "琥华黄茴藿己甲健降解金酒咖卡康可克苦拉兰乐利连林灵六罗洛马麦美门米明莫木那南尼"
    "宁诺帕培片平普七羟青清曲热人沙山参生石舒双司斯四松素酸他泰坦特替天头托妥万维胃"
    "西锡小辛硝心新星溴亚烟盐氧药叶胰益银英右源云扎珍止左唑";

static const char *const FORMS[] = {"片",     "胶囊",     "颗粒",   "缓释片", "软膏",
                                    "口服液", "注射液",   "丸",     "分散片", "滴眼液",
                                    "肠溶片", "缓释胶囊", "乳膏",   "糖浆",   "咀嚼片",
                                    "软胶囊", "喷雾剂",   "混悬液", "贴膏",   "栓"};

static const char *const HOUSES[] = {
    "制药", "药业", "制药有限公司", "药业股份有限公司", "生物制药", "医药集团"};

/* Few of @n come often, most seldom. */
static uint64_t
roll_skewed(BenchDice *dice, uint64_t n)
{
  double part = (double)bench_roll(dice, 1 << 20) / (1 << 20);
  return (uint64_t)(part * part * part * (double)n);
}

static void
add_syllables(char *text, gsize size, BenchDice *dice, int n)
{
  static const int COUNT = (int)(sizeof SYLLABLES / 3);
  for (int i = 0; i < n; i++) {
    char one[4] = "";
    memcpy(one, SYLLABLES + bench_roll(dice, (uint64_t)COUNT) * 3, 3);
    g_strlcat(text, one, size);
  }
}

static void
name_it(BenchArticle *article, BenchDice *dice)
{
  uint64_t stem = roll_skewed(dice, STEMS), maker = roll_skewed(dice, MAKERS);
  BenchDice own = {stem * 7919 + 1}, house = {maker * 104729 + 3};
  add_syllables(article->name, sizeof article->name, &own, 2 + (int)bench_roll(&own, 4));
  g_strlcat(
      article->name, FORMS[roll_skewed(dice, G_N_ELEMENTS(FORMS))], sizeof article->name);
  if (bench_roll(dice, 2) == 0)
    add_syllables(article->trade_name, sizeof article->trade_name, dice, 3);
  add_syllables(
      article->maker, sizeof article->maker, &house, 2 + (int)bench_roll(&house, 2));
  g_strlcat(article->maker,
            HOUSES[bench_roll(&house, G_N_ELEMENTS(HOUSES))],
            sizeof article->maker);
}

void
bench_article(int64_t id, int64_t of, BenchArticle *ret)
{
  BenchDice dice = {(uint64_t)id * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15)};
  *ret = (BenchArticle){.id = id};
  /* 7,368,787 is a prime beyond any number of rows: each id gets a rank of its own */
  ret->rank = 1 + id * 7368787 % of;
  name_it(ret, &dice);
  g_snprintf(ret->approval_no,
             sizeof ret->approval_no,
             "国药准字H%08d",
             (int)bench_roll(&dice, 100000000));
  g_snprintf(ret->barcode,
             sizeof ret->barcode,
             "69%010" G_GINT64_FORMAT,
             id * 7368787 % G_GINT64_CONSTANT(10000000000));
  ret->barcode[12] = barcode_check_digit(ret->barcode, 12);
  ret->fen = 100 + (int64_t)bench_roll(&dice, 29900);
}

void
bench_article_json(GString *page, int64_t pos, const BenchArticle *article, int ver)
{
  g_string_append_printf(
      page,
      "%s{\"pos\":%" G_GINT64_FORMAT ",\"type\":\"article\",\"op\":\"put\",\"key\":"
      "\"%" G_GINT64_FORMAT "\",\"ver\":%d,\"body\":{\"id\":%" G_GINT64_FORMAT
      ",\"code\":\"A%07" G_GINT64_FORMAT "\",\"rank\":%" G_GINT64_FORMAT
      ",\"generic_name\":\"%s\",\"trade_name\":\"%s\",\"spec\":\"0.25g×24\",\"form\":"
      "\"\","
      "\"maker\":\"%s\",\"approval_no\":\"%s\",\"origin\":\"\",\"class\":2,\"special\":0,"
      "\"storage\":0,\"measure\":0,\"near_days\":0,\"tax_bp\":1300,\"insured\":false,"
      "\"trace_required\":false,\"active\":true,\"units\":[{\"name\":\"盒\",\"base\":1,"
      "\"sale\":true,\"default\":true}],\"barcodes\":[{\"code\":\"%s\",\"kind\":\"ean\","
      "\"unit\":\"盒\"}],\"mnemonics\":[]}}",
      page->str[page->len - 1] == '[' ? "" : ",",
      pos,
      article->id,
      ver,
      article->id,
      article->id,
      article->rank,
      article->name,
      article->trade_name,
      article->maker,
      article->approval_no,
      article->barcode);
}

void
bench_price_json(GString *page, int64_t pos, int64_t product, int64_t fen, int ver)
{
  g_string_append_printf(
      page,
      "%s{\"pos\":%" G_GINT64_FORMAT ",\"type\":\"price\",\"op\":\"put\",\"key\":"
      "\"%" G_GINT64_FORMAT
      "/盒/shelf/0\",\"ver\":%d,\"body\":{\"product\":%" G_GINT64_FORMAT
      ",\"unit\":\"盒\",\"tier\":\"shelf\",\"fen\":%" G_GINT64_FORMAT
      ",\"from\":0,\"to\":null,\"reason\":\"\"}}",
      page->str[page->len - 1] == '[' ? "" : ",",
      pos,
      product,
      ver,
      product,
      fen);
}

GString *
bench_page_new(int64_t from, int n)
{
  GString *page = g_string_sized_new((gsize)n * 700);
  g_string_append_printf(page,
                         "{\"stream\":\"cat\",\"from\":%" G_GINT64_FORMAT
                         ",\"to\":%" G_GINT64_FORMAT ",\"head\":%" G_GINT64_FORMAT
                         ",\"changes\":[",
                         from,
                         from + n,
                         from + n);
  return page;
}

void
bench_page_end(GString *page)
{
  g_string_append(page, "]}");
}

static void
load(Db *catalogue, int rows)
{
  int64_t begun = bench_now_ns(), spent = 0;
  for (int64_t id = 1; id <= rows;) {
    int n = (int)MIN(PAGE, rows - id + 1);
    int64_t pos = catalogue_store_position(catalogue);
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) page = bench_page_new(pos, n * 2);
    for (int i = 0; i < n; i++, id++) {
      BenchArticle article;
      bench_article(id, rows, &article);
      bench_article_json(page, ++pos, &article, 1);
      bench_price_json(page, ++pos, id, article.fen, 1);
    }
    bench_page_end(page);
    int64_t at = bench_now_ns();
    if (!catalogue_store_apply(catalogue, NULL, page->str, page->len, NULL, &error))
      bench_fail("load", error);
    db_checkpoint_if_large(catalogue);
    spent += bench_now_ns() - at;
  }
  g_printerr("loaded %d articles and prices in %.1f s, of which %.1f s in the feed\n",
             rows,
             (double)(bench_now_ns() - begun) / 1e9,
             (double)spent / 1e9);
  bench_tell("feed.load", rows * 2.0 / ((double)spent / 1e9), "rows/s", 0, true);
}

/* A shop has some of everything, mostly of what sells well. */
static void
stock_some(Db *catalogue, int rows)
{
  g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
  for (int64_t id = 1; id <= rows; id++) {
    int64_t rank = 1 + id * 7368787 % rows;
    if (rank <= MIN(rows / 10, 9000) || id % (rows / 1000 + 1) == 0)
      g_array_append_val(ids, id);
  }
  int64_t begun = bench_now_ns();
  g_autoptr(GError) error = NULL;
  if (!catalogue_store_mark_stocked(
          catalogue, (const int64_t *)(gpointer)ids->data, ids->len, true, &error))
    bench_fail("stock", error);
  db_checkpoint_if_large(catalogue);
  bench_tell("feed.stocked",
             ids->len / ((double)(bench_now_ns() - begun) / 1e9),
             "rows/s",
             0,
             true);
}

static char *
path_of(const Bench *bench)
{
  g_autofree char *name = g_strdup_printf("catalogue-%d.db", bench->rows);
  return g_build_filename(bench->folder, name, NULL);
}

Db *
bench_catalogue(const Bench *bench)
{
  g_autofree char *path = path_of(bench);
  g_autoptr(GError) error = NULL;
  Db *catalogue = db_open(path, "catalogue", DB_WRITER, &error);
  if (!catalogue)
    bench_fail(path, error);
  if (catalogue_store_position(catalogue) == 0) {
    load(catalogue, bench->rows);
    stock_some(catalogue, bench->rows);
  }
  return catalogue;
}

/* Reads the file once, so that nobody times the disk. */
static void
warm(const char *path)
{
  char block[65536];
  FILE *file = fopen(path, "rb");
  while (file && fread(block, 1, sizeof block, file) > 0)
    ;
  if (file)
    fclose(file);
}

Db *
bench_catalogue_reader(const Bench *bench)
{
  g_autofree char *path = path_of(bench);
  g_autoptr(GError) error = NULL;
  db_close(bench_catalogue(bench));
  warm(path);
  Db *reader = db_open(path, "catalogue", DB_READER, &error);
  if (!reader)
    bench_fail(path, error);
  return reader;
}
