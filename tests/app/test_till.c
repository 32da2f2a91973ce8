#include "app/till.h"

#include <glib/gstdio.h>

#include "app/finding.h"
#include "app/shift.h"
#include "db/audit_log.h"
#include "db/backup.h"
#include "db/people_store.h"
#include "tests/app/shop.h"

static void
note_parts(Till *till, TillPart changed, gpointer data)
{
  *(TillPart *)data |= changed;
}

static void
watches_hear_what_changed_once_per_turn(void)
{
  Shop shop = shop_open();
  TillPart heard = 0;
  shop_sign_in(&shop);
  till_settle(shop.till);
  till_watch(shop.till, note_parts, &heard);
  shop_scan_article(&shop, IBUPROFEN);
  CU_ASSERT_EQUAL(heard, 0);
  await(heard != 0);
  CU_ASSERT_TRUE(heard & TILL_SALE);
  till_unwatch(shop.till, &heard);
  heard = 0;
  till_changed(shop.till, TILL_SALE);
  till_settle(shop.till);
  CU_ASSERT_EQUAL(heard, 0);
  shop_close(&shop);
}

static void
a_background_message_never_hides_a_more_serious_one(void)
{
  Shop shop = shop_open();
  till_notice(shop.till, (Notice){.kind = NOTICE_BLOCK, .id = NOTICE_DISK_FULL});
  till_notice(
      shop.till,
      (Notice){.kind = NOTICE_INFO, .id = NOTICE_RECEIPT_PRINTED, .what = g_strdup("x")});
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_DISK_FULL);
  till_notice(shop.till, (Notice){.kind = NOTICE_BLOCK, .id = NOTICE_STORE_FAILED});
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_STORE_FAILED);
  till_clear_notice(shop.till);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_NOTHING);
  shop_close(&shop);
}

static void
two_programs_never_have_one_folder(void)
{
  Shop shop = shop_open();
  g_autoptr(GError) error = NULL;
  TillOptions options = {
      .folder = shop.folder, .without_sync = true, .without_usb = true};
  CU_ASSERT_PTR_NULL(till_open(&options, &error));
  CU_ASSERT_TRUE(g_error_matches(error, DB_ERROR, DB_ERROR_BUSY));
  shop_close(&shop);
}

static void
the_stores_own_particulars_are_read(void)
{
  Shop shop = shop_open();
  CU_ASSERT_STRING_EQUAL(shop.till->store_name, "和平路店");
  CU_ASSERT_STRING_EQUAL(shop.till->store_address, "和平路1号");
  CU_ASSERT_EQUAL(shop.till->round_step, 1);
  CU_ASSERT_STRING_EQUAL(shop.till->identity->till_code, "03");
  shop_close(&shop);
}

static void
signing_in_wants_the_right_pin_and_opens_a_shift(void)
{
  Shop shop = shop_open();
  sign_in(shop.till, "9999", "3120");
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_STAFF_UNKNOWN);
  sign_in(shop.till, "0312", "0000");
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_PIN_WRONG);
  CU_ASSERT_EQUAL(shop.till->notice.number, 4);
  CU_ASSERT_PTR_NULL(shop.till->staff);
  CU_ASSERT_EQUAL(shop.till->shift.id, 0);
  sign_in(shop.till, "90312", "3120");
  CU_ASSERT_PTR_NOT_NULL_FATAL(shop.till->staff);
  CU_ASSERT_STRING_EQUAL(shop.till->staff->number, "0312");
  CU_ASSERT_EQUAL(shop.till->page, PAGE_SALE);
  CU_ASSERT_EQUAL(shop.till->shift.business_date, 20261122);
  shop_close(&shop);
}

static void
five_wrong_pins_lock_also_through_a_restart(void)
{
  Shop shop = shop_open();
  for (int i = 0; i < 5; i++)
    sign_in(shop.till, "0312", "0000");
  shop_reopen(&shop);
  sign_in(shop.till, "0312", "3120");
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_PIN_LOCKED);
  CU_ASSERT_TRUE(shop.till->notice.number > 0 && shop.till->notice.number <= 60);
  CU_ASSERT_PTR_NULL(shop.till->staff);
  shop_set_clock(MORNING_US + 2 * 60 * G_USEC_PER_SEC);
  sign_in(shop.till, "0312", "3120");
  CU_ASSERT_PTR_NOT_NULL(shop.till->staff);
  shop_close(&shop);
}

static void
nobody_leaves_a_ticket_in_work_behind(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  shop_scan_article(&shop, IBUPROFEN);
  sign_out(shop.till);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_TICKET_IN_WORK);
  checkout_hold(shop.till, NULL);
  sign_out(shop.till);
  CU_ASSERT_PTR_NULL(shop.till->staff);
  CU_ASSERT_EQUAL(shop.till->page, PAGE_SIGN_IN);
  CU_ASSERT_TRUE(shop.till->shift.id != 0);
  shop_close(&shop);
}

static void
sell_one(Shop *shop)
{
  shop_scan_article(shop, IBUPROFEN);
  pay_open(shop->till);
  pay_confirm(shop->till, "30");
  await(shop->till->printing_waits == 0);
}

static void
closing_a_shift_adds_up_and_backs_up(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  sell_one(&shop);
  ShiftTotals totals = shift_totals(shop.till);
  CU_ASSERT_EQUAL(totals.sales, 1);
  CU_ASSERT_EQUAL(totals.cash, 2250);
  shift_close(shop.till);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_SHIFT_CLOSED);
  CU_ASSERT_EQUAL(shop.till->shift.id, 0);
  CU_ASSERT_EQUAL(shop.till->page, PAGE_SIGN_IN);
  g_autofree char *backups = folder_path(shop.folder, "backups");
  g_autoptr(GPtrArray) list = backup_list(backups);
  CU_ASSERT_EQUAL(list->len, 1);
  shop_close(&shop);
}

static void
yesterdays_shift_is_closed_when_today_begins(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  int64_t id = shop.till->shift.id;
  sign_out(shop.till);
  shop_sign_in(&shop);
  CU_ASSERT_EQUAL(shop.till->shift.id, id);
  sign_out(shop.till);
  shop_set_clock(MORNING_US + 24 * HOUR_US);
  shop_sign_in(&shop);
  CU_ASSERT_TRUE(shop.till->shift.id > id);
  CU_ASSERT_EQUAL(shop.till->shift.business_date, 20261123);
  shop_close(&shop);
}

static void
spoil(const char *folder, const char *name)
{
  g_autofree char *path = folder_path(folder, name);
  g_autofree char *garbage = g_strnfill(8192, 'x');
  CU_ASSERT_TRUE(g_file_set_contents(path, garbage, 8192, NULL));
}

static void
forget_wal(const char *folder, const char *name)
{
  static const char *const PARTS[] = {"-wal", "-shm"};
  for (gsize i = 0; i < G_N_ELEMENTS(PARTS); i++) {
    g_autofree char *file = g_strconcat(name, PARTS[i], NULL);
    g_autofree char *path = folder_path(folder, file);
    g_remove(path);
  }
}

static void
a_damaged_store_is_told_kept_and_restored_in_the_next_epoch(void)
{
  Shop shop = shop_open();
  g_autoptr(GError) error = NULL;
  g_autofree char *backup = NULL, *kept = NULL;
  TillOptions options = {
      .folder = shop.folder, .without_sync = true, .without_usb = true};
  shop_sign_in(&shop);
  sell_one(&shop);
  shift_close(shop.till);
  g_clear_pointer(&shop.till, till_free);
  forget_wal(shop.folder, "store.db");
  spoil(shop.folder, "store.db");
  CU_ASSERT_PTR_NULL(till_open(&options, &error));
  CU_ASSERT_TRUE(g_error_matches(error, DB_ERROR, DB_ERROR_CORRUPT));
  CU_ASSERT_TRUE_FATAL(till_restore(shop.folder, NULL, &backup, &kept, NULL));
  CU_ASSERT_PTR_NOT_NULL_FATAL(kept);
  CU_ASSERT_TRUE(g_file_test(kept, G_FILE_TEST_EXISTS));
  shop_open_till(&shop);
  CU_ASSERT_EQUAL(shop.till->identity->epoch, 2);
  CU_ASSERT_EQUAL(shop_sales(&shop), 1);
  shop_sign_in(&shop);
  sell_one(&shop);
  CU_ASSERT_STRING_EQUAL(shop.till->last.number, "0123-03-e2-000001");
  shop_reopen(&shop);
  CU_ASSERT_EQUAL(shop.till->identity->epoch, 2);
  shop_close(&shop);
}

static void
nothing_is_touched_when_there_is_no_backup(void)
{
  Shop shop = shop_open();
  g_autoptr(GError) error = NULL;
  g_clear_pointer(&shop.till, till_free);
  CU_ASSERT_FALSE(till_restore(shop.folder, NULL, NULL, NULL, &error));
  CU_ASSERT_PTR_NOT_NULL(error);
  shop_open_till(&shop);
  CU_ASSERT_EQUAL(shop.till->identity->epoch, 1);
  shop_close(&shop);
}

static void
a_damaged_catalogue_is_set_aside_and_the_ticket_goes_on(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  shop_scan_article(&shop, IBUPROFEN);
  checkout_hold(shop.till, "half done");
  g_clear_pointer(&shop.till, till_free);
  forget_wal(shop.folder, "catalogue.db");
  spoil(shop.folder, "catalogue.db");
  shop_open_till(&shop);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_CATALOGUE_BROKEN);
  CU_ASSERT_PTR_NOT_NULL(shop.till->catalogue);
  /* Staff lie there too: who is signed in already goes on selling. */
  shop.till->staff = staff_new();
  shop.till->staff->number = g_strdup("0312");
  shop.till->staff->active = true;
  shop.till->staff->rights = RIGHT_SELL | RIGHT_HOLD;
  CU_ASSERT_TRUE(shift_begin(shop.till, shop.till->staff, NULL));
  till_open_page(shop.till, PAGE_SALE);
  checkout_open_held(shop.till);
  shop_scan_article(&shop, VITAMIN);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_CATALOGUE_EMPTY);
  pay_open(shop.till);
  pay_confirm(shop.till, "30");
  CU_ASSERT_EQUAL(shop_sales(&shop), 1);
  shop_close(&shop);
}

static void
a_clock_that_goes_back_is_noticed_and_stops_what_needs_dates(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  sell_one(&shop);
  shop_set_clock(MORNING_US - HOUR_US);
  shop_reopen(&shop);
  CU_ASSERT_FALSE(shop.till->clock_is_trusted);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_CLOCK_MOVED);
  shop_sign_in(&shop);
  shop_scan_article(&shop, RX_BOX);
  CU_ASSERT_EQUAL(shop.till->notice.rule.message, RULE_CLOCK_BACK);
  shop_scan_article(&shop, IBUPROFEN);
  CU_ASSERT_FALSE(sale_is_empty(shop.till->sale));
  shop_close(&shop);
}

static void
the_search_shows_price_stock_and_shelf_life(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  finding_type(shop.till, "布洛芬");
  CU_ASSERT_EQUAL_FATAL(shop.till->found->len, 1);
  const FoundArticle *found = shop.till->found->pdata[0];
  CU_ASSERT_EQUAL(found->product->id, IBUPROFEN);
  CU_ASSERT_EQUAL(found->on_hand, 160);
  CU_ASSERT_EQUAL(found->expiry, 20280331);
  CU_ASSERT_EQUAL(product_default_unit(found->product)->price, 2250);
  finding_type(shop.till, "");
  CU_ASSERT_EQUAL(shop.till->found->len, 0);
  CU_ASSERT_EQUAL(shop.till->page, PAGE_SALE);
  shop_close(&shop);
}

TESTS("till",
      TEST(watches_hear_what_changed_once_per_turn),
      TEST(a_background_message_never_hides_a_more_serious_one),
      TEST(two_programs_never_have_one_folder),
      TEST(the_stores_own_particulars_are_read),
      TEST(signing_in_wants_the_right_pin_and_opens_a_shift),
      TEST(five_wrong_pins_lock_also_through_a_restart),
      TEST(nobody_leaves_a_ticket_in_work_behind),
      TEST(closing_a_shift_adds_up_and_backs_up),
      TEST(yesterdays_shift_is_closed_when_today_begins),
      TEST(a_damaged_store_is_told_kept_and_restored_in_the_next_epoch),
      TEST(nothing_is_touched_when_there_is_no_backup),
      TEST(a_damaged_catalogue_is_set_aside_and_the_ticket_goes_on),
      TEST(a_clock_that_goes_back_is_noticed_and_stops_what_needs_dates),
      TEST(the_search_shows_price_stock_and_shelf_life))
