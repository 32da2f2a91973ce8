#include "tests/ui/harness.h"

static GtkEntry *
box_in(GtkWidget *root)
{
  if (GTK_IS_ENTRY(root))
    return GTK_ENTRY(root);
  for (GtkWidget *child = gtk_widget_get_first_child(root); child;
       child = gtk_widget_get_next_sibling(child)) {
    GtkEntry *found = box_in(child);
    if (found)
      return found;
  }
  return NULL;
}

static GtkEntry *
box_of(Harness *h)
{
  return box_in(window_page(h->window));
}

static const char *
typed(Harness *h)
{
  return gtk_editable_get_text(GTK_EDITABLE(box_of(h)));
}

static void
a_number_and_a_pin_sign_in(void)
{
  Harness h = harness_open("en");
  CU_ASSERT_TRUE(harness_sees(&h, "Staff number"));
  harness_type(&h, "0312");
  harness_press(&h, "Return");
  CU_ASSERT_PTR_NOT_NULL(h.till->signing);
  CU_ASSERT_FALSE(gtk_entry_get_visibility(box_of(&h)));
  harness_type(&h, "3120");
  harness_press(&h, "Return");
  CU_ASSERT_PTR_NOT_NULL(h.till->staff);
  CU_ASSERT_EQUAL(h.till->page, PAGE_SALE);
  harness_close(&h);
}

static void
the_beginning_of_a_number_is_enough(void)
{
  Harness h = harness_open("en");
  harness_type(&h, "01");
  harness_press(&h, "Return");
  CU_ASSERT_PTR_NOT_NULL_FATAL(h.till->signing);
  CU_ASSERT_STRING_EQUAL(h.till->signing->number, "0101");
  harness_close(&h);
}

static void
a_beginning_of_two_numbers_chooses_nobody(void)
{
  Harness h = harness_open("en");
  harness_type(&h, "0");
  harness_press(&h, "Return");
  CU_ASSERT_PTR_NULL(h.till->signing);
  CU_ASSERT_TRUE(harness_sees(&h, "Nobody here has this number"));
  harness_close(&h);
}

static void
arrows_choose_a_name(void)
{
  Harness h = harness_open("en");
  harness_press(&h, "Down");
  harness_press(&h, "Down");
  harness_press(&h, "Up");
  harness_press(&h, "Return");
  CU_ASSERT_PTR_NOT_NULL_FATAL(h.till->signing);
  g_autoptr(GPtrArray) staff = sign_in_list(h.till);
  const Staff *first = staff->pdata[0];
  CU_ASSERT_STRING_EQUAL(h.till->signing->number, first->number);
  harness_close(&h);
}

static GtkWidget *
pad_key_in(GtkWidget *root, const char *key)
{
  if (GTK_IS_BUTTON(root)) {
    GVariant *target = gtk_actionable_get_action_target_value(GTK_ACTIONABLE(root));
    if (target && g_str_equal(g_variant_get_string(target, NULL), key))
      return root;
  }
  for (GtkWidget *child = gtk_widget_get_first_child(root); child;
       child = gtk_widget_get_next_sibling(child)) {
    GtkWidget *found = pad_key_in(child, key);
    if (found)
      return found;
  }
  return NULL;
}

static void
tap(Harness *h, const char *key)
{
  harness_click(h, pad_key_in(window_page(h->window), key));
}

static void
a_tap_on_a_name_and_on_the_pad_signs_in(void)
{
  Harness h = harness_open("en");
  harness_click(&h, harness_button(&h, "张三 0312"));
  for (const char *digit = "3120"; *digit; digit++)
    tap(&h, (char[]){*digit, '\0'});
  CU_ASSERT_STRING_EQUAL(typed(&h), "3120");
  tap(&h, "back");
  CU_ASSERT_STRING_EQUAL(typed(&h), "312");
  tap(&h, "0");
  harness_click(&h, harness_button(&h, "Sign in"));
  CU_ASSERT_PTR_NOT_NULL(h.till->staff);
  harness_close(&h);
}

static void
a_scanned_badge_asks_for_its_pin(void)
{
  Harness h = harness_open("en");
  harness_scan_keys(&h, "S90312");
  CU_ASSERT_PTR_NOT_NULL_FATAL(h.till->signing);
  CU_ASSERT_STRING_EQUAL(h.till->signing->number, "0312");
  CU_ASSERT_STRING_EQUAL(typed(&h), "");
  harness_type(&h, "3120");
  harness_press(&h, "Return");
  CU_ASSERT_PTR_NOT_NULL(h.till->staff);
  harness_close(&h);
}

static void
a_wrong_pin_is_told_under_the_box(void)
{
  Harness h = harness_open("en");
  harness_type(&h, "0312");
  harness_press(&h, "Return");
  harness_type(&h, "9999");
  harness_press(&h, "Return");
  CU_ASSERT_PTR_NULL(h.till->staff);
  CU_ASSERT_TRUE(harness_sees_in(window_page(h.window), "Wrong PIN"));
  CU_ASSERT_STRING_EQUAL(typed(&h), "");
  harness_picture(&h, "sign_in-wrong-en");
  harness_type(&h, "3");
  CU_ASSERT_FALSE(harness_sees(&h, "Wrong PIN"));
  harness_close(&h);
}

static void
five_wrong_pins_lock_the_till_for_everybody(void)
{
  Harness h = harness_open("en");
  harness_type(&h, "0312");
  harness_press(&h, "Return");
  for (int i = 0; i < 6; i++) {
    harness_type(&h, "9999");
    harness_press(&h, "Return");
  }
  CU_ASSERT_TRUE(harness_sees(&h, "Locked after wrong PINs"));
  CU_ASSERT_FALSE(gtk_widget_is_sensitive(harness_button(&h, "Sign in")));
  harness_picture(&h, "sign_in-locked-en");
  harness_type(&h, "3120");
  CU_ASSERT_STRING_EQUAL(typed(&h), "");
  harness_press(&h, "Escape");
  harness_type(&h, "0101");
  harness_press(&h, "Return");
  harness_type(&h, "1010");
  harness_press(&h, "Return");
  CU_ASSERT_PTR_NULL(h.till->staff);
  CU_ASSERT_TRUE(harness_sees(&h, "Locked after wrong PINs"));
  harness_close(&h);
}

static void
the_lock_counts_down_and_ends(void)
{
  Harness h = harness_open("en");
  sign_in_begin(h.till, "0312");
  harness_settle(&h);
  till_notice(h.till,
              (Notice){.kind = NOTICE_BLOCK, .id = NOTICE_PIN_LOCKED, .number = 1});
  harness_settle(&h);
  CU_ASSERT_TRUE(harness_sees(&h, "0:01 left"));
  await(!harness_sees(&h, "left"));
  CU_ASSERT_TRUE(gtk_widget_is_sensitive(harness_button(&h, "Sign in")));
  harness_close(&h);
}

static void
escape_asks_for_a_number_again(void)
{
  Harness h = harness_open("en");
  harness_type(&h, "0312");
  harness_press(&h, "Return");
  harness_press(&h, "Escape");
  CU_ASSERT_PTR_NULL(h.till->signing);
  CU_ASSERT_TRUE(gtk_entry_get_visibility(box_of(&h)));
  harness_close(&h);
}

static void
the_self_check_tells_what_is_true(void)
{
  Harness h = harness_open("en");
  CU_ASSERT_TRUE(harness_sees(&h, "Receipt printer"));
  CU_ASSERT_TRUE(harness_sees(&h, "up to date"));
  CU_ASSERT_FALSE(harness_sees(&h, "no paper"));
  desk_set_paper(false);
  await(device_state(h.till->device[USE_PRINTER]) & DEVICE_PAPER_OUT);
  harness_settle(&h);
  CU_ASSERT_TRUE(harness_sees_in(window_page(h.window), "no paper"));
  harness_close(&h);
}

static void
every_look_and_language_fits(void)
{
  Harness h = harness_open("zh_CN");
  CU_ASSERT_TRUE(harness_sees(&h, "谁在柜台"));
  harness_type(&h, "0312");
  harness_press(&h, "Return");
  harness_type(&h, "312");
  harness_picture(&h, "sign_in-zh_CN");
  harness_resize(&h, 1366, 768, "dark", "standard");
  harness_picture(&h, "sign_in-dark-zh_CN");
  harness_resize(&h, 1920, 1080, "light", "wide");
  harness_picture(&h, "sign_in-1920-zh_CN");
  harness_close(&h);
  h = harness_open("en");
  CU_ASSERT_TRUE(harness_sees(&h, "Who is at the counter"));
  harness_picture(&h, "sign_in-en");
  harness_close(&h);
}

TESTS("sign_in_page",
      TEST(a_number_and_a_pin_sign_in),
      TEST(the_beginning_of_a_number_is_enough),
      TEST(a_beginning_of_two_numbers_chooses_nobody),
      TEST(arrows_choose_a_name),
      TEST(a_tap_on_a_name_and_on_the_pad_signs_in),
      TEST(a_scanned_badge_asks_for_its_pin),
      TEST(a_wrong_pin_is_told_under_the_box),
      TEST(five_wrong_pins_lock_the_till_for_everybody),
      TEST(the_lock_counts_down_and_ends),
      TEST(escape_asks_for_a_number_again),
      TEST(the_self_check_tells_what_is_true),
      TEST(every_look_and_language_fits))
