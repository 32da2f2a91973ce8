#include "ui/totals_bar.h"

#include <glib/gi18n.h>

#include "app/checkout.h"
#include "ui/format.h"
#include "ui/text_line.h"
#include "ui/words.h"

#define MAX_GATES_SHOWN 2  /* the big key says how many there are */
#define LONG_FIGURE     10 /* "999,999.99"; longer ones are drawn smaller */

struct _TotalsBar {
  GtkBox parent;
  Till *till; /* borrowed; NULL until shown */

  GtkLabel *lines, *pieces, *gross, *discount, *rounding, *due;
  GtkBox *gate_keys;
};

G_DEFINE_FINAL_TYPE(TotalsBar, totals_bar, GTK_TYPE_BOX)

static void
totals_bar_dispose(GObject *object)
{
  gtk_widget_dispose_template(GTK_WIDGET(object), UI_TYPE_TOTALS_BAR);
  G_OBJECT_CLASS(totals_bar_parent_class)->dispose(object);
}

static void
totals_bar_class_init(TotalsBarClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS(klass);
  G_OBJECT_CLASS(klass)->dispose = totals_bar_dispose;
  gtk_widget_class_set_template_from_resource(widget, "/guitai/ui/totals_bar.ui");
  gtk_widget_class_bind_template_child(widget, TotalsBar, lines);
  gtk_widget_class_bind_template_child(widget, TotalsBar, pieces);
  gtk_widget_class_bind_template_child(widget, TotalsBar, gross);
  gtk_widget_class_bind_template_child(widget, TotalsBar, discount);
  gtk_widget_class_bind_template_child(widget, TotalsBar, rounding);
  gtk_widget_class_bind_template_child(widget, TotalsBar, due);
  gtk_widget_class_bind_template_child(widget, TotalsBar, gate_keys);
}

static void
totals_bar_init(TotalsBar *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
}

static void
set_figure(GtkLabel *label, char *text)
{
  gtk_label_set_label(label, text);
  g_free(text);
}

static void
show_sums(TotalsBar *self)
{
  SaleTotals totals = checkout_totals(self->till);
  set_figure(
      self->lines,
      g_strdup_printf(ngettext("%d line", "%d lines", totals.lines), totals.lines));
  set_figure(
      self->pieces,
      g_strdup_printf(ngettext("%d piece", "%d pieces", totals.pieces), totals.pieces));
  set_figure(self->gross, format_money(totals.gross));
  set_figure(self->discount, format_taken_off(totals.discount));
  set_figure(self->rounding, format_taken_off(totals.rounding));
  set_figure(self->due, format_money(totals.due));
  bool is_long = g_utf8_strlen(gtk_label_get_label(self->due), -1) > LONG_FIGURE;
  text_line_set_class(GTK_WIDGET(self->due), "t-huge", !is_long);
  text_line_set_class(GTK_WIDGET(self->due), "t-big", is_long);
}

static void
on_gate(GtkButton *button, gpointer data)
{
  int row = GPOINTER_TO_INT(g_object_get_data(G_OBJECT(button), "row"));
  if (row >= 0)
    checkout_choose(UI_TOTALS_BAR(data)->till, row);
}

static void
add_gate(TotalsBar *self, const GateLine *gate)
{
  g_autofree char *text = words_gate(&gate->rule, gate->row);
  GtkWidget *button = gtk_button_new_with_label(text);
  gtk_widget_set_focus_on_click(button, FALSE);
  gtk_widget_set_focusable(button, FALSE);
  g_object_set_data(G_OBJECT(button), "row", GINT_TO_POINTER(gate->row));
  g_signal_connect(button, "clicked", G_CALLBACK(on_gate), self);
  gtk_box_append(self->gate_keys, button);
}

static void
show_gates(TotalsBar *self, const GArray *gates)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child(GTK_WIDGET(self->gate_keys))) != NULL)
    gtk_box_remove(self->gate_keys, child);
  for (guint i = 0; i < gates->len && i < MAX_GATES_SHOWN; i++)
    add_gate(self, &g_array_index(gates, GateLine, i));
}

void
totals_bar_show(TotalsBar *self, Till *till, const GArray *gates)
{
  self->till = till;
  show_sums(self);
  show_gates(self, gates);
}
