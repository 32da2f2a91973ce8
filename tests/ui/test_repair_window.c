#include "ui/repair_window.h"

#include <glib/gstdio.h>

#include "app/shift.h"
#include "tests/ui/harness.h"
#include "ui/picture.h"
#include "ui/visible_text.h"

/* One sale, a backup, and then a disk that wrote nonsense. */
static void
sell_back_up_and_damage(Harness *harness, bool with_backup)
{
  harness_scan(harness, IBUPROFEN);
  pay_open(harness->till);
  pay_confirm(harness->till, "50");
  if (with_backup)
    shift_close(harness->till);
  harness_settle(harness);
  gtk_window_destroy(GTK_WINDOW(harness->window));
  g_clear_pointer(&harness->shop.till, till_free);
  g_autofree char *path = folder_path(harness->shop.folder, "store.db");
  g_autofree char *wal = folder_path(harness->shop.folder, "store.db-wal");
  g_autofree char *garbage = g_strnfill(20000, 'x');
  CU_ASSERT_TRUE(g_file_set_contents(path, garbage, -1, NULL));
  g_remove(wal);
}

static bool
shows(GtkWidget *window, const char *text)
{
  g_autofree char *seen = visible_text(window);
  return strstr(seen, text) != NULL;
}

static void
click(GtkWidget *root, const char *label)
{
  for (GtkWidget *child = gtk_widget_get_first_child(root); child;
       child = gtk_widget_get_next_sibling(child)) {
    if (GTK_IS_BUTTON(child) &&
        g_strcmp0(gtk_button_get_label(GTK_BUTTON(child)), label) == 0)
      g_signal_emit_by_name(child, "clicked");
    else
      click(child, label);
  }
}

static GtkWidget *
open_repair(Harness *harness)
{
  g_autoptr(GError) error = NULL;
  TillOptions options = {
      .folder = harness->shop.folder, .without_sync = true, .without_usb = true};
  Till *till = till_open(&options, &error);
  CU_ASSERT_PTR_NULL_FATAL(till);
  CU_ASSERT_TRUE(g_error_matches(error, DB_ERROR, DB_ERROR_CORRUPT));
  GtkWidget *window = g_object_ref(repair_window_new(harness->shop.folder, error));
  gtk_window_present(GTK_WINDOW(window));
  await(gtk_widget_get_mapped(window));
  return window;
}

static void
close_repair(GtkWidget *window)
{
  gtk_window_destroy(GTK_WINDOW(window));
  g_object_unref(window);
  while (g_main_context_iteration(NULL, FALSE))
    ;
}

static void
damaged_books_are_told_and_put_back(void)
{
  Harness harness = harness_open_sale("en");
  sell_back_up_and_damage(&harness, true);
  GtkWidget *window = open_repair(&harness);
  CU_ASSERT_TRUE(shows(window, "The books of this till are damaged"));
  CU_ASSERT_FALSE(repair_window_has_restored(UI_REPAIR_WINDOW(window)));
  click(window, "Put the backup in place");
  CU_ASSERT_TRUE(repair_window_has_restored(UI_REPAIR_WINDOW(window)));
  CU_ASSERT_TRUE(shows(window, "The books are back"));
  CU_ASSERT_TRUE(shows(window, "damaged"));
  harness_draw(window);
  const char *folder = g_getenv("GUITAI_PNG");
  g_autofree char *png = g_build_filename(folder ? folder : ".", "repair-en.png", NULL);
  if (folder)
    CU_ASSERT_TRUE(picture_save(window, png, NULL));
  close_repair(window);
  shop_open_till(&harness.shop);
  CU_ASSERT_EQUAL(shop_sales(&harness.shop), 1);
  shop_close(&harness.shop);
}

static void
without_a_backup_nothing_is_changed(void)
{
  Harness harness = harness_open_sale("en");
  sell_back_up_and_damage(&harness, false);
  GtkWidget *window = open_repair(&harness);
  click(window, "Put the backup in place");
  CU_ASSERT_FALSE(repair_window_has_restored(UI_REPAIR_WINDOW(window)));
  CU_ASSERT_TRUE(shows(window, "The books could not be put back"));
  close_repair(window);
  g_autofree char *path = folder_path(harness.shop.folder, "store.db");
  g_autofree char *text = NULL;
  CU_ASSERT_TRUE(g_file_get_contents(path, &text, NULL, NULL));
  CU_ASSERT_TRUE(g_str_has_prefix(text, "xxxx"));
  shop_close(&harness.shop);
}

static void
another_failure_offers_no_restore(void)
{
  Harness harness = harness_open("en");
  g_autoptr(GError) error = g_error_new_literal(DB_ERROR, DB_ERROR_BUSY, "in use");
  GtkWidget *window = g_object_ref(repair_window_new("/nowhere", error));
  gtk_window_present(GTK_WINDOW(window));
  await(gtk_widget_get_mapped(window));
  CU_ASSERT_TRUE(shows(window, "This till cannot be opened"));
  CU_ASSERT_TRUE(shows(window, "in use"));
  CU_ASSERT_FALSE(shows(window, "Put the backup in place"));
  close_repair(window);
  harness_close(&harness);
}

TESTS("repair_window",
      TEST(damaged_books_are_told_and_put_back),
      TEST(without_a_backup_nothing_is_changed),
      TEST(another_failure_offers_no_restore))
