#include "ui/table.h"

#include <glib/gi18n.h>

struct _TableRow {
  GObject parent;
  gpointer content;
  GDestroyNotify free_content;
};

G_DEFINE_FINAL_TYPE(TableRow, table_row, G_TYPE_OBJECT)

typedef char *(*TableName)(gconstpointer content);

static void
table_row_finalize(GObject *object)
{
  TableRow *row = TABLE_ROW(object);
  if (row->free_content)
    row->free_content(row->content);
  G_OBJECT_CLASS(table_row_parent_class)->finalize(object);
}

static void
table_row_class_init(TableRowClass *klass)
{
  G_OBJECT_CLASS(klass)->finalize = table_row_finalize;
}

static void
table_row_init(TableRow *row)
{
}

TableRow *
table_row_new(gpointer content, GDestroyNotify free_content)
{
  TableRow *row = g_object_new(TABLE_TYPE_ROW, NULL);
  row->content = content;
  row->free_content = free_content;
  return row;
}

gpointer
table_row_content(TableRow *row)
{
  return row->content;
}

/* -- Cells ------------------------------------------------------------------------- */

void
table_cell_say(const TableCell *cell, const char *first, const char *second)
{
  gtk_label_set_label(cell->first, first);
  gtk_label_set_label(cell->second, second ? second : "");
  gtk_widget_set_visible(GTK_WIDGET(cell->second), second && *second);
}

void
table_cell_style(const TableCell *cell, const char *classes)
{
  g_auto(GStrv) names = g_strsplit(classes, " ", -1);
  gtk_widget_set_css_classes(GTK_WIDGET(cell->first), (const char **)names);
}

static GtkWidget *
line_new(const TableColumn *column)
{
  GtkWidget *label = gtk_label_new(NULL);
  gtk_label_set_xalign(GTK_LABEL(label), column->is_number ? 1.0f : 0.0f);
  gtk_widget_set_halign(label, column->is_number ? GTK_ALIGN_END : GTK_ALIGN_START);
  if (column->expand)
    gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_END);
  return label;
}

static void
on_setup(GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  const TableColumn *column = data;
  GtkWidget *cell = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_valign(cell, GTK_ALIGN_CENTER);
  GtkWidget *second = line_new(column);
  gtk_widget_add_css_class(second, "t-small");
  gtk_widget_add_css_class(second, "q");
  gtk_box_append(GTK_BOX(cell), line_new(column));
  gtk_box_append(GTK_BOX(cell), second);
  gtk_list_item_set_child(item, cell);
}

static void
name_row(TableName name, GtkWidget *cell, gconstpointer content)
{
  GtkWidget *row = gtk_widget_get_parent(gtk_widget_get_parent(cell));
  if (!row)
    return;
  g_autofree char *text = name(content);
  gtk_accessible_update_property(
      GTK_ACCESSIBLE(row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
on_bind(GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  const TableColumn *column = data;
  GtkWidget *box = gtk_list_item_get_child(item);
  GtkWidget *first = gtk_widget_get_first_child(box);
  TableCell cell = {GTK_LABEL(first), GTK_LABEL(gtk_widget_get_next_sibling(first))};
  gconstpointer content = table_row_content(gtk_list_item_get_item(item));
  table_cell_style(&cell, column->is_number ? "num" : "");
  column->fill(content, &cell);
  TableName name = g_object_get_data(G_OBJECT(factory), "name");
  if (name)
    name_row(name, box, content);
}

/* -- The table --------------------------------------------------------------------- */

/* Titles are always left and have no property for it (GTK 4.8): turn their box around. */
static void
align_titles(GtkColumnView *view, const TableColumn *columns, int n_columns)
{
  GtkWidget *header = gtk_widget_get_first_child(GTK_WIDGET(view));
  GtkWidget *title = header ? gtk_widget_get_first_child(header) : NULL;
  for (int i = 0; i < n_columns && title; i++) {
    GtkWidget *box = gtk_widget_get_first_child(title);
    if (columns[i].is_number && box)
      gtk_widget_set_halign(box, GTK_ALIGN_END);
    title = gtk_widget_get_next_sibling(title);
  }
}

void
table_set_up(GtkColumnView *view,
             const TableColumn *columns,
             int n_columns,
             char *(*name)(gconstpointer content))
{
  for (int i = 0; i < n_columns; i++) {
    GtkListItemFactory *factory = gtk_signal_list_item_factory_new();
    g_object_set_data(G_OBJECT(factory), "name", i == 0 ? (gpointer)name : NULL);
    g_signal_connect(factory, "setup", G_CALLBACK(on_setup), (gpointer)&columns[i]);
    g_signal_connect(factory, "bind", G_CALLBACK(on_bind), (gpointer)&columns[i]);
    const char *title = *columns[i].title ? _(columns[i].title) : "";
    GtkColumnViewColumn *column = gtk_column_view_column_new(title, factory);
    gtk_column_view_column_set_expand(column, columns[i].expand);
    gtk_column_view_append_column(view, column);
    g_object_unref(column);
  }
  align_titles(view, columns, n_columns);
}

void
table_show(GtkColumnView *view, GListStore *store, GPtrArray *rows, int chosen)
{
  guint had = g_list_model_get_n_items(G_LIST_MODEL(store));
  g_list_store_splice(store, 0, had, rows->pdata, rows->len);
  GtkSingleSelection *selection = GTK_SINGLE_SELECTION(gtk_column_view_get_model(view));
  if (rows->len > 0)
    gtk_single_selection_set_selected(selection, CLAMP(chosen, 0, (int)rows->len - 1));
}

int
table_chosen_position(GtkColumnView *view)
{
  GtkSingleSelection *selection = GTK_SINGLE_SELECTION(gtk_column_view_get_model(view));
  guint at = gtk_single_selection_get_selected(selection);
  return at == GTK_INVALID_LIST_POSITION ? -1 : (int)at;
}

gpointer
table_chosen(GtkColumnView *view)
{
  GtkSingleSelection *selection = GTK_SINGLE_SELECTION(gtk_column_view_get_model(view));
  TableRow *row = gtk_single_selection_get_selected_item(selection);
  return row ? table_row_content(row) : NULL;
}

void
table_move(GtkColumnView *view, int rows)
{
  GtkSelectionModel *model = gtk_column_view_get_model(view);
  int n = (int)g_list_model_get_n_items(G_LIST_MODEL(model));
  if (n == 0)
    return;
  guint at = (guint)CLAMP(table_chosen_position(view) + rows, 0, n - 1);
  gtk_selection_model_select_item(model, at, TRUE);
  gtk_widget_activate_action(
      gtk_widget_get_last_child(GTK_WIDGET(view)), "list.scroll-to-item", "u", at);
}
