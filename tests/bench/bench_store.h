/* bench_store: a till's store.db with stock of many articles, and sales of five lines. */
#pragma once

#include "app/domain/sale.h"
#include "app/domain/tender.h"
#include "tests/bench/bench_articles.h"

#define BENCH_STOCKED 30000 /* articles with one lot each */

/* <folder>/<name>, new (transfer full). */
Db *bench_store(const Bench *bench, const char *name);
Sale *bench_sale_of_five(BenchDice *dice, int n); /* (transfer full); @n: makes the uid */
void bench_sell(Db *store, const Sale *sale);
