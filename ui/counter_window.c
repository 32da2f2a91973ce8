#include "ui/counter_window.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "app/counter.h"
#include "app/counter_samples.h"
#include "ui/counter_tag.h"
#include "ui/counter_things.h"
#include "ui/paper_view.h"
#include "ui/wire_log.h"

#define SAMPLE_COLUMNS 2

struct _CounterWindow {
  GtkWindow parent;
  Till *till;       /* borrowed */
  Counter *counter; /* owned */
  bool showing;     /* the switches follow the desk now, nobody pressed them */
  char *shown;      /* owned (nullable): the shop's codes on the pad; NULL: a picture's */

  GtkEntry *code;
  GtkLabel *pad_say, *scanner_tag, *reader_tag, *printer_tag, *drawer_tag;
  GtkGrid *samples;
  GtkDropDown *cards;
  GtkWidget *pad, *push, *take_card;
  GtkToggleButton *scanner_plug, *reader_plug, *printer_plug, *paper_out, *cover, *cutter;
  WireLog *log;
  PaperView *paper;
  CounterThings *things;
};

G_DEFINE_FINAL_TYPE(CounterWindow, counter_window, GTK_TYPE_WINDOW)

static CounterWindow *the_window;

/* -- How it looks ------------------------------------------------------------------ */

static void
show_plugged(CounterWindow *self, GtkLabel *tag, CounterDevice device)
{
  if (counter_tag_plugged(tag, self->counter, device))
    counter_tag_say(tag, _("connected ✓"), "ok");
}

static void
show_printer(CounterWindow *self)
{
  if (!counter_tag_plugged(self->printer_tag, self->counter, COUNTER_PRINTER))
    return;
  if (counter_cover_is_open(self->counter))
    counter_tag_say(self->printer_tag, _("cover open !"), "wait");
  else if (!counter_has_paper(self->counter))
    counter_tag_say(self->printer_tag, _("no paper !"), "wait");
  else if (counter_cutter_is_jammed(self->counter))
    counter_tag_say(self->printer_tag, _("cutter jammed !"), "wait");
  else
    counter_tag_say(self->printer_tag, _("ready ✓"), "ok");
}

static void
show_desk(CounterWindow *self)
{
  Counter *counter = self->counter;
  bool is_open = counter_drawer_is_open(counter);
  self->showing = true;
  show_plugged(self, self->scanner_tag, COUNTER_SCANNER);
  show_plugged(self, self->reader_tag, COUNTER_ID_READER);
  show_printer(self);
  counter_tag_say(
      self->drawer_tag, is_open ? _("open !") : _("shut"), is_open ? "wait" : "plain");
  gtk_widget_set_sensitive(self->push, is_open);
  gtk_widget_set_sensitive(self->take_card, counter_card(counter) >= 0);
  counter_tag_plug(self->scanner_plug, counter, COUNTER_SCANNER);
  counter_tag_plug(self->reader_plug, counter, COUNTER_ID_READER);
  counter_tag_plug(self->printer_plug, counter, COUNTER_PRINTER);
  gtk_toggle_button_set_active(self->paper_out, !counter_has_paper(counter));
  gtk_toggle_button_set_active(self->cover, counter_cover_is_open(counter));
  gtk_toggle_button_set_active(self->cutter, counter_cutter_is_jammed(counter));
  counter_things_show(self->things);
  self->showing = false;
}

static void
on_wire(Counter *counter, const WireEvent *event, gpointer data)
{
  CounterWindow *self = data;
  if (event)
    wire_log_add(self->log, event);
  if (self->counter) {
    show_desk(self);
    paper_view_show(self->paper, counter);
  }
}

/* -- The scanner ------------------------------------------------------------------- */

static const char *
sample_word(SampleKind kind)
{
  switch (kind) {
  case SAMPLE_ARTICLE:
    return _("Article");
  case SAMPLE_GS1:
    return _("With lot");
  case SAMPLE_BADGE:
    return _("Badge");
  case SAMPLE_TRACE:
    return _("Trace code");
  case SAMPLE_PAYMENT:
    return _("Payment code");
  case SAMPLE_BAD_CHECK:
    return _("Spoilt, wrong check digit");
  case SAMPLE_UNKNOWN:
    break;
  }
  return _("Found in the picture");
}

static const char *
sample_style(SampleKind kind)
{
  switch (kind) {
  case SAMPLE_GS1:
  case SAMPLE_TRACE:
    return "dm";
  case SAMPLE_PAYMENT:
  case SAMPLE_UNKNOWN:
    return "qr";
  case SAMPLE_BAD_CHECK:
    return "bad";
  default:
    return "bars";
  }
}

static void
on_sample(GtkButton *button, gpointer data)
{
  CounterWindow *self = data;
  const char *code = g_object_get_data(G_OBJECT(button), "code");
  gtk_editable_set_text(GTK_EDITABLE(self->code), code);
  counter_scan(self->counter, code, strlen(code));
}

static GtkWidget *
sample_label(const char *text, const char *classes)
{
  g_auto(GStrv) names = g_strsplit(classes, " ", -1);
  GtkWidget *label = gtk_label_new(text);
  gtk_widget_set_css_classes(label, (const char **)names);
  gtk_label_set_xalign(GTK_LABEL(label), 0.0f);
  gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_END);
  return label;
}

static GtkWidget *
sample_new(CounterWindow *self, const CounterSample *sample)
{
  const char *word = sample_word(sample->kind);
  g_autofree char *name =
      sample->name ? g_strdup_printf("%s · %s", word, sample->name) : g_strdup(word);
  GtkWidget *picture = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_css_classes(picture,
                             (const char *[]){"bar", sample_style(sample->kind), NULL});
  gtk_widget_set_valign(picture, GTK_ALIGN_CENTER);
  GtkWidget *texts = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_valign(texts, GTK_ALIGN_CENTER);
  gtk_box_append(GTK_BOX(texts), sample_label(name, "b t-small"));
  gtk_box_append(GTK_BOX(texts), sample_label(sample->code, "mono t-cap"));
  GtkWidget *row = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class(row, "g2");
  gtk_box_append(GTK_BOX(row), picture);
  gtk_box_append(GTK_BOX(row), texts);
  GtkWidget *button = gtk_button_new();
  gtk_button_set_child(GTK_BUTTON(button), row);
  gtk_widget_add_css_class(button, "vcode");
  gtk_widget_set_hexpand(button, TRUE);
  gtk_accessible_update_property(
      GTK_ACCESSIBLE(button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full(G_OBJECT(button), "code", g_strdup(sample->code), g_free);
  g_signal_connect(button, "clicked", G_CALLBACK(on_sample), self);
  return button;
}

static void
show_samples(CounterWindow *self, GPtrArray *samples)
{
  for (GtkWidget *child; (child = gtk_widget_get_first_child(GTK_WIDGET(self->samples)));)
    gtk_grid_remove(self->samples, child);
  for (guint i = 0; i < samples->len; i++)
    gtk_grid_attach(self->samples,
                    sample_new(self, samples->pdata[i]),
                    (int)(i % SAMPLE_COLUMNS),
                    (int)(i / SAMPLE_COLUMNS),
                    1,
                    1);
}

static char *
codes_of(GPtrArray *samples)
{
  g_autoptr(GString) codes = g_string_new(NULL);
  for (guint i = 0; i < samples->len; i++)
    g_string_append_printf(codes, "%s ", ((CounterSample *)samples->pdata[i])->code);
  return g_strdup(codes->str);
}

static void
show_shop_samples(CounterWindow *self)
{
  g_autoptr(GPtrArray) samples = counter_samples(self->till);
  char *codes = codes_of(samples);
  if (g_strcmp0(codes, self->shown) != 0)
    show_samples(self, samples);
  g_free(self->shown);
  self->shown = codes;
  gtk_label_set_label(self->pad_say,
                      _("Tap one, or drop a picture of a code on this panel"));
}

/* Several codes in one picture: the hand must choose, as in front of a shelf. */
static void
show_found(CounterWindow *self, GPtrArray *codes)
{
  g_autoptr(GPtrArray) samples =
      g_ptr_array_new_with_free_func((GDestroyNotify)counter_sample_free);
  for (guint i = 0; i < codes->len; i++) {
    gsize length;
    const char *bytes = g_bytes_get_data(codes->pdata[i], &length);
    CounterSample *sample = g_new0(CounterSample, 1);
    sample->kind = SAMPLE_UNKNOWN;
    sample->code = g_strndup(bytes, length);
    g_ptr_array_add(samples, sample);
  }
  show_samples(self, samples);
  g_clear_pointer(&self->shown, g_free);
}

static void
take_picture(CounterWindow *self, const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) codes =
      path ? counter_scan_picture(self->counter, path, &error) : NULL;
  g_autofree char *several = NULL;
  if (!codes) {
    gtk_label_set_label(self->pad_say, _("This is no picture that can be read"));
    return;
  }
  if (codes->len > 1)
    show_found(self, codes);
  several = g_strdup_printf(ngettext("%d code in the picture: it was scanned",
                                     "%d codes in the picture: tap the one to scan",
                                     codes->len),
                            (int)codes->len);
  gtk_label_set_label(self->pad_say,
                      codes->len == 0 ? _("There is no code in this picture") : several);
}

static void
take_texture(CounterWindow *self, GdkTexture *texture)
{
  g_autofree char *folder = g_dir_make_tmp("guitai-drop-XXXXXX", NULL);
  if (!folder)
    return;
  g_autofree char *path = g_build_filename(folder, "drop.png", NULL);
  if (gdk_texture_save_to_png(texture, path))
    take_picture(self, path);
  g_unlink(path);
  g_rmdir(folder);
}

static gboolean
on_drop(GtkDropTarget *target, const GValue *value, double x, double y, gpointer data)
{
  CounterWindow *self = data;
  if (G_VALUE_HOLDS(value, GDK_TYPE_TEXTURE)) {
    take_texture(self, g_value_get_object(value));
    return TRUE;
  }
  GFile *file = NULL;
  if (G_VALUE_HOLDS(value, GDK_TYPE_FILE_LIST)) {
    GSList *files = g_value_get_boxed(value);
    file = files ? files->data : NULL;
  } else if (G_VALUE_HOLDS(value, G_TYPE_FILE)) {
    file = g_value_get_object(value);
  }
  g_autofree char *path = file ? g_file_get_path(file) : NULL;
  take_picture(self, path);
  return TRUE;
}

static void
on_picture_chosen(GtkNativeDialog *dialog, int response, gpointer data)
{
  CounterWindow *self = data;
  if (response == GTK_RESPONSE_ACCEPT) {
    g_autoptr(GFile) file = gtk_file_chooser_get_file(GTK_FILE_CHOOSER(dialog));
    g_autofree char *path = file ? g_file_get_path(file) : NULL;
    take_picture(self, path);
  }
  g_object_unref(dialog);
}

static void
on_open_picture(CounterWindow *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new(_("A picture with a code"),
                                                             GTK_WINDOW(self),
                                                             GTK_FILE_CHOOSER_ACTION_OPEN,
                                                             NULL,
                                                             NULL);
  g_signal_connect_object(dialog, "response", G_CALLBACK(on_picture_chosen), self, 0);
  gtk_native_dialog_set_modal(GTK_NATIVE_DIALOG(dialog), TRUE);
  gtk_native_dialog_show(GTK_NATIVE_DIALOG(dialog));
}

static void
on_scan(CounterWindow *self)
{
  const char *text = gtk_editable_get_text(GTK_EDITABLE(self->code));
  counter_scan(self->counter, text, strlen(text));
  gtk_widget_grab_focus(GTK_WIDGET(self->code));
}

/* -- Switches ---------------------------------------------------------------------- */

static void
on_plug(CounterWindow *self, GtkToggleButton *button)
{
  CounterDevice device = button == self->scanner_plug  ? COUNTER_SCANNER
                         : button == self->reader_plug ? COUNTER_ID_READER
                                                       : COUNTER_PRINTER;
  if (!self->showing)
    counter_plug(self->counter, device, !gtk_toggle_button_get_active(button));
}

static void
on_switch(CounterWindow *self, GtkToggleButton *button)
{
  bool active = gtk_toggle_button_get_active(button);
  if (self->showing)
    return;
  if (button == self->paper_out)
    counter_set_paper(self->counter, !active);
  else if (button == self->cover)
    counter_set_cover(self->counter, active);
  else
    counter_set_cutter_jam(self->counter, active);
}

static void
on_tear(CounterWindow *self)
{
  counter_tear(self->counter);
}

static void
on_push(CounterWindow *self)
{
  counter_push_drawer(self->counter);
}

static void
on_lay_card(CounterWindow *self)
{
  counter_lay_card(self->counter, -1);
  counter_lay_card(self->counter, (int)gtk_drop_down_get_selected(self->cards));
  show_desk(self);
}

static void
on_lay_askew(CounterWindow *self)
{
  counter_lay_card(self->counter, -1);
  counter_lay_card_askew(self->counter, (int)gtk_drop_down_get_selected(self->cards));
}

static void
on_take_card(CounterWindow *self)
{
  counter_lay_card(self->counter, -1);
  show_desk(self);
}

static void
on_reset(CounterWindow *self)
{
  counter_reset(self->counter);
  show_shop_samples(self);
}

static gboolean
on_key(CounterWindow *self, guint keyval)
{
  if (keyval == GDK_KEY_F5)
    on_tear(self);
  else if (keyval == GDK_KEY_F6)
    counter_tear_labels(self->counter);
  else if (keyval == GDK_KEY_F9)
    on_push(self);
  else if (keyval == GDK_KEY_Escape)
    gtk_widget_grab_focus(GTK_WIDGET(self->code));
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

/* -- What the till tells ----------------------------------------------------------- */

static void
on_till_changed(Till *till, TillPart changed, gpointer data)
{
  CounterWindow *self = data;
  if (changed & (TILL_SALE | TILL_NOTICE | TILL_STAFF | TILL_FOUND | TILL_PAGE))
    wire_log_answer(self->log, &till->notice);
  if (self->shown && changed & TILL_CATALOGUE)
    show_shop_samples(self);
}

/* -- Class ------------------------------------------------------------------------- */

static void
counter_window_dispose(GObject *object)
{
  CounterWindow *self = COUNTER_WINDOW(object);
  if (self->till)
    till_unwatch(self->till, self);
  self->till = NULL;
  g_clear_pointer(&self->counter, counter_free);
  g_clear_pointer(&self->shown, g_free);
  if (the_window == self)
    the_window = NULL;
  G_OBJECT_CLASS(counter_window_parent_class)->dispose(object);
}

static void
counter_window_class_init(CounterWindowClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS(klass);

  G_OBJECT_CLASS(klass)->dispose = counter_window_dispose;
  g_type_ensure(WIRE_TYPE_LOG);
  g_type_ensure(PAPER_TYPE_VIEW);
  g_type_ensure(COUNTER_TYPE_THINGS);
  gtk_widget_class_set_template_from_resource(widget, "/guitai/ui/counter_window.ui");
  gtk_widget_class_bind_template_child(widget, CounterWindow, code);
  gtk_widget_class_bind_template_child(widget, CounterWindow, pad);
  gtk_widget_class_bind_template_child(widget, CounterWindow, pad_say);
  gtk_widget_class_bind_template_child(widget, CounterWindow, samples);
  gtk_widget_class_bind_template_child(widget, CounterWindow, scanner_tag);
  gtk_widget_class_bind_template_child(widget, CounterWindow, scanner_plug);
  gtk_widget_class_bind_template_child(widget, CounterWindow, cards);
  gtk_widget_class_bind_template_child(widget, CounterWindow, take_card);
  gtk_widget_class_bind_template_child(widget, CounterWindow, reader_tag);
  gtk_widget_class_bind_template_child(widget, CounterWindow, reader_plug);
  gtk_widget_class_bind_template_child(widget, CounterWindow, log);
  gtk_widget_class_bind_template_child(widget, CounterWindow, paper);
  gtk_widget_class_bind_template_child(widget, CounterWindow, things);
  gtk_widget_class_bind_template_child(widget, CounterWindow, printer_tag);
  gtk_widget_class_bind_template_child(widget, CounterWindow, printer_plug);
  gtk_widget_class_bind_template_child(widget, CounterWindow, paper_out);
  gtk_widget_class_bind_template_child(widget, CounterWindow, cover);
  gtk_widget_class_bind_template_child(widget, CounterWindow, cutter);
  gtk_widget_class_bind_template_child(widget, CounterWindow, drawer_tag);
  gtk_widget_class_bind_template_child(widget, CounterWindow, push);
  gtk_widget_class_bind_template_callback(widget, on_key);
  gtk_widget_class_bind_template_callback(widget, on_scan);
  gtk_widget_class_bind_template_callback(widget, on_plug);
  gtk_widget_class_bind_template_callback(widget, on_switch);
  gtk_widget_class_bind_template_callback(widget, on_tear);
  gtk_widget_class_bind_template_callback(widget, on_push);
  gtk_widget_class_bind_template_callback(widget, on_reset);
  gtk_widget_class_bind_template_callback(widget, on_lay_card);
  gtk_widget_class_bind_template_callback(widget, on_lay_askew);
  gtk_widget_class_bind_template_callback(widget, on_take_card);
  gtk_widget_class_bind_template_callback(widget, on_open_picture);
}

static void
counter_window_init(CounterWindow *self)
{
  GType types[] = {GDK_TYPE_FILE_LIST, G_TYPE_FILE, GDK_TYPE_TEXTURE};
  gtk_widget_init_template(GTK_WIDGET(self));
  GtkDropTarget *drop = gtk_drop_target_new(G_TYPE_INVALID, GDK_ACTION_COPY);
  gtk_drop_target_set_gtypes(drop, types, G_N_ELEMENTS(types));
  g_signal_connect(drop, "drop", G_CALLBACK(on_drop), self);
  gtk_widget_add_controller(self->pad, GTK_EVENT_CONTROLLER(drop));
}

static void
sit_down(CounterWindow *self, Till *till)
{
  self->till = till;
  self->counter = counter_new(till, on_wire, self);
  g_autoptr(GtkStringList) cards = gtk_string_list_new(NULL);
  for (int i = 0; i < counter_n_cards(self->counter); i++)
    gtk_string_list_append(cards, counter_card_name(self->counter, i));
  gtk_drop_down_set_model(self->cards, G_LIST_MODEL(cards));
  counter_things_begin(self->things, self->counter);
  show_shop_samples(self);
  show_desk(self);
  paper_view_show(self->paper, self->counter);
  till_watch(till, on_till_changed, self);
}

GtkWidget *
counter_window_show(Till *till)
{
  if (!the_window) {
    the_window = g_object_new(COUNTER_TYPE_WINDOW, NULL);
    sit_down(the_window, till);
  }
  gtk_window_present(GTK_WINDOW(the_window));
  gtk_widget_grab_focus(GTK_WIDGET(the_window->code));
  return GTK_WIDGET(the_window);
}
