#include "ui/text_line.h"

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
text_line_name_row(GtkWidget *child, const char *name)
{
  GtkWidget *row = gtk_widget_get_parent(child);
  if (row != NULL)
    gtk_accessible_update_property(
        GTK_ACCESSIBLE(row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
