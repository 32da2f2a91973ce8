/* bench_shop: the folder of an enrolled till, on as many articles as asked for, with
 * stock of up to BENCH_STOCKED of them and one clerk. */
#pragma once

#include "tests/bench/bench_store.h"

#define BENCH_STAFF "0312"
#define BENCH_PIN   "3120"

/* A folder in that of @bench, new but for the catalogue (transfer full). */
char *bench_shop(const Bench *bench);
void bench_shop_remove(char *shop); /* takes it; the catalogue stays */
