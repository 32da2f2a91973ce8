/* Page: what the frame asks of a page. A page is a GtkBox from a .ui file that shows the
 * till and calls verbs; the strip, the message bar, the key bar and the big key's place
 * belong to the frame (ui/window). Every function may be missing. */
#pragma once

#include <gtk/gtk.h>
#include <stdbool.h>

#include "app/notice.h"
#include "ui/scan_box.h"

#define UI_TYPE_PAGE (page_get_type())
G_DECLARE_INTERFACE(Page, page, UI, PAGE, GtkWidget)

struct _PageInterface {
  GTypeInterface parent;

  /* Puts the page's actions on @window with gtk_widget_insert_action_group(). */
  void (*install)(Page *page, GtkWidget *window);
  /* Came on screen: takes the focus. Also called when the window becomes active again. */
  void (*open)(Page *page);
  /* A key before the key map sees it; never a repeat. @keyval as keys_plain_keyval().
   * @return true: taken. */
  bool (*key)(Page *page, guint keyval, GdkModifierType state);
  /* Esc (till.back). @return true: there was something to close inside the page. */
  bool (*back)(Page *page);
  /* The box that printable keys go to, wherever the focus is; borrowed. */
  ScanBox *(*scan_box)(Page *page);
  /* A scanner typed @text while this page, without a scan box, was open: takes its
   * characters out of whatever field they went to. scan_code() is called after it. */
  void (*scanned)(Page *page, const char *text);
  /* @return true: the page says @notice itself, the message bar need not. */
  bool (*tells)(Page *page, const Notice *notice);
  /* Borrowed widgets that the frame puts over the key bar, and to its right; neither has
   * a parent yet. Asked once. */
  GtkWidget *(*totals)(Page *page);
  GtkWidget *(*big_key)(Page *page);
};

void page_install(Page *page, GtkWidget *window);
void page_open(Page *page);
bool page_key(Page *page, guint keyval, GdkModifierType state);
bool page_back(Page *page);
ScanBox *page_scan_box(Page *page); /* (nullable) */
void page_scanned(Page *page, const char *text);
bool page_tells(Page *page, const Notice *notice);
GtkWidget *page_totals(Page *page);  /* (nullable) */
GtkWidget *page_big_key(Page *page); /* (nullable) */
