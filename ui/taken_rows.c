#include "ui/taken_rows.h"

#include <glib/gi18n.h>

#include "ui/format.h"
#include "ui/words.h"

typedef struct {
  TenderKind kind;
  const char *more;
  const char *tag, *tag_style;
  const char *amount;
} Row;

static GtkWidget *
label_new(const char *text, const char *classes)
{
  g_auto(GStrv) names = g_strsplit(classes, " ", -1);
  GtkWidget *label = gtk_label_new(text);
  gtk_widget_set_css_classes(label, (const char **)names);
  gtk_widget_set_valign(label, GTK_ALIGN_CENTER);
  return label;
}

static GtkWidget *
texts_new(const Row *row)
{
  GtkWidget *texts = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = label_new(words_tender(row->kind), "t-name");
  gtk_label_set_xalign(GTK_LABEL(name), 0.0f);
  gtk_box_append(GTK_BOX(texts), name);
  if (*row->more) {
    GtkWidget *more = label_new(row->more, "t-small q");
    gtk_label_set_xalign(GTK_LABEL(more), 0.0f);
    gtk_box_append(GTK_BOX(texts), more);
  }
  gtk_widget_set_hexpand(texts, TRUE);
  gtk_widget_set_valign(texts, GTK_ALIGN_CENTER);
  return texts;
}

static GtkWidget *
row_new(const Row *row)
{
  GtkWidget *widget = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class(widget, "takenrow");
  gtk_box_append(GTK_BOX(widget), texts_new(row));
  if (*row->tag)
    gtk_box_append(GTK_BOX(widget), label_new(row->tag, row->tag_style));
  gtk_box_append(GTK_BOX(widget), label_new(row->amount, "t-fig num"));
  return widget;
}

static void
append_tender(GtkBox *box, const Tender *tender)
{
  g_autofree char *amount = format_money(tender->amount);
  g_autofree char *given = format_money(tender->given);
  g_autofree char *more = NULL;
  if (tender->given > tender->amount)
    more = g_strdup_printf(_("%s handed over"), given);
  const char *reference = tender->reference ? tender->reference : "";
  Row row = {tender->kind, more ? more : reference, _("taken ✓"), "tag ok", amount};
  gtk_box_append(box, row_new(&row));
}

static void
append_typed(GtkBox *box, Money left, Money typed)
{
  g_autofree char *amount = format_money(MIN(typed, left));
  g_autofree char *rest = format_money(left);
  g_autofree char *more = g_strdup_printf(_("of %s still to pay"), rest);
  bool is_typing = typed >= 0;
  Row row = {TENDER_CASH,
             more,
             is_typing ? _("typing") : "",
             "tag info",
             is_typing ? amount : "–"};
  GtkWidget *widget = row_new(&row);
  gtk_widget_add_css_class(widget, "now");
  gtk_box_append(box, widget);
}

void
taken_rows_show(GtkBox *box, const Payment *payment, Money typed)
{
  for (GtkWidget *row; (row = gtk_widget_get_first_child(GTK_WIDGET(box)));)
    gtk_box_remove(box, row);
  for (guint i = 0; i < payment->tenders->len; i++)
    append_tender(box, payment->tenders->pdata[i]);
  Money left = payment_left(payment);
  if (left > 0)
    append_typed(box, left, typed);
}
