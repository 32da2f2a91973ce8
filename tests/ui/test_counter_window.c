#include "app/devices.h"
#include "app/labelling.h"
#include "drivers/sim/desk.h"
#include "tests/ui/harness.h"
#include "ui/counter_window.h"
#include "ui/picture.h"

/* The counter beside the till; the harness looks at the till's window, so its things are
 * found here. */
typedef struct {
  Harness h;
  GtkWidget *counter;
} Table;

static Table
set_table(const char *language)
{
  Table table = {.h = harness_open_sale(language)};
  table.counter = counter_window_show(table.h.till);
  harness_settle(&table.h);
  return table;
}

/* As "guitai --virtual-counter" does. */
static Table
set_things(const char *language)
{
  static const char *const ADDRESSES[N_DEVICE_USES] = {[USE_SCANNER] = "sim-scanner:",
                                                       [USE_PRINTER] = "sim-printer:",
                                                       [USE_ID_READER] = "sim-id-reader:",
                                                       [USE_CARD_READER] = "sim-ccid:",
                                                       [USE_LABEL] = "sim-label:",
                                                       [USE_POLE] = "sim-pole:",
                                                       [USE_SCALE] = "sim-scale:"};
  Table table = set_table(language);
  devices_open(table.h.till, ADDRESSES);
  for (DeviceUse use = 0; use < N_DEVICE_USES; use++)
    if (ADDRESSES[use])
      await(!(device_state(table.h.till->device[use]) & DEVICE_GONE));
  return table;
}

static void
clear_table(Table *table)
{
  gtk_window_destroy(GTK_WINDOW(table->counter));
  harness_close(&table->h);
}

static GtkWidget *
button_in(GtkWidget *root, const char *name)
{
  if (GTK_IS_BUTTON(root) && harness_sees_in(root, name))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child(root); child;
       child = gtk_widget_get_next_sibling(child)) {
    GtkWidget *found = button_in(child, name);
    if (found)
      return found;
  }
  return NULL;
}

static void
press(Table *table, const char *name)
{
  GtkWidget *button = button_in(table->counter, name);
  CU_ASSERT_PTR_NOT_NULL_FATAL(button);
  if (GTK_IS_TOGGLE_BUTTON(button))
    gtk_toggle_button_set_active(
        GTK_TOGGLE_BUTTON(button),
        !gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(button)));
  else
    g_signal_emit_by_name(button, "clicked");
  harness_settle(&table->h);
}

static GtkEditable *
code_box(GtkWidget *root)
{
  if (GTK_IS_ENTRY(root))
    return GTK_EDITABLE(root);
  for (GtkWidget *child = gtk_widget_get_first_child(root); child;
       child = gtk_widget_get_next_sibling(child)) {
    GtkEditable *found = code_box(child);
    if (found)
      return found;
  }
  return NULL;
}

static bool
sees(Table *table, const char *text)
{
  return harness_sees_in(table->counter, text);
}

static void
a_typed_code_goes_through_the_scanner_into_the_sale(void)
{
  char code[14];
  Table table = set_table("en");
  gtk_editable_set_text(code_box(table.counter), shop_code(shop_ean(IBUPROFEN), code));
  press(&table, "Scan");
  await(table.h.till->sale->lines->len == 1);
  harness_settle(&table.h);
  CU_ASSERT_EQUAL(sale_line(table.h.till->sale, 0)->product->id, IBUPROFEN);
  CU_ASSERT_TRUE(sees(&table, "→"));
  clear_table(&table);
}

static void
samples_are_articles_of_this_shop(void)
{
  Table table = set_table("en");
  CU_ASSERT_TRUE(sees(&table, "布洛芬缓释胶囊"));
  press(&table, "Payment code");
  await(table.h.till->notice.id == NOTICE_CODE_WRONG_PLACE);
  harness_settle(&table.h);
  CU_ASSERT_TRUE(sees(&table, "This is a payment code"));
  CU_ASSERT_TRUE(sale_is_empty(table.h.till->sale));
  clear_table(&table);
}

static void
the_receipt_comes_out_and_is_torn_off(void)
{
  Table table = set_table("en");
  CU_ASSERT_TRUE(sees(&table, "The receipt comes out here"));
  harness_scan(&table.h, IBUPROFEN);
  harness_press(&table.h, "F12");
  harness_press(&table.h, "0");
  harness_press(&table.h, "F12");
  await(table.h.till->printing_waits == 0);
  await(!sees(&table, "The receipt comes out here"));
  await(sees(&table, "bytes came and were printed"));
  await(sees(&table, "open !"));
  press(&table, "Push shut");
  await(sees(&table, "pushed shut"));
  press(&table, "Tear off");
  CU_ASSERT_TRUE(sees(&table, "The receipt comes out here"));
  clear_table(&table);
}

static void
switches_turn_the_hardware(void)
{
  Table table = set_table("en");
  press(&table, "No paper");
  CU_ASSERT_FALSE(desk_has_paper());
  press(&table, "Cover open");
  CU_ASSERT_TRUE(desk_cover_is_open());
  CU_ASSERT_TRUE(sees(&table, "cover open !"));
  press(&table, "Cutter jam");
  press(&table, "Reset all");
  CU_ASSERT_TRUE(desk_has_paper());
  CU_ASSERT_FALSE(desk_cover_is_open());
  CU_ASSERT_TRUE(sees(&table, "ready ✓"));
  press(&table, "Unplug");
  CU_ASSERT_FALSE(desk_is_plugged(DESK_SCANNER));
  press(&table, "Plug in");
  CU_ASSERT_TRUE(desk_is_plugged(DESK_SCANNER));
  clear_table(&table);
}

static void
a_card_is_read_and_its_number_is_masked(void)
{
  Table table = set_table("en");
  press(&table, "Lay on");
  await(sees(&table, "***"));
  press(&table, "Take away");
  clear_table(&table);
}

static void
labels_come_out_and_are_taken(void)
{
  Table table = set_things("en");
  CU_ASSERT_TRUE(sees(&table, "Labels come out here"));
  labelling_test(table.h.till);
  await(sees(&table, "1 label ✓"));
  CU_ASSERT_TRUE(sees(&table, "labels that came out: 1"));
  CU_ASSERT_FALSE(sees(&table, "Labels come out here"));
  press(&table, "Take labels");
  CU_ASSERT_TRUE(sees(&table, "Labels come out here"));
  press(&table, "No labels");
  CU_ASSERT_FALSE(desk_has_labels());
  CU_ASSERT_TRUE(sees(&table, "no labels !"));
  press(&table, "Head open");
  CU_ASSERT_TRUE(desk_label_head_is_open());
  CU_ASSERT_TRUE(sees(&table, "head open !"));
  press(&table, "Reset all");
  CU_ASSERT_TRUE(desk_has_labels());
  CU_ASSERT_FALSE(desk_label_head_is_open());
  clear_table(&table);
}

static void
the_customer_s_display_shows_what_the_customer_sees(void)
{
  Table table = set_things("en");
  harness_scan(&table.h, IBUPROFEN);
  await(sees(&table, "22.50"));
  desk_plug(DESK_POLE, false);
  await(sees(&table, "pulled out ×"));
  clear_table(&table);
}

static GtkEditable *
weight_box(GtkWidget *root, GtkEditable *code)
{
  GtkEditable *found = NULL;
  if (GTK_IS_ENTRY(root) && GTK_EDITABLE(root) != code)
    return GTK_EDITABLE(root);
  for (GtkWidget *child = gtk_widget_get_first_child(root); child && !found;
       child = gtk_widget_get_next_sibling(child))
    found = weight_box(child, code);
  return found;
}

static void
weights_are_laid_on_the_scale(void)
{
  Table table = set_things("en");
  press(&table, "63 g");
  CU_ASSERT_EQUAL(desk_weight(), 63000);
  CU_ASSERT_TRUE(sees(&table, "63 g, still ✓"));
  GtkEditable *box = weight_box(table.counter, code_box(table.counter));
  CU_ASSERT_PTR_NOT_NULL_FATAL(box);
  gtk_editable_set_text(box, "a lot");
  press(&table, "Weigh");
  CU_ASSERT_EQUAL(desk_weight(), 63000);
  CU_ASSERT_TRUE(sees(&table, "Grams above 0"));
  gtk_editable_set_text(box, "12.5");
  press(&table, "Weigh");
  CU_ASSERT_EQUAL(desk_weight(), 12500);
  CU_ASSERT_FALSE(sees(&table, "Grams above 0"));
  press(&table, "Unsteady");
  CU_ASSERT_TRUE(desk_scale_is_shaken());
  CU_ASSERT_TRUE(sees(&table, "12.5 g, moving !"));
  press(&table, "Take off");
  CU_ASSERT_EQUAL(desk_weight(), 0);
  clear_table(&table);
}

static void
cards_fail_once_and_chips_go_in_and_out(void)
{
  Table table = set_things("en");
  press(&table, "Lay on askew");
  CU_ASSERT_TRUE(sees(&table, "a card was laid on askew"));
  await(table.h.till->notice.id == NOTICE_CARD_MISREAD);
  press(&table, "Put in");
  CU_ASSERT_TRUE(sees(&table, "card is in ✓"));
  press(&table, "Draw out");
  CU_ASSERT_TRUE(sees(&table, "no card"));
  clear_table(&table);
}

/* From one place to the next by Tab until @button has the focus. */
static bool
tab_reaches(Table *table, GtkWidget *button)
{
  GtkWindow *window = GTK_WINDOW(table->counter);
  for (int i = 0; i < 100 && gtk_window_get_focus(window) != button; i++)
    g_signal_emit_by_name(window, "move-focus", GTK_DIR_TAB_FORWARD);
  return gtk_window_get_focus(window) == button;
}

static void
the_keyboard_reaches_every_device(void)
{
  static const char *const NAMES[] = {
      "Lay on askew", "No paper", "No labels", "Head open", "Unsteady", "63 g", "Put in"};
  Table table = set_things("en");
  for (gsize i = 0; i < G_N_ELEMENTS(NAMES); i++) {
    GtkWidget *button = button_in(table.counter, NAMES[i]);
    CU_ASSERT_PTR_NOT_NULL_FATAL(button);
    CU_ASSERT_TRUE(tab_reaches(&table, button));
  }
  clear_table(&table);
}

static void
save(Table *table, const char *name)
{
  const char *folder = g_getenv("GUITAI_PNG");
  if (!folder)
    return;
  g_autofree char *path = g_strdup_printf("%s/%s.png", folder, name);
  CU_ASSERT_TRUE(picture_save(table->counter, path, NULL));
}

static void
every_look_and_language_fits(void)
{
  Table table = set_things("zh_CN");
  harness_scan(&table.h, IBUPROFEN);
  harness_press(&table.h, "F12");
  harness_press(&table.h, "0");
  harness_press(&table.h, "F12");
  await(sees(&table, "收到并打出"));
  labelling_test(table.h.till);
  await(sees(&table, "1 张"));
  press(&table, "63 克");
  press(&table, "插入");
  press(&table, "付款码");
  CU_ASSERT_TRUE(gtk_widget_get_width(table.counter) <= 1366);
  CU_ASSERT_TRUE(gtk_widget_get_height(table.counter) <= 768);
  save(&table, "counter-zh_CN");
  harness_resize(&table.h, 1366, 768, "dark", "standard");
  save(&table, "counter-dark-zh_CN");
  clear_table(&table);
  table = set_things("en");
  harness_scan(&table.h, IBUPROFEN);
  press(&table, "Unsteady");
  press(&table, "Head open");
  CU_ASSERT_TRUE(gtk_widget_get_width(table.counter) <= 1366);
  CU_ASSERT_TRUE(gtk_widget_get_height(table.counter) <= 768);
  save(&table, "counter-en");
  clear_table(&table);
}

TESTS("counter_window",
      TEST(a_typed_code_goes_through_the_scanner_into_the_sale),
      TEST(samples_are_articles_of_this_shop),
      TEST(the_receipt_comes_out_and_is_torn_off),
      TEST(switches_turn_the_hardware),
      TEST(a_card_is_read_and_its_number_is_masked),
      TEST(labels_come_out_and_are_taken),
      TEST(the_customer_s_display_shows_what_the_customer_sees),
      TEST(weights_are_laid_on_the_scale),
      TEST(cards_fail_once_and_chips_go_in_and_out),
      TEST(the_keyboard_reaches_every_device),
      TEST(every_look_and_language_fits))
