#include "ui/cart_row.h"

#include "ui/cart_list.h"

#define UI_TYPE_CART_ROW (cart_row_get_type())
G_DECLARE_FINAL_TYPE(CartRow, cart_row, UI, CART_ROW, GtkBox)

struct _CartRow {
  GtkBox parent;

  GtkLabel *labels[N_CART_TEXTS]; /* borrowed; NULL where a text has no label */
  GtkLabel *chip;
  GtkWidget *detail, *unit_key;
  TextLine *line; /* borrowed while bound */
  gulong watch;
};

G_DEFINE_FINAL_TYPE(CartRow, cart_row, GTK_TYPE_BOX)

/* Ids in cart_row.ui. */
static const char *const ids[N_CART_TEXTS] = {
    [CART_NO] = "no",
    [CART_NAME] = "name",
    [CART_SPEC] = "spec",
    [CART_LOT] = "lot",
    [CART_EXPIRY] = "expiry",
    [CART_QUANTITY] = "quantity",
    [CART_UNIT] = "unit",
    [CART_PRICE] = "price",
    [CART_DISCOUNT] = "discount",
    [CART_AMOUNT] = "amount",
    [CART_TAG] = "tag",
    [CART_TAG2] = "tag2",
    [CART_MAKER] = "maker",
    [CART_APPROVAL] = "approval",
    [CART_SHELF] = "shelf",
    [CART_STOCK] = "stock",
    [CART_INSURED] = "insured",
    [CART_STORAGE] = "storage",
    [CART_ORIGIN] = "origin",
    [CART_PRICE_SOURCE] = "price_source",
};

static void
cart_row_dispose(GObject *object)
{
  gtk_widget_dispose_template(GTK_WIDGET(object), UI_TYPE_CART_ROW);
  G_OBJECT_CLASS(cart_row_parent_class)->dispose(object);
}

static void
cart_row_class_init(CartRowClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS(klass);
  G_OBJECT_CLASS(klass)->dispose = cart_row_dispose;
  gtk_widget_class_set_template_from_resource(widget, "/guitai/ui/cart_row.ui");
  for (int i = 0; i < N_CART_TEXTS; i++)
    if (ids[i] != NULL)
      gtk_widget_class_bind_template_child_full(widget, ids[i], FALSE, 0);
  gtk_widget_class_bind_template_child(widget, CartRow, chip);
  gtk_widget_class_bind_template_child(widget, CartRow, detail);
  gtk_widget_class_bind_template_child(widget, CartRow, unit_key);
}

static void
cart_row_init(CartRow *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
  for (int i = 0; i < N_CART_TEXTS; i++)
    if (ids[i] != NULL)
      self->labels[i] = GTK_LABEL(
          gtk_widget_get_template_child(GTK_WIDGET(self), UI_TYPE_CART_ROW, ids[i]));
}

static void
set_styles(CartRow *self)
{
  const LineLook *look = text_line_look(self->line);
  text_line_to_chip(self->line, self->chip);
  for (int i = 0; i < 2; i++) {
    const char *tag[] = {"tag", look->tag_styles[i], NULL};
    gtk_widget_set_css_classes(GTK_WIDGET(self->labels[CART_TAG + i]), tag);
  }
  text_line_shrink(self->line, CART_SPEC, self->labels[CART_SPEC], SPEC_COLUMNS);
  text_line_set_class(GTK_WIDGET(self), "gone", look->flags & CART_GONE);
  text_line_set_class(GTK_WIDGET(self), "near", look->flags & CART_NEAR);
  text_line_set_class(
      GTK_WIDGET(self->labels[CART_EXPIRY]), "nearc", look->flags & CART_NEAR);
}

static void
set_name(CartRow *self)
{
  g_autofree char *name = g_strjoin(" ",
                                    text_line_text(self->line, CART_NAME),
                                    text_line_text(self->line, CART_SPEC),
                                    text_line_text(self->line, CART_QUANTITY),
                                    text_line_text(self->line, CART_UNIT),
                                    text_line_text(self->line, CART_AMOUNT),
                                    NULL);
  text_line_name_row(GTK_WIDGET(self), name);
}

static void
cart_row_show(CartRow *self)
{
  guint flags = text_line_look(self->line)->flags;
  bool open = (flags & CART_CHOSEN) && !(flags & CART_GONE);
  for (int at = 0; at < (open ? N_CART_TEXTS : CART_MAKER); at++)
    if (self->labels[at] != NULL)
      text_line_to_label(self->line, at, self->labels[at], at >= CART_MAKER);
  text_line_to_name(self->line, CART_NAME, CART_TRADE_NAME, self->labels[CART_NAME]);
  set_styles(self);
  gtk_widget_set_visible(self->detail, open);
  gtk_widget_set_visible(self->unit_key, flags & CART_OTHER_UNIT);
  set_name(self);
}

static void
on_setup(GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gtk_list_item_set_child(item, g_object_new(UI_TYPE_CART_ROW, NULL));
}

static void
on_bind(GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  CartRow *self = UI_CART_ROW(gtk_list_item_get_child(item));
  self->line = UI_TEXT_LINE(gtk_list_item_get_item(item));
  self->watch =
      g_signal_connect_swapped(self->line, "changed", G_CALLBACK(cart_row_show), self);
  cart_row_show(self);
}

static void
on_unbind(GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  CartRow *self = UI_CART_ROW(gtk_list_item_get_child(item));
  g_clear_signal_handler(&self->watch, self->line);
  self->line = NULL;
}

GtkListItemFactory *
cart_row_factory(void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new();
  g_signal_connect(factory, "setup", G_CALLBACK(on_setup), NULL);
  g_signal_connect(factory, "bind", G_CALLBACK(on_bind), NULL);
  g_signal_connect(factory, "unbind", G_CALLBACK(on_unbind), NULL);
  return factory;
}
