/* bench_articles: any number of made-up articles with Chinese-like names, the same in
 * each run: 9,000 stems times 20 forms times 1,500 makers, a few of them far more common
 * than the rest, as in real lists. */
#pragma once

#include "db/db.h"
#include "tests/bench/bench.h"

typedef struct {
  int64_t id, rank; /* from 1; each rank once, not in the order of the ids */
  char name[96];    /* stem and form */
  char trade_name[32];
  char maker[64];
  char approval_no[48];
  char barcode[14]; /* EAN-13 */
  int64_t fen;
} BenchArticle;

void bench_article(int64_t id, int64_t of, BenchArticle *ret);
/* The change that brings it in (appended to @page), as version @ver with @rank_shift. */
void bench_article_json(GString *page, int64_t pos, const BenchArticle *article, int ver);
void bench_price_json(GString *page, int64_t pos, int64_t product, int64_t fen, int ver);
/* "{"stream":"cat",…,"changes":[" … "]}" around what was appended. */
GString *bench_page_new(int64_t from, int n);
void bench_page_end(GString *page);

/* catalogue.db in the folder of @bench with all articles and prices; made when it is not
 * there or has another number (a minute or two). (transfer full): the writing connection.
 */
Db *bench_catalogue(const Bench *bench);
Db *bench_catalogue_reader(const Bench *bench);
