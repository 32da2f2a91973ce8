#include "ui/shift_page.h"

#include <glib/gi18n.h>

#include "app/base/clock.h"
#include "app/self_check.h"
#include "app/shift.h"
#include "ui/big_key.h"
#include "ui/check_words.h"
#include "ui/format.h"
#include "ui/page.h"
#include "ui/window.h"

struct _ShiftPage {
  GtkBox parent;
  Till *till; /* borrowed; outlives every page */

  GtkLabel *title, *since, *cash, *sales, *due, *discount, *rounding;
  GtkLabel *backup, *held, *receipts, *waiting;

  GtkWidget *totals; /* owned; lent to the frame */
  GtkLabel *totals_say;
  BigKey *big_key; /* owned; lent to the frame */
};

static void
say(GtkLabel *label, char *text)
{
  gtk_label_set_label(label, text);
  g_free(text);
}

static void
show_head(ShiftPage *self)
{
  const Shift *shift = &self->till->shift;
  if (shift->id == 0) {
    gtk_label_set_label(self->title, _("No shift is open"));
    gtk_label_set_label(self->since, "");
    return;
  }
  g_autofree char *since =
      format_time(shift->opened_us, clock_utc_offset_s(shift->opened_us));
  g_autofree char *day = format_day(shift->business_date);
  say(self->title, g_strdup_printf(_("Shift %d"), shift->number));
  say(self->since,
      g_strdup_printf(
          _("of %s, open since %s, opened by %s"), day, since, shift->opened_by));
}

static void
show_totals(ShiftPage *self)
{
  ShiftTotals totals = shift_totals(self->till);
  say(self->sales, format_count(totals.sales));
  say(self->due, format_money(totals.due));
  say(self->cash, format_money(totals.cash));
  say(self->discount, format_taken_off(totals.discount));
  say(self->rounding, format_taken_off(totals.rounding));
}

static void
show_consequences(ShiftPage *self)
{
  Till *till = self->till;
  CheckLine lines[N_CHECKS];
  self_check(till, lines);
  g_autofree char *books = check_words_finding(&lines[CHECK_BOOKS]);
  g_autofree char *central = check_words_finding(&lines[CHECK_CENTRAL]);
  say(self->backup, g_strdup_printf(_("one is made; before: %s"), books));
  say(self->held,
      till->held == 0
          ? g_strdup(_("none"))
          : g_strdup_printf(ngettext("%d stays here", "%d stay here", (gulong)till->held),
                            till->held));
  say(self->receipts,
      till->printing_waits == 0 ? g_strdup(_("none"))
                                : g_strdup_printf(ngettext("%d still waits for paper",
                                                           "%d still wait for paper",
                                                           (gulong)till->printing_waits),
                                                  till->printing_waits));
  gtk_label_set_label(self->waiting, central);
}

static void
show_big_key(ShiftPage *self)
{
  Till *till = self->till;
  const char *say_what = _("Ready to close");
  if (!staff_may(till->staff, RIGHT_SHIFT)) {
    say_what = _("Somebody who may close shifts must sign in");
    big_key_show(self->big_key, BIG_KEY_STOP, NULL, _("no right"));
  } else if (!sale_is_empty(till->sale)) {
    say_what = _("A ticket is in work: hold or finish it first");
    big_key_show(self->big_key, BIG_KEY_HELD, NULL, _("1 ticket in work"));
  } else {
    big_key_show(self->big_key, BIG_KEY_READY, NULL, "");
  }
  gtk_label_set_label(self->totals_say, say_what);
}

/* -- Actions ----------------------------------------------------------------------- */

static void
on_close(GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ShiftPage *self = data;
  Till *till = self->till;
  bool may_ask = staff_may(till->staff, RIGHT_SHIFT) && sale_is_empty(till->sale);
  g_autofree char *question = g_strdup_printf(_("Close shift %d?"), till->shift.number);
  if (!may_ask || window_ask(GTK_WIDGET(self),
                             "shift.close",
                             question,
                             _("A copy of the books is made, and you are signed out")))
    shift_close(till);
}

/* -- What the frame asks ----------------------------------------------------------- */

static void
shift_page_install(Page *page, GtkWidget *window)
{
  static const GActionEntry entries[] = {{"close", on_close}};
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new();
  g_action_map_add_action_entries(
      G_ACTION_MAP(group), entries, G_N_ELEMENTS(entries), page);
  gtk_widget_insert_action_group(window, "shift", G_ACTION_GROUP(group));
}

static GtkWidget *
shift_page_totals(Page *page)
{
  return SHIFT_PAGE(page)->totals;
}

static GtkWidget *
shift_page_big_key(Page *page)
{
  return GTK_WIDGET(SHIFT_PAGE(page)->big_key);
}

static void
shift_page_page_init(PageInterface *iface)
{
  iface->install = shift_page_install;
  iface->totals = shift_page_totals;
  iface->big_key = shift_page_big_key;
}

/* -- What the till tells ----------------------------------------------------------- */

static void
on_till_changed(Till *till, TillPart changed, gpointer data)
{
  ShiftPage *self = data;
  if (till->page != PAGE_SHIFT)
    return;
  if (changed & (TILL_PAGE | TILL_STAFF)) {
    show_head(self);
    show_totals(self);
  }
  if (changed & (TILL_PAGE | TILL_STAFF | TILL_SALE))
    show_big_key(self);
  if (changed & (TILL_PAGE | TILL_HELD | TILL_PRINTING | TILL_SYNC))
    show_consequences(self);
}

/* -- Class ------------------------------------------------------------------------- */

G_DEFINE_FINAL_TYPE_WITH_CODE(ShiftPage,
                              shift_page,
                              GTK_TYPE_BOX,
                              G_IMPLEMENT_INTERFACE(UI_TYPE_PAGE, shift_page_page_init))

static void
shift_page_dispose(GObject *object)
{
  ShiftPage *self = SHIFT_PAGE(object);
  if (self->till)
    till_unwatch(self->till, self);
  self->till = NULL;
  g_clear_object(&self->totals);
  g_clear_object(&self->big_key);
  G_OBJECT_CLASS(shift_page_parent_class)->dispose(object);
}

static void
shift_page_class_init(ShiftPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS(klass);

  G_OBJECT_CLASS(klass)->dispose = shift_page_dispose;
  gtk_widget_class_set_template_from_resource(widget, "/guitai/ui/shift_page.ui");
  gtk_widget_class_bind_template_child(widget, ShiftPage, title);
  gtk_widget_class_bind_template_child(widget, ShiftPage, since);
  gtk_widget_class_bind_template_child(widget, ShiftPage, cash);
  gtk_widget_class_bind_template_child(widget, ShiftPage, sales);
  gtk_widget_class_bind_template_child(widget, ShiftPage, due);
  gtk_widget_class_bind_template_child(widget, ShiftPage, discount);
  gtk_widget_class_bind_template_child(widget, ShiftPage, rounding);
  gtk_widget_class_bind_template_child(widget, ShiftPage, backup);
  gtk_widget_class_bind_template_child(widget, ShiftPage, held);
  gtk_widget_class_bind_template_child(widget, ShiftPage, receipts);
  gtk_widget_class_bind_template_child(widget, ShiftPage, waiting);
}

static void
shift_page_init(ShiftPage *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
  GtkBuilder *builder = gtk_builder_new_from_resource("/guitai/ui/shift_totals.ui");
  self->totals = g_object_ref(GTK_WIDGET(gtk_builder_get_object(builder, "totals")));
  self->totals_say = GTK_LABEL(gtk_builder_get_object(builder, "say"));
  g_object_unref(builder);
  self->big_key = g_object_ref_sink(g_object_new(UI_TYPE_BIG_KEY, NULL));
}

GtkWidget *
shift_page_new(Till *till)
{
  ShiftPage *self = g_object_new(SHIFT_TYPE_PAGE, NULL);
  self->till = till;
  big_key_set_action(self->big_key, "shift.close", PAGE_SHIFT, keys_of_till(till));
  till_watch(till, on_till_changed, self);
  on_till_changed(till, TILL_EVERYTHING, self);
  return GTK_WIDGET(self);
}
