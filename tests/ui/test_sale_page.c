#include "tests/ui/harness.h"

#include "app/finding.h"
#include "ui/page.h"
#include "ui/sale_page.h"
#include "ui/scan_box.h"

static ScanBox *
box_of(Harness *harness)
{
  return page_scan_box(UI_PAGE(window_page(harness->window)));
}

static SaleLine *
line_of(Harness *harness, guint row)
{
  return sale_line(harness->till->sale, row);
}

static void
ring_up_a_morning(Harness *harness)
{
  static const int articles[] = {
      IBUPROFEN, VITAMIN, HERB, RX_BOX, EPHEDRINE, NO_LOTS, TONIGHT};
  for (guint i = 0; i < G_N_ELEMENTS(articles); i++)
    harness_scan(harness, articles[i]);
}

static void
a_scanned_article_is_a_line_that_is_seen(void)
{
  Harness harness = harness_open_sale("en");
  CU_ASSERT_TRUE(harness_sees(&harness, "Scan the first article"));
  harness_scan(&harness, IBUPROFEN);
  CU_ASSERT_TRUE(harness_sees(&harness, "布洛芬缓释胶囊"));
  CU_ASSERT_TRUE(harness_sees(&harness, "0.3g×20粒"));
  CU_ASSERT_TRUE(harness_sees(&harness, "28-03"));
  CU_ASSERT_TRUE(harness_sees(&harness, "22.50"));
  CU_ASSERT_TRUE(harness_sees(&harness, "OTC A"));
  CU_ASSERT_TRUE(harness_sees(&harness, "1 line"));
  CU_ASSERT_FALSE(harness_sees(&harness, "Scan the first article"));
  harness_close(&harness);
}

static void
the_chosen_line_opens_with_what_is_known_of_the_article(void)
{
  Harness harness = harness_open_sale("en");
  harness_scan(&harness, IBUPROFEN);
  CU_ASSERT_TRUE(harness_sees(&harness, "康禾制药"));
  CU_ASSERT_TRUE(harness_sees(&harness, "国药准字H00000002"));
  CU_ASSERT_TRUE(harness_sees(&harness, "A-01"));
  harness_scan(&harness, HERB);
  CU_ASSERT_FALSE(harness_sees(&harness, "国药准字H00000002"));
  CU_ASSERT_TRUE(harness_sees(&harness, "国药准字H00000004"));
  harness_press(&harness, "Up");
  CU_ASSERT_TRUE(harness_sees(&harness, "国药准字H00000002"));
  harness_close(&harness);
}

static void
the_number_pad_changes_the_chosen_line(void)
{
  Harness harness = harness_open_sale("en");
  harness_scan(&harness, IBUPROFEN);
  harness_press(&harness, "plus");
  CU_ASSERT_EQUAL(line_of(&harness, 0)->quantity, 40);
  harness_press(&harness, "KP_Subtract");
  CU_ASSERT_EQUAL(line_of(&harness, 0)->quantity, 20);
  harness_type(&harness, "3*");
  CU_ASSERT_EQUAL(line_of(&harness, 0)->quantity, 60);
  CU_ASSERT_TRUE(scan_box_is_empty(box_of(&harness)));
  harness_press(&harness, "slash");
  CU_ASSERT_STRING_EQUAL(line_of(&harness, 0)->unit_name, "粒");
  harness_press(&harness, "Delete");
  CU_ASSERT_TRUE(line_of(&harness, 0)->deleted);
  CU_ASSERT_TRUE(harness_sees(&harness, "deleted"));
  harness_close(&harness);
}

static void
a_count_typed_first_is_shown_and_taken_by_the_next_scan(void)
{
  Harness harness = harness_open_sale("en");
  harness_type(&harness, "*3");
  CU_ASSERT_EQUAL(harness.till->page, PAGE_SALE);
  harness_press(&harness, "Return");
  CU_ASSERT_TRUE(harness_sees(&harness, "× 3"));
  harness_scan(&harness, VITAMIN);
  CU_ASSERT_EQUAL(line_of(&harness, 0)->quantity, 3);
  CU_ASSERT_FALSE(harness_sees(&harness, "× 3"));
  harness_close(&harness);
}

static void
plus_and_delete_belong_to_the_text_while_there_is_some(void)
{
  Harness harness = harness_open_sale("en");
  harness_scan(&harness, IBUPROFEN);
  harness_type(&harness, "vc+");
  CU_ASSERT_STRING_EQUAL(scan_box_text(box_of(&harness)), "vc+");
  CU_ASSERT_EQUAL(line_of(&harness, 0)->quantity, 20);
  harness_press(&harness, "Escape");
  CU_ASSERT_TRUE(scan_box_is_empty(box_of(&harness)));
  CU_ASSERT_EQUAL(harness.till->sale->lines->len, 1);
  harness_close(&harness);
}

static void
what_is_typed_is_searched_under_the_box_and_enter_adds_the_choice(void)
{
  Harness harness = harness_open_sale("en");
  harness_scan(&harness, IBUPROFEN);
  harness_type(&harness, "ckt");
  CU_ASSERT_EQUAL(harness.till->page, PAGE_SEARCH);
  CU_ASSERT_TRUE(harness_sees(&harness, "创可贴"));
  CU_ASSERT_TRUE(harness_sees(&harness, "Strengths differ: compare with the pack"));
  harness_press(&harness, "Down");
  harness_press(&harness, "Return");
  CU_ASSERT_EQUAL(harness.till->page, PAGE_SALE);
  CU_ASSERT_EQUAL(harness.till->sale->lines->len, 2);
  CU_ASSERT_TRUE(scan_box_is_empty(box_of(&harness)));
  CU_ASSERT_TRUE(harness_sees(&harness, "创可贴"));
  harness_close(&harness);
}

static void
a_touch_takes_the_chosen_article_whatever_stands_in_the_box(void)
{
  Harness harness = harness_open_sale("en");
  harness_type(&harness, "ckt");
  GtkWidget *row = harness_find(&harness, GTK_ACCESSIBLE_ROLE_LIST_ITEM, "100片");
  CU_ASSERT_PTR_NOT_NULL_FATAL(row);
  gtk_widget_activate_action(row, "listitem.select", "(bb)", FALSE, FALSE);
  harness_settle(&harness);
  harness_picture(&harness, "search-chosen-en");
  harness_click(&harness, harness_button(&harness, "Add"));
  CU_ASSERT_EQUAL(harness.till->page, PAGE_SALE);
  CU_ASSERT_EQUAL(harness.till->sale->lines->len, 1);
  CU_ASSERT_STRING_EQUAL(line_of(&harness, 0)->product->spec, "100片");
  harness_close(&harness);
}

static void
what_cannot_be_found_is_said_in_the_list(void)
{
  Harness harness = harness_open_sale("en");
  harness_type(&harness, "qqqq");
  CU_ASSERT_TRUE(harness_sees(&harness, "Nothing found. Try"));
  harness_press(&harness, "Return");
  CU_ASSERT_TRUE(harness_sees(&harness, "Nothing found for “qqqq”"));
  harness_close(&harness);
}

static void
an_input_method_is_for_one_word(void)
{
  Harness harness = harness_open_sale("en");
  harness_press(&harness, "F2");
  CU_ASSERT_TRUE(harness_sees(&harness, "IME on"));
  harness_picture(&harness, "sale-input-method-en");
  CU_ASSERT_FALSE(window_key(harness.window, GDK_KEY_a, 0, false));
  harness_press(&harness, "Escape");
  CU_ASSERT_FALSE(harness_sees(&harness, "IME on"));
  CU_ASSERT_TRUE(window_key(harness.window, GDK_KEY_a, 0, false));
  harness_press(&harness, "Escape");
  harness_press(&harness, "F2");
  harness_scan(&harness, VITAMIN);
  harness_press(&harness, "Return");
  CU_ASSERT_FALSE(harness_sees(&harness, "IME on"));
  harness_close(&harness);
}

static void
the_box_never_moves_and_never_loses_the_focus(void)
{
  Harness harness = harness_open_sale("en");
  GtkWidget *box = GTK_WIDGET(box_of(&harness)), *window = GTK_WIDGET(harness.window);
  graphene_rect_t before, after;
  CU_ASSERT_TRUE(gtk_widget_compute_bounds(box, window, &before));
  CU_ASSERT_TRUE(harness_has_focus(&harness, box));
  ring_up_a_morning(&harness);
  harness_click(&harness, harness_button(&harness, "One more"));
  CU_ASSERT_TRUE(harness_has_focus(&harness, box));
  harness_type(&harness, "*4");
  harness_press(&harness, "Return");
  harness_type(&harness, "ckt");
  CU_ASSERT_TRUE(gtk_widget_compute_bounds(box, window, &after));
  CU_ASSERT_TRUE(graphene_rect_equal(&before, &after));
  CU_ASSERT_TRUE(harness_has_focus(&harness, box));
  harness_press(&harness, "Escape");
  harness_press(&harness, "F5");
  harness_press(&harness, "Escape");
  CU_ASSERT_TRUE(harness_has_focus(&harness, box));
  harness_close(&harness);
}

static void
a_wedge_scanner_rings_up_and_its_enter_presses_nothing(void)
{
  Harness harness = harness_open_sale("en");
  char code[14];
  shop_code(shop_ean(VITAMIN), code);
  harness_scan_keys(&harness, code);
  CU_ASSERT_EQUAL(harness.till->sale->lines->len, 1);
  CU_ASSERT_EQUAL(harness.till->page, PAGE_SALE);
  harness_scan_keys(&harness, code);
  CU_ASSERT_EQUAL(line_of(&harness, 0)->quantity, 2);
  harness_close(&harness);
}

static void
a_scanner_may_end_with_tab_and_a_hand_does_nothing_with_it(void)
{
  Harness harness = harness_open_sale("en");
  char code[14];
  shop_code(shop_ean(VITAMIN), code);
  for (const char *at = code; *at; at++)
    window_key(harness.window, (guint)*at, 0, false);
  harness_press(&harness, "Tab");
  CU_ASSERT_EQUAL(harness.till->sale->lines->len, 1);
  harness_type(&harness, "12");
  harness_press(&harness, "Tab");
  CU_ASSERT_STRING_EQUAL(scan_box_text(box_of(&harness)), "12");
  CU_ASSERT_TRUE(harness_has_focus(&harness, GTK_WIDGET(box_of(&harness))));
  harness_close(&harness);
}

static void
a_scan_that_is_far_too_long_is_named_and_nothing_else(void)
{
  Harness harness = harness_open_sale("en");
  g_autofree char *long_scan = g_strnfill(10000, '6');
  harness_scan_keys(&harness, long_scan);
  CU_ASSERT_EQUAL(harness.till->sale->lines->len, 0);
  CU_ASSERT_TRUE(harness_sees(&harness, "Too long for a code"));
  CU_ASSERT_TRUE(scan_box_is_empty(box_of(&harness)));
  harness_close(&harness);
}

static void
enter_never_pays_and_a_held_key_acts_once(void)
{
  Harness harness = harness_open_sale("en");
  harness_scan(&harness, IBUPROFEN);
  for (int i = 0; i < 3; i++)
    harness_press(&harness, "Return");
  CU_ASSERT_EQUAL(harness.till->page, PAGE_SALE);
  window_key(harness.window, GDK_KEY_plus, 0, false);
  for (int i = 0; i < 5; i++)
    CU_ASSERT_TRUE(window_key(harness.window, GDK_KEY_plus, 0, true));
  harness_settle(&harness);
  CU_ASSERT_EQUAL(line_of(&harness, 0)->quantity, 40);
  harness_close(&harness);
}

static void
voiding_asks_first_and_anything_else_is_a_no(void)
{
  Harness harness = harness_open_sale("en");
  sign_out(harness.till);
  sign_in(harness.till, "0101", "1010");
  harness_settle(&harness);
  harness_scan(&harness, IBUPROFEN);
  harness_press(&harness, "<Control>Delete");
  CU_ASSERT_TRUE(harness_sees(&harness, "Void the whole ticket?"));
  harness_press(&harness, "plus");
  CU_ASSERT_FALSE(harness_sees(&harness, "Void the whole ticket?"));
  harness_press(&harness, "<Control>Delete");
  harness_press(&harness, "Escape");
  CU_ASSERT_EQUAL(harness.till->sale->lines->len, 1);
  harness_press(&harness, "<Control>Delete");
  harness_picture(&harness, "sale-void-en");
  harness_press(&harness, "<Control>Delete");
  CU_ASSERT_EQUAL(harness.till->sale->lines->len, 0);
  CU_ASSERT_TRUE(harness_sees(&harness, "Ticket voided"));
  harness_close(&harness);
}

static void
a_digit_takes_another_lot(void)
{
  Harness harness = harness_open_sale("en");
  harness_scan(&harness, IBUPROFEN);
  CU_ASSERT_STRING_EQUAL(line_of(&harness, 0)->lot->lot_no, "B1");
  harness_press(&harness, "F3");
  CU_ASSERT_TRUE(harness_sees(&harness, "Type the lot number on the pack"));
  harness_picture(&harness, "sale-lots-en");
  harness_press(&harness, "2");
  CU_ASSERT_STRING_EQUAL(line_of(&harness, 0)->lot->lot_no, "B2");
  CU_ASSERT_FALSE(harness_sees(&harness, "Type the lot number on the pack"));
  harness_press(&harness, "F3");
  harness_type(&harness, "B1");
  CU_ASSERT_EQUAL(harness.till->page, PAGE_SALE);
  harness_press(&harness, "Return");
  CU_ASSERT_STRING_EQUAL(line_of(&harness, 0)->lot->lot_no, "B1");
  harness_press(&harness, "F3");
  harness_press(&harness, "Escape");
  CU_ASSERT_FALSE(harness_sees(&harness, "Type the lot number on the pack"));
  harness_close(&harness);
}

static void
a_discount_is_typed_or_touched(void)
{
  Harness harness = harness_open_sale("en");
  harness_scan(&harness, IBUPROFEN);
  harness_press(&harness, "F9");
  harness_picture(&harness, "sale-discount-en");
  harness_type(&harness, "2.00");
  harness_press(&harness, "Return");
  CU_ASSERT_EQUAL(line_of(&harness, 0)->discount, 200);
  harness_press(&harness, "F9");
  harness_click(&harness, harness_button(&harness, "−10%"));
  CU_ASSERT_EQUAL(line_of(&harness, 0)->discount, 225);
  harness_press(&harness, "F9");
  harness_click(&harness, harness_button(&harness, "No discount"));
  CU_ASSERT_EQUAL(line_of(&harness, 0)->discount, 0);
  harness_close(&harness);
}

static void
what_stands_in_the_box_names_the_held_ticket(void)
{
  Harness harness = harness_open_sale("en");
  harness_scan(&harness, IBUPROFEN);
  harness_type(&harness, "blue umbrella");
  harness_press(&harness, "F4");
  CU_ASSERT_EQUAL(harness.till->held, 1);
  CU_ASSERT_EQUAL(harness.till->page, PAGE_SALE);
  CU_ASSERT_TRUE(harness_sees(&harness, "blue umbrella"));
  CU_ASSERT_TRUE(scan_box_is_empty(box_of(&harness)));
  harness_press(&harness, "F5");
  CU_ASSERT_EQUAL(harness.till->sale->lines->len, 1);
  harness_close(&harness);
}

static void
what_is_missing_stands_by_the_big_key(void)
{
  Harness harness = harness_open_sale("en");
  harness_scan(&harness, IBUPROFEN);
  CU_ASSERT_FALSE(harness_sees(&harness, "things to do"));
  harness_scan(&harness, RX_BOX);
  harness_scan(&harness, EPHEDRINE);
  CU_ASSERT_TRUE(harness_sees(&harness, "2 things to do"));
  GtkWidget *gate = harness_button(&harness, "Review, line 2");
  harness_click(&harness, gate);
  CU_ASSERT_EQUAL(harness.till->chosen, 1);
  harness_press(&harness, "F12");
  CU_ASSERT_EQUAL(harness.till->page, PAGE_SALE);
  harness_picture(&harness, "sale-gates-en");
  harness_close(&harness);
}

static void
the_change_stays_until_the_next_scan(void)
{
  Harness harness = harness_open_sale("en");
  harness_scan(&harness, IBUPROFEN);
  harness_press(&harness, "F12");
  CU_ASSERT_EQUAL(harness.till->page, PAGE_PAYMENT);
  pay_confirm(harness.till, "50");
  harness_settle(&harness);
  CU_ASSERT_EQUAL(harness.till->page, PAGE_SALE);
  CU_ASSERT_TRUE(harness_sees(&harness, "¥27.50"));
  CU_ASSERT_TRUE(harness_sees(&harness, harness.till->last.number));
  harness_picture(&harness, "sale-change-en");
  harness_scan(&harness, VITAMIN);
  CU_ASSERT_FALSE(harness_sees(&harness, "¥27.50"));
  harness_close(&harness);
}

static void
only_a_line_that_changed_touches_its_row(void)
{
  Harness harness = harness_open_sale("en");
  ring_up_a_morning(&harness);
  GtkWidget *name = harness_find(&harness, GTK_ACCESSIBLE_ROLE_LABEL, "维生素C泡腾片");
  harness_scan(&harness, HERB);
  CU_ASSERT_PTR_EQUAL(harness_find(&harness, GTK_ACCESSIBLE_ROLE_LABEL, "维生素C泡腾片"),
                      name);
  harness_close(&harness);
}

static void
every_state_of_the_page_is_pictured(void)
{
  static const char *const languages[] = {"zh_CN", "en"};
  for (guint i = 0; i < G_N_ELEMENTS(languages); i++) {
    Harness harness = harness_open_sale(languages[i]);
    g_autofree char *ready = g_strdup_printf("sale-ready-%s", languages[i]);
    g_autofree char *full = g_strdup_printf("sale-%s", languages[i]);
    g_autofree char *wide = g_strdup_printf("sale-1920-%s", languages[i]);
    g_autofree char *dark = g_strdup_printf("sale-dark-%s", languages[i]);
    g_autofree char *search = g_strdup_printf("search-%s", languages[i]);
    g_autofree char *search_dark = g_strdup_printf("search-dark-1920-%s", languages[i]);
    harness_picture(&harness, ready);
    ring_up_a_morning(&harness);
    harness_press(&harness, "Up");
    harness_picture(&harness, full);
    harness_resize(&harness, 1920, 1080, "light", "wide");
    harness_picture(&harness, wide);
    harness_resize(&harness, 1366, 768, "dark", "standard");
    harness_picture(&harness, dark);
    harness_type(&harness, "c");
    harness_resize(&harness, 1920, 1080, "dark", "wide");
    harness_picture(&harness, search_dark);
    harness_resize(&harness, 1366, 768, "light", "standard");
    harness_picture(&harness, search);
    harness_close(&harness);
  }
}

TESTS("sale_page",
      TEST(a_scanned_article_is_a_line_that_is_seen),
      TEST(the_chosen_line_opens_with_what_is_known_of_the_article),
      TEST(the_number_pad_changes_the_chosen_line),
      TEST(a_count_typed_first_is_shown_and_taken_by_the_next_scan),
      TEST(plus_and_delete_belong_to_the_text_while_there_is_some),
      TEST(what_is_typed_is_searched_under_the_box_and_enter_adds_the_choice),
      TEST(a_touch_takes_the_chosen_article_whatever_stands_in_the_box),
      TEST(what_cannot_be_found_is_said_in_the_list),
      TEST(an_input_method_is_for_one_word),
      TEST(the_box_never_moves_and_never_loses_the_focus),
      TEST(a_wedge_scanner_rings_up_and_its_enter_presses_nothing),
      TEST(a_scanner_may_end_with_tab_and_a_hand_does_nothing_with_it),
      TEST(a_scan_that_is_far_too_long_is_named_and_nothing_else),
      TEST(enter_never_pays_and_a_held_key_acts_once),
      TEST(voiding_asks_first_and_anything_else_is_a_no),
      TEST(a_digit_takes_another_lot),
      TEST(a_discount_is_typed_or_touched),
      TEST(what_stands_in_the_box_names_the_held_ticket),
      TEST(what_is_missing_stands_by_the_big_key),
      TEST(the_change_stays_until_the_next_scan),
      TEST(only_a_line_that_changed_touches_its_row),
      TEST(every_state_of_the_page_is_pictured))
