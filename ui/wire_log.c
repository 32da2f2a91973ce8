#include "ui/wire_log.h"

#include <glib/gi18n.h>

#include "app/base/clock.h"
#include "ui/format.h"
#include "ui/words.h"

#define KEPT_LINES 60

struct _WireLog {
  GtkBox parent;
  GtkLabel *unanswered; /* borrowed (nullable): text of the newest scan */
  int lines;
};

G_DEFINE_FINAL_TYPE(WireLog, wire_log, GTK_TYPE_BOX)

static const char *
device_word(const WireEvent *event)
{
  if (event->kind == WIRE_DRAWER_OPENED || event->kind == WIRE_DRAWER_SHUT)
    return _("Drawer");
  switch (event->device) {
  case COUNTER_SCANNER:
    return _("Scanner");
  case COUNTER_PRINTER:
    return _("Printer");
  case COUNTER_ID_READER:
    return _("Reader");
  case COUNTER_CHIP_READER:
    return _("IC card");
  case COUNTER_LABELS:
    return _("Labels");
  case COUNTER_POLE:
    return _("Display");
  case COUNTER_SCALE:
    return _("Scale");
  }
  return "";
}

/* Of the receipt printer and of plugs. */
static const char *
printer_words(WireKind kind)
{
  switch (kind) {
  case WIRE_PRINTED:
    return _("bytes came and were printed");
  case WIRE_DRAWER_OPENED:
    return _("pulse, it opened");
  case WIRE_DRAWER_SHUT:
    return _("pushed shut");
  case WIRE_PLUGGED:
    return _("plugged in");
  case WIRE_UNPLUGGED:
    return _("pulled out");
  case WIRE_PAPER_IN:
    return _("a roll was put in");
  case WIRE_PAPER_OUT:
    return _("the roll was taken out");
  case WIRE_COVER_OPENED:
    return _("the cover was opened");
  case WIRE_COVER_SHUT:
    return _("the cover was shut");
  case WIRE_CUTTER_JAMMED:
    return _("the cutter jams");
  case WIRE_CUTTER_FREED:
    return _("the cutter is free");
  case WIRE_TORN:
    return _("the paper was torn off");
  default:
    return "";
  }
}

static const char *
thing_words(WireKind kind)
{
  switch (kind) {
  case WIRE_BEEPED:
    return _("it was made to beep: not taken");
  case WIRE_CARD_ASKEW:
    return _("a card was laid on askew");
  case WIRE_CHIP_IN:
    return _("a card was put in");
  case WIRE_CHIP_OUT:
    return _("the card was drawn out");
  case WIRE_LABELS_IN:
    return _("labels were put in");
  case WIRE_LABELS_OUT:
    return _("the labels were taken out");
  case WIRE_HEAD_OPENED:
    return _("the head was opened");
  case WIRE_HEAD_SHUT:
    return _("the head was shut");
  case WIRE_SHAKEN:
    return _("it is shaken");
  case WIRE_STILL:
    return _("it stands still");
  default:
    return printer_words(kind);
  }
}

/* (transfer full) */
static char *
event_words(const WireEvent *event)
{
  const char *what = event->what ? event->what : "";
  switch (event->kind) {
  case WIRE_SCANNED:
  case WIRE_CARD_READ:
  case WIRE_SHOWN:
    return g_strdup(what);
  case WIRE_LABELLED:
    return g_strdup_printf(_("labels that came out: %s"), what);
  case WIRE_WEIGHED:
    return g_strdup_printf(_("%s g lie on it"), what);
  default:
    return g_strdup(thing_words(event->kind));
  }
}

static bool
is_trouble(WireKind kind)
{
  return kind == WIRE_UNPLUGGED || kind == WIRE_PAPER_OUT || kind == WIRE_COVER_OPENED ||
         kind == WIRE_CUTTER_JAMMED || kind == WIRE_CARD_ASKEW || kind == WIRE_SHAKEN ||
         kind == WIRE_LABELS_OUT || kind == WIRE_HEAD_OPENED || kind == WIRE_BEEPED;
}

static GtkWidget *
add_label(GtkWidget *row, const char *text, const char *classes)
{
  g_auto(GStrv) names = g_strsplit(classes, " ", -1);
  GtkWidget *label = gtk_label_new(text);
  gtk_widget_set_css_classes(label, (const char **)names);
  gtk_widget_set_valign(label, GTK_ALIGN_BASELINE);
  gtk_label_set_xalign(GTK_LABEL(label), 0.0f);
  gtk_box_append(GTK_BOX(row), label);
  return label;
}

static char *
clock_text(int64_t at_us)
{
  int64_t local_s = at_us / G_USEC_PER_SEC + clock_utc_offset_s(at_us);
  int of_day = (int)(local_s % 86400);
  return g_strdup_printf("%02d:%02d:%02d", of_day / 3600, of_day / 60 % 60, of_day % 60);
}

void
wire_log_add(WireLog *self, const WireEvent *event)
{
  GtkWidget *row = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
  g_autofree char *time = clock_text(event->at_us);
  g_autofree char *count = format_count((int64_t)event->bytes);
  g_autofree char *bytes =
      event->bytes > 0 ? g_strdup_printf(_("%s B"), count) : g_strdup("");
  gtk_widget_set_css_classes(
      row, (const char *[]){"ev", is_trouble(event->kind) ? "evw" : NULL, NULL});
  add_label(row, time, "mono t-cap");
  add_label(row, device_word(event), "evd b");
  g_autofree char *words = event_words(event);
  GtkWidget *text = add_label(row, words, "t-small");
  gtk_label_set_ellipsize(GTK_LABEL(text), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand(text, TRUE);
  add_label(row, bytes, "mono t-cap");
  gtk_box_prepend(GTK_BOX(self), row);
  self->unanswered = event->kind == WIRE_SCANNED ? GTK_LABEL(text) : NULL;
  if (++self->lines <= KEPT_LINES)
    return;
  gtk_box_remove(GTK_BOX(self), gtk_widget_get_last_child(GTK_WIDGET(self)));
  self->lines--;
}

void
wire_log_answer(WireLog *self, const Notice *notice)
{
  if (!self->unanswered)
    return;
  g_auto(Words) words = words_notice(notice);
  const char *answer = notice->id == NOTICE_NOTHING ? _("taken") : words.say;
  g_autofree char *text =
      g_strdup_printf("%s → %s", gtk_label_get_label(self->unanswered), answer);
  gtk_label_set_label(self->unanswered, text);
  gtk_widget_set_tooltip_text(GTK_WIDGET(self->unanswered), text);
  if (notice->kind >= NOTICE_WARN)
    gtk_widget_add_css_class(gtk_widget_get_parent(GTK_WIDGET(self->unanswered)), "evw");
  self->unanswered = NULL;
}

static void
wire_log_class_init(WireLogClass *klass)
{
}

static void
wire_log_init(WireLog *self)
{
  gtk_orientable_set_orientation(GTK_ORIENTABLE(self), GTK_ORIENTATION_VERTICAL);
}
