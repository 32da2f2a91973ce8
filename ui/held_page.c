#include "ui/held_page.h"

#include <glib/gi18n.h>

#include "app/base/clock.h"
#include "app/checkout.h"
#include "ui/format.h"
#include "ui/keys.h"
#include "ui/page.h"
#include "ui/table.h"
#include "ui/ticket_lines.h"

#define REMIND_US (2 * G_TIME_SPAN_HOUR) /* a ticket that waits longer is asked about */

struct _HeldPage {
  GtkBox parent;
  Till *till; /* borrowed; outlives every page */
  GListStore *rows;

  GtkColumnView *list;
  GtkLabel *count, *label, *held_by, *due, *nothing, *recall_key;
  GtkBox *lines, *side;
  GtkWidget *table;
};

/* -- Cells ------------------------------------------------------------------------- */

static const char *
ticket_name(const HeldTicket *ticket)
{
  return *ticket->label ? ticket->label : ticket->first_names;
}

static void
fill_state(gconstpointer content, const TableCell *cell)
{
  const HeldTicket *ticket = content;
  bool is_long = clock_now_us() - ticket->held_us > REMIND_US;
  table_cell_say(cell, is_long ? _("long") : _("waits"), NULL);
  table_cell_style(cell, is_long ? "tag wait" : "tag");
}

static void
fill_name(gconstpointer content, const TableCell *cell)
{
  const HeldTicket *ticket = content;
  table_cell_say(cell, ticket_name(ticket), *ticket->label ? ticket->first_names : NULL);
  table_cell_style(cell, "t-name b");
}

static void
fill_time(gconstpointer content, const TableCell *cell)
{
  const HeldTicket *ticket = content;
  g_autofree char *time =
      format_clock(ticket->held_us, clock_utc_offset_s(ticket->held_us));
  int minutes = (int)(MAX(clock_now_us() - ticket->held_us, 0) / G_TIME_SPAN_MINUTE);
  g_autofree char *waited =
      minutes < 60 ? g_strdup_printf(_("%d min"), minutes)
                   : g_strdup_printf(_("%d h %02d min"), minutes / 60, minutes % 60);
  table_cell_say(cell, time, waited);
}

static void
fill_lines(gconstpointer content, const TableCell *cell)
{
  g_autofree char *text = format_count(((const HeldTicket *)content)->lines);
  table_cell_say(cell, text, NULL);
}

static void
fill_amount(gconstpointer content, const TableCell *cell)
{
  g_autofree char *text = format_money(((const HeldTicket *)content)->due);
  table_cell_say(cell, text, NULL);
  table_cell_style(cell, "amt num");
}

static void
fill_clerk(gconstpointer content, const TableCell *cell)
{
  table_cell_say(cell, ((const HeldTicket *)content)->staff_number, NULL);
}

static char *
row_name(gconstpointer content)
{
  const HeldTicket *ticket = content;
  g_autofree char *amount = format_money(ticket->due);
  return g_strdup_printf("%s %s", ticket_name(ticket), amount);
}

static const TableColumn columns[] = {
    {"", fill_state, false, false},
    {N_("Ticket"), fill_name, true, false},
    {N_("Held"), fill_time, false, true},
    {N_("Lines"), fill_lines, false, true},
    {N_("Amount"), fill_amount, false, true},
    {N_("Clerk"), fill_clerk, false, true},
};

/* -- Showing ----------------------------------------------------------------------- */

static void
show_chosen(HeldPage *self)
{
  const HeldTicket *ticket = table_chosen(self->list);
  gtk_widget_set_visible(GTK_WIDGET(self->side), ticket != NULL);
  if (!ticket)
    return;
  g_autoptr(Sale) sale = checkout_peek(self->till, ticket->id);
  int32_t offset_s = clock_utc_offset_s(ticket->held_us);
  g_autofree char *time = format_time(ticket->held_us, offset_s);
  g_autofree char *by = g_strdup_printf(_("held %s by %s"), time, ticket->staff_number);
  SaleTotals totals = {.due = ticket->due};
  if (sale)
    totals = sale_totals(sale, self->till->round_step);
  g_autofree char *due = format_money(totals.due);
  gtk_label_set_label(self->label, ticket_name(ticket));
  gtk_label_set_label(self->held_by, by);
  gtk_label_set_label(self->due, due);
  ticket_lines_show(self->lines, sale);
}

static void
show_list(HeldPage *self)
{
  g_autoptr(GPtrArray) tickets = checkout_held(self->till);
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(g_object_unref);
  int chosen = table_chosen_position(self->list);
  g_ptr_array_set_free_func(tickets, NULL);
  for (guint i = 0; i < tickets->len; i++)
    g_ptr_array_add(rows,
                    table_row_new(tickets->pdata[i], (GDestroyNotify)held_ticket_free));
  table_show(self->list, self->rows, rows, chosen);
  g_autofree char *count = g_strdup_printf(
      ngettext("%d ticket waits", "%d tickets wait", rows->len), (int)rows->len);
  gtk_label_set_label(self->count, rows->len > 0 ? count : "");
  gtk_widget_set_visible(self->table, rows->len > 0);
  gtk_widget_set_visible(GTK_WIDGET(self->nothing), rows->len == 0);
  show_chosen(self);
}

/* -- What the .ui file calls ------------------------------------------------------- */

static void
recall(HeldPage *self)
{
  const HeldTicket *ticket = table_chosen(self->list);
  if (ticket)
    checkout_recall(self->till, ticket->id);
}

static void
on_row(HeldPage *self)
{
  recall(self);
}

static void
on_chosen(HeldPage *self)
{
  show_chosen(self);
}

static void
on_recall(GSimpleAction *action, GVariant *parameter, gpointer data)
{
  recall(data);
}

static void
on_up(GSimpleAction *action, GVariant *parameter, gpointer data)
{
  table_move(HELD_PAGE(data)->list, -1);
}

static void
on_down(GSimpleAction *action, GVariant *parameter, gpointer data)
{
  table_move(HELD_PAGE(data)->list, 1);
}

/* -- What the frame asks ----------------------------------------------------------- */

static void
held_page_install(Page *page, GtkWidget *window)
{
  static const GActionEntry entries[] = {
      {"recall", on_recall}, {"up", on_up}, {"down", on_down}};
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new();
  g_action_map_add_action_entries(
      G_ACTION_MAP(group), entries, G_N_ELEMENTS(entries), page);
  gtk_widget_insert_action_group(window, "held", G_ACTION_GROUP(group));
}

static void
held_page_page_init(PageInterface *iface)
{
  iface->install = held_page_install;
}

/* -- What the till tells ----------------------------------------------------------- */

static void
on_till_changed(Till *till, TillPart changed, gpointer data)
{
  HeldPage *self = data;
  if (till->page == PAGE_HELD && changed & (TILL_PAGE | TILL_HELD))
    show_list(self);
}

/* -- Class ------------------------------------------------------------------------- */

G_DEFINE_FINAL_TYPE_WITH_CODE(HeldPage,
                              held_page,
                              GTK_TYPE_BOX,
                              G_IMPLEMENT_INTERFACE(UI_TYPE_PAGE, held_page_page_init))

static void
held_page_dispose(GObject *object)
{
  HeldPage *self = HELD_PAGE(object);
  if (self->till)
    till_unwatch(self->till, self);
  self->till = NULL;
  G_OBJECT_CLASS(held_page_parent_class)->dispose(object);
}

static void
held_page_class_init(HeldPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS(klass);

  G_OBJECT_CLASS(klass)->dispose = held_page_dispose;
  g_type_ensure(TABLE_TYPE_ROW);
  gtk_widget_class_set_template_from_resource(widget, "/guitai/ui/held_page.ui");
  gtk_widget_class_bind_template_child(widget, HeldPage, rows);
  gtk_widget_class_bind_template_child(widget, HeldPage, list);
  gtk_widget_class_bind_template_child(widget, HeldPage, table);
  gtk_widget_class_bind_template_child(widget, HeldPage, nothing);
  gtk_widget_class_bind_template_child(widget, HeldPage, count);
  gtk_widget_class_bind_template_child(widget, HeldPage, side);
  gtk_widget_class_bind_template_child(widget, HeldPage, label);
  gtk_widget_class_bind_template_child(widget, HeldPage, held_by);
  gtk_widget_class_bind_template_child(widget, HeldPage, lines);
  gtk_widget_class_bind_template_child(widget, HeldPage, due);
  gtk_widget_class_bind_template_child(widget, HeldPage, recall_key);
  gtk_widget_class_bind_template_callback(widget, on_row);
  gtk_widget_class_bind_template_callback(widget, on_chosen);
}

static void
held_page_init(HeldPage *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
  table_set_up(self->list, columns, G_N_ELEMENTS(columns), row_name);
}

GtkWidget *
held_page_new(Till *till)
{
  HeldPage *self = g_object_new(HELD_TYPE_PAGE, NULL);
  self->till = till;
  const Key *key = keys_action("held.recall", PAGE_HELD);
  g_autofree char *text = key ? keys_text(keys_of_till(till), key) : g_strdup("");
  gtk_label_set_label(self->recall_key, text);
  till_watch(till, on_till_changed, self);
  on_till_changed(till, TILL_EVERYTHING, self);
  return GTK_WIDGET(self);
}
