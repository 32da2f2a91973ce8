#include "tests/ui/harness.h"

static GtkEditable *
box_in(GtkWidget *root)
{
  if (GTK_IS_ENTRY(root))
    return GTK_EDITABLE(root);
  for (GtkWidget *child = gtk_widget_get_first_child(root); child;
       child = gtk_widget_get_next_sibling(child)) {
    GtkEditable *found = box_in(child);
    if (found)
      return found;
  }
  return NULL;
}

static const char *
typed(Harness *h)
{
  return gtk_editable_get_text(box_in(window_page(h->window)));
}

/* One box at 22.50 and one at 29.90: 52.40. */
static Harness
open_payment(const char *language)
{
  Harness h = harness_open_sale(language);
  harness_scan(&h, IBUPROFEN);
  harness_scan(&h, VITAMIN);
  harness_press(&h, "F12");
  CU_ASSERT_EQUAL(h.till->page, PAGE_PAYMENT);
  return h;
}

static void
typed_cash_shows_its_change_at_once(void)
{
  Harness h = open_payment("en");
  CU_ASSERT_TRUE(harness_sees(&h, "¥ 52.40"));
  CU_ASSERT_TRUE(harness_sees(&h, "Still to pay"));
  harness_type(&h, "50");
  CU_ASSERT_TRUE(harness_sees(&h, "still 2.40"));
  harness_type(&h, "0");
  CU_ASSERT_TRUE(harness_sees(&h, "447.60"));
  CU_ASSERT_TRUE(harness_sees(&h, "change 447.60"));
  CU_ASSERT_EQUAL(h.till->payment->tenders->len, 0);
  harness_close(&h);
}

static void
enter_takes_the_amount_and_never_commits(void)
{
  Harness h = open_payment("en");
  harness_type(&h, "100");
  harness_press(&h, "Return");
  CU_ASSERT_EQUAL(h.till->payment->tenders->len, 1);
  CU_ASSERT_TRUE(harness_sees(&h, "47.60"));
  harness_press(&h, "Return");
  harness_press(&h, "KP_Enter");
  harness_press(&h, "space");
  CU_ASSERT_EQUAL(h.till->page, PAGE_PAYMENT);
  CU_ASSERT_EQUAL(shop_sales(&h.shop), 0);
  harness_close(&h);
}

static void
f12_confirms_once_however_long_it_is_held(void)
{
  Harness h = open_payment("en");
  harness_type(&h, "100");
  CU_ASSERT_TRUE(window_key(h.window, GDK_KEY_F12, 0, false));
  for (int i = 0; i < 5; i++)
    window_key(h.window, GDK_KEY_F12, 0, true);
  harness_settle(&h);
  CU_ASSERT_EQUAL(shop_sales(&h.shop), 1);
  CU_ASSERT_EQUAL(h.till->page, PAGE_SALE);
  CU_ASSERT_EQUAL(h.till->last.change, 4760);
  harness_close(&h);
}

static void
too_little_is_held_and_says_what_is_missing(void)
{
  Harness h = open_payment("en");
  harness_type(&h, "50");
  harness_press(&h, "F12");
  CU_ASSERT_EQUAL(shop_sales(&h.shop), 0);
  CU_ASSERT_EQUAL(h.till->page, PAGE_PAYMENT);
  CU_ASSERT_TRUE(harness_sees(&h, "2.40"));
  harness_close(&h);
}

static void
zero_in_an_empty_box_is_exact(void)
{
  Harness h = open_payment("en");
  harness_press(&h, "0");
  CU_ASSERT_STRING_EQUAL(typed(&h), "52.40");
  CU_ASSERT_TRUE(harness_sees(&h, "no change"));
  harness_press(&h, "1");
  CU_ASSERT_STRING_EQUAL(typed(&h), "1");
  harness_press(&h, "0");
  CU_ASSERT_STRING_EQUAL(typed(&h), "10");
  harness_close(&h);
}

static void
a_note_fills_the_box_and_f12_completes(void)
{
  Harness h = open_payment("en");
  harness_click(&h, harness_button(&h, "60"));
  CU_ASSERT_STRING_EQUAL(typed(&h), "60.00");
  harness_press(&h, "F12");
  CU_ASSERT_EQUAL(shop_sales(&h.shop), 1);
  CU_ASSERT_EQUAL(h.till->last.change, 760);
  harness_close(&h);
}

static void
the_pad_types_like_the_keyboard(void)
{
  Harness h = open_payment("en");
  for (const char *key = "60"; *key; key++)
    harness_click(&h, harness_button(&h, (char[]){*key, '\0'}));
  harness_click(&h, harness_button(&h, "Point"));
  harness_click(&h, harness_button(&h, "5"));
  CU_ASSERT_STRING_EQUAL(typed(&h), "60.5");
  harness_click(&h, harness_button(&h, "Clear"));
  CU_ASSERT_STRING_EQUAL(typed(&h), "");
  harness_close(&h);
}

static void
del_empties_the_box_then_takes_the_last_part_back(void)
{
  Harness h = open_payment("en");
  harness_type(&h, "20");
  harness_press(&h, "Return");
  CU_ASSERT_TRUE(harness_sees(&h, "taken 20.00"));
  harness_type(&h, "5");
  harness_press(&h, "Delete");
  CU_ASSERT_STRING_EQUAL(typed(&h), "");
  CU_ASSERT_EQUAL(h.till->payment->tenders->len, 1);
  harness_press(&h, "Delete");
  CU_ASSERT_EQUAL(h.till->payment->tenders->len, 0);
  harness_close(&h);
}

static void
esc_goes_back_and_the_ticket_stays(void)
{
  Harness h = open_payment("en");
  harness_type(&h, "100");
  harness_press(&h, "Escape");
  CU_ASSERT_EQUAL(h.till->page, PAGE_SALE);
  CU_ASSERT_EQUAL(h.till->sale->lines->len, 2);
  harness_press(&h, "F12");
  CU_ASSERT_STRING_EQUAL(typed(&h), "");
  harness_close(&h);
}

static void
only_what_is_connected_can_be_chosen(void)
{
  Harness h = open_payment("en");
  CU_ASSERT_FALSE(harness_sees(&h, "Bank card"));
  CU_ASSERT_FALSE(harness_sees(&h, "Ways to pay"));
  harness_close(&h);
}

static void
a_scanned_article_is_no_money(void)
{
  char code[14];
  Harness h = open_payment("en");
  harness_type(&h, "10");
  harness_scan_keys(&h, shop_code(shop_ean(TONIGHT), code));
  CU_ASSERT_STRING_EQUAL(typed(&h), "10");
  CU_ASSERT_EQUAL(h.till->sale->lines->len, 2);
  CU_ASSERT_EQUAL(h.till->page, PAGE_PAYMENT);
  harness_close(&h);
}

static void
what_is_no_amount_is_said_so(void)
{
  Harness h = open_payment("en");
  harness_type(&h, "1.2.3");
  CU_ASSERT_TRUE(harness_sees(&h, "This is no amount"));
  harness_press(&h, "F12");
  CU_ASSERT_EQUAL(shop_sales(&h.shop), 0);
  harness_close(&h);
}

static void
many_parts_and_a_message_still_fit(void)
{
  Harness h = open_payment("en");
  for (int i = 0; i < 8; i++) {
    harness_type(&h, "5");
    harness_press(&h, "Return");
  }
  harness_press(&h, "F12");
  CU_ASSERT_EQUAL(h.till->payment->tenders->len, 8);
  CU_ASSERT_TRUE(harness_sees(&h, "12.40 is still missing"));
  harness_picture(&h, "payment-many-en");
  harness_close(&h);
}

static void
every_look_and_language_fits(void)
{
  Harness h = open_payment("zh_CN");
  harness_picture(&h, "payment-first-zh_CN");
  harness_type(&h, "20");
  harness_press(&h, "Return");
  harness_type(&h, "50");
  CU_ASSERT_TRUE(harness_sees(&h, "找零"));
  harness_picture(&h, "payment-zh_CN");
  harness_resize(&h, 1366, 768, "dark", "standard");
  harness_picture(&h, "payment-dark-zh_CN");
  harness_resize(&h, 1920, 1080, "light", "wide");
  harness_picture(&h, "payment-1920-zh_CN");
  harness_close(&h);
  h = open_payment("en");
  harness_type(&h, "100");
  harness_press(&h, "Return");
  CU_ASSERT_TRUE(harness_sees(&h, "paid"));
  harness_picture(&h, "payment-en");
  harness_close(&h);
}

TESTS("payment_page",
      TEST(typed_cash_shows_its_change_at_once),
      TEST(enter_takes_the_amount_and_never_commits),
      TEST(f12_confirms_once_however_long_it_is_held),
      TEST(too_little_is_held_and_says_what_is_missing),
      TEST(zero_in_an_empty_box_is_exact),
      TEST(a_note_fills_the_box_and_f12_completes),
      TEST(the_pad_types_like_the_keyboard),
      TEST(del_empties_the_box_then_takes_the_last_part_back),
      TEST(esc_goes_back_and_the_ticket_stays),
      TEST(only_what_is_connected_can_be_chosen),
      TEST(a_scanned_article_is_no_money),
      TEST(what_is_no_amount_is_said_so),
      TEST(many_parts_and_a_message_still_fit),
      TEST(every_look_and_language_fits))
