#include "ui/fixed_cell.h"

#include <stdbool.h>

struct _FixedCell {
  GtkBox parent;
};

G_DEFINE_FINAL_TYPE(FixedCell, fixed_cell, GTK_TYPE_BOX)

/* A label asks for its whole text; a cell asks for as little as the label can do with. */
static void
fixed_cell_measure(GtkWidget *widget,
                   GtkOrientation orientation,
                   int for_size,
                   int *minimum,
                   int *natural,
                   int *minimum_baseline,
                   int *natural_baseline)
{
  *minimum = *natural = 0;
  *minimum_baseline = *natural_baseline = -1;
  GtkWidget *child = gtk_widget_get_first_child(widget);
  if (child == NULL || !gtk_widget_get_visible(child))
    return;
  bool across = orientation == GTK_ORIENTATION_HORIZONTAL;
  gtk_widget_measure(child,
                     orientation,
                     across ? -1 : for_size,
                     minimum,
                     natural,
                     minimum_baseline,
                     natural_baseline);
  if (across)
    *natural = *minimum;
}

static void
fixed_cell_size_allocate(GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *child = gtk_widget_get_first_child(widget);
  if (child != NULL && gtk_widget_get_visible(child))
    gtk_widget_allocate(child, width, height, baseline, NULL);
}

static GtkSizeRequestMode
fixed_cell_request_mode(GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
fixed_cell_init(FixedCell *self)
{
  GtkLayoutManager *layout = gtk_custom_layout_new(
      fixed_cell_request_mode, fixed_cell_measure, fixed_cell_size_allocate);
  gtk_widget_set_layout_manager(GTK_WIDGET(self), layout);
}

static void
fixed_cell_class_init(FixedCellClass *klass)
{
}
