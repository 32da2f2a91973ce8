#include "ui/symbol_view.h"

#define QUIET   10 /* modules around a bar code: ISO/IEC 15417, 4.4 */
#define HEIGHT  180
#define DENSEST 5 /* pixels a module: read from the screen at an arm's length */

struct _SymbolView {
  GtkWidget parent;
  SymbolModules *symbol; /* owned (nullable) */
};

G_DEFINE_FINAL_TYPE(SymbolView, symbol_view, GTK_TYPE_WIDGET)

static void
symbol_view_measure(GtkWidget *widget,
                    GtkOrientation orientation,
                    int for_size,
                    int *minimum,
                    int *natural,
                    int *minimum_baseline,
                    int *natural_baseline)
{
  const SymbolModules *symbol = UI_SYMBOL_VIEW(widget)->symbol;
  int modules = symbol ? symbol->width + 2 * QUIET : 0;
  bool is_across = orientation == GTK_ORIENTATION_HORIZONTAL;
  *minimum = *natural = is_across ? modules * DENSEST : HEIGHT;
}

static void
draw(const SymbolModules *symbol, GtkSnapshot *snapshot, int width, int height)
{
  static const GdkRGBA black = {0, 0, 0, 1}, white = {1, 1, 1, 1};
  int module = MAX(1, width / (symbol->width + 2 * QUIET));
  int left = (width - module * symbol->width) / 2;
  int down = symbol->height == 1 ? height - 2 * QUIET : module;
  int top = symbol->height == 1 ? QUIET : (height - module * symbol->height) / 2;

  gtk_snapshot_append_color(
      snapshot, &white, &GRAPHENE_RECT_INIT(0, 0, (float)width, (float)height));
  for (int y = 0; y < symbol->height; y++)
    for (int x = 0; x < symbol->width; x++)
      if (symbol->modules[y * symbol->width + x])
        gtk_snapshot_append_color(snapshot,
                                  &black,
                                  &GRAPHENE_RECT_INIT((float)(left + x * module),
                                                      (float)(top + y * down),
                                                      (float)module,
                                                      (float)down));
}

static void
symbol_view_snapshot(GtkWidget *widget, GtkSnapshot *snapshot)
{
  const SymbolModules *symbol = UI_SYMBOL_VIEW(widget)->symbol;
  if (symbol)
    draw(symbol, snapshot, gtk_widget_get_width(widget), gtk_widget_get_height(widget));
}

static void
symbol_view_finalize(GObject *object)
{
  symbol_modules_free(UI_SYMBOL_VIEW(object)->symbol);
  G_OBJECT_CLASS(symbol_view_parent_class)->finalize(object);
}

static void
symbol_view_class_init(SymbolViewClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS(klass);
  G_OBJECT_CLASS(klass)->finalize = symbol_view_finalize;
  widget->measure = symbol_view_measure;
  widget->snapshot = symbol_view_snapshot;
  gtk_widget_class_set_accessible_role(widget, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
symbol_view_init(SymbolView *self)
{
}

void
symbol_view_show(SymbolView *self, SymbolModules *symbol)
{
  symbol_modules_free(self->symbol);
  self->symbol = symbol;
  gtk_widget_queue_resize(GTK_WIDGET(self));
}
