#include "db/backup.h"
#include "tests/ui/harness.h"

static Harness
open_shift(const char *language)
{
  Harness h = harness_open_sale(language);
  harness_scan(&h, IBUPROFEN);
  harness_scan(&h, VITAMIN);
  harness_press(&h, "F12");
  harness_type(&h, "100");
  harness_press(&h, "F12");
  CU_ASSERT_EQUAL(shop_sales(&h.shop), 1);
  harness_press(&h, "<Alt>7");
  CU_ASSERT_EQUAL(h.till->page, PAGE_SHIFT);
  return h;
}

static guint
backups(Harness *h)
{
  g_autofree char *folder = folder_path(h->shop.folder, "backups");
  g_autoptr(GPtrArray) list = backup_list(folder);
  return list ? list->len : 0;
}

static void
the_totals_of_the_shift_are_shown(void)
{
  Harness h = open_shift("en");
  CU_ASSERT_TRUE(harness_sees(&h, "Shift 1"));
  CU_ASSERT_TRUE(harness_sees(&h, "Cash that should be in the drawer"));
  CU_ASSERT_TRUE(harness_sees(&h, "52.40"));
  CU_ASSERT_TRUE(harness_sees(&h, "Ready to close"));
  harness_close(&h);
}

static void
closing_asks_once_and_makes_a_backup(void)
{
  Harness h = open_shift("en");
  guint had = backups(&h);
  harness_press(&h, "F12");
  CU_ASSERT_TRUE(harness_sees(&h, "Close shift 1?"));
  CU_ASSERT_NOT_EQUAL(h.till->shift.id, 0);
  harness_picture(&h, "shift-ask-en");
  harness_press(&h, "F12");
  CU_ASSERT_EQUAL(h.till->shift.id, 0);
  CU_ASSERT_EQUAL(h.till->page, PAGE_SIGN_IN);
  CU_ASSERT_EQUAL(backups(&h), had + 1);
  CU_ASSERT_TRUE(harness_sees(&h, "checked copy of"));
  harness_picture(&h, "shift-closed-en");
  harness_close(&h);
}

static void
esc_keeps_the_shift_open(void)
{
  Harness h = open_shift("en");
  harness_press(&h, "F12");
  harness_press(&h, "Escape");
  CU_ASSERT_FALSE(harness_sees(&h, "Close shift 1?"));
  CU_ASSERT_NOT_EQUAL(h.till->shift.id, 0);
  CU_ASSERT_EQUAL(h.till->page, PAGE_SHIFT);
  harness_press(&h, "Escape");
  CU_ASSERT_EQUAL(h.till->page, PAGE_SALE);
  harness_close(&h);
}

static void
a_ticket_in_work_holds_the_key(void)
{
  Harness h = open_shift("en");
  harness_press(&h, "Escape");
  harness_scan(&h, TONIGHT);
  harness_press(&h, "<Alt>7");
  CU_ASSERT_TRUE(harness_sees(&h, "1 ticket in work"));
  harness_press(&h, "F12");
  harness_press(&h, "F12");
  CU_ASSERT_NOT_EQUAL(h.till->shift.id, 0);
  harness_close(&h);
}

static void
every_look_and_language_fits(void)
{
  Harness h = open_shift("zh_CN");
  CU_ASSERT_TRUE(harness_sees(&h, "钱箱应有现金"));
  harness_picture(&h, "shift-zh_CN");
  harness_resize(&h, 1366, 768, "dark", "standard");
  harness_press(&h, "F12");
  harness_picture(&h, "shift-ask-dark-zh_CN");
  harness_close(&h);
  h = open_shift("en");
  harness_picture(&h, "shift-en");
  harness_close(&h);
}

TESTS("shift_page",
      TEST(the_totals_of_the_shift_are_shown),
      TEST(closing_asks_once_and_makes_a_backup),
      TEST(esc_keeps_the_shift_open),
      TEST(a_ticket_in_work_holds_the_key),
      TEST(every_look_and_language_fits))
