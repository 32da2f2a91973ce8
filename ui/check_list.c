#include "ui/check_list.h"

#include "ui/check_words.h"

static GtkWidget *
label_new(const char *text, const char *const *classes)
{
  GtkWidget *label = gtk_label_new(text);
  gtk_widget_set_css_classes(label, (const char **)classes);
  gtk_widget_set_valign(label, GTK_ALIGN_CENTER);
  return label;
}

static GtkWidget *
row_new(const CheckLine *line)
{
  const char *mark_classes[] = {"ck", check_words_style(line->grade), NULL};
  g_autofree char *finding = check_words_finding(line);
  GtkWidget *row = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class(row, "check");
  if (line->grade == CHECK_WARN)
    gtk_widget_add_css_class(row, "warnl");
  if (line->grade == CHECK_BAD)
    gtk_widget_add_css_class(row, "badl");
  gtk_box_append(GTK_BOX(row), label_new(check_words_mark(line->grade), mark_classes));
  gtk_box_append(GTK_BOX(row),
                 label_new(check_words_item(line->item), (const char *[]){"b", NULL}));
  GtkWidget *found = label_new(finding, (const char *[]){"t-small", "q", NULL});
  gtk_widget_set_hexpand(found, TRUE);
  gtk_label_set_xalign(GTK_LABEL(found), 1.0f);
  gtk_label_set_ellipsize(GTK_LABEL(found), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text(found, check_words_advice(line));
  gtk_box_append(GTK_BOX(row), found);
  return row;
}

void
check_list_show(GtkBox *box, Till *till)
{
  CheckLine lines[N_CHECKS];
  self_check(till, lines);
  for (GtkWidget *row; (row = gtk_widget_get_first_child(GTK_WIDGET(box)));)
    gtk_box_remove(box, row);
  for (int i = 0; i < N_CHECKS; i++)
    gtk_box_append(box, row_new(&lines[i]));
}
