/* The real program in its window against devices that are on the bus of another process.
 */
#include "tests/endtoend/outside.h"

#include "tests/app/shop.h"

typedef struct {
  Shop shop; /* its till is closed: the program has the folder */
  Outside *till;
} Counter;

static Counter
counter_start(void)
{
  Counter counter = {shop_open(), NULL};
  g_clear_pointer(&counter.shop.till, till_free);
  const char *const more[] = {"--lang", "en", NULL};
  counter.till = outside_start(GUITAI, counter.shop.folder, more);
  CU_ASSERT_PTR_NOT_NULL_FATAL(counter.till);
  return counter;
}

static void
counter_stop(Counter *counter)
{
  outside_end(counter->till);
  shop_close(&counter->shop);
}

static void
a_clerk_signs_in(void)
{
  Counter counter = counter_start();
  CU_ASSERT_TRUE(outside_says(counter.till, "Staff number"));
  outside_type(counter.till, "0312");
  outside_key(counter.till, "Return");
  CU_ASSERT_TRUE(outside_says(counter.till, "PIN"));
  outside_type(counter.till, "3120");
  outside_key(counter.till, "Return");
  CU_ASSERT_TRUE(outside_says(counter.till, "Scan"));
  counter_stop(&counter);
}

TESTS("end to end", TEST(a_clerk_signs_in))
