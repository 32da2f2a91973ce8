#include "ui/window.h"

#include "tests/ui/harness.h"
#include "ui/keys.h"
#include "ui/page.h"

static void
every_action_of_the_key_map_is_there_on_its_pages(void)
{
  static const TillPage pages[] = {
      PAGE_SALE, PAGE_SEARCH, PAGE_HELD, PAGE_SHIFT, PAGE_DEVICES};
  Harness harness = harness_open_sale("en");
  GtkWidget *probe = gtk_button_new();
  guint n;
  const Key *table = keys_table(&n);
  for (guint p = 0; p < G_N_ELEMENTS(pages); p++) {
    till_open_page(harness.till, pages[p]);
    harness_settle(&harness);
    gtk_box_append(GTK_BOX(window_page(harness.window)), probe);
    for (guint i = 0; i < n; i++) {
      if (!(table[i].pages & KEY_ON(pages[p])))
        continue;
      gtk_actionable_set_action_name(GTK_ACTIONABLE(probe), table[i].action);
      bool is_there = gtk_widget_is_sensitive(probe);
      CU_ASSERT_TRUE(is_there);
      if (!is_there)
        g_printerr("page %d has no action %s\n", pages[p], table[i].action);
    }
    g_object_ref(probe);
    gtk_box_remove(GTK_BOX(window_page(harness.window)), probe);
  }
  g_object_unref(probe);
  harness_close(&harness);
}

static void
a_touch_on_a_key_does_what_the_key_does(void)
{
  Harness harness = harness_open_sale("en");
  harness_scan(&harness, IBUPROFEN);
  harness_click(&harness, harness_button(&harness, "Hold"));
  CU_ASSERT_EQUAL(harness.till->held, 1);
  CU_ASSERT_TRUE(harness_sees(&harness, "Ticket held"));
  harness_scan(&harness, VITAMIN);
  harness_click(&harness, harness_button(&harness, "Pay"));
  CU_ASSERT_EQUAL(harness.till->page, PAGE_PAYMENT);
  harness_close(&harness);
}

static void
escape_leads_back_and_discards_nothing(void)
{
  Harness harness = harness_open_sale("en");
  harness_scan(&harness, IBUPROFEN);
  harness_press(&harness, "F12");
  CU_ASSERT_EQUAL(harness.till->page, PAGE_PAYMENT);
  harness_press(&harness, "Escape");
  CU_ASSERT_EQUAL(harness.till->page, PAGE_SALE);
  for (int i = 0; i < 5; i++)
    harness_press(&harness, "Escape");
  CU_ASSERT_EQUAL(harness.till->page, PAGE_SALE);
  CU_ASSERT_EQUAL(harness.till->sale->lines->len, 1);
  CU_ASSERT_PTR_NOT_NULL(harness.till->staff);
  harness_close(&harness);
}

static void
space_says_told_while_the_box_is_empty(void)
{
  Harness harness = harness_open_sale("en");
  harness_scan(&harness, VITAMIN);
  CU_ASSERT_TRUE(harness_sees(&harness, "Expires in 88 days"));
  CU_ASSERT_PTR_NOT_NULL(harness_button(&harness, "Other lot"));
  harness_press(&harness, "space");
  CU_ASSERT_FALSE(harness_sees(&harness, "Expires in 88 days"));
  CU_ASSERT_EQUAL(harness.till->notice.id, NOTICE_NOTHING);
  harness_close(&harness);
}

static void
other_lot_is_for_the_line_that_the_message_names(void)
{
  Harness harness = harness_open_sale("en");
  harness_scan(&harness, IBUPROFEN);
  harness_scan(&harness, VITAMIN);
  harness_press(&harness, "Up");
  CU_ASSERT_EQUAL(harness.till->chosen, 0);
  harness_click(&harness, harness_button(&harness, "Other lot"));
  CU_ASSERT_EQUAL(harness.till->chosen, 1);
  CU_ASSERT_TRUE(harness_sees(&harness, "Lots · line 2"));
  harness_close(&harness);
}

static void
a_refusal_is_one_red_message_with_a_reason(void)
{
  Harness harness = harness_open_sale("en");
  harness_scan(&harness, EXPIRED);
  GtkWidget *bar = harness_find(&harness, GTK_ACCESSIBLE_ROLE_STATUS, "Not for sale");
  CU_ASSERT_PTR_NOT_NULL_FATAL(bar);
  CU_ASSERT_TRUE(gtk_widget_has_css_class(bar, "block"));
  CU_ASSERT_TRUE(harness_sees_in(bar, "小儿止咳糖浆"));
  CU_ASSERT_EQUAL(harness.till->sale->lines->len, 0);
  harness_picture(&harness, "message-block-en");
  harness_close(&harness);
}

static void
the_message_bar_does_not_move_the_page(void)
{
  Harness harness = harness_open_sale("en");
  harness_scan(&harness, IBUPROFEN);
  int before = gtk_widget_get_height(window_page(harness.window));
  harness_scan(&harness, VITAMIN);
  int warned = gtk_widget_get_height(window_page(harness.window));
  harness_scan(&harness, EXPIRED);
  CU_ASSERT_EQUAL(before, warned);
  CU_ASSERT_EQUAL(before, gtk_widget_get_height(window_page(harness.window)));
  harness_close(&harness);
}

static void
the_strip_says_where_who_and_what_waits(void)
{
  Harness harness = harness_open_sale("en");
  CU_ASSERT_TRUE(harness_sees(&harness, "和平路店 · Till 03 · Shift 1"));
  CU_ASSERT_TRUE(harness_sees(&harness, "张三"));
  CU_ASSERT_TRUE(harness_sees(&harness, "09:41"));
  desk_set_paper(false);
  await(device_state(harness.till->device[USE_PRINTER]) & DEVICE_PAPER_OUT);
  harness_settle(&harness);
  CU_ASSERT_TRUE(harness_sees(&harness, "Printer: no paper"));
  harness_scan(&harness, IBUPROFEN);
  harness_press(&harness, "F12");
  pay_confirm(harness.till, "50");
  await(harness.till->printing_waits == 1);
  harness_settle(&harness);
  CU_ASSERT_TRUE(harness_sees(&harness, "Receipts waiting 1"));
  CU_ASSERT_TRUE(harness_sees(&harness, "To send"));
  harness_picture(&harness, "strip-troubled-en");
  harness_close(&harness);
}

static void
a_scanner_that_types_never_presses_the_focused_button(void)
{
  Harness harness = harness_open_sale("en");
  harness_press(&harness, "<Alt>7");
  CU_ASSERT_EQUAL(harness.till->page, PAGE_SHIFT);
  int64_t shift = harness.till->shift.id;
  harness_scan_keys(&harness, "6900000000024");
  harness_scan_keys(&harness, "6900000000024");
  CU_ASSERT_EQUAL(harness.till->shift.id, shift);
  CU_ASSERT_EQUAL(harness.till->page, PAGE_SHIFT);
  harness_close(&harness);
}

static void
pages_are_a_key_or_a_touch_away(void)
{
  Harness harness = harness_open_sale("en");
  harness_press(&harness, "<Alt>9");
  CU_ASSERT_EQUAL(harness.till->page, PAGE_DEVICES);
  harness_click(&harness, harness_button(&harness, "Shift"));
  CU_ASSERT_EQUAL(harness.till->page, PAGE_SHIFT);
  harness_press(&harness, "<Alt>1");
  CU_ASSERT_EQUAL(harness.till->page, PAGE_SALE);
  harness_press(&harness, "<Control>q");
  CU_ASSERT_EQUAL(harness.till->page, PAGE_SIGN_IN);
  harness_press(&harness, "<Alt>1");
  CU_ASSERT_EQUAL(harness.till->page, PAGE_SIGN_IN);
  harness_close(&harness);
}

static void
another_preset_moves_the_keys(void)
{
  Harness harness = harness_open_sale("en");
  CU_ASSERT_TRUE(settings_set(harness.till, "keys", "xiaomu", NULL));
  harness_settle(&harness);
  harness_scan(&harness, IBUPROFEN);
  harness_press(&harness, "plus");
  CU_ASSERT_EQUAL(harness.till->page, PAGE_PAYMENT);
  harness_close(&harness);
}

static void
large_print_still_fits_a_small_screen(void)
{
  Harness harness = harness_open_sale("en");
  static const int articles[] = {IBUPROFEN, VITAMIN, RX_BOX, EPHEDRINE};
  for (guint i = 0; i < G_N_ELEMENTS(articles); i++)
    harness_scan(&harness, articles[i]);
  harness_resize(&harness, 1366, 768, "light", "large");
  harness_picture(&harness, "sale-large-print-en");
  harness_close(&harness);
}

TESTS("window",
      TEST(every_action_of_the_key_map_is_there_on_its_pages),
      TEST(a_touch_on_a_key_does_what_the_key_does),
      TEST(escape_leads_back_and_discards_nothing),
      TEST(space_says_told_while_the_box_is_empty),
      TEST(other_lot_is_for_the_line_that_the_message_names),
      TEST(a_refusal_is_one_red_message_with_a_reason),
      TEST(the_message_bar_does_not_move_the_page),
      TEST(the_strip_says_where_who_and_what_waits),
      TEST(a_scanner_that_types_never_presses_the_focused_button),
      TEST(pages_are_a_key_or_a_touch_away),
      TEST(another_preset_moves_the_keys),
      TEST(large_print_still_fits_a_small_screen))
