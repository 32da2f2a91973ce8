#include "ui/page.h"

G_DEFINE_INTERFACE(Page, page, GTK_TYPE_WIDGET)

static void
page_default_init(PageInterface *iface)
{
}

void
page_install(Page *page, GtkWidget *window)
{
  PageInterface *iface = UI_PAGE_GET_IFACE(page);
  if (iface->install)
    iface->install(page, window);
}

void
page_open(Page *page)
{
  PageInterface *iface = UI_PAGE_GET_IFACE(page);
  if (iface->open)
    iface->open(page);
}

bool
page_key(Page *page, guint keyval, GdkModifierType state)
{
  PageInterface *iface = UI_PAGE_GET_IFACE(page);
  return iface->key && iface->key(page, keyval, state);
}

bool
page_back(Page *page)
{
  PageInterface *iface = UI_PAGE_GET_IFACE(page);
  return iface->back && iface->back(page);
}

ScanBox *
page_scan_box(Page *page)
{
  PageInterface *iface = UI_PAGE_GET_IFACE(page);
  return iface->scan_box ? iface->scan_box(page) : NULL;
}

void
page_scanned(Page *page, const char *text)
{
  PageInterface *iface = UI_PAGE_GET_IFACE(page);
  if (iface->scanned)
    iface->scanned(page, text);
}

bool
page_tells(Page *page, const Notice *notice)
{
  PageInterface *iface = UI_PAGE_GET_IFACE(page);
  return iface->tells && iface->tells(page, notice);
}

GtkWidget *
page_totals(Page *page)
{
  PageInterface *iface = UI_PAGE_GET_IFACE(page);
  return iface->totals ? iface->totals(page) : NULL;
}

GtkWidget *
page_big_key(Page *page)
{
  PageInterface *iface = UI_PAGE_GET_IFACE(page);
  return iface->big_key ? iface->big_key(page) : NULL;
}
