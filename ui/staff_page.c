#include "ui/staff_page.h"

#include <glib/gi18n.h>

#include "app/base/clock.h"
#include "app/staffing.h"
#include "ui/format.h"
#include "ui/page.h"
#include "ui/table.h"
#include "ui/words.h"

#define RIGHTS_A_LINE 9 /* bits */

struct _StaffPage {
  GtkBox parent;
  Till *till; /* borrowed; outlives every page */
  GListStore *rows;

  GtkColumnView *list;
  GtkLabel *count, *nothing;
  GtkWidget *table;
};

/* -- Cells ------------------------------------------------------------------------- */

static void
fill_number(gconstpointer content, const TableCell *cell)
{
  table_cell_say(cell, ((const StaffView *)content)->staff->number, NULL);
}

static void
fill_name(gconstpointer content, const TableCell *cell)
{
  const Staff *staff = ((const StaffView *)content)->staff;
  table_cell_say(cell, staff->name, words_role(staff->role));
  table_cell_style(cell, "t-name b");
}

static char *
rights_text(const Staff *staff, int from, int to)
{
  GString *text = g_string_new(NULL);
  for (int i = from; i < to; i++)
    if (staff->rights & 1u << i)
      g_string_append_printf(
          text, "%s%s", text->len ? " · " : "", words_right((Right)(1u << i)));
  return g_string_free(text, FALSE);
}

static void
fill_rights(gconstpointer content, const TableCell *cell)
{
  const Staff *staff = ((const StaffView *)content)->staff;
  g_autofree char *first = rights_text(staff, 0, RIGHTS_A_LINE);
  g_autofree char *second = rights_text(staff, RIGHTS_A_LINE, N_RIGHTS);
  table_cell_say(cell, first, second);
  table_cell_style(cell, "t-small");
}

static void
fill_limits(gconstpointer content, const TableCell *cell)
{
  const Staff *staff = ((const StaffView *)content)->staff;
  g_autofree char *discount = format_percent(staff->discount_limit_bp);
  g_autofree char *price = format_percent(staff->price_limit_bp);
  g_autofree char *refund = format_money(staff->refund_limit);
  g_autofree char *count = format_money(staff->count_limit);
  /* Translators: limits of one person: largest discount, largest change of a price. */
  g_autofree char *first = g_strdup_printf(_("discount %s · price %s"), discount, price);
  g_autofree char *second = g_strdup_printf(_("refund %s · count %s"), refund, count);
  table_cell_say(cell, first, second);
}

static void
fill_registration(gconstpointer content, const TableCell *cell)
{
  const Registration *registration = &((const StaffView *)content)->staff->registration;
  int64_t now_us = clock_now_us();
  Day today = day_at(now_us, clock_utc_offset_s(now_us));
  RegistrationState state = registration_state(registration, SCOPE_ANY, today);
  if (state == REGISTRATION_MISSING) {
    table_cell_say(cell, "", NULL);
    return;
  }
  g_autofree char *to = day_text(registration->to);
  g_autofree char *until =
      *to ? g_strdup_printf(_("until %s"), to) : g_strdup(_("no end"));
  bool soon = registration_ends_soon(registration, today);
  g_autofree char *first =
      state == REGISTRATION_EXPIRED ? g_strdup_printf(_("ended on %s"), to)
      : soon
          ? g_strdup_printf(ngettext("one day left",
                                     "%d days left",
                                     (gulong)registration_days_left(registration, today)),
                            registration_days_left(registration, today))
          : g_steal_pointer(&until);
  table_cell_say(cell, first, registration->number);
  table_cell_style(cell,
                   state == REGISTRATION_EXPIRED ? "tag bad"
                   : soon                        ? "tag wait"
                                                 : "");
}

static void
fill_duty(gconstpointer content, const TableCell *cell)
{
  const StaffView *view = content;
  table_cell_say(cell,
                 !view->is_on_duty           ? ""
                 : view->place == DUTY_LOCAL ? _("on duty")
                                             : _("from afar"),
                 NULL);
  table_cell_style(cell, view->is_on_duty ? "tag ok" : "");
}

static void
fill_here(gconstpointer content, const TableCell *cell)
{
  const StaffView *view = content;
  g_autofree char *time =
      view->here_us ? format_time(view->here_us, clock_utc_offset_s(view->here_us))
                    : NULL;
  table_cell_say(cell, time ? time : _("never"), NULL);
  table_cell_style(cell, "t-small num");
}

static void
fill_wait(gconstpointer content, const TableCell *cell)
{
  const StaffView *view = content;
  g_autofree char *span = format_span(view->wait_s * G_USEC_PER_SEC);
  g_autofree char *tries = g_strdup_printf(
      ngettext("one wrong PIN", "%d wrong PINs", (gulong)view->failures), view->failures);
  g_autofree char *wait = g_strdup_printf(_("locked, %s left"), span);
  table_cell_say(cell, view->wait_s > 0 ? wait : view->failures > 0 ? tries : "", NULL);
  table_cell_style(cell,
                   view->wait_s > 0     ? "tag bad"
                   : view->failures > 0 ? "tag wait"
                                        : "");
}

static char *
row_name(gconstpointer content)
{
  const Staff *staff = ((const StaffView *)content)->staff;
  return g_strdup_printf("%s %s", staff->name, staff->number);
}

static const TableColumn columns[] = {
    {N_("Number"), fill_number, false, false},
    {N_("Name"), fill_name, false, false},
    {N_("Rights"), fill_rights, true, false},
    {N_("May alone"), fill_limits, false, false},
    {N_("Registration"), fill_registration, false, false},
    {N_("Duty"), fill_duty, false, false},
    {N_("Last here"), fill_here, false, false},
    {"", fill_wait, false, false},
};

/* -- Showing ----------------------------------------------------------------------- */

static void
show_list(StaffPage *self)
{
  g_autoptr(GPtrArray) views = staffing_list(self->till);
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(g_object_unref);
  int chosen = table_chosen_position(self->list);
  g_ptr_array_set_free_func(views, NULL);
  for (guint i = 0; i < views->len; i++)
    g_ptr_array_add(rows,
                    table_row_new(views->pdata[i], (GDestroyNotify)staff_view_free));
  table_show(self->list, self->rows, rows, chosen);
  gtk_label_set_label(self->count,
                      _("Central hires, gives rights and PINs; here they are only seen"));
  gtk_widget_set_visible(self->table, rows->len > 0);
  gtk_widget_set_visible(GTK_WIDGET(self->nothing), rows->len == 0);
}

/* -- What the frame asks ----------------------------------------------------------- */

static void
on_forgive(GSimpleAction *action, GVariant *parameter, gpointer data)
{
  StaffPage *self = data;
  const StaffView *view = table_chosen(self->list);
  if (view)
    staffing_forgive(self->till, view->staff->number);
}

static void
on_up(GSimpleAction *action, GVariant *parameter, gpointer data)
{
  table_move(STAFF_PAGE(data)->list, -1);
}

static void
on_down(GSimpleAction *action, GVariant *parameter, gpointer data)
{
  table_move(STAFF_PAGE(data)->list, 1);
}

static void
staff_page_install(Page *page, GtkWidget *window)
{
  static const GActionEntry entries[] = {
      {"forgive", on_forgive}, {"up", on_up}, {"down", on_down}};
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new();
  g_action_map_add_action_entries(
      G_ACTION_MAP(group), entries, G_N_ELEMENTS(entries), page);
  gtk_widget_insert_action_group(window, "staff", G_ACTION_GROUP(group));
}

static void
staff_page_page_init(PageInterface *iface)
{
  iface->install = staff_page_install;
}

/* -- What the till tells ----------------------------------------------------------- */

static void
on_till_changed(Till *till, TillPart changed, gpointer data)
{
  StaffPage *self = data;
  if (till->page == PAGE_STAFF &&
      changed & (TILL_PAGE | TILL_STAFF | TILL_DUTY | TILL_CATALOGUE))
    show_list(self);
}

/* -- Class ------------------------------------------------------------------------- */

G_DEFINE_FINAL_TYPE_WITH_CODE(StaffPage,
                              staff_page,
                              GTK_TYPE_BOX,
                              G_IMPLEMENT_INTERFACE(UI_TYPE_PAGE, staff_page_page_init))

static void
staff_page_dispose(GObject *object)
{
  StaffPage *self = STAFF_PAGE(object);
  if (self->till)
    till_unwatch(self->till, self);
  self->till = NULL;
  G_OBJECT_CLASS(staff_page_parent_class)->dispose(object);
}

static void
staff_page_class_init(StaffPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS(klass);
  G_OBJECT_CLASS(klass)->dispose = staff_page_dispose;
  g_type_ensure(TABLE_TYPE_ROW);
  gtk_widget_class_set_template_from_resource(widget, "/guitai/ui/staff_page.ui");
  gtk_widget_class_bind_template_child(widget, StaffPage, rows);
  gtk_widget_class_bind_template_child(widget, StaffPage, list);
  gtk_widget_class_bind_template_child(widget, StaffPage, table);
  gtk_widget_class_bind_template_child(widget, StaffPage, nothing);
  gtk_widget_class_bind_template_child(widget, StaffPage, count);
}

static void
staff_page_init(StaffPage *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
  table_set_up(self->list, columns, G_N_ELEMENTS(columns), row_name);
}

GtkWidget *
staff_page_new(Till *till)
{
  StaffPage *self = g_object_new(STAFF_TYPE_PAGE, NULL);
  self->till = till;
  till_watch(till, on_till_changed, self);
  on_till_changed(till, TILL_EVERYTHING, self);
  return GTK_WIDGET(self);
}
