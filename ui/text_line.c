#include "ui/text_line.h"

#include <string.h>

#include "app/domain/document.h"

#define BRAND_SCALE 0.8
#define BRAND_ALPHA 50000 /* of 65535 */

struct _TextLine {
  GObject parent;
  LineLook look;
};

G_DEFINE_FINAL_TYPE(TextLine, text_line, G_TYPE_OBJECT)

static guint changed_signal;

static void
text_line_finalize(GObject *object)
{
  for (int i = 0; i < LINE_MAX_TEXTS; i++)
    g_free(UI_TEXT_LINE(object)->look.texts[i]);
  G_OBJECT_CLASS(text_line_parent_class)->finalize(object);
}

static void
text_line_class_init(TextLineClass *klass)
{
  G_OBJECT_CLASS(klass)->finalize = text_line_finalize;
  changed_signal = g_signal_new("changed",
                                UI_TYPE_TEXT_LINE,
                                G_SIGNAL_RUN_LAST,
                                0,
                                NULL,
                                NULL,
                                NULL,
                                G_TYPE_NONE,
                                0);
}

static void
text_line_init(TextLine *self)
{
}

const LineLook *
text_line_look(TextLine *self)
{
  return &self->look;
}

const char *
text_line_text(TextLine *self, int text)
{
  return self->look.texts[text] ? self->look.texts[text] : "";
}

static bool
look_differs(const LineLook *a, const LineLook *b)
{
  if (a->flags != b->flags || a->chip != b->chip || a->chip_style != b->chip_style)
    return true;
  for (int i = 0; i < 2; i++)
    if (g_strcmp0(a->tag_styles[i], b->tag_styles[i]) != 0)
      return true;
  for (int i = 0; i < LINE_MAX_TEXTS; i++)
    if (g_strcmp0(a->texts[i], b->texts[i]) != 0)
      return true;
  return false;
}

static bool
take_look(TextLine *self, LineLook *look)
{
  bool differs = look_differs(&self->look, look);
  for (int i = 0; i < LINE_MAX_TEXTS; i++)
    g_free(self->look.texts[i]);
  self->look = *look;
  *look = (LineLook){0};
  return differs;
}

void
text_lines_set(GListStore *lines, guint position, LineLook *look)
{
  g_autoptr(TextLine) line = g_list_model_get_item(G_LIST_MODEL(lines), position);
  if (line != NULL) {
    if (take_look(line, look))
      g_signal_emit(line, changed_signal, 0);
    return;
  }
  line = g_object_new(UI_TYPE_TEXT_LINE, NULL);
  take_look(line, look);
  g_list_store_append(lines, line);
}

void
text_lines_cut(GListStore *lines, guint n)
{
  guint have = g_list_model_get_n_items(G_LIST_MODEL(lines));
  if (have > n)
    g_list_store_splice(lines, n, have - n, NULL, 0);
}

void
text_line_to_label(TextLine *self, int text, GtkLabel *label, bool with_caption)
{
  const char *now = text_line_text(self, text);
  if (g_strcmp0(gtk_label_get_label(label), now) != 0)
    gtk_label_set_label(label, now);
  GtkWidget *shown = GTK_WIDGET(label);
  if (with_caption)
    shown = gtk_widget_get_parent(shown);
  gtk_widget_set_visible(shown, *now != '\0');
}

void
text_line_to_name(TextLine *self, int name, int brand, GtkLabel *label)
{
  const char *first = text_line_text(self, name), *second = text_line_text(self, brand);
  g_autofree char *text = g_strconcat(first, *second ? "  " : "", second, NULL);
  if (g_strcmp0(gtk_label_get_label(label), text) != 0) {
    PangoAttrList *attributes = pango_attr_list_new();
    PangoAttribute *small = pango_attr_scale_new(BRAND_SCALE);
    PangoAttribute *quiet = pango_attr_foreground_alpha_new(BRAND_ALPHA);
    small->start_index = quiet->start_index = (guint)strlen(first);
    pango_attr_list_insert(attributes, small);
    pango_attr_list_insert(attributes, quiet);
    gtk_label_set_attributes(label, attributes);
    pango_attr_list_unref(attributes);
    gtk_label_set_label(label, text);
  }
  text_line_set_class(GTK_WIDGET(label), "long", document_width(text) > NAME_COLUMNS);
}

void
text_line_to_chip(TextLine *self, GtkLabel *chip)
{
  const char *styles[] = {"chip", self->look.chip_style, NULL};
  gtk_label_set_label(chip, self->look.chip);
  gtk_widget_set_css_classes(GTK_WIDGET(chip), styles);
}

void
text_line_set_class(GtkWidget *widget, const char *style, bool on)
{
  if (gtk_widget_has_css_class(widget, style) == on)
    return;
  if (on)
    gtk_widget_add_css_class(widget, style);
  else
    gtk_widget_remove_css_class(widget, style);
}

void
text_line_shrink(TextLine *self, int text, GtkLabel *label, int columns)
{
  bool is_long = document_width(text_line_text(self, text)) > columns;
  text_line_set_class(GTK_WIDGET(label), "long", is_long);
}

void
text_line_name_row(GtkWidget *child, const char *name)
{
  GtkWidget *row = gtk_widget_get_parent(child);
  if (row != NULL)
    gtk_accessible_update_property(
        GTK_ACCESSIBLE(row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
