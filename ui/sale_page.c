#include "ui/sale_page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/checkout.h"
#include "app/labelling.h"
#include "app/pay.h"
#include "app/scan.h"
#include "ui/big_key.h"
#include "ui/buyer_line.h"
#include "ui/cart_list.h"
#include "ui/cart_row.h"
#include "ui/fixed_cell.h"
#include "ui/format.h"
#include "ui/found_list.h"
#include "ui/key_bar.h"
#include "ui/line_panel.h"
#include "ui/page.h"
#include "ui/scan_box.h"
#include "ui/totals_bar.h"
#include "ui/window.h"
#include "ui/words.h"

#define PAGE_OF_LINES         8 /* PgUp, PgDn */
#define LEAST_DIGITS_SEARCHED 4 /* fewer are a count until Enter says otherwise */

struct _SalePage {
  GtkBox parent;
  Till *till;    /* borrowed; outlives every page */
  GArray *gates; /* owned; of GateLine, as last asked */

  ScanBox *scan_box;
  GtkBox *held_place;
  GtkWidget *held_key;
  GtkStack *sheet;
  GtkListView *ticket;
  GtkSingleSelection *chosen;
  GListStore *rows;
  FoundList *found;
  GtkLabel *ready_title, *ready_figure, *ready_more;
  GtkLabel *buyer;
  LinePanel *panel;

  TotalsBar *totals;
  BigKey *big_key;
  bool by_program; /* the selection is being changed from here */
  guint scrolling; /* source; once after the layout */
};

/* -- The sheet: ticket, search, or what came of the last sale ----------------------- */

static void
show_ready(SalePage *self)
{
  const LastSale *last = &self->till->last;
  bool sold = last->number != NULL;
  g_autofree char *sum = format_money(last->change);
  g_autofree char *change = g_strconcat(_("¥"), sum, NULL);
  g_autofree char *due = format_money(last->due);
  g_autofree char *given = format_money(last->given);
  g_autofree char *more =
      sold ? g_strdup_printf(
                 _("To pay %s · given %s · receipt %s"), due, given, last->number)
           : g_strdup(
                 _("Or type initials, a name, an approval number; F1 shows all keys"));
  gtk_label_set_label(self->ready_title,
                      sold ? _("Change") : _("Scan the first article"));
  gtk_label_set_label(self->ready_figure, sold ? change : "");
  gtk_widget_set_visible(GTK_WIDGET(self->ready_figure), sold);
  gtk_label_set_label(self->ready_more, more);
}

static void
show_sheet(SalePage *self)
{
  bool fresh = self->till->sale->lines->len == 0;
  if (self->till->page == PAGE_SEARCH) {
    gtk_stack_set_visible_child_name(self->sheet, "found");
    return;
  }
  if (fresh)
    show_ready(self);
  gtk_stack_set_visible_child_name(self->sheet, fresh ? "ready" : "ticket");
}

static void
scroll_to_chosen(SalePage *self)
{
  guint row = gtk_single_selection_get_selected(self->chosen);
  if (row != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action(GTK_WIDGET(self->ticket), "list.scroll-to-item", "u", row);
}

static gboolean
on_laid_out(gpointer data)
{
  SalePage *self = data;
  self->scrolling = 0;
  scroll_to_chosen(self);
  return G_SOURCE_REMOVE;
}

/* Once more after the layout: an opened line is higher than it was. */
static void
keep_chosen_in_view(SalePage *self)
{
  scroll_to_chosen(self);
  if (self->scrolling == 0)
    self->scrolling = g_idle_add_full(GDK_PRIORITY_REDRAW + 10, on_laid_out, self, NULL);
}

static void
show_chosen(SalePage *self)
{
  guint row =
      self->till->chosen < 0 ? GTK_INVALID_LIST_POSITION : (guint)self->till->chosen;
  if (gtk_single_selection_get_selected(self->chosen) != row) {
    self->by_program = true;
    gtk_single_selection_set_selected(self->chosen, row);
    self->by_program = false;
  }
  keep_chosen_in_view(self);
}

/* -- The foot ---------------------------------------------------------------------- */

static bool
is_blocked(const GArray *gates)
{
  for (guint i = 0; i < gates->len; i++)
    if (g_array_index(gates, GateLine, i).rule.verdict == VERDICT_BLOCK)
      return true;
  return false;
}

static void
show_big_key(SalePage *self)
{
  guint missing = self->gates->len;
  if (sale_is_empty(self->till->sale)) {
    big_key_show(self->big_key, BIG_KEY_HELD, NULL, _("nothing to pay yet"));
  } else if (is_blocked(self->gates)) {
    big_key_show(self->big_key, BIG_KEY_STOP, NULL, _("not allowed"));
  } else if (missing > 0) {
    g_autofree char *why =
        g_strdup_printf(ngettext("%u thing to do", "%u things to do", missing), missing);
    big_key_show(self->big_key, BIG_KEY_HELD, NULL, why);
  } else {
    big_key_show(self->big_key, BIG_KEY_READY, NULL, "");
  }
}

/* -- The scan row ------------------------------------------------------------------- */

static void
show_scan_row(SalePage *self)
{
  g_autofree char *count = format_quantity(self->till->typed_count, 1);
  g_autofree char *text = g_strconcat("× ", count, NULL);
  scan_box_note(self->scan_box, self->till->typed_count > 0 ? text : "");
}

/* -- What the .ui calls ------------------------------------------------------------- */

/* Counts ("*3", "3*") and what is typed for the panel are not searched for. */
static void
on_typed(SalePage *self)
{
  const char *text = scan_box_text(self->scan_box);
  bool counts = *text == '*' || (scan_box_is_number(self->scan_box) &&
                                 strlen(text) < LEAST_DIGITS_SEARCHED);
  if (line_panel_mode(self->panel) == LINE_PANEL_CLOSED)
    finding_type(self->till, counts ? "" : text);
}

static void
leave_search(SalePage *self)
{
  scan_box_empty(self->scan_box);
  if (self->till->page == PAGE_SEARCH)
    finding_type(self->till, "");
}

static void
take_found(SalePage *self)
{
  const FoundArticle *found = found_list_chosen(self->found);
  if (found == NULL)
    return;
  int64_t id = found->product->id;
  g_autofree char *unit_name = g_strdup(found->unit_name);
  leave_search(self);
  checkout_add(self->till, id, unit_name, NULL);
}

/* Something that is a code of its own is not a choice from the list, unless the clerk has
 * moved in it. */
static bool
is_choice(SalePage *self, const char *text, gboolean scanned)
{
  if (scanned || self->till->page != PAGE_SEARCH ||
      found_list_chosen(self->found) == NULL)
    return false;
  g_auto(Barcode) code = barcode_read(text, strlen(text), BARCODE_IN_SALE);
  return found_list_was_moved(self->found) || code.kind == BARCODE_TEXT ||
         code.kind == BARCODE_NONE;
}

static void
on_entered(SalePage *self, const char *text, gboolean scanned)
{
  if (!scanned && line_panel_mode(self->panel) != LINE_PANEL_CLOSED) {
    line_panel_enter(self->panel, text);
    return;
  }
  line_panel_close(self->panel);
  if (is_choice(self, text, scanned))
    take_found(self);
  else if (*text != '\0')
    scan_code(self->till, text, strlen(text), scanned ? SCAN_SCANNED : SCAN_TYPED);
}

static void
on_line_chosen(SalePage *self)
{
  guint row = gtk_single_selection_get_selected(self->chosen);
  if (!self->by_program && row != GTK_INVALID_LIST_POSITION)
    checkout_choose(self->till, (int)row);
}

/* -- Actions ------------------------------------------------------------------------ */

#define ACTION(name)                                                                     \
  static void name(GSimpleAction *action, GVariant *parameter, gpointer data)

ACTION(on_pay)
{
  pay_open(UI_SALE_PAGE(data)->till);
}

ACTION(on_enter)
{
  scan_box_enter(UI_SALE_PAGE(data)->scan_box);
}

ACTION(on_take)
{
  take_found(data);
}

ACTION(on_find)
{
  SalePage *self = data;
  bool on = scan_box_allows_input_method(self->scan_box);
  scan_box_allow_input_method(self->scan_box, !on);
  scan_box_take_focus(self->scan_box);
}

/* What stands in the box is the ticket's name: "蓝伞" F4. */
ACTION(on_hold)
{
  SalePage *self = data;
  g_autofree char *label = g_strdup(scan_box_text(self->scan_box));
  leave_search(self);
  checkout_hold(self->till, *g_strstrip(label) != '\0' ? label : NULL);
}

ACTION(on_recall)
{
  checkout_open_held(UI_SALE_PAGE(data)->till);
}

ACTION(on_more)
{
  checkout_step_quantity(UI_SALE_PAGE(data)->till, 1);
}

ACTION(on_less)
{
  checkout_step_quantity(UI_SALE_PAGE(data)->till, -1);
}

/* "3*": the quantity of this line; "*" alone begins the count of the next scan. */
ACTION(on_count)
{
  SalePage *self = data;
  if (scan_box_is_empty(self->scan_box)) {
    scan_box_type(self->scan_box, "*");
    return;
  }
  g_autofree char *count = g_strdup(scan_box_text(self->scan_box));
  leave_search(self);
  checkout_set_quantity(self->till, count);
}

ACTION(on_unit)
{
  checkout_next_unit(UI_SALE_PAGE(data)->till);
}

ACTION(on_label)
{
  SalePage *self = data;
  const FoundArticle *found = found_list_chosen(self->found);
  labelling_shelf(self->till, found ? found->product->id : 0);
}

ACTION(on_delete)
{
  checkout_delete_line(UI_SALE_PAGE(data)->till);
}

static void
open_panel(SalePage *self, LinePanelMode mode)
{
  const SaleLine *line =
      self->till->chosen < 0 ? NULL : sale_line(self->till->sale, self->till->chosen);
  bool again = line_panel_mode(self->panel) == mode;
  line_panel_close(self->panel);
  if (line == NULL || line->deleted)
    till_notice(self->till, (Notice){.kind = NOTICE_INFO, .id = NOTICE_NO_LINE});
  else if (!again)
    line_panel_open(self->panel, self->till, mode);
  scan_box_empty(self->scan_box);
  scan_box_prompt(self->scan_box, line_panel_prompt(self->panel));
  keep_chosen_in_view(self);
}

ACTION(on_lot)
{
  open_panel(data, LINE_PANEL_LOTS);
}

/* The line that the message is about. */
ACTION(on_lot_told)
{
  SalePage *self = data;
  checkout_choose(self->till, self->till->notice.line - 1);
  till_settle(self->till);
  open_panel(self, LINE_PANEL_LOTS);
}

ACTION(on_discount)
{
  open_panel(data, LINE_PANEL_DISCOUNT);
}

ACTION(on_void)
{
  SalePage *self = data;
  if (sale_is_empty(self->till->sale)) {
    checkout_void(self->till);
    return;
  }
  SaleTotals totals = checkout_totals(self->till);
  g_autofree char *due = format_money(totals.due);
  g_autofree char *more =
      g_strdup_printf(ngettext("%d line, %s. This cannot be taken back",
                               "%d lines, %s. This cannot be taken back",
                               totals.lines),
                      totals.lines,
                      due);
  if (window_ask(GTK_WIDGET(self), "sale.void", _("Void the whole ticket?"), more))
    checkout_void(self->till);
}

static void
move(SalePage *self, int rows)
{
  if (self->till->page == PAGE_SEARCH)
    found_list_move(self->found, rows);
  else
    checkout_move(self->till, rows);
}

ACTION(on_up)
{
  move(data, -1);
}

ACTION(on_down)
{
  move(data, 1);
}

ACTION(on_page_up)
{
  move(data, -PAGE_OF_LINES);
}

ACTION(on_page_down)
{
  move(data, PAGE_OF_LINES);
}

static const GActionEntry actions[] = {
    {"pay", on_pay},
    {"enter", on_enter},
    {"take", on_take},
    {"find", on_find},
    {"hold", on_hold},
    {"recall", on_recall},
    {"more", on_more},
    {"less", on_less},
    {"count", on_count},
    {"unit", on_unit},
    {"delete", on_delete},
    {"label", on_label},
    {"lot", on_lot},
    {"lot-told", on_lot_told},
    {"discount", on_discount},
    {"void", on_void},
    {"up", on_up},
    {"down", on_down},
    {"page-up", on_page_up},
    {"page-down", on_page_down},
};

/* -- What the frame asks ------------------------------------------------------------ */

static void
sale_page_install(Page *page, GtkWidget *window)
{
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new();
  g_action_map_add_action_entries(
      G_ACTION_MAP(group), actions, G_N_ELEMENTS(actions), page);
  gtk_widget_insert_action_group(window, "sale", G_ACTION_GROUP(group));
}

static void
sale_page_open(Page *page)
{
  scan_box_take_focus(UI_SALE_PAGE(page)->scan_box);
}

static bool
sale_page_key(Page *page, guint keyval, GdkModifierType state)
{
  SalePage *self = UI_SALE_PAGE(page);
  return state == 0 && scan_box_is_empty(self->scan_box) &&
         line_panel_key(self->panel, keyval);
}

static bool
sale_page_back(Page *page)
{
  SalePage *self = UI_SALE_PAGE(page);
  bool open = line_panel_mode(self->panel) != LINE_PANEL_CLOSED ||
              self->till->page == PAGE_SEARCH || !scan_box_is_empty(self->scan_box) ||
              scan_box_allows_input_method(self->scan_box);
  line_panel_close(self->panel);
  scan_box_prompt(self->scan_box, NULL);
  leave_search(self);
  return open;
}

static ScanBox *
sale_page_scan_box(Page *page)
{
  return UI_SALE_PAGE(page)->scan_box;
}

static GtkWidget *
sale_page_totals(Page *page)
{
  return GTK_WIDGET(UI_SALE_PAGE(page)->totals);
}

static GtkWidget *
sale_page_big_key(Page *page)
{
  return GTK_WIDGET(UI_SALE_PAGE(page)->big_key);
}

static void
page_iface_init(PageInterface *iface)
{
  iface->install = sale_page_install;
  iface->open = sale_page_open;
  iface->key = sale_page_key;
  iface->back = sale_page_back;
  iface->scan_box = sale_page_scan_box;
  iface->totals = sale_page_totals;
  iface->big_key = sale_page_big_key;
}

G_DEFINE_FINAL_TYPE_WITH_CODE(SalePage,
                              sale_page,
                              GTK_TYPE_BOX,
                              G_IMPLEMENT_INTERFACE(UI_TYPE_PAGE, page_iface_init))

/* -- What the till tells ------------------------------------------------------------ */

static void
show_sale(SalePage *self)
{
  g_array_unref(self->gates);
  self->gates = checkout_gates(self->till);
  cart_list_show(self->rows, self->till, self->gates);
  show_chosen(self);
  totals_bar_show(self->totals, self->till, self->gates);
  show_big_key(self);
  buyer_line_show(self->buyer, self->till);
}

static void
on_till_changed(Till *till, TillPart changed, gpointer data)
{
  SalePage *self = data;
  if (changed & (TILL_SALE | TILL_PAGE)) {
    line_panel_close(self->panel);
    scan_box_prompt(self->scan_box, NULL);
  }
  if (changed & TILL_SALE) {
    show_sale(self);
    show_scan_row(self);
  }
  if (changed & TILL_FOUND)
    found_list_show(self->found, till);
  if (changed & TILL_HELD)
    key_bar_button_count(self->held_key, till->held);
  if (changed & (TILL_SALE | TILL_PAGE | TILL_PAYMENT))
    show_sheet(self);
}

static void
sale_page_dispose(GObject *object)
{
  SalePage *self = UI_SALE_PAGE(object);
  if (self->till)
    till_unwatch(self->till, self);
  self->till = NULL;
  g_clear_handle_id(&self->scrolling, g_source_remove);
  g_clear_pointer(&self->gates, g_array_unref);
  gtk_widget_dispose_template(GTK_WIDGET(self), UI_TYPE_SALE_PAGE);
  G_OBJECT_CLASS(sale_page_parent_class)->dispose(object);
}

static void
bind_children(GtkWidgetClass *widget)
{
  gtk_widget_class_bind_template_child(widget, SalePage, scan_box);
  gtk_widget_class_bind_template_child(widget, SalePage, held_place);
  gtk_widget_class_bind_template_child(widget, SalePage, buyer);
  gtk_widget_class_bind_template_child(widget, SalePage, sheet);
  gtk_widget_class_bind_template_child(widget, SalePage, ticket);
  gtk_widget_class_bind_template_child(widget, SalePage, chosen);
  gtk_widget_class_bind_template_child(widget, SalePage, rows);
  gtk_widget_class_bind_template_child(widget, SalePage, found);
  gtk_widget_class_bind_template_child(widget, SalePage, panel);
  gtk_widget_class_bind_template_child(widget, SalePage, ready_title);
  gtk_widget_class_bind_template_child(widget, SalePage, ready_figure);
  gtk_widget_class_bind_template_child(widget, SalePage, ready_more);
  gtk_widget_class_bind_template_child(widget, SalePage, totals);
  gtk_widget_class_bind_template_child(widget, SalePage, big_key);
}

static void
sale_page_class_init(SalePageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS(klass);
  G_OBJECT_CLASS(klass)->dispose = sale_page_dispose;
  g_type_ensure(UI_TYPE_TEXT_LINE);
  g_type_ensure(UI_TYPE_SCAN_BOX);
  g_type_ensure(UI_TYPE_BIG_KEY);
  g_type_ensure(UI_TYPE_FIXED_CELL);
  g_type_ensure(UI_TYPE_FOUND_LIST);
  g_type_ensure(UI_TYPE_LINE_PANEL);
  g_type_ensure(UI_TYPE_TOTALS_BAR);
  gtk_widget_class_set_template_from_resource(widget, "/guitai/ui/sale_page.ui");
  bind_children(widget);
  gtk_widget_class_bind_template_callback(widget, on_typed);
  gtk_widget_class_bind_template_callback(widget, on_entered);
  gtk_widget_class_bind_template_callback(widget, on_line_chosen);
  gtk_widget_class_bind_template_callback(widget, take_found);
}

static void
sale_page_init(SalePage *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
  self->gates = g_array_new(FALSE, FALSE, sizeof(GateLine));
  g_autoptr(GtkListItemFactory) factory = cart_row_factory();
  gtk_list_view_set_factory(self->ticket, factory);
}

GtkWidget *
sale_page_new(Till *till)
{
  SalePage *self = g_object_new(UI_TYPE_SALE_PAGE, NULL);
  self->till = till;
  KeyPreset preset = keys_of_till(till);
  big_key_set_action(self->big_key, "sale.pay", PAGE_SALE, preset);
  self->held_key = key_bar_button(preset, PAGE_SALE, "sale.recall", _("On hold"));
  gtk_box_append(self->held_place, self->held_key);
  till_watch(till, on_till_changed, self);
  on_till_changed(till, TILL_EVERYTHING, self);
  return GTK_WIDGET(self);
}
