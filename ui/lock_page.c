#include "ui/lock_page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/locking.h"
#include "ui/pad.h"
#include "ui/page.h"
#include "ui/words.h"

struct _LockPage {
  GtkBox parent;
  Till *till;    /* borrowed; outlives every page */
  bool asks_who; /* somebody else: their number */

  GtkLabel *about, *who, *say, *hint;
  GtkEntry *box;
};

static void
show(LockPage *self)
{
  const Till *till = self->till;
  const Staff *whose = till->signing ? till->signing : till->staff;
  bool holds = !sale_is_empty(till->sale);
  gtk_label_set_label(self->about,
                      holds ? _("The ticket stays on the table")
                            : _("Nothing is lost; scans are not taken"));
  gtk_label_set_label(self->who,
                      self->asks_who || !whose ? _("Staff number") : whose->name);
  gtk_label_set_label(self->hint,
                      self->asks_who ? _("Number, then Enter. Esc: back")
                                     : _("PIN, then Enter. Esc: somebody else"));
  gtk_editable_set_text(GTK_EDITABLE(self->box), "");
  gtk_entry_set_visibility(self->box, self->asks_who);
  gtk_accessible_update_property(GTK_ACCESSIBLE(self->box),
                                 GTK_ACCESSIBLE_PROPERTY_LABEL,
                                 self->asks_who ? _("Staff number") : _("PIN"),
                                 -1);
  g_auto(Words) words = words_notice(&till->notice);
  bool speaks = till->notice.kind >= NOTICE_WARN;
  g_autofree char *text = g_strdup_printf("%s. %s", words.say, words.more);
  gtk_label_set_label(self->say, speaks ? text : "");
  gtk_widget_set_visible(GTK_WIDGET(self->say), speaks);
}

static void
enter(LockPage *self)
{
  g_autofree char *text = g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->box)));
  gtk_editable_set_text(GTK_EDITABLE(self->box), "");
  if (!*text)
    return;
  if (self->asks_who) {
    self->asks_who = false;
    locking_begin(self->till, text);
    self->asks_who = !self->till->signing;
  } else {
    locking_open(self->till, text);
  }
  memset(text, 0, strlen(text));
  if (self->till->page == PAGE_LOCK)
    show(self);
}

static void
step_back(LockPage *self)
{
  self->asks_who = !self->asks_who && !self->till->signing;
  locking_begin(self->till, NULL);
  show(self);
}

/* -- What the frame asks ----------------------------------------------------------- */

static bool
lock_page_key(Page *page, guint keyval, GdkModifierType state)
{
  LockPage *self = LOCK_PAGE(page);
  if (keyval == GDK_KEY_Escape)
    step_back(self);
  else if (keyval == GDK_KEY_Return)
    enter(self);
  else
    return pad_type(GTK_EDITABLE(self->box), "", keyval, state);
  return true;
}

static void
lock_page_open(Page *page)
{
  gtk_entry_grab_focus_without_selecting(LOCK_PAGE(page)->box);
}

static void
lock_page_scanned(Page *page, const char *text)
{
  pad_untype(GTK_EDITABLE(LOCK_PAGE(page)->box), text);
}

static bool
lock_page_tells(Page *page, const Notice *notice)
{
  return true;
}

static void
lock_page_page_init(PageInterface *iface)
{
  iface->key = lock_page_key;
  iface->open = lock_page_open;
  iface->scanned = lock_page_scanned;
  iface->tells = lock_page_tells;
}

/* -- What the till tells ----------------------------------------------------------- */

static void
on_till_changed(Till *till, TillPart changed, gpointer data)
{
  LockPage *self = data;
  if (till->page != PAGE_LOCK)
    return;
  if (changed & TILL_PAGE || till->signing)
    self->asks_who = false;
  if (changed & (TILL_PAGE | TILL_STAFF | TILL_NOTICE))
    show(self);
}

/* -- Class ------------------------------------------------------------------------- */

G_DEFINE_FINAL_TYPE_WITH_CODE(LockPage,
                              lock_page,
                              GTK_TYPE_BOX,
                              G_IMPLEMENT_INTERFACE(UI_TYPE_PAGE, lock_page_page_init))

static void
lock_page_dispose(GObject *object)
{
  LockPage *self = LOCK_PAGE(object);
  if (self->till)
    till_unwatch(self->till, self);
  self->till = NULL;
  G_OBJECT_CLASS(lock_page_parent_class)->dispose(object);
}

static void
lock_page_class_init(LockPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS(klass);
  G_OBJECT_CLASS(klass)->dispose = lock_page_dispose;
  gtk_widget_class_set_template_from_resource(widget, "/guitai/ui/lock_page.ui");
  gtk_widget_class_bind_template_child(widget, LockPage, about);
  gtk_widget_class_bind_template_child(widget, LockPage, who);
  gtk_widget_class_bind_template_child(widget, LockPage, box);
  gtk_widget_class_bind_template_child(widget, LockPage, say);
  gtk_widget_class_bind_template_child(widget, LockPage, hint);
}

static void
lock_page_init(LockPage *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
}

GtkWidget *
lock_page_new(Till *till)
{
  LockPage *self = g_object_new(LOCK_TYPE_PAGE, NULL);
  self->till = till;
  till_watch(till, on_till_changed, self);
  on_till_changed(till, TILL_EVERYTHING, self);
  return GTK_WIDGET(self);
}
