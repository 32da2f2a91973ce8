#include "ui/counter_things.h"

#include <glib/gi18n.h>

#include "app/domain/quantity.h"
#include "ui/counter_tag.h"
#include "ui/paper_view.h"

#define MG_PER_G 1000

struct _CounterThings {
  GtkBox parent;
  Counter *counter;   /* borrowed */
  bool showing;       /* the switches follow the desk now, nobody pressed them */
  char *photographed; /* owned (nullable): the text of the labels in the picture */

  GtkLabel *pole_tag, *upper, *lower;
  GtkLabel *labels_tag, *scale_tag, *scale_say, *chip_tag;
  GtkToggleButton *pole_plug, *labels_plug, *scale_plug, *chip_plug;
  GtkToggleButton *labels_out, *head, *shake;
  GtkPicture *label;
  GtkWidget *blank, *tear, *weights, *draw;
  GtkEntry *weight;
  GtkDropDown *chips;
};

G_DEFINE_FINAL_TYPE(CounterThings, counter_things, GTK_TYPE_BOX)

static const int64_t WEIGHTS_MG[] = {10000, 63000, 250000};

/* -- How it looks ------------------------------------------------------------------ */

static void
show_pole(CounterThings *self)
{
  g_autofree char *text = counter_pole_text(self->counter);
  g_auto(GStrv) rows = g_strsplit(text, "\n", 3);
  bool has_lower = rows[0] && rows[1];
  gtk_label_set_label(self->upper, rows[0] ? rows[0] : "");
  gtk_label_set_label(self->lower, has_lower ? rows[1] : "");
  counter_tag_plug(self->pole_plug, self->counter, COUNTER_POLE);
  if (counter_tag_plugged(self->pole_tag, self->counter, COUNTER_POLE))
    counter_tag_say(self->pole_tag, _("connected ✓"), "ok");
}

static void
show_label(CounterThings *self)
{
  g_autofree char *text = counter_label_text(self->counter);
  bool is_blank = counter_n_labels(self->counter) == 0;
  if (g_strcmp0(text, self->photographed) == 0)
    return;
  g_autoptr(GdkTexture) texture =
      is_blank ? NULL : paper_view_photograph(self->counter, counter_save_label);
  gtk_picture_set_paintable(self->label, GDK_PAINTABLE(texture));
  gtk_picture_set_alternative_text(self->label, text);
  gtk_widget_set_visible(GTK_WIDGET(self->label), texture != NULL);
  gtk_widget_set_visible(self->blank, texture == NULL);
  g_free(self->photographed);
  self->photographed = g_steal_pointer(&text);
}

static void
tag_labels(CounterThings *self)
{
  int n = counter_n_labels(self->counter);
  g_autofree char *came = g_strdup_printf(ngettext("%d label ✓", "%d labels ✓", n), n);
  if (!counter_tag_plugged(self->labels_tag, self->counter, COUNTER_LABELS))
    return;
  if (counter_head_is_open(self->counter))
    counter_tag_say(self->labels_tag, _("head open !"), "wait");
  else if (!counter_has_labels(self->counter))
    counter_tag_say(self->labels_tag, _("no labels !"), "wait");
  else
    counter_tag_say(self->labels_tag, n > 0 ? came : _("ready ✓"), "ok");
}

static void
show_labels(CounterThings *self)
{
  show_label(self);
  tag_labels(self);
  counter_tag_plug(self->labels_plug, self->counter, COUNTER_LABELS);
  gtk_widget_set_sensitive(self->tear, counter_n_labels(self->counter) > 0);
  gtk_toggle_button_set_active(self->labels_out, !counter_has_labels(self->counter));
  gtk_toggle_button_set_active(self->head, counter_head_is_open(self->counter));
}

static void
show_scale(CounterThings *self)
{
  bool is_shaken = counter_scale_is_shaken(self->counter);
  g_autofree char *grams = quantity_text(counter_weight(self->counter), MG_PER_G);
  g_autofree char *rests = g_strdup_printf(_("%s g, still ✓"), grams);
  g_autofree char *moves = g_strdup_printf(_("%s g, moving !"), grams);
  counter_tag_plug(self->scale_plug, self->counter, COUNTER_SCALE);
  gtk_toggle_button_set_active(self->shake, is_shaken);
  if (counter_tag_plugged(self->scale_tag, self->counter, COUNTER_SCALE))
    counter_tag_say(
        self->scale_tag, is_shaken ? moves : rests, is_shaken ? "wait" : "ok");
}

static void
show_chip(CounterThings *self)
{
  bool is_in = counter_chip(self->counter) >= 0;
  counter_tag_plug(self->chip_plug, self->counter, COUNTER_CHIP_READER);
  gtk_widget_set_sensitive(self->draw, is_in);
  if (counter_tag_plugged(self->chip_tag, self->counter, COUNTER_CHIP_READER))
    counter_tag_say(
        self->chip_tag, is_in ? _("card is in ✓") : _("no card"), is_in ? "ok" : "plain");
}

void
counter_things_show(CounterThings *self)
{
  self->showing = true;
  show_pole(self);
  show_labels(self);
  show_scale(self);
  show_chip(self);
  self->showing = false;
}

/* -- Switches ---------------------------------------------------------------------- */

static void
on_plug(CounterThings *self, GtkToggleButton *button)
{
  CounterDevice device = button == self->pole_plug     ? COUNTER_POLE
                         : button == self->labels_plug ? COUNTER_LABELS
                         : button == self->scale_plug  ? COUNTER_SCALE
                                                       : COUNTER_CHIP_READER;
  if (!self->showing)
    counter_plug(self->counter, device, !gtk_toggle_button_get_active(button));
}

static void
on_switch(CounterThings *self, GtkToggleButton *button)
{
  bool active = gtk_toggle_button_get_active(button);
  if (self->showing)
    return;
  if (button == self->labels_out)
    counter_set_labels(self->counter, !active);
  else if (button == self->head)
    counter_set_head(self->counter, active);
  else
    counter_shake_scale(self->counter, active);
}

static void
on_tear(CounterThings *self)
{
  counter_tear_labels(self->counter);
}

static void
lay(CounterThings *self, int64_t mg)
{
  gtk_widget_set_visible(GTK_WIDGET(self->scale_say), FALSE);
  counter_lay_weight(self->counter, mg);
}

static void
on_weight(GtkButton *button, gpointer data)
{
  const int64_t *mg = g_object_get_data(G_OBJECT(button), "mg");
  lay(data, *mg);
}

static void
on_lay(CounterThings *self)
{
  int64_t mg;
  const char *text = gtk_editable_get_text(GTK_EDITABLE(self->weight));
  if (quantity_parse(text, MG_PER_G, &mg))
    lay(self, mg);
  else
    gtk_widget_set_visible(GTK_WIDGET(self->scale_say), TRUE);
}

static void
on_take_off(CounterThings *self)
{
  lay(self, 0);
}

static void
on_put_chip(CounterThings *self)
{
  counter_put_chip(self->counter, (int)gtk_drop_down_get_selected(self->chips));
}

static void
on_draw_chip(CounterThings *self)
{
  counter_put_chip(self->counter, -1);
}

/* -- Class ------------------------------------------------------------------------- */

static void
add_weight(CounterThings *self, const int64_t *mg)
{
  g_autofree char *grams = quantity_text(*mg, MG_PER_G);
  g_autofree char *name = g_strdup_printf(_("%s g"), grams);
  GtkWidget *button = gtk_button_new_with_label(name);
  g_object_set_data(G_OBJECT(button), "mg", (gpointer)mg);
  g_signal_connect(button, "clicked", G_CALLBACK(on_weight), self);
  gtk_box_append(GTK_BOX(self->weights), button);
}

void
counter_things_begin(CounterThings *self, Counter *counter)
{
  g_autoptr(GtkStringList) chips = gtk_string_list_new(NULL);
  self->counter = counter;
  for (int i = 0; i < counter_n_chips(counter); i++)
    gtk_string_list_append(chips, counter_chip_name(counter, i));
  gtk_drop_down_set_model(self->chips, G_LIST_MODEL(chips));
  for (gsize i = 0; i < G_N_ELEMENTS(WEIGHTS_MG); i++)
    add_weight(self, &WEIGHTS_MG[i]);
}

static void
counter_things_finalize(GObject *object)
{
  g_free(COUNTER_THINGS(object)->photographed);
  G_OBJECT_CLASS(counter_things_parent_class)->finalize(object);
}

static void
bind_children(GtkWidgetClass *widget)
{
  gtk_widget_class_bind_template_child(widget, CounterThings, pole_tag);
  gtk_widget_class_bind_template_child(widget, CounterThings, pole_plug);
  gtk_widget_class_bind_template_child(widget, CounterThings, upper);
  gtk_widget_class_bind_template_child(widget, CounterThings, lower);
  gtk_widget_class_bind_template_child(widget, CounterThings, labels_tag);
  gtk_widget_class_bind_template_child(widget, CounterThings, labels_plug);
  gtk_widget_class_bind_template_child(widget, CounterThings, label);
  gtk_widget_class_bind_template_child(widget, CounterThings, blank);
  gtk_widget_class_bind_template_child(widget, CounterThings, tear);
  gtk_widget_class_bind_template_child(widget, CounterThings, labels_out);
  gtk_widget_class_bind_template_child(widget, CounterThings, head);
  gtk_widget_class_bind_template_child(widget, CounterThings, scale_tag);
  gtk_widget_class_bind_template_child(widget, CounterThings, scale_plug);
  gtk_widget_class_bind_template_child(widget, CounterThings, weight);
  gtk_widget_class_bind_template_child(widget, CounterThings, scale_say);
  gtk_widget_class_bind_template_child(widget, CounterThings, weights);
  gtk_widget_class_bind_template_child(widget, CounterThings, shake);
  gtk_widget_class_bind_template_child(widget, CounterThings, chip_tag);
  gtk_widget_class_bind_template_child(widget, CounterThings, chip_plug);
  gtk_widget_class_bind_template_child(widget, CounterThings, chips);
  gtk_widget_class_bind_template_child(widget, CounterThings, draw);
}

static void
counter_things_class_init(CounterThingsClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS(klass);

  G_OBJECT_CLASS(klass)->finalize = counter_things_finalize;
  gtk_widget_class_set_template_from_resource(widget, "/guitai/ui/counter_things.ui");
  bind_children(widget);
  gtk_widget_class_bind_template_callback(widget, on_plug);
  gtk_widget_class_bind_template_callback(widget, on_switch);
  gtk_widget_class_bind_template_callback(widget, on_tear);
  gtk_widget_class_bind_template_callback(widget, on_lay);
  gtk_widget_class_bind_template_callback(widget, on_take_off);
  gtk_widget_class_bind_template_callback(widget, on_put_chip);
  gtk_widget_class_bind_template_callback(widget, on_draw_chip);
}

static void
counter_things_init(CounterThings *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
}
