#include "db/print_store.h"

#include "tests/db/shop.h"

static void
a_job_waits_until_the_paper_is_out(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  g_autoptr(GPtrArray) jobs = NULL;
  CU_ASSERT_TRUE(print_store_add(store, "receipt", "n1", 0, NOON, NULL));
  CU_ASSERT_TRUE(print_store_add(store, "receipt", "n1", 1, NOON + 1, NULL));
  CU_ASSERT_EQUAL(print_store_count(store), 2);
  CU_ASSERT_TRUE(print_store_waiting(store, &jobs, NULL));
  const PrintJob *first = jobs->pdata[0], *second = jobs->pdata[1];
  CU_ASSERT_STRING_EQUAL(first->kind, "receipt");
  CU_ASSERT_STRING_EQUAL(first->subject, "n1");
  CU_ASSERT_EQUAL(first->copy, 0);
  CU_ASSERT_EQUAL(second->copy, 1);
  CU_ASSERT_EQUAL(first->made_us, NOON);
  CU_ASSERT_TRUE(print_store_done(store, first->id, NOON, NULL));
  CU_ASSERT_TRUE(print_store_drop(store, second->id, NULL));
  CU_ASSERT_EQUAL(print_store_count(store), 0);
}

static void
each_try_is_counted_before_it_is_made(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  CU_ASSERT_TRUE(print_store_add(store, "receipt", "n1", 0, NOON, NULL));
  CU_ASSERT_TRUE(print_store_begin(store, 1, NULL));
  CU_ASSERT_TRUE(print_store_begin(store, 1, NULL));
  g_autoptr(GPtrArray) jobs = NULL;
  CU_ASSERT_TRUE(print_store_waiting(store, &jobs, NULL));
  CU_ASSERT_EQUAL(((PrintJob *)jobs->pdata[0])->tries, 2);
}

static void
a_job_that_ended_does_not_end_again(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  CU_ASSERT_TRUE(print_store_add(store, "receipt", "n1", 0, NOON, NULL));
  CU_ASSERT_TRUE(print_store_done(store, 1, NOON, NULL));
  CU_ASSERT_TRUE(print_store_drop(store, 1, NULL));
  CU_ASSERT_TRUE(print_store_done(store, 1, NOON + 5, NULL));
  CU_ASSERT_EQUAL(number(store, "SELECT state FROM print_job WHERE id = 1"), 1);
  CU_ASSERT_EQUAL(number(store, "SELECT done_us FROM print_job WHERE id = 1"), NOON);
}

TESTS("print_store",
      TEST(a_job_waits_until_the_paper_is_out),
      TEST(each_try_is_counted_before_it_is_made),
      TEST(a_job_that_ended_does_not_end_again))
