/* bench_feed: pages of changes to articles that are there, without end. */
#pragma once

#include "tests/bench/bench_articles.h"

typedef struct {
  int rows;
  int page;    /* changes in one */
  int renamed; /* of a hundred changes, how many give an article another name */
  int ver;     /* of the last page */
  BenchDice dice;
} BenchFeed;

/* The next page after @pos (transfer full). */
GString *bench_feed_page(BenchFeed *feed, int64_t pos);
/* Applies one page; its changes per call. Adds the time that took to @ret_ns. */
int bench_feed_step(BenchFeed *feed, Db *catalogue, int64_t *ret_ns);
