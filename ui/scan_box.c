#include "ui/scan_box.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/domain/barcode.h"
#include "ui/burst.h"

/* One above the limit of a code, so that a longer one is seen as too long. */
#define MAX_CHARACTERS (BARCODE_MAX + 1)

struct _ScanBox {
  GtkBox parent;

  GtkEntry *entry;
  GtkLabel *note; /* of the page: "× 3" */
  GtkLabel *mark; /* says that the input method is on */
  Burst burst;
  bool by_program; /* the text is being changed from here: tell nobody */
  bool with_input_method;
  guint telling;
};

G_DEFINE_FINAL_TYPE(ScanBox, scan_box, GTK_TYPE_BOX)

enum { TYPED, ENTERED, N_SIGNALS };
static guint signals[N_SIGNALS];

static GtkEditable *
editable(ScanBox *self)
{
  return GTK_EDITABLE(self->entry);
}

static gboolean
on_quiet(gpointer data)
{
  ScanBox *self = data;
  self->telling = 0;
  g_signal_emit(self, signals[TYPED], 0);
  return G_SOURCE_REMOVE;
}

static void
stop_telling(ScanBox *self)
{
  if (self->telling != 0)
    g_source_remove(self->telling);
  self->telling = 0;
}

/* A scanner's characters are not searched for one by one: the list would only flicker. */
static void
on_changed(ScanBox *self)
{
  if (self->by_program)
    return;
  stop_telling(self);
  if (burst_is_scan(&self->burst))
    self->telling =
        g_timeout_add(2 * BURST_GAP_US / G_TIME_SPAN_MILLISECOND, on_quiet, self);
  else
    g_signal_emit(self, signals[TYPED], 0);
}

void
scan_box_prompt(ScanBox *self, const char *prompt)
{
  const char *text = prompt ? prompt : _("Scan, or type initials, a name or a code");
  gtk_entry_set_placeholder_text(self->entry, text);
}

static void
scan_box_dispose(GObject *object)
{
  ScanBox *self = UI_SCAN_BOX(object);
  stop_telling(self);
  if (self->burst.text)
    burst_clear(&self->burst);
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
    gtk_box_remove(GTK_BOX(self), child);
  G_OBJECT_CLASS(scan_box_parent_class)->dispose(object);
}

static void
scan_box_class_init(ScanBoxClass *klass)
{
  G_OBJECT_CLASS(klass)->dispose = scan_box_dispose;
  signals[TYPED] = g_signal_new(
      "typed", UI_TYPE_SCAN_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ENTERED] = g_signal_new("entered",
                                  UI_TYPE_SCAN_BOX,
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  2,
                                  G_TYPE_STRING,
                                  G_TYPE_BOOLEAN);
}

static GtkLabel *
add_mark(GtkWidget *marks, const char *style)
{
  GtkWidget *mark = gtk_label_new(NULL);
  gtk_widget_add_css_class(mark, style);
  gtk_widget_set_valign(mark, GTK_ALIGN_CENTER);
  gtk_widget_set_visible(mark, FALSE);
  gtk_box_append(GTK_BOX(marks), mark);
  return GTK_LABEL(mark);
}

/* Marks lie over the box, so that it never moves. */
static void
add_marks(ScanBox *self, GtkOverlay *overlay)
{
  GtkWidget *marks = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class(marks, "scanmarks");
  gtk_widget_set_halign(marks, GTK_ALIGN_END);
  gtk_widget_set_can_target(marks, FALSE);
  self->note = add_mark(marks, "counted");
  self->mark = add_mark(marks, "immark");
  gtk_overlay_add_overlay(overlay, marks);
}

static void
scan_box_init(ScanBox *self)
{
  burst_init(&self->burst);
  self->entry = g_object_new(GTK_TYPE_ENTRY,
                             "hexpand",
                             TRUE,
                             "max-length",
                             MAX_CHARACTERS,
                             "im-module",
                             "gtk-im-context-none",
                             "input-hints",
                             GTK_INPUT_HINT_NO_EMOJI | GTK_INPUT_HINT_NO_SPELLCHECK,
                             "enable-undo",
                             FALSE,
                             "primary-icon-name",
                             "edit-find-symbolic",
                             "primary-icon-activatable",
                             FALSE,
                             NULL);
  scan_box_prompt(self, NULL);
  gtk_widget_add_css_class(GTK_WIDGET(self->entry), "scan");
  gtk_accessible_update_property(
      GTK_ACCESSIBLE(self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Scan box"), -1);
  g_signal_connect_swapped(self->entry, "changed", G_CALLBACK(on_changed), self);
  g_signal_connect_swapped(self->entry, "activate", G_CALLBACK(scan_box_enter), self);
  GtkWidget *overlay = gtk_overlay_new();
  gtk_overlay_set_child(GTK_OVERLAY(overlay), GTK_WIDGET(self->entry));
  gtk_box_append(GTK_BOX(self), overlay);
  add_marks(self, GTK_OVERLAY(overlay));
}

void
scan_box_note(ScanBox *self, const char *note)
{
  gtk_label_set_label(self->note, note);
  gtk_widget_set_visible(GTK_WIDGET(self->note), *note != '\0');
}

void
scan_box_take_focus(ScanBox *self)
{
  if (!gtk_widget_is_ancestor(GTK_WIDGET(self->entry), GTK_WIDGET(self)))
    return;
  if (gtk_widget_get_focus_child(GTK_WIDGET(self->entry)) == NULL)
    gtk_entry_grab_focus_without_selecting(self->entry);
}

static void
insert(ScanBox *self, const char *text)
{
  gtk_editable_delete_selection(editable(self));
  int position = gtk_editable_get_position(editable(self));
  gtk_editable_insert_text(editable(self), text, -1, &position);
  gtk_editable_set_position(editable(self), position);
}

/* Some scanners end with Tab. It never leads out of the box. */
static bool
take_tab(ScanBox *self)
{
  if (burst_ends_scan(&self->burst, clock_monotonic_us()))
    scan_box_enter(self);
  return true;
}

bool
scan_box_key(ScanBox *self, guint keyval, GdkModifierType state)
{
  gunichar character = gdk_keyval_to_unicode(keyval);
  GdkModifierType command = GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK;
  if (keyval == GDK_KEY_Tab || keyval == GDK_KEY_ISO_Left_Tab)
    return take_tab(self);
  if (character < ' ' || character == 0x7f || (state & command) != 0)
    return false;
  scan_box_take_focus(self);
  if (self->with_input_method)
    return false;
  char text[8] = "";
  g_unichar_to_utf8(character, text);
  burst_add(&self->burst, character, clock_monotonic_us());
  insert(self, text);
  return true;
}

void
scan_box_break(ScanBox *self)
{
  burst_reset(&self->burst);
}

void
scan_box_type(ScanBox *self, const char *text)
{
  scan_box_break(self);
  insert(self, text);
}

void
scan_box_empty(ScanBox *self)
{
  stop_telling(self);
  self->by_program = true;
  gtk_editable_set_text(editable(self), "");
  self->by_program = false;
  burst_reset(&self->burst);
  scan_box_allow_input_method(self, false);
}

void
scan_box_enter(ScanBox *self)
{
  bool scanned = burst_ends_scan(&self->burst, clock_monotonic_us());
  g_autofree char *text = g_strdup(scan_box_text(self));
  scan_box_empty(self);
  g_signal_emit(self, signals[ENTERED], 0, text, (gboolean)scanned);
}

const char *
scan_box_text(ScanBox *self)
{
  return gtk_editable_get_text(editable(self));
}

bool
scan_box_is_empty(ScanBox *self)
{
  return *scan_box_text(self) == '\0';
}

bool
scan_box_is_number(ScanBox *self)
{
  const char *text = scan_box_text(self);
  gsize digits = strspn(text, "0123456789");
  if (digits > 0 && text[digits] == '.')
    digits += 1 + strspn(text + digits + 1, "0123456789");
  return digits > 0 && text[digits] == '\0';
}

void
scan_box_allow_input_method(ScanBox *self, bool allow)
{
  if (self->with_input_method == allow)
    return;
  self->with_input_method = allow;
  g_object_set(self->entry, "im-module", allow ? NULL : "gtk-im-context-none", NULL);
  /* Translators: a mark in the scan box: an input method may be used for this word. */
  gtk_label_set_label(self->mark, _("IME on"));
  gtk_widget_set_visible(GTK_WIDGET(self->mark), allow);
}

bool
scan_box_allows_input_method(ScanBox *self)
{
  return self->with_input_method;
}
