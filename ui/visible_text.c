#include "ui/visible_text.h"

static const char *
text_of(GtkWidget *widget)
{
  if (GTK_IS_LABEL(widget))
    return gtk_label_get_text(GTK_LABEL(widget));
  if (GTK_IS_TEXT(widget))
    return gtk_editable_get_text(GTK_EDITABLE(widget));
  return NULL;
}

static void
read_widget(GtkWidget *widget, GString *text)
{
  if (!gtk_widget_get_mapped(widget))
    return;
  const char *own = text_of(widget);
  if (own && *own)
    g_string_append_printf(text, "%s\n", own);
  for (GtkWidget *child = gtk_widget_get_first_child(widget); child;
       child = gtk_widget_get_next_sibling(child))
    read_widget(child, text);
}

char *
visible_text(GtkWidget *root)
{
  GString *text = g_string_new(NULL);
  read_widget(root, text);
  return g_string_free(text, FALSE);
}
