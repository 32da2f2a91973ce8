#include "ui/found_row.h"

#define UI_TYPE_FOUND_ROW (found_row_get_type())
G_DECLARE_FINAL_TYPE(FoundRow, found_row, UI, FOUND_ROW, GtkBox)

struct _FoundRow {
  GtkBox parent;

  GtkLabel *labels[N_FOUND_TEXTS]; /* borrowed */
  GtkLabel *chip;
  TextLine *line; /* borrowed while bound */
  gulong watch;
};

G_DEFINE_FINAL_TYPE(FoundRow, found_row, GTK_TYPE_BOX)

/* Ids in found_row.ui. */
static const char *const ids[N_FOUND_TEXTS] = {
    [FOUND_NAME] = "name",
    [FOUND_SPEC] = "spec",
    [FOUND_MAKER] = "maker",
    [FOUND_SHELF] = "shelf",
    [FOUND_STOCK] = "stock",
    [FOUND_UNIT] = "unit",
    [FOUND_EXPIRY] = "expiry",
    [FOUND_PRICE] = "price",
};

static void
found_row_dispose(GObject *object)
{
  gtk_widget_dispose_template(GTK_WIDGET(object), UI_TYPE_FOUND_ROW);
  G_OBJECT_CLASS(found_row_parent_class)->dispose(object);
}

static void
found_row_class_init(FoundRowClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS(klass);
  G_OBJECT_CLASS(klass)->dispose = found_row_dispose;
  gtk_widget_class_set_template_from_resource(widget, "/guitai/ui/found_row.ui");
  for (int i = 0; i < N_FOUND_TEXTS; i++)
    if (ids[i] != NULL)
      gtk_widget_class_bind_template_child_full(widget, ids[i], FALSE, 0);
  gtk_widget_class_bind_template_child(widget, FoundRow, chip);
}

static void
found_row_init(FoundRow *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
  for (int i = 0; i < N_FOUND_TEXTS; i++)
    if (ids[i] != NULL)
      self->labels[i] = GTK_LABEL(
          gtk_widget_get_template_child(GTK_WIDGET(self), UI_TYPE_FOUND_ROW, ids[i]));
}

static void
found_row_show(FoundRow *self)
{
  guint flags = text_line_look(self->line)->flags;
  for (int at = 0; at < N_FOUND_TEXTS; at++)
    if (self->labels[at] != NULL)
      text_line_to_label(self->line, at, self->labels[at], false);
  text_line_to_name(self->line, FOUND_NAME, FOUND_TRADE_NAME, self->labels[FOUND_NAME]);
  text_line_to_chip(self->line, self->chip);
  text_line_shrink(self->line, FOUND_SPEC, self->labels[FOUND_SPEC], SPEC_COLUMNS);
  text_line_set_class(
      GTK_WIDGET(self->labels[FOUND_STOCK]), "badc", flags & FOUND_NONE_HERE);
  text_line_set_class(
      GTK_WIDGET(self->labels[FOUND_EXPIRY]), "nearc", flags & FOUND_NEAR);
  g_autofree char *name = g_strjoin(" ",
                                    text_line_text(self->line, FOUND_NAME),
                                    text_line_text(self->line, FOUND_SPEC),
                                    text_line_text(self->line, FOUND_MAKER),
                                    text_line_text(self->line, FOUND_PRICE),
                                    NULL);
  text_line_name_row(GTK_WIDGET(self), name);
}

static void
on_setup(GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gtk_list_item_set_child(item, g_object_new(UI_TYPE_FOUND_ROW, NULL));
}

static void
on_bind(GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  FoundRow *self = UI_FOUND_ROW(gtk_list_item_get_child(item));
  self->line = UI_TEXT_LINE(gtk_list_item_get_item(item));
  self->watch =
      g_signal_connect_swapped(self->line, "changed", G_CALLBACK(found_row_show), self);
  found_row_show(self);
}

static void
on_unbind(GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  FoundRow *self = UI_FOUND_ROW(gtk_list_item_get_child(item));
  g_clear_signal_handler(&self->watch, self->line);
  self->line = NULL;
}

GtkListItemFactory *
found_row_factory(void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new();
  g_signal_connect(factory, "setup", G_CALLBACK(on_setup), NULL);
  g_signal_connect(factory, "bind", G_CALLBACK(on_bind), NULL);
  g_signal_connect(factory, "unbind", G_CALLBACK(on_unbind), NULL);
  return factory;
}
