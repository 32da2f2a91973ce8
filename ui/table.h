/* Table: a GtkColumnView whose cells are filled by plain functions. Rows are wrapped
 * structs; nothing is sorted or filtered here. */
#pragma once

#include <gtk/gtk.h>
#include <stdbool.h>

#define TABLE_TYPE_ROW (table_row_get_type())
G_DECLARE_FINAL_TYPE(TableRow, table_row, TABLE, ROW, GObject)

/* A row that owns @content. */
TableRow *table_row_new(gpointer content, GDestroyNotify free_content);
gpointer table_row_content(TableRow *row); /* borrowed */

/* One cell: two lines, the second hidden while empty. Texts and classes are set anew. */
typedef struct {
  GtkLabel *first, *second;
} TableCell;
void table_cell_say(const TableCell *cell, const char *first, const char *second);
/* Classes of style.css, separated by blanks, for the first line. */
void table_cell_style(const TableCell *cell, const char *classes);

typedef struct {
  const char *title; /* msgid; "" for none */
  void (*fill)(gconstpointer content, const TableCell *cell);
  bool expand;
  bool is_number; /* right-aligned, its title too */
} TableColumn;

/* @name: what a reader of the screen hears for a row (transfer full).
 * @columns must outlive @view. */
void table_set_up(GtkColumnView *view,
                  const TableColumn *columns,
                  int n_columns,
                  char *(*name)(gconstpointer content));

/* Replaces all rows of @store (of TableRow) and chooses @chosen (-1: the first). */
void table_show(GtkColumnView *view, GListStore *store, GPtrArray *rows, int chosen);
/* The chosen row's content, borrowed; NULL when there is none. */
gpointer table_chosen(GtkColumnView *view);
int table_chosen_position(GtkColumnView *view); /* -1 when there is none */
void table_move(GtkColumnView *view, int rows); /* the choice, up (-) or down (+) */
