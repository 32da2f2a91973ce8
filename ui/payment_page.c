#include "ui/payment_page.h"

#include <glib/gi18n.h>

#include "app/checkout.h"
#include "app/pay.h"
#include "ui/big_key.h"
#include "ui/format.h"
#include "ui/pad.h"
#include "ui/page.h"
#include "ui/scroll_end.h"
#include "ui/taken_rows.h"
#include "ui/ticket_lines.h"
#include "ui/words.h"

#define NOTES 5 /* keys for notes, beside the exact amount */

struct _PaymentPage {
  GtkBox parent;
  Till *till; /* borrowed; outlives every page */
  GtkWidget *note_keys[NOTES];
  Money notes[NOTES];

  GtkLabel *due, *less, *taken, *equals, *left, *way_back, *pieces;
  GtkLabel *change_word, *change, *exact_word, *exact_key, *yen;
  GtkBox *lines, *sums, *taken_rows, *tenders;
  GtkWidget *change_box, *exact, *del_hint;
  GtkGrid *notes_grid;
  GtkScrolledWindow *taken_scroll;
  GtkEntry *box;

  GtkWidget *totals; /* owned; lent to the frame */
  GtkLabel *totals_say, *totals_more;
  BigKey *big_key; /* owned; lent to the frame */
};

/* -- Figures ----------------------------------------------------------------------- */

/* Cash in the box; -1: nothing, -2: no amount. */
static Money
typed_cash(PaymentPage *self)
{
  const char *text = gtk_editable_get_text(GTK_EDITABLE(self->box));
  Money amount;
  if (*text == '\0')
    return -1;
  return money_parse(text, &amount) ? amount : -2;
}

/* What the customer gets back if the money in the box were taken now; negative: missing.
 */
static Money
balance(PaymentPage *self, Money typed)
{
  const Payment *payment = self->till->payment;
  Money left = payment_left(payment);
  return left == 0 ? payment_change(payment) : MAX(typed, 0) - left;
}

static void
show_head(PaymentPage *self)
{
  const Payment *payment = self->till->payment;
  Money left = payment_left(payment);
  Money taken = payment->due - left;
  g_autofree char *due = format_money(payment->due);
  g_autofree char *due_text = g_strdup_printf("¥ %s", due);
  g_autofree char *taken_amount = format_money(taken);
  g_autofree char *taken_text = g_strdup_printf(_("taken %s"), taken_amount);
  g_autofree char *left_amount = format_money(left);
  g_autofree char *left_text = g_strdup_printf(_("still %s"), left_amount);
  gtk_label_set_label(self->due, due_text);
  gtk_label_set_label(self->taken, taken_text);
  gtk_label_set_label(self->left, left > 0 ? left_text : _("paid"));
  GtkLabel *parts[] = {self->less, self->taken, self->equals, self->left};
  for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
    gtk_widget_set_visible(GTK_WIDGET(parts[i]), taken > 0);
  gtk_widget_set_visible(self->del_hint, taken > 0);
  gtk_label_set_label(self->way_back,
                      taken > 0 ? _("Esc: back to the sale; give back what was taken")
                                : _("Esc: back to the sale"));
}

static void
show_change(PaymentPage *self, Money typed, Money change)
{
  g_autofree char *amount = format_money(ABS(change));
  bool is_bad = typed == -2;
  bool is_short = change < 0 || is_bad;
  gtk_label_set_label(self->change_word,
                      is_bad     ? _("This is no amount")
                      : is_short ? _("Still to pay")
                                 : _("Change"));
  gtk_label_set_label(self->change, is_bad ? "–" : amount);
  gtk_widget_set_visible(GTK_WIDGET(self->yen), !is_bad);
  gtk_widget_set_css_classes(
      self->change_box,
      (const char *[]){"fig", "change", is_short ? "short" : "enough", NULL});
}

static void
show_next_step(PaymentPage *self, Money change)
{
  g_autofree char *amount = format_money(ABS(change));
  g_autofree char *why = change < 0   ? g_strdup_printf(_("still %s"), amount)
                         : change > 0 ? g_strdup_printf(_("change %s"), amount)
                                      : g_strdup(_("no change"));
  bool is_ready = change >= 0;
  big_key_show(self->big_key, is_ready ? BIG_KEY_READY : BIG_KEY_HELD, NULL, why);
  gtk_label_set_label(self->totals_say,
                      is_ready ? _("The drawer opens when you confirm")
                               : _("Type what was handed over, or press a note"));
}

static void
show_notes(PaymentPage *self, Money typed)
{
  Money suggested[NOTES + 1];
  Money left = payment_left(self->till->payment);
  int n = left > 0 ? payment_suggest_cash(left, suggested, NOTES + 1) : 0;
  g_autofree char *exact = format_money(left);
  g_autofree char *exact_text = g_strdup_printf(_("Exactly %s"), exact);
  gtk_label_set_label(self->exact_word, left > 0 ? exact_text : _("Paid"));
  gtk_widget_set_sensitive(self->exact, left > 0);
  gtk_widget_set_opacity(GTK_WIDGET(self->exact_key), left > 0);
  for (int i = 0; i < NOTES; i++) {
    bool is_there = i + 1 < n;
    self->notes[i] = is_there ? suggested[i + 1] : 0;
    g_autofree char *text = format_note(self->notes[i]);
    GtkWidget *label = gtk_button_get_child(GTK_BUTTON(self->note_keys[i]));
    gtk_label_set_label(GTK_LABEL(label), is_there ? text : "");
    gtk_widget_set_sensitive(self->note_keys[i], is_there);
    gtk_widget_set_opacity(self->note_keys[i], is_there); /* its place stays */
    gtk_widget_set_css_classes(
        self->note_keys[i],
        (const char *[]){
            "denom", is_there && typed == self->notes[i] ? "chosen" : "free", NULL});
    gtk_accessible_update_property(
        GTK_ACCESSIBLE(self->note_keys[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  }
}

static void
show_money(PaymentPage *self)
{
  if (!self->till->payment)
    return;
  Money typed = typed_cash(self);
  Money change = balance(self, typed);
  show_head(self);
  show_change(self, typed, change);
  show_next_step(self, change);
  show_notes(self, typed);
  taken_rows_show(self->taken_rows, self->till->payment, MAX(typed, -1));
  bool takes_more = payment_left(self->till->payment) > 0;
  gtk_editable_set_editable(GTK_EDITABLE(self->box), takes_more);
  gtk_widget_action_set_enabled(GTK_WIDGET(self), "pad.press", takes_more);
}

static void
show_ticket(PaymentPage *self)
{
  SaleTotals totals = checkout_totals(self->till);
  g_autofree char *lines = g_strdup_printf(
      ngettext("%d line", "%d lines", (gulong)totals.lines), totals.lines);
  g_autofree char *pieces = g_strdup_printf(
      ngettext("%d item", "%d items", (gulong)totals.pieces), totals.pieces);
  g_autofree char *text = g_strdup_printf("%s · %s", lines, pieces);
  gtk_label_set_label(self->pieces, text);
  ticket_lines_show(self->lines, self->till->sale);
  ticket_lines_show_sums(self->sums, &totals);
}

/* -- What the .ui file calls ------------------------------------------------------- */

static void
put_amount(PaymentPage *self, Money amount)
{
  g_autofree char *text = money_text(amount);
  gtk_editable_set_text(GTK_EDITABLE(self->box), text);
  gtk_widget_grab_focus(GTK_WIDGET(self->box));
  gtk_editable_select_region(GTK_EDITABLE(self->box), 0, -1);
}

static void
on_typed(PaymentPage *self)
{
  show_money(self);
}

static void
on_enter(PaymentPage *self)
{
  g_autofree char *text = g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->box)));
  if (!self->till->payment || *text == '\0')
    return;
  guint had = self->till->payment->tenders->len;
  pay_tender(self->till, TENDER_CASH, text);
  if (self->till->payment && self->till->payment->tenders->len > had)
    gtk_editable_set_text(GTK_EDITABLE(self->box), "");
}

static void
on_note(GtkButton *button, gpointer data)
{
  PaymentPage *self = data;
  for (int i = 0; i < NOTES; i++) {
    if (self->note_keys[i] == GTK_WIDGET(button))
      put_amount(self, self->notes[i]);
  }
}

static void
on_pad(GtkWidget *widget, const char *action, GVariant *key)
{
  pad_press(GTK_EDITABLE(PAYMENT_PAGE(widget)->box), g_variant_get_string(key, NULL));
}

static void
on_tender(GtkButton *button, gpointer data)
{
  PaymentPage *self = data;
  TenderKind kind = GPOINTER_TO_INT(g_object_get_data(G_OBJECT(button), "kind"));
  if (kind == TENDER_CASH)
    on_enter(self);
  else
    pay_tender(self->till, kind, gtk_editable_get_text(GTK_EDITABLE(self->box)));
}

/* -- Actions ----------------------------------------------------------------------- */

static void
on_confirm(GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PaymentPage *self = data;
  g_autofree char *typed = g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->box)));
  if (self->till->payment)
    pay_confirm(self->till, *typed ? typed : NULL);
}

static void
on_exact(GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PaymentPage *self = data;
  if (self->till->payment && payment_left(self->till->payment) > 0)
    put_amount(self, payment_left(self->till->payment));
}

static void
on_accept(GSimpleAction *action, GVariant *parameter, gpointer data)
{
  on_enter(data);
}

static void
on_remove(GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PaymentPage *self = data;
  if (*gtk_editable_get_text(GTK_EDITABLE(self->box)) != '\0')
    gtk_editable_set_text(GTK_EDITABLE(self->box), "");
  else if (self->till->payment && self->till->payment->tenders->len > 0)
    pay_remove(self->till, (int)self->till->payment->tenders->len - 1);
}

/* -- What the frame asks ----------------------------------------------------------- */

static void
payment_page_install(Page *page, GtkWidget *window)
{
  static const GActionEntry entries[] = {{"confirm", on_confirm},
                                         {"exact", on_exact},
                                         {"accept", on_accept},
                                         {"remove", on_remove}};
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new();
  g_action_map_add_action_entries(
      G_ACTION_MAP(group), entries, G_N_ELEMENTS(entries), page);
  gtk_widget_insert_action_group(window, "payment", G_ACTION_GROUP(group));
}

static void
payment_page_open(Page *page)
{
  gtk_entry_grab_focus_without_selecting(PAYMENT_PAGE(page)->box);
}

static bool
payment_page_key(Page *page, guint keyval, GdkModifierType state)
{
  PaymentPage *self = PAYMENT_PAGE(page);
  const Key *key = keys_find(keys_of_till(self->till), PAGE_PAYMENT, keyval, state);
  bool is_empty = *gtk_editable_get_text(GTK_EDITABLE(self->box)) == '\0';
  if (key && (is_empty || !(key->flags & KEY_EMPTY_BOX)))
    return false;
  return pad_type(GTK_EDITABLE(self->box), "0123456789.", keyval, state);
}

static void
payment_page_scanned(Page *page, const char *text)
{
  pad_untype(GTK_EDITABLE(PAYMENT_PAGE(page)->box), text);
}

static GtkWidget *
payment_page_totals(Page *page)
{
  return PAYMENT_PAGE(page)->totals;
}

static GtkWidget *
payment_page_big_key(Page *page)
{
  return GTK_WIDGET(PAYMENT_PAGE(page)->big_key);
}

static void
payment_page_page_init(PageInterface *iface)
{
  iface->install = payment_page_install;
  iface->open = payment_page_open;
  iface->key = payment_page_key;
  iface->scanned = payment_page_scanned;
  iface->totals = payment_page_totals;
  iface->big_key = payment_page_big_key;
}

/* -- What the till tells ----------------------------------------------------------- */

static void
show_keys(PaymentPage *self)
{
  KeyPreset preset = keys_of_till(self->till);
  const Key *exact = keys_action("payment.exact", PAGE_PAYMENT);
  g_autofree char *text = exact ? keys_text(preset, exact) : g_strdup("");
  gtk_label_set_label(self->exact_key, text);
  gtk_widget_set_visible(GTK_WIDGET(self->exact_key), *text != '\0');
  big_key_set_action(self->big_key, "payment.confirm", PAGE_PAYMENT, preset);
}

static void
on_till_changed(Till *till, TillPart changed, gpointer data)
{
  PaymentPage *self = data;
  if (!till->payment || till->page != PAGE_PAYMENT)
    return;
  if (changed & TILL_PAGE) {
    gtk_editable_set_text(GTK_EDITABLE(self->box), "");
    show_keys(self);
    show_ticket(self);
  }
  if (changed & (TILL_PAGE | TILL_PAYMENT | TILL_SALE))
    show_money(self);
}

/* -- Class ------------------------------------------------------------------------- */

G_DEFINE_FINAL_TYPE_WITH_CODE(PaymentPage,
                              payment_page,
                              GTK_TYPE_BOX,
                              G_IMPLEMENT_INTERFACE(UI_TYPE_PAGE, payment_page_page_init))

static void
payment_page_dispose(GObject *object)
{
  PaymentPage *self = PAYMENT_PAGE(object);
  if (self->till)
    till_unwatch(self->till, self);
  self->till = NULL;
  g_clear_object(&self->totals);
  g_clear_object(&self->big_key);
  G_OBJECT_CLASS(payment_page_parent_class)->dispose(object);
}

static void
payment_page_class_init(PaymentPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS(klass);

  G_OBJECT_CLASS(klass)->dispose = payment_page_dispose;
  gtk_widget_class_set_template_from_resource(widget, "/guitai/ui/payment_page.ui");
  gtk_widget_class_bind_template_child(widget, PaymentPage, due);
  gtk_widget_class_bind_template_child(widget, PaymentPage, less);
  gtk_widget_class_bind_template_child(widget, PaymentPage, taken);
  gtk_widget_class_bind_template_child(widget, PaymentPage, equals);
  gtk_widget_class_bind_template_child(widget, PaymentPage, left);
  gtk_widget_class_bind_template_child(widget, PaymentPage, way_back);
  gtk_widget_class_bind_template_child(widget, PaymentPage, pieces);
  gtk_widget_class_bind_template_child(widget, PaymentPage, lines);
  gtk_widget_class_bind_template_child(widget, PaymentPage, sums);
  gtk_widget_class_bind_template_child(widget, PaymentPage, box);
  gtk_widget_class_bind_template_child(widget, PaymentPage, change_box);
  gtk_widget_class_bind_template_child(widget, PaymentPage, change_word);
  gtk_widget_class_bind_template_child(widget, PaymentPage, change);
  gtk_widget_class_bind_template_child(widget, PaymentPage, yen);
  gtk_widget_class_bind_template_child(widget, PaymentPage, del_hint);
  gtk_widget_class_bind_template_child(widget, PaymentPage, taken_rows);
  gtk_widget_class_bind_template_child(widget, PaymentPage, taken_scroll);
  gtk_widget_class_bind_template_child(widget, PaymentPage, exact);
  gtk_widget_class_bind_template_child(widget, PaymentPage, exact_key);
  gtk_widget_class_bind_template_child(widget, PaymentPage, exact_word);
  gtk_widget_class_bind_template_child(widget, PaymentPage, notes_grid);
  gtk_widget_class_bind_template_child(widget, PaymentPage, tenders);
  gtk_widget_class_bind_template_callback(widget, on_enter);
  gtk_widget_class_bind_template_callback(widget, on_typed);
  gtk_widget_class_install_action(widget, "pad.press", "s", on_pad);
}

static void
make_totals(PaymentPage *self)
{
  GtkBuilder *builder = gtk_builder_new_from_resource("/guitai/ui/payment_totals.ui");
  self->totals = g_object_ref(GTK_WIDGET(gtk_builder_get_object(builder, "totals")));
  self->totals_say = GTK_LABEL(gtk_builder_get_object(builder, "say"));
  g_object_unref(builder);
  self->big_key = g_object_ref_sink(g_object_new(UI_TYPE_BIG_KEY, NULL));
}

static void
payment_page_init(PaymentPage *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
  make_totals(self);
  scroll_end_keep(self->taken_scroll); /* the part that is being typed is the last one */
  for (int i = 0; i < NOTES; i++) {
    GtkWidget *label = gtk_label_new(NULL);
    gtk_widget_add_css_class(label, "t-head");
    self->note_keys[i] = gtk_button_new();
    gtk_button_set_child(GTK_BUTTON(self->note_keys[i]), label);
    gtk_widget_set_hexpand(self->note_keys[i], TRUE);
    gtk_widget_set_focus_on_click(self->note_keys[i], FALSE);
    gtk_grid_attach(self->notes_grid, self->note_keys[i], i % 2, 1 + i / 2, 1, 1);
    g_signal_connect(self->note_keys[i], "clicked", G_CALLBACK(on_note), self);
  }
}

/* Only ways to pay that are connected; one alone needs no choice. */
static void
fill_tenders(PaymentPage *self)
{
  int n = 0;
  for (TenderKind kind = TENDER_CASH; kind <= TENDER_OTHER; kind++) {
    if (!pay_is_connected(self->till, kind))
      continue;
    GtkWidget *label = gtk_label_new(words_tender(kind));
    GtkWidget *button = gtk_button_new();
    gtk_widget_add_css_class(label, "t-name");
    gtk_widget_set_halign(label, GTK_ALIGN_START);
    gtk_button_set_child(GTK_BUTTON(button), label);
    gtk_widget_add_css_class(button, "tender");
    g_object_set_data(G_OBJECT(button), "kind", GINT_TO_POINTER(kind));
    g_signal_connect(button, "clicked", G_CALLBACK(on_tender), self);
    gtk_box_append(self->tenders, button);
    n++;
  }
  gtk_widget_set_visible(GTK_WIDGET(self->tenders), n > 1);
}

GtkWidget *
payment_page_new(Till *till)
{
  PaymentPage *self = g_object_new(PAYMENT_TYPE_PAGE, NULL);
  self->till = till;
  fill_tenders(self);
  show_keys(self);
  till_watch(till, on_till_changed, self);
  on_till_changed(till, TILL_EVERYTHING, self);
  return GTK_WIDGET(self);
}
