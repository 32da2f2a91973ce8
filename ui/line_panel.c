#include "ui/line_panel.h"

#include <glib/gi18n.h>

#include "app/checkout.h"
#include "ui/format.h"

#define MAX_LOTS 9 /* one key each */

struct _LinePanel {
  GtkBox parent;
  Till *till; /* borrowed; while open */
  LinePanelMode mode;

  GtkLabel *title, *hint;
  GtkBox *keys;
};

G_DEFINE_FINAL_TYPE(LinePanel, line_panel, GTK_TYPE_BOX)

static void
remove_keys(LinePanel *self)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child(GTK_WIDGET(self->keys))) != NULL)
    gtk_box_remove(self->keys, child);
}

static void
line_panel_dispose(GObject *object)
{
  gtk_widget_dispose_template(GTK_WIDGET(object), UI_TYPE_LINE_PANEL);
  G_OBJECT_CLASS(line_panel_parent_class)->dispose(object);
}

static void
line_panel_class_init(LinePanelClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS(klass);
  G_OBJECT_CLASS(klass)->dispose = line_panel_dispose;
  gtk_widget_class_set_template_from_resource(widget, "/guitai/ui/line_panel.ui");
  gtk_widget_class_bind_template_child(widget, LinePanel, title);
  gtk_widget_class_bind_template_child(widget, LinePanel, hint);
  gtk_widget_class_bind_template_child(widget, LinePanel, keys);
}

static void
line_panel_init(LinePanel *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
}

/* A choice takes effect and closes the panel; @value is "lot no." or "10%". */
static void
take(LinePanel *self, const char *value)
{
  LinePanelMode mode = self->mode;
  Till *till = self->till;
  line_panel_close(self);
  if (mode == LINE_PANEL_LOTS)
    checkout_set_lot(till, value);
  else
    checkout_set_discount(till, value);
}

static void
on_key_clicked(GtkButton *button, gpointer data)
{
  g_autofree char *value = g_strdup(g_object_get_data(G_OBJECT(button), "value"));
  take(data, value);
}

static GtkWidget *
add_key(LinePanel *self, const char *value, GtkWidget *content, const char *name)
{
  GtkWidget *button = gtk_button_new();
  gtk_button_set_child(GTK_BUTTON(button), content);
  gtk_widget_set_focus_on_click(button, FALSE);
  gtk_widget_set_focusable(button, FALSE);
  g_object_set_data_full(G_OBJECT(button), "value", g_strdup(value), g_free);
  gtk_accessible_update_property(
      GTK_ACCESSIBLE(button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect(button, "clicked", G_CALLBACK(on_key_clicked), self);
  gtk_box_append(self->keys, button);
  return button;
}

static GtkWidget *
label(const char *text, const char *style)
{
  GtkWidget *widget = gtk_label_new(text);
  gtk_label_set_xalign(GTK_LABEL(widget), 0);
  gtk_widget_set_valign(widget, GTK_ALIGN_CENTER);
  if (style)
    gtk_widget_add_css_class(widget, style);
  return widget;
}

static void
add_lot(LinePanel *self, const SaleLine *line, const Lot *lot, int number)
{
  g_autofree char *key = g_strdup_printf("%d", number);
  g_autofree char *expiry = format_day(lot->expiry);
  g_autofree char *count = format_quantity(lot->on_hand, line->unit_base);
  g_autofree char *more =
      g_strdup_printf("%s %s · %s", count, line->unit_name, lot->location);
  GtkWidget *row = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *texts = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *first = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *cap = label(key, "capkey");
  gtk_widget_set_valign(cap, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class(row, "g2");
  gtk_widget_add_css_class(first, "g2");
  gtk_widget_set_valign(texts, GTK_ALIGN_CENTER);
  gtk_box_append(GTK_BOX(first), label(lot->lot_no, "b"));
  gtk_box_append(GTK_BOX(first), label(expiry, NULL));
  gtk_box_append(GTK_BOX(texts), first);
  gtk_box_append(GTK_BOX(texts), label(more, "t-small"));
  gtk_box_append(GTK_BOX(row), cap);
  gtk_box_append(GTK_BOX(row), texts);
  GtkWidget *button = add_key(self, lot->lot_no, row, lot->lot_no);
  if (line->lot && g_strcmp0(line->lot->lot_no, lot->lot_no) == 0)
    gtk_widget_add_css_class(button, "chosen");
}

static void
show_lots(LinePanel *self, const SaleLine *line)
{
  g_autoptr(GPtrArray) lots = checkout_lots(self->till);
  for (guint i = 0; i < lots->len && i < MAX_LOTS; i++)
    add_lot(self, line, lots->pdata[i], (int)i + 1);
  gtk_label_set_label(self->hint,
                      lots->len == 0 ? _("No lots on file; type the number on the pack")
                                     : _("A digit takes the lot · Esc closes"));
}

static void
add_percent(LinePanel *self, int basis_points)
{
  g_autofree char *text = format_percent(basis_points);
  g_autofree char *shown = g_strconcat("−", text, NULL);
  GtkWidget *word = label(shown, "b");
  gtk_widget_set_halign(word, GTK_ALIGN_CENTER);
  add_key(self, text, word, shown);
}

static void
show_discounts(LinePanel *self)
{
  static const int offers_bp[] = {500, 1000, 1500, 2000, 3000, 5000};
  int limit_bp = self->till->staff ? self->till->staff->discount_limit_bp : 0;
  for (guint i = 0; i < G_N_ELEMENTS(offers_bp) && offers_bp[i] <= limit_bp; i++)
    add_percent(self, offers_bp[i]);
  add_key(self, "0", label(_("No discount"), NULL), _("No discount"));
  g_autofree char *limit = format_percent(limit_bp);
  g_autofree char *hint = g_strdup_printf(
      _("Type 10%% or 2.50, then Enter · you may give %s · Esc closes"), limit);
  gtk_label_set_label(self->hint, hint);
}

void
line_panel_open(LinePanel *self, Till *till, LinePanelMode mode)
{
  const SaleLine *line = sale_line(till->sale, (guint)till->chosen);
  remove_keys(self);
  self->till = till;
  self->mode = mode;
  const char *what = mode == LINE_PANEL_LOTS ? _("Lots") : _("Discount");
  g_autofree char *title = g_strdup_printf(_("%s · line %d · %s %s"),
                                           what,
                                           till->chosen + 1,
                                           line->product->generic_name,
                                           line->product->spec);
  gtk_label_set_label(self->title, title);
  if (mode == LINE_PANEL_LOTS)
    show_lots(self, line);
  else
    show_discounts(self);
  gtk_widget_set_visible(GTK_WIDGET(self), TRUE);
}

void
line_panel_close(LinePanel *self)
{
  self->mode = LINE_PANEL_CLOSED;
  gtk_widget_set_visible(GTK_WIDGET(self), FALSE);
}

LinePanelMode
line_panel_mode(LinePanel *self)
{
  return self->mode;
}

const char *
line_panel_prompt(LinePanel *self)
{
  switch (self->mode) {
  case LINE_PANEL_LOTS:
    return _("Type the lot number on the pack");
  case LINE_PANEL_DISCOUNT:
    /* xgettext:no-c-format */
    return _("Discount: 10% or 2.50");
  default:
    return NULL;
  }
}

bool
line_panel_key(LinePanel *self, guint keyval)
{
  if (self->mode != LINE_PANEL_LOTS || keyval < GDK_KEY_1 || keyval > GDK_KEY_9)
    return false;
  GtkWidget *key = gtk_widget_get_first_child(GTK_WIDGET(self->keys));
  for (guint i = GDK_KEY_1; key != NULL && i < keyval; i++)
    key = gtk_widget_get_next_sibling(key);
  if (key != NULL)
    on_key_clicked(GTK_BUTTON(key), self);
  return key != NULL;
}

void
line_panel_enter(LinePanel *self, const char *text)
{
  if (*text != '\0')
    take(self, text);
}
