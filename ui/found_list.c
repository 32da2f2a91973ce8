#include "ui/found_list.h"

#include <glib/gi18n.h>

#include "ui/format.h"
#include "ui/found_row.h"
#include "ui/key_bar.h"
#include "ui/words.h"

/* A screenful; the rest when somebody goes there: a list of 50 new rows takes several
 * frames, and a clerk types on. */
#define FIRST_LINES 20
#define MAX_SAME    5 /* other articles of the same generic name in the side panel */

struct _FoundList {
  GtkBox parent;
  const Till *till; /* borrowed; NULL until shown */

  GtkListView *list;
  GtkSingleSelection *chosen;
  GListStore *lines;
  GtkLabel *chip, *name, *spec, *approval;
  GtkBox *facts, *same, *take_place;
  GtkWidget *same_part, *look_alike, *side, *nothing;
  bool moved;
  bool by_program; /* the selection is being changed from here */
};

G_DEFINE_FINAL_TYPE(FoundList, found_list, GTK_TYPE_BOX)

enum { TAKEN, N_SIGNALS };
static guint signals[N_SIGNALS];

/* -- One row ------------------------------------------------------------------------ */

static const ProductUnit *
unit_of(const FoundArticle *found)
{
  const ProductUnit *unit =
      found->unit_name ? product_unit(found->product, found->unit_name) : NULL;
  return unit ? unit : product_default_unit(found->product);
}

static LineLook
look_at(const FoundArticle *found, Day today)
{
  const Product *product = found->product;
  const ProductUnit *unit = unit_of(found);
  bool same = g_strcmp0(product->trade_name, product->generic_name) == 0;
  LineLook look = {0};
  look.texts[FOUND_NAME] = g_strdup(product->generic_name);
  look.texts[FOUND_TRADE_NAME] = g_strdup(same ? "" : product->trade_name);
  look.texts[FOUND_SPEC] = g_strdup(product->spec);
  look.texts[FOUND_MAKER] = g_strdup(product->maker);
  look.texts[FOUND_SHELF] = g_strdup(product->shelf);
  look.texts[FOUND_STOCK] = format_quantity(found->on_hand, unit ? unit->base : 1);
  look.texts[FOUND_UNIT] = g_strdup(unit ? unit->name : "");
  look.texts[FOUND_EXPIRY] = format_expiry(found->expiry);
  look.texts[FOUND_PRICE] =
      unit && unit->has_price ? format_money(unit->price) : g_strdup("–");
  look.chip = words_class_chip(product->legal_class, product->special);
  look.chip_style = words_class_style(product->legal_class, product->special);
  look.flags |= found->on_hand <= 0 ? FOUND_NONE_HERE : 0;
  int near_days = product->near_days ? product->near_days : USUAL_NEAR_DAYS;
  if (found->expiry != DAY_NONE && day_until(today, found->expiry) <= near_days)
    look.flags |= FOUND_NEAR;
  return look;
}

/* -- The side: what is known of the chosen article ----------------------------------- */

static void
empty(GtkBox *box)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child(GTK_WIDGET(box))) != NULL)
    gtk_box_remove(box, child);
}

static GtkWidget *
add_label(GtkWidget *row, const char *text, const char *style, float xalign)
{
  GtkWidget *label = gtk_label_new(text);
  gtk_label_set_xalign(GTK_LABEL(label), xalign);
  gtk_label_set_ellipsize(GTK_LABEL(label),
                          xalign > 0 ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  if (style)
    gtk_widget_add_css_class(label, style);
  gtk_box_append(GTK_BOX(row), label);
  return label;
}

static void
add_pair(GtkBox *box, const char *left, const char *right, const char *left_style)
{
  if (right == NULL || *right == '\0')
    return;
  GtkWidget *row = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class(row, "g2");
  gtk_widget_set_hexpand(add_label(row, left, left_style, 0), TRUE);
  add_label(row, right, "b", 1);
  gtk_box_append(box, row);
}

static void
add_units(GtkBox *box, const Product *product)
{
  for (guint i = 0; i < product->units->len; i++) {
    const ProductUnit *unit = product->units->pdata[i];
    if (!unit->sale_allowed || !unit->has_price)
      continue;
    g_autofree char *price = format_money(unit->price);
    g_autofree char *source = words_price_source(unit->price_source);
    g_autofree char *left =
        g_strdup_printf("1 %s%s%s", unit->name, *source ? " · " : "", source);
    add_pair(box, left, price, "qq");
  }
}

static void
show_facts(FoundList *self, const FoundArticle *found)
{
  const Product *product = found->product;
  const ProductUnit *unit = unit_of(found);
  g_autofree char *count = format_quantity(found->on_hand, unit ? unit->base : 1);
  g_autofree char *stock = g_strconcat(count, " ", unit ? unit->name : "", NULL);
  g_autofree char *expiry = format_day(found->expiry);
  empty(self->facts);
  add_pair(self->facts, _("In this store"), stock, "qq");
  add_pair(self->facts, _("Shelf"), product->shelf, "qq");
  add_pair(self->facts, _("First to expire"), expiry, "qq");
  add_units(self->facts, product);
  add_pair(self->facts, _("Article no."), product->code, "qq");
  add_pair(self->facts, _("Form"), product->form, "qq");
  add_pair(self->facts, _("Origin"), product->origin, "qq");
  if (product->storage != STORAGE_ROOM)
    add_pair(self->facts, _("Storage"), words_storage(product->storage), "qq");
}

/* Other strengths and makers of the same medicine: what is mixed up most easily. */
static void
show_same(FoundList *self, const FoundArticle *found)
{
  empty(self->same);
  bool look_alike = false;
  int shown = 0;
  for (guint i = 0; i < self->till->found->len && shown < MAX_SAME; i++) {
    const FoundArticle *other = self->till->found->pdata[i];
    if (other == found ||
        g_strcmp0(other->product->generic_name, found->product->generic_name) != 0)
      continue;
    const ProductUnit *unit = unit_of(other);
    g_autofree char *price = unit && unit->has_price ? format_money(unit->price) : NULL;
    g_autofree char *left =
        g_strdup_printf("%s %s", other->product->spec, other->product->maker);
    add_pair(self->same, left, price ? price : "–", NULL);
    look_alike = look_alike || g_strcmp0(other->product->spec, found->product->spec) != 0;
    shown++;
  }
  gtk_widget_set_visible(self->same_part, shown > 0);
  gtk_widget_set_visible(self->look_alike, look_alike);
}

/* "0.25g×24粒 · 康禾制药": what there is of up to four. */
static char *
join_facts(const char *a, const char *b, const char *c, const char *d)
{
  const char *const facts[] = {a, b, c, d};
  GString *text = g_string_new(NULL);
  for (guint i = 0; i < G_N_ELEMENTS(facts); i++)
    if (facts[i] != NULL && *facts[i] != '\0')
      g_string_append_printf(text, "%s%s", text->len > 0 ? " · " : "", facts[i]);
  return g_string_free(text, FALSE);
}

static void
show_side(FoundList *self)
{
  const FoundArticle *found = found_list_chosen(self);
  gtk_widget_set_visible(self->side, found != NULL);
  if (found == NULL)
    return;
  const Product *product = found->product;
  const char *chip[] = {
      "chip", words_class_style(product->legal_class, product->special), NULL};
  gtk_label_set_label(self->chip,
                      words_class_chip(product->legal_class, product->special));
  gtk_widget_set_css_classes(GTK_WIDGET(self->chip), chip);
  gtk_label_set_label(self->name, product->generic_name);
  g_autofree char *spec = join_facts(product->spec, product->maker, NULL, NULL);
  gtk_label_set_label(self->spec, spec);
  g_autofree char *approval = join_facts(product->approval_no,
                                         words_class(product->legal_class),
                                         words_special(product->special),
                                         product->insured ? _("insured") : NULL);
  gtk_label_set_label(self->approval, approval);
  show_facts(self, found);
  show_same(self, found);
}

static void
show_lines(FoundList *self, guint n)
{
  self->by_program = true;
  text_lines_cut(self->lines, n);
  for (guint i = 0; i < n; i++) {
    LineLook look = look_at(self->till->found->pdata[i], till_today(self->till));
    text_lines_set(self->lines, i, &look);
  }
  self->by_program = false;
}

/* -- What the .ui calls -------------------------------------------------------------- */

static void
on_edge_reached(FoundList *self, GtkPositionType edge)
{
  if (edge == GTK_POS_BOTTOM && self->till != NULL && self->till->found != NULL)
    show_lines(self, self->till->found->len);
}

static void
on_chosen(FoundList *self)
{
  if (self->by_program)
    return;
  self->moved = true;
  show_side(self);
}

static void
on_activate(FoundList *self, guint position)
{
  g_signal_emit(self, signals[TAKEN], 0);
}

static void
choose(FoundList *self, guint row)
{
  self->by_program = true;
  gtk_single_selection_set_selected(self->chosen, row);
  self->by_program = false;
  if (row != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action(GTK_WIDGET(self->list), "list.scroll-to-item", "u", row);
  show_side(self);
}

static void
found_list_dispose(GObject *object)
{
  gtk_widget_dispose_template(GTK_WIDGET(object), UI_TYPE_FOUND_LIST);
  G_OBJECT_CLASS(found_list_parent_class)->dispose(object);
}

static void
found_list_class_init(FoundListClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS(klass);
  G_OBJECT_CLASS(klass)->dispose = found_list_dispose;
  signals[TAKEN] = g_signal_new("taken",
                                UI_TYPE_FOUND_LIST,
                                G_SIGNAL_RUN_LAST,
                                0,
                                NULL,
                                NULL,
                                NULL,
                                G_TYPE_NONE,
                                0);
  g_type_ensure(UI_TYPE_TEXT_LINE);
  gtk_widget_class_set_template_from_resource(widget, "/guitai/ui/found_list.ui");
  gtk_widget_class_bind_template_child(widget, FoundList, list);
  gtk_widget_class_bind_template_child(widget, FoundList, chosen);
  gtk_widget_class_bind_template_child(widget, FoundList, lines);
  gtk_widget_class_bind_template_child(widget, FoundList, side);
  gtk_widget_class_bind_template_child(widget, FoundList, nothing);
  gtk_widget_class_bind_template_child(widget, FoundList, chip);
  gtk_widget_class_bind_template_child(widget, FoundList, name);
  gtk_widget_class_bind_template_child(widget, FoundList, spec);
  gtk_widget_class_bind_template_child(widget, FoundList, approval);
  gtk_widget_class_bind_template_child(widget, FoundList, facts);
  gtk_widget_class_bind_template_child(widget, FoundList, same);
  gtk_widget_class_bind_template_child(widget, FoundList, same_part);
  gtk_widget_class_bind_template_child(widget, FoundList, take_place);
  gtk_widget_class_bind_template_child(widget, FoundList, look_alike);
  gtk_widget_class_bind_template_callback(widget, on_chosen);
  gtk_widget_class_bind_template_callback(widget, on_activate);
  gtk_widget_class_bind_template_callback(widget, on_edge_reached);
}

static void
found_list_init(FoundList *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
  g_autoptr(GtkListItemFactory) factory = found_row_factory();
  gtk_list_view_set_factory(self->list, factory);
}

/* Shows Enter's key; a touch takes the chosen article whatever stands in the box. */
static void
add_take_button(FoundList *self, const Till *till)
{
  GtkWidget *button = key_bar_button(keys_of_till(till), PAGE_SEARCH, "sale.enter", NULL);
  gtk_actionable_set_action_name(GTK_ACTIONABLE(button), "sale.take");
  gtk_widget_add_css_class(button, "primary");
  gtk_widget_add_css_class(button, "tall");
  gtk_box_append(self->take_place, button);
}

void
found_list_show(FoundList *self, const Till *till)
{
  guint n = till->found ? till->found->len : 0;
  if (self->till == NULL)
    add_take_button(self, till);
  self->till = till;
  self->moved = false;
  show_lines(self, MIN(n, FIRST_LINES));
  gtk_widget_set_visible(self->nothing, n == 0);
  choose(self, n > 0 ? 0 : GTK_INVALID_LIST_POSITION);
}

void
found_list_move(FoundList *self, int rows)
{
  if (self->till == NULL || self->till->found->len == 0)
    return;
  show_lines(self, self->till->found->len);
  int n = (int)self->till->found->len;
  guint now = gtk_single_selection_get_selected(self->chosen);
  int row = now == GTK_INVALID_LIST_POSITION ? 0 : CLAMP((int)now + rows, 0, n - 1);
  self->moved = true;
  choose(self, (guint)row);
}

const FoundArticle *
found_list_chosen(FoundList *self)
{
  guint row = gtk_single_selection_get_selected(self->chosen);
  if (self->till == NULL || self->till->found == NULL || row >= self->till->found->len)
    return NULL;
  return self->till->found->pdata[row];
}

bool
found_list_was_moved(FoundList *self)
{
  return self->moved;
}
