#include "tests/bench/bare_list.h"

#include <stdbool.h>

static GtkWidget *
like(GtkWidget *widget)
{
  GtkWidget *copy;
  bool is_box = GTK_IS_BOX_LAYOUT(gtk_widget_get_layout_manager(widget));
  if (GTK_IS_LABEL(widget))
    copy = gtk_label_new(gtk_label_get_text(GTK_LABEL(widget)));
  else if (GTK_IS_BUTTON(widget))
    copy = gtk_button_new_with_label(gtk_button_get_label(GTK_BUTTON(widget)));
  else if (is_box && GTK_IS_ORIENTABLE(widget))
    copy = gtk_box_new(gtk_orientable_get_orientation(GTK_ORIENTABLE(widget)), 0);
  else
    copy = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_visible(copy, gtk_widget_get_visible(widget));
  for (GtkWidget *child = gtk_widget_get_first_child(widget); child && GTK_IS_BOX(copy);
       child = gtk_widget_get_next_sibling(child))
    gtk_box_append(GTK_BOX(copy), like(child));
  return copy;
}

static GtkLabel *
first_label(GtkWidget *widget)
{
  if (GTK_IS_LABEL(widget))
    return GTK_LABEL(widget);
  GtkLabel *label = NULL;
  for (GtkWidget *child = gtk_widget_get_first_child(widget); child && !label;
       child = gtk_widget_get_next_sibling(child))
    label = first_label(child);
  return label;
}

static void
on_setup(GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *model = data, *copy = like(model);
  int height;
  gtk_widget_get_size_request(model, NULL, &height);
  gtk_widget_set_size_request(copy, -1, height);
  gtk_list_item_set_child(item, copy);
}

static void
on_bind(GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkStringObject *number = GTK_STRING_OBJECT(gtk_list_item_get_item(item));
  gtk_label_set_label(first_label(gtk_list_item_get_child(item)),
                      gtk_string_object_get_string(number));
}

GtkWidget *
bare_list_new(GtkWidget *row, GtkWidget *window)
{
  GtkWidget *bare = gtk_window_new(), *scrolled = gtk_scrolled_window_new();
  GtkWidget *model = g_object_ref_sink(like(row)); /* the row itself goes on changing */
  GtkStringList *numbers = gtk_string_list_new(NULL);
  GtkSingleSelection *chosen = gtk_single_selection_new(G_LIST_MODEL(numbers));
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new();
  gtk_widget_set_size_request(model, -1, gtk_widget_get_height(row));
  g_object_set_data_full(G_OBJECT(bare), "model", model, g_object_unref);
  g_signal_connect(factory, "setup", G_CALLBACK(on_setup), model);
  g_signal_connect(factory, "bind", G_CALLBACK(on_bind), NULL);
  GtkWidget *list = gtk_list_view_new(GTK_SELECTION_MODEL(chosen), factory);
  g_object_set_data(G_OBJECT(bare), "numbers", numbers);
  gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scrolled), list);
  gtk_window_set_child(GTK_WINDOW(bare), scrolled);
  gtk_window_set_default_size(
      GTK_WINDOW(bare), gtk_widget_get_width(window), gtk_widget_get_height(window));
  gtk_window_present(GTK_WINDOW(bare));
  return bare;
}

void
bare_list_add(GtkWidget *bare)
{
  GtkStringList *numbers = g_object_get_data(G_OBJECT(bare), "numbers");
  guint n = g_list_model_get_n_items(G_LIST_MODEL(numbers));
  gtk_string_list_take(numbers, g_strdup_printf("%u", n + 1));
}

void
bare_list_clear(GtkWidget *bare)
{
  GtkStringList *numbers = g_object_get_data(G_OBJECT(bare), "numbers");
  guint n = g_list_model_get_n_items(G_LIST_MODEL(numbers));
  gtk_string_list_splice(numbers, 0, n, NULL);
}
