#include "ui/key_overlay.h"

#include <glib/gi18n.h>

#define COLUMNS 2

struct _KeyOverlay {
  GtkBox parent;

  GtkWidget *panel;
  GtkLabel *preset;
  GtkGrid *grid;
};

G_DEFINE_FINAL_TYPE(KeyOverlay, key_overlay, GTK_TYPE_BOX)

static GtkWidget *
label_new(const char *text, const char *classes)
{
  g_auto(GStrv) names = g_strsplit(classes, " ", -1);
  GtkWidget *label = gtk_label_new(text);
  gtk_widget_set_css_classes(label, (const char **)names);
  gtk_widget_set_valign(label, GTK_ALIGN_CENTER);
  gtk_label_set_xalign(GTK_LABEL(label), 0.0f);
  return label;
}

static GtkWidget *
caps_new(KeyPreset preset, const Key *key)
{
  const char *keys = key->keys[preset] ? key->keys[preset] : key->keys[KEYS_CN_STD];
  g_auto(GStrv) accels = g_strsplit(keys, " ", -1);
  GtkWidget *caps = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_css_classes(caps, (const char *[]){"g1", "caps", NULL});
  for (char **accel = accels; *accel; accel++) {
    g_autofree char *text = keys_accel_text(*accel);
    if (*text)
      gtk_box_append(GTK_BOX(caps), label_new(text, "capkey"));
  }
  return caps;
}

static GtkWidget *
entry_new(KeyPreset preset, const Key *key)
{
  GtkWidget *entry = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_css_classes(entry, (const char *[]){"keyrow", "g2", NULL});
  GtkWidget *about = label_new(_(key->about), "q");
  gtk_label_set_ellipsize(GTK_LABEL(about), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text(about, _(key->about));
  gtk_widget_set_hexpand(about, TRUE);
  gtk_box_append(GTK_BOX(entry), caps_new(preset, key));
  gtk_box_append(GTK_BOX(entry), label_new(_(key->label), "b keyword"));
  gtk_box_append(GTK_BOX(entry), about);
  return entry;
}

static guint
count_entries(TillPage page)
{
  guint n, count = 0;
  const Key *table = keys_table(&n);
  for (guint i = 0; i < n; i++)
    count += (table[i].pages & KEY_ON(page)) && !(table[i].flags & KEY_QUIET);
  return count;
}

void
key_overlay_show(KeyOverlay *self, KeyPreset preset, TillPage page)
{
  guint n, at = 0;
  const Key *table = keys_table(&n);
  guint entries = count_entries(page);
  guint rows = 1 + (entries > 0 ? (entries - 1) / COLUMNS : 0);
  for (GtkWidget *child; (child = gtk_widget_get_first_child(GTK_WIDGET(self->grid)));)
    gtk_grid_remove(self->grid, child);
  for (guint i = 0; i < n; i++) {
    if (!(table[i].pages & KEY_ON(page)) || (table[i].flags & KEY_QUIET))
      continue;
    gtk_grid_attach(self->grid,
                    entry_new(preset, &table[i]),
                    (int)(at / rows),
                    (int)(at % rows),
                    1,
                    1);
    at++;
  }
  gtk_label_set_label(self->preset, keys_preset_name(preset));
  gtk_widget_set_visible(GTK_WIDGET(self), TRUE);
}

void
key_overlay_hide(KeyOverlay *self)
{
  gtk_widget_set_visible(GTK_WIDGET(self), FALSE);
}

bool
key_overlay_is_shown(KeyOverlay *self)
{
  return gtk_widget_get_visible(GTK_WIDGET(self));
}

static void
on_tap(KeyOverlay *self)
{
  key_overlay_hide(self);
}

static void
key_overlay_class_init(KeyOverlayClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS(klass);
  gtk_widget_class_set_template_from_resource(widget, "/guitai/ui/key_overlay.ui");
  gtk_widget_class_bind_template_child(widget, KeyOverlay, panel);
  gtk_widget_class_bind_template_child(widget, KeyOverlay, preset);
  gtk_widget_class_bind_template_child(widget, KeyOverlay, grid);
  gtk_widget_class_bind_template_callback(widget, on_tap);
}

static void
key_overlay_init(KeyOverlay *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
}
