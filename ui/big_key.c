#include "ui/big_key.h"

#include <glib/gi18n.h>

struct _BigKey {
  GtkButton parent;

  GtkLabel *key, *what, *why;
  const Key *entry; /* of the key map */
};

G_DEFINE_FINAL_TYPE(BigKey, big_key, GTK_TYPE_BUTTON)

static void
big_key_class_init(BigKeyClass *klass)
{
}

static GtkLabel *
add_label(GtkBox *box, const char *style)
{
  GtkWidget *label = gtk_label_new(NULL);
  gtk_widget_add_css_class(label, style);
  gtk_widget_set_halign(label, GTK_ALIGN_CENTER);
  gtk_box_append(box, label);
  return GTK_LABEL(label);
}

static void
big_key_init(BigKey *self)
{
  GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_valign(box, GTK_ALIGN_CENTER);
  self->key = add_label(GTK_BOX(box), "key");
  self->what = add_label(GTK_BOX(box), "what");
  self->why = add_label(GTK_BOX(box), "why");
  gtk_button_set_child(GTK_BUTTON(self), box);
  gtk_widget_add_css_class(GTK_WIDGET(self), "bigkey");
  gtk_widget_set_focus_on_click(GTK_WIDGET(self), FALSE);
  gtk_widget_set_focusable(GTK_WIDGET(self), FALSE);
}

void
big_key_set_action(BigKey *self, const char *action, TillPage page, KeyPreset preset)
{
  self->entry = keys_action(action, page);
  g_autofree char *key = keys_text(preset, self->entry);
  gtk_label_set_label(self->key, key);
  gtk_actionable_set_action_name(GTK_ACTIONABLE(self), action);
  big_key_show(self, BIG_KEY_READY, NULL, "");
}

void
big_key_show(BigKey *self, BigKeyState state, const char *what, const char *why)
{
  GtkWidget *widget = GTK_WIDGET(self);
  const char *word = what ? what : _(self->entry->label);
  gtk_label_set_label(self->what, word);
  gtk_label_set_label(self->why, why);
  gtk_widget_set_visible(GTK_WIDGET(self->why), *why != '\0');
  gtk_widget_remove_css_class(widget, "held");
  gtk_widget_remove_css_class(widget, "stop");
  if (state != BIG_KEY_READY)
    gtk_widget_add_css_class(widget, state == BIG_KEY_HELD ? "held" : "stop");
  gtk_accessible_update_property(GTK_ACCESSIBLE(self),
                                 GTK_ACCESSIBLE_PROPERTY_LABEL,
                                 word,
                                 GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                 why,
                                 -1);
}
