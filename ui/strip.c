#include "ui/strip.h"

#include <glib/gi18n.h>

#include "app/base/clock.h"
#include "app/device_advice.h"
#include "app/on_duty.h"
#include "ui/format.h"
#include "ui/words.h"

/* Events that are on their way for a moment are not worth a word while the line is up. */
#define WORTH_A_WORD 10

struct _Strip {
  GtkBox parent;

  GtkWidget *modules; /* hidden at sign-in */
  GtkWidget *sale, *shift, *devices;
  GtkLabel *place, *pharmacist, *staff, *line, *sending, *receipts, *trouble, *clock;
  GtkWidget *staff_button, *staff_edge, *lamp;
  guint tick;
};

G_DEFINE_FINAL_TYPE(Strip, strip, GTK_TYPE_BOX)

static void
show_clock(Strip *self)
{
  int64_t now_us = clock_now_us();
  g_autofree char *text = format_clock(now_us, clock_utc_offset_s(now_us));
  if (g_strcmp0(text, gtk_label_get_label(self->clock)) != 0)
    gtk_label_set_label(self->clock, text);
}

static gboolean
on_tick(gpointer data)
{
  show_clock(data);
  return G_SOURCE_CONTINUE;
}

static void
strip_dispose(GObject *object)
{
  Strip *self = UI_STRIP(object);
  if (self->tick != 0)
    g_source_remove(self->tick);
  self->tick = 0;
  gtk_widget_dispose_template(GTK_WIDGET(self), UI_TYPE_STRIP);
  G_OBJECT_CLASS(strip_parent_class)->dispose(object);
}

static void
strip_class_init(StripClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS(klass);
  G_OBJECT_CLASS(klass)->dispose = strip_dispose;
  gtk_widget_class_set_template_from_resource(widget, "/guitai/ui/strip.ui");
  gtk_widget_class_bind_template_child(widget, Strip, modules);
  gtk_widget_class_bind_template_child(widget, Strip, sale);
  gtk_widget_class_bind_template_child(widget, Strip, shift);
  gtk_widget_class_bind_template_child(widget, Strip, devices);
  gtk_widget_class_bind_template_child(widget, Strip, place);
  gtk_widget_class_bind_template_child(widget, Strip, pharmacist);
  gtk_widget_class_bind_template_child(widget, Strip, staff);
  gtk_widget_class_bind_template_child(widget, Strip, staff_button);
  gtk_widget_class_bind_template_child(widget, Strip, staff_edge);
  gtk_widget_class_bind_template_child(widget, Strip, line);
  gtk_widget_class_bind_template_child(widget, Strip, lamp);
  gtk_widget_class_bind_template_child(widget, Strip, sending);
  gtk_widget_class_bind_template_child(widget, Strip, receipts);
  gtk_widget_class_bind_template_child(widget, Strip, trouble);
  gtk_widget_class_bind_template_child(widget, Strip, clock);
}

static void
strip_init(Strip *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
  self->tick = g_timeout_add_seconds(1, on_tick, self);
  show_clock(self);
}

static void
say(GtkLabel *label, char *text)
{
  gtk_label_set_label(label, text ? text : "");
  gtk_widget_set_visible(GTK_WIDGET(label), text != NULL && *text != '\0');
  g_free(text);
}

static void
mark(GtkWidget *button, bool on)
{
  if (on)
    gtk_widget_add_css_class(button, "on");
  else
    gtk_widget_remove_css_class(button, "on");
}

static void
show_page(Strip *self, const Till *till)
{
  bool inside = till->page != PAGE_SIGN_IN && till->page != PAGE_LOCK;
  gtk_widget_set_visible(self->modules, inside);
  mark(self->sale,
       till->page != PAGE_SHIFT && till->page != PAGE_DEVICES &&
           till->page != PAGE_STAFF);
  mark(self->shift, till->page == PAGE_SHIFT);
  mark(self->devices, till->page == PAGE_DEVICES);
}

static char *
place_text(const Till *till)
{
  GString *text = g_string_new(till->store_name);
  const char *code = till->identity ? till->identity->till_code : NULL;
  if (code != NULL && *code != '\0')
    /* Translators: the till's number; follows the name of the store. */
    g_string_append_printf(text, _(" · Till %s"), code);
  if (till->shift.id != 0)
    g_string_append_printf(text, _(" · Shift %d"), till->shift.number);
  return g_string_free(text, FALSE);
}

static void
show_staff(Strip *self, const Till *till)
{
  bool here = till->staff != NULL;
  gtk_label_set_label(self->staff, here ? till->staff->name : "");
  gtk_widget_set_visible(self->staff_button, here);
  gtk_widget_set_visible(self->staff_edge, here);
  say(self->place, place_text(till));
}

/* Who is the pharmacist here: the law wants it seen (CN-PH-01). */
static void
show_pharmacist(Strip *self, Till *till)
{
  const Duty *duty = on_duty_first(till);
  g_autofree char *name = duty ? on_duty_name(till, duty) : NULL;
  char *text =
      !till->staff ? NULL
      : duty       ? g_strdup_printf(duty->place == DUTY_LOCAL ? _("Pharmacist %s")
                                                         : _("Pharmacist %s, from afar"),
                               name)
             : g_strdup(_("No pharmacist here"));
  gtk_widget_set_css_classes(GTK_WIDGET(self->pharmacist),
                             (const char *[]){duty ? "dim" : "need", NULL});
  say(self->pharmacist, text);
}

static void
show_line(Strip *self, const Till *till)
{
  SyncLine line = till->sync ? till->sync_status.line : SYNC_OFF;
  bool up = line == SYNC_ONLINE;
  gtk_label_set_label(self->line, words_line(line));
  gtk_widget_remove_css_class(self->lamp, up ? "off" : "on");
  gtk_widget_add_css_class(self->lamp, up ? "on" : "off");
  int64_t waiting = till->outbox_waiting;
  bool tell = waiting > 0 && (!up || waiting >= WORTH_A_WORD);
  g_autofree char *count = format_count(waiting);
  say(self->sending, tell ? g_strdup_printf(_("To send %s"), count) : NULL);
}

static char *
trouble_of(const Till *till, DeviceUse use)
{
  if (use == USE_PRINTER)
    return g_strdup_printf(_("Printer: %s"), device_advice_state_of(till, use));
  /* Translators: a device and how it stands. */
  return g_strdup_printf(
      _("%s: %s"), device_advice_use(use), device_advice_state_of(till, use));
}

/* The first use whose device is not well; what needs nobody's hand comes last. A use
 * without a device is no trouble. */
static char *
trouble_text(const Till *till)
{
  static const DeviceUse ORDER[] = {USE_PRINTER,
                                    USE_SCANNER,
                                    USE_SCANNER_2,
                                    USE_ID_READER,
                                    USE_LABEL,
                                    USE_POLE,
                                    USE_SCALE,
                                    USE_CARD_READER,
                                    USE_CAMERA};
  DeviceState harmless = DEVICE_PAPER_LOW | DEVICE_DRAWER_OPEN;
  const Device *printer = till->device[USE_PRINTER];

  for (gsize i = 0; i < G_N_ELEMENTS(ORDER); i++)
    if (till->device[ORDER[i]] && device_state(till->device[ORDER[i]]) & ~harmless)
      return trouble_of(till, ORDER[i]);
  if (printer && device_state(printer) & harmless)
    return g_strdup_printf(_("Printer: %s"), words_device_state(device_state(printer)));
  return NULL;
}

static void
show_devices(Strip *self, const Till *till)
{
  say(self->receipts,
      till->printing_waits > 0
          ? g_strdup_printf(_("Receipts waiting %d"), till->printing_waits)
          : NULL);
  say(self->trouble, trouble_text(till));
}

void
strip_show(Strip *self, Till *till, TillPart changed)
{
  if (changed & TILL_PAGE)
    show_page(self, till);
  if (changed & (TILL_STAFF | TILL_PAGE | TILL_SYNC))
    show_staff(self, till);
  if (changed & (TILL_STAFF | TILL_PAGE | TILL_DUTY | TILL_SYNC))
    show_pharmacist(self, till);
  if (changed & TILL_SYNC)
    show_line(self, till);
  if (changed & (TILL_DEVICES | TILL_PRINTING))
    show_devices(self, till);
}
