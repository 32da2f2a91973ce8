#include "ui/ticket_lines.h"

#include <glib/gi18n.h>

#include "ui/format.h"

static void
empty(GtkBox *box)
{
  for (GtkWidget *row; (row = gtk_widget_get_first_child(GTK_WIDGET(box)));)
    gtk_box_remove(box, row);
}

static GtkWidget *
label_new(const char *text, const char *classes)
{
  g_auto(GStrv) names = g_strsplit(classes, " ", -1);
  GtkWidget *label = gtk_label_new(text);
  gtk_widget_set_css_classes(label, (const char **)names);
  gtk_widget_set_valign(label, GTK_ALIGN_BASELINE);
  return label;
}

/* The name may shorten, the count and the amount never. */
static GtkWidget *
row_new(const char *name, const char *count, const char *amount)
{
  GtkWidget *row = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_css_classes(row, (const char *[]){"payline", "g1", NULL});
  GtkWidget *left = label_new(name, "");
  gtk_label_set_ellipsize(GTK_LABEL(left), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text(left, name);
  GtkWidget *middle = label_new(count, "");
  gtk_label_set_xalign(GTK_LABEL(middle), 0.0f);
  gtk_widget_set_hexpand(middle, TRUE);
  gtk_box_append(GTK_BOX(row), left);
  gtk_box_append(GTK_BOX(row), middle);
  gtk_box_append(GTK_BOX(row), label_new(amount, "b num"));
  return row;
}

static char *
line_count(const SaleLine *line)
{
  g_autofree char *count = format_quantity(line->quantity, line->unit_base);
  if (line->product->measure == MEASURE_COUNT)
    return g_strdup_printf("×%s", count);
  return g_strdup_printf("%s %s", count, line->unit_name);
}

void
ticket_lines_show(GtkBox *box, const Sale *sale)
{
  empty(box);
  for (guint i = 0; sale && i < sale->lines->len; i++) {
    const SaleLine *line = sale_line(sale, i);
    if (line->deleted)
      continue;
    g_autofree char *count = line_count(line);
    g_autofree char *amount = format_money(sale_line_net(line));
    gtk_box_append(box, row_new(line->product->generic_name, count, amount));
  }
}

static void
append_sum(GtkBox *box, const char *word, char *amount)
{
  GtkWidget *row = row_new(word, "", amount);
  gtk_widget_add_css_class(row, "q");
  gtk_box_append(box, row);
  g_free(amount);
}

void
ticket_lines_show_sums(GtkBox *box, const SaleTotals *totals)
{
  empty(box);
  if (totals->discount == 0 && totals->rounding == 0)
    return;
  GtkWidget *rule = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class(rule, "hr");
  gtk_box_append(box, rule);
  append_sum(box, _("Total"), format_money(totals->gross));
  if (totals->discount != 0)
    append_sum(box, _("Off"), format_taken_off(totals->discount));
  if (totals->rounding != 0)
    append_sum(box, _("Rounding"), format_taken_off(totals->rounding));
}
