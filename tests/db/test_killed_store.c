#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/ticket_store.h"
#include "db/verify.h"
#include "tests/db/shop.h"

#define ROUNDS 12
#define SEED   20261122

static Sale *
sale_called(int n)
{
  Sale *sale = shop_sale('0');
  g_snprintf(sale->uid, sizeof sale->uid, "%032d", n);
  return sale;
}

/* Sells, holds and recalls for ever; tells @out of each receipt once it is kept. */
static void
sell_until_killed(const char *path, int round, FILE *out)
{
  Db *store = db_open(path, "store", DB_WRITER, NULL);
  for (int n = round * 100000;; n++) {
    g_autoptr(Sale) sale = sale_called(n);
    g_autofree char *sold = NULL;
    if (n % 3 == 0 && ticket_store_hold(store, sale, "", "0312", NOON, NULL))
      continue;
    if (!shop_sell(store, sale, &sold, NULL))
      _exit(1);
    fprintf(out, "%s\n", sold);
    fflush(out);
    if (n % 7 == 0)
      db_checkpoint_if_large(store);
  }
}

static pid_t
start(const char *path, int round, FILE **ret_in)
{
  int ends[2];
  CU_ASSERT_EQUAL_FATAL(pipe(ends), 0);
  pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    sell_until_killed(path, round, fdopen(ends[1], "w"));
  }
  close(ends[1]);
  *ret_in = fdopen(ends[0], "r");
  return child;
}

/* Every receipt that was told is kept; the books prove themselves. */
static void
look(const char *path, const GPtrArray *told)
{
  g_autoptr(Db) store = db_open(path, "store", DB_WRITER, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(store);
  for (guint i = 0; i < told->len; i++) {
    KeptSale *kept = NULL;
    CU_ASSERT_TRUE(sale_store_find(store, told->pdata[i], &kept, NULL));
    CU_ASSERT_PTR_NOT_NULL(kept);
    kept_sale_free(kept);
  }
  g_autoptr(GPtrArray) findings = NULL;
  CU_ASSERT_TRUE(verify_store(store, &findings, NULL));
  for (guint i = 0; i < findings->len; i++) {
    const VerifyFinding *finding = findings->pdata[i];
    CU_ASSERT_PTR_NULL(finding->wrong);
  }
  CU_ASSERT_PTR_NULL(db_integrity(store));
}

static void
a_till_killed_at_any_moment_has_all_it_told_of(void)
{
  char *folder = fixture_folder();
  g_autofree char *path = g_build_filename(folder, "store.db", NULL);
  g_autoptr(GPtrArray) told = g_ptr_array_new_with_free_func(g_free);
  GRand *random = g_rand_new_with_seed(SEED);
  db_close(fixture_store(path));
  for (int round = 1; round <= ROUNDS; round++) {
    FILE *in = NULL;
    char line[64];
    pid_t child = start(path, round, &in);
    for (int wanted = g_rand_int_range(random, 0, 25); wanted > 0; wanted--)
      if (fgets(line, sizeof line, in))
        g_ptr_array_add(told, g_strdup(g_strchomp(line)));
    kill(child, SIGKILL);
    while (fgets(line, sizeof line, in))
      if (strchr(line, '\n'))
        g_ptr_array_add(told, g_strdup(g_strchomp(line)));
    fclose(in);
    waitpid(child, NULL, 0);
    look(path, told);
  }
  CU_ASSERT_TRUE(told->len > ROUNDS);
  g_rand_free(random);
  fixture_remove(folder);
}

TESTS("killed_store", TEST(a_till_killed_at_any_moment_has_all_it_told_of))
