#include "app/self_check.h"

#include "app/base/clock.h"
#include "app/shift.h"
#include "db/catalogue_store.h"
#include "drivers/sim/desk.h"
#include "tests/app/shop.h"

static CheckLine
look(Shop *shop, CheckItem item)
{
  CheckLine lines[N_CHECKS];
  self_check(shop->till, lines);
  return lines[item];
}

static void
books_without_a_copy_ask_for_one(void)
{
  Shop shop = shop_open();
  CheckLine line = look(&shop, CHECK_BOOKS);
  CU_ASSERT_EQUAL(line.finding, FOUND_NO_BACKUP);
  CU_ASSERT_EQUAL(line.grade, CHECK_WARN);
  shop_close(&shop);
}

static void
a_closed_shift_leaves_a_copy(void)
{
  Shop shop = shop_open();
  clock_set_shift_us(0);
  shop_sign_in(&shop);
  shift_close(shop.till);
  CheckLine line = look(&shop, CHECK_BOOKS);
  CU_ASSERT_EQUAL(line.finding, FOUND_BACKUP);
  CU_ASSERT_EQUAL(line.grade, CHECK_OK);
  CU_ASSERT_TRUE(ABS(line.number - clock_now_us()) < 60 * G_USEC_PER_SEC);
  clock_set_shift_us(2 * 24 * HOUR_US);
  CU_ASSERT_EQUAL(look(&shop, CHECK_BOOKS).grade, CHECK_WARN);
  shop_close(&shop);
}

static void
without_articles_the_shop_may_not_open(void)
{
  Shop shop = shop_open();
  CU_ASSERT_EQUAL(look(&shop, CHECK_ARTICLES).finding, FOUND_UP_TO_DATE);
  g_clear_pointer(&shop.till->catalogue, db_close);
  CheckLine line = look(&shop, CHECK_ARTICLES);
  CU_ASSERT_EQUAL(line.finding, FOUND_NO_ARTICLES);
  CU_ASSERT_EQUAL(line.grade, CHECK_BAD);
  shop_close(&shop);
}

static void
changes_that_are_still_to_come_are_counted(void)
{
  Shop shop = shop_open();
  int64_t here = catalogue_store_position(shop.till->catalogue);
  shop.till->sync_status.catalogue_head = here + 12;
  CheckLine line = look(&shop, CHECK_ARTICLES);
  CU_ASSERT_EQUAL(line.finding, FOUND_CATCHING_UP);
  CU_ASSERT_EQUAL(line.number, 12);
  shop_close(&shop);
}

static void
the_clock_is_judged_by_central_only(void)
{
  static const struct {
    int64_t contact_us, ahead_us;
    CheckFinding finding;
    CheckGrade grade;
  } cases[] = {{0, 0, FOUND_CLOCK_UNKNOWN, CHECK_QUIET},
               {1, 400000, FOUND_CLOCK_AGREES, CHECK_OK},
               {1, -59 * G_USEC_PER_SEC, FOUND_CLOCK_AGREES, CHECK_OK},
               {1, 61 * G_USEC_PER_SEC, FOUND_CLOCK_OFF, CHECK_WARN},
               {1, -HOUR_US, FOUND_CLOCK_OFF, CHECK_WARN}};
  Shop shop = shop_open();
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    shop.till->sync_status.last_contact_us = cases[i].contact_us;
    shop.till->sync_status.hub_ahead_us = cases[i].ahead_us;
    CheckLine line = look(&shop, CHECK_CLOCK);
    CU_ASSERT_EQUAL(line.finding, cases[i].finding);
    CU_ASSERT_EQUAL(line.grade, cases[i].grade);
  }
  shop_close(&shop);
}

static void
the_line_says_what_waits(void)
{
  static const struct {
    SyncLine line;
    int64_t waiting;
    CheckFinding finding;
    CheckGrade grade;
  } cases[] = {{SYNC_ONLINE, 0, FOUND_ONLINE, CHECK_OK},
               {SYNC_ONLINE, 3, FOUND_WAITING, CHECK_OK},
               {SYNC_TRYING, 3, FOUND_TRYING, CHECK_QUIET},
               {SYNC_OFFLINE, 40, FOUND_OFFLINE, CHECK_WARN},
               {SYNC_REFUSED, 40, FOUND_REFUSED, CHECK_WARN}};
  Shop shop = shop_open();
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    shop.till->sync_status.line = cases[i].line;
    shop.till->outbox_waiting = cases[i].waiting;
    CheckLine line = look(&shop, CHECK_CENTRAL);
    CU_ASSERT_EQUAL(line.finding, cases[i].finding);
    CU_ASSERT_EQUAL(line.grade, cases[i].grade);
    CU_ASSERT_EQUAL(line.number, cases[i].waiting);
  }
  g_clear_pointer(&shop.till->identity, identity_free);
  shop.till->sync_status.line = SYNC_OFF;
  CU_ASSERT_EQUAL(look(&shop, CHECK_CENTRAL).finding, FOUND_NOT_ENROLLED);
  shop_close(&shop);
}

static void
the_printer_tells_the_worst_first(void)
{
  Shop shop = shop_open();
  CU_ASSERT_EQUAL(look(&shop, CHECK_PRINTER).finding, FOUND_READY);
  desk_set_paper(false);
  await(device_state(shop.till->device[USE_PRINTER]) & DEVICE_PAPER_OUT);
  CU_ASSERT_EQUAL(look(&shop, CHECK_PRINTER).finding, FOUND_PAPER_OUT);
  desk_plug(DESK_PRINTER, false);
  await(device_state(shop.till->device[USE_PRINTER]) & DEVICE_GONE);
  CheckLine line = look(&shop, CHECK_PRINTER);
  CU_ASSERT_EQUAL(line.finding, FOUND_GONE);
  CU_ASSERT_EQUAL(line.grade, CHECK_WARN);
  shop_close(&shop);
}

static void
a_scanner_that_types_needs_no_set_up(void)
{
  CheckLine scanner = self_check_device(NULL, CHECK_SCANNER);
  CU_ASSERT_EQUAL(scanner.grade, CHECK_QUIET);
  CU_ASSERT_EQUAL(scanner.finding, FOUND_NO_DEVICE);
  CU_ASSERT_EQUAL(self_check_device(NULL, CHECK_PRINTER).grade, CHECK_WARN);
}

TESTS("self_check",
      TEST(books_without_a_copy_ask_for_one),
      TEST(a_closed_shift_leaves_a_copy),
      TEST(without_articles_the_shop_may_not_open),
      TEST(changes_that_are_still_to_come_are_counted),
      TEST(the_clock_is_judged_by_central_only),
      TEST(the_line_says_what_waits),
      TEST(the_printer_tells_the_worst_first),
      TEST(a_scanner_that_types_needs_no_set_up))
