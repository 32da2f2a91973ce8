#include "ui/key_bar.h"

#include <glib/gi18n.h>

struct _KeyBar {
  GtkBox parent;
};

G_DEFINE_FINAL_TYPE(KeyBar, key_bar, GTK_TYPE_BOX)

static void
key_bar_class_init(KeyBarClass *klass)
{
}

static void
key_bar_init(KeyBar *self)
{
  gtk_box_set_homogeneous(GTK_BOX(self), TRUE);
  gtk_widget_add_css_class(GTK_WIDGET(self), "fbar");
}

static GtkWidget *
add_label(GtkWidget *box, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new(text);
  gtk_widget_set_valign(label, GTK_ALIGN_CENTER);
  if (style)
    gtk_widget_add_css_class(label, style);
  gtk_box_append(GTK_BOX(box), label);
  return label;
}

GtkWidget *
key_bar_button(KeyPreset preset, TillPage page, const char *action, const char *label)
{
  const Key *entry = keys_action(action, page);
  const char *word = label ? label : entry ? _(entry->label) : action;
  GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class(box, "g1");
  gtk_widget_set_halign(box, GTK_ALIGN_CENTER);
  g_autofree char *key = entry ? keys_text(preset, entry) : g_strdup("");
  if (*key != '\0')
    add_label(box, key, "key");
  GtkWidget *text = add_label(box, word, NULL);
  gtk_label_set_ellipsize(GTK_LABEL(text), PANGO_ELLIPSIZE_END);
  GtkWidget *hot = add_label(box, "", "hot");
  gtk_widget_set_visible(hot, FALSE);
  GtkWidget *button = gtk_button_new();
  gtk_button_set_child(GTK_BUTTON(button), box);
  gtk_actionable_set_action_name(GTK_ACTIONABLE(button), action);
  gtk_widget_set_focus_on_click(button, FALSE);
  gtk_widget_set_focusable(button, FALSE);
  gtk_accessible_update_property(
      GTK_ACCESSIBLE(button), GTK_ACCESSIBLE_PROPERTY_LABEL, word, -1);
  return button;
}

void
key_bar_show(KeyBar *self, KeyPreset preset, TillPage page)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
    gtk_box_remove(GTK_BOX(self), child);
  guint n;
  const Key *table = keys_table(&n);
  for (guint i = 0; i < n; i++) {
    if (!(table[i].pages & KEY_ON(page)) || !(table[i].flags & KEY_IN_BAR))
      continue;
    GtkWidget *button = key_bar_button(preset, page, table[i].action, NULL);
    gtk_widget_add_css_class(button, "fkey");
    gtk_widget_set_hexpand(button, TRUE);
    gtk_box_append(GTK_BOX(self), button);
  }
}

void
key_bar_button_count(GtkWidget *button, int count)
{
  GtkWidget *hot = gtk_widget_get_last_child(gtk_button_get_child(GTK_BUTTON(button)));
  g_autofree char *text = g_strdup_printf("%d", count);
  gtk_label_set_label(GTK_LABEL(hot), text);
  gtk_widget_set_visible(hot, count > 0);
}

void
key_bar_count(KeyBar *self, const char *action, int count)
{
  for (GtkWidget *child = gtk_widget_get_first_child(GTK_WIDGET(self)); child != NULL;
       child = gtk_widget_get_next_sibling(child))
    if (g_strcmp0(gtk_actionable_get_action_name(GTK_ACTIONABLE(child)), action) == 0)
      key_bar_button_count(child, count);
}

bool
key_bar_is_empty(KeyBar *self)
{
  return gtk_widget_get_first_child(GTK_WIDGET(self)) == NULL;
}
