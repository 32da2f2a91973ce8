#include "ui/devices_page.h"

#include <glib/gi18n.h>

#include "app/base/clock.h"
#include "app/counter.h"
#include "app/devices.h"
#include "app/printer_choice.h"
#include "app/printing.h"
#include "ui/check_words.h"
#include "ui/counter_window.h"
#include "ui/device_facts.h"
#include "ui/format.h"
#include "ui/keys.h"
#include "ui/page.h"
#include "ui/symbol_view.h"
#include "ui/table.h"

struct _DevicesPage {
  GtkBox parent;
  Till *till; /* borrowed; outlives every page */
  GListStore *rows;

  GtkColumnView *list;
  GtkLabel *count, *tag, *name, *kind, *address, *advice, *command, *missing;
  GtkLabel *test_word, *use_word, *drop_word;
  GtkLabel *counter_key, *print_key, *test_key, *drawer_key, *use_key, *drop_key;
  GtkBox *facts, *waiting;
  GtkWidget *counter, *waiting_box, *print_now, *test, *drawer, *use, *drop;

  GtkWidget *list_box, *pair_box, *side;
  SymbolView *symbol;
  GtkLabel *pair_name, *pair_seconds, *pair_key;
  guint pair_tick;
  bool asks_drop; /* "stop using it" was pressed once */
};

/* -- Cells ------------------------------------------------------------------------- */

static const char *
tag_style(const DeviceFacts *facts)
{
  switch (facts->grade) {
  case CHECK_OK:
    return "tag ok";
  case CHECK_WARN:
    return "tag wait";
  case CHECK_BAD:
    return "tag bad";
  case CHECK_QUIET:
    break;
  }
  return "tag";
}

static char *
tag_text(const DeviceFacts *facts)
{
  if (facts->grade == CHECK_QUIET)
    return g_strdup(facts->state);
  return g_strdup_printf("%s %s", facts->state, check_words_mark(facts->grade));
}

static void
fill_state(gconstpointer content, const TableCell *cell)
{
  g_autofree char *text = tag_text(content);
  table_cell_say(cell, text, NULL);
  table_cell_style(cell, tag_style(content));
}

static void
fill_name(gconstpointer content, const TableCell *cell)
{
  const DeviceFacts *facts = content;
  table_cell_say(cell, facts->name, facts->kind);
  table_cell_style(cell, "t-name b");
}

static void
fill_address(gconstpointer content, const TableCell *cell)
{
  table_cell_say(cell, ((const DeviceFacts *)content)->address, NULL);
  table_cell_style(cell, "mono t-small");
}

static void
fill_time(gconstpointer content, const TableCell *cell)
{
  const DeviceRow *row = ((const DeviceFacts *)content)->row;
  int64_t at_us = row ? row->heard_us : 0;
  g_autofree char *time =
      at_us ? format_clock(at_us, clock_utc_offset_s(at_us)) : g_strdup("");
  table_cell_say(cell, time, NULL);
}

static char *
row_name(gconstpointer content)
{
  const DeviceFacts *facts = content;
  return g_strdup_printf("%s: %s", facts->name, facts->state);
}

static const TableColumn columns[] = {{N_("State"), fill_state, false, false},
                                      {N_("Device"), fill_name, true, false},
                                      {N_("Address"), fill_address, false, false},
                                      {N_("Last heard"), fill_time, false, true}};

/* -- The chosen one ---------------------------------------------------------------- */

static bool
may_drop(const DeviceRow *row)
{
  return row && row->is_used && row->address;
}

static bool
may_use(const DeviceRow *row)
{
  return row && !row->is_used && row->address;
}

static void
show_buttons(DevicesPage *self, const DeviceFacts *facts)
{
  const DeviceRow *row = facts->row;
  bool is_printer = row && row->is_used && row->use == USE_PRINTER;
  bool is_there = row ? !(row->state & DEVICE_GONE) : facts->grade != CHECK_WARN;
  bool may_test =
      row && row->is_used && is_there && devices_may_test(self->till, row->use);
  g_autofree char *use = may_use(row) ? device_facts_use_word(row) : g_strdup("");

  if (may_test)
    gtk_label_set_label(self->test_word, device_facts_test_word(row));
  gtk_widget_set_visible(self->test, may_test);
  gtk_widget_set_visible(self->drawer,
                         (is_printer || facts->of == FACTS_DRAWER) && is_there &&
                             self->till->device[USE_PRINTER]);
  gtk_label_set_label(self->use_word, use);
  gtk_widget_set_visible(self->use, may_use(row));
  gtk_label_set_label(self->drop_word,
                      self->asks_drop ? _("Really stop using it?") : _("Stop using it"));
  gtk_widget_set_css_classes(
      self->drop,
      (const char *[]){self->asks_drop ? "danger" : "quiet", "text-button", NULL});
  gtk_widget_set_visible(self->drop, may_drop(row));
}

static void
show_advice(DevicesPage *self, const DeviceFacts *facts)
{
  const DeviceRow *row = facts->row;
  bool is_scanner = row && row->is_used && row->address &&
                    (row->use == USE_SCANNER || row->use == USE_SCANNER_2);
  gtk_label_set_label(self->advice,
                      is_scanner && !*facts->advice
                          ? _("Scan anything: it is shown here, nothing is done with it.")
                          : facts->advice);
  gtk_widget_set_visible(GTK_WIDGET(self->advice),
                         *gtk_label_get_label(self->advice) != '\0');
  gtk_widget_set_css_classes(
      GTK_WIDGET(self->advice),
      (const char *[]){"advice", facts->grade >= CHECK_WARN ? "warn" : "q", NULL});
  gtk_label_set_label(self->command, facts->command ? facts->command : "");
  gtk_widget_set_visible(GTK_WIDGET(self->command), facts->command != NULL);
}

static void
show_chosen(DevicesPage *self)
{
  const DeviceFacts *facts = table_chosen(self->list);
  if (!facts)
    return;
  g_autofree char *tag = tag_text(facts);
  g_auto(GStrv) style = g_strsplit(tag_style(facts), " ", -1);
  gtk_label_set_label(self->tag, tag);
  gtk_widget_set_css_classes(GTK_WIDGET(self->tag), (const char **)style);
  gtk_label_set_label(self->name, facts->name);
  gtk_label_set_label(self->kind, facts->kind);
  gtk_label_set_label(self->address, facts->address);
  gtk_widget_set_visible(GTK_WIDGET(self->address), *facts->address != '\0');
  device_facts_show(self->facts, self->till, facts);
  show_advice(self, facts);
  show_buttons(self, facts);
}

static void
show_missing(DevicesPage *self)
{
  g_autofree char *missing = device_facts_missing(self->till);
  gtk_label_set_label(self->missing, missing ? missing : "");
  gtk_widget_set_visible(GTK_WIDGET(self->missing), missing != NULL);
}

static void
show_devices(DevicesPage *self)
{
  g_autoptr(GPtrArray) list = device_facts_list(self->till);
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(g_object_unref);
  int chosen = table_chosen_position(self->list);
  int good = 0;
  g_ptr_array_set_free_func(list, NULL);
  for (guint i = 0; i < list->len; i++) {
    DeviceFacts *facts = list->pdata[i];
    good += facts->grade == CHECK_OK;
    g_ptr_array_add(rows, table_row_new(facts, (GDestroyNotify)device_facts_free));
  }
  table_show(self->list, self->rows, rows, chosen);
  g_autofree char *count = g_strdup_printf(
      ngettext("%d, of which %d is ready", "%d, of which %d are ready", (gulong)good),
      (int)rows->len,
      good);
  gtk_label_set_label(self->count, count);
  show_missing(self);
  show_chosen(self);
}

/* -- Pairing ----------------------------------------------------------------------- */

static void
show_seconds(DevicesPage *self)
{
  int seconds;
  devices_pairing(self->till, NULL, &seconds);
  g_autofree char *text = g_strdup_printf(
      ngettext("%d second left", "%d seconds left", (gulong)seconds), seconds);
  gtk_label_set_label(self->pair_seconds, text);
}

static gboolean
on_pair_tick(gpointer data)
{
  show_seconds(data);
  return G_SOURCE_CONTINUE;
}

static void
show_pairing(DevicesPage *self)
{
  bool waits = devices_pairing(self->till, NULL, NULL) == PAIR_WAITS;
  bool was_shown = gtk_widget_get_visible(self->pair_box);
  gtk_widget_set_visible(self->pair_box, waits);
  gtk_widget_set_visible(self->list_box, !waits);
  gtk_widget_set_visible(self->side, !waits);
  if (!waits) {
    g_clear_handle_id(&self->pair_tick, g_source_remove);
    return;
  }
  if (!was_shown || !self->pair_tick)
    symbol_view_show(self->symbol, devices_pairing_symbol(self->till));
  if (!self->pair_tick)
    self->pair_tick = g_timeout_add(250, on_pair_tick, self);
  show_seconds(self);
}

/* -- What waits for paper ---------------------------------------------------------- */

/* Asks on the button itself; pressed again it is a yes. */
static void
on_give_up(GtkButton *button, gpointer data)
{
  DevicesPage *self = data;
  int64_t id = (int64_t)GPOINTER_TO_SIZE(g_object_get_data(G_OBJECT(button), "job"));
  if (gtk_widget_has_css_class(GTK_WIDGET(button), "full")) {
    printing_drop(self->till, id);
    return;
  }
  gtk_widget_add_css_class(GTK_WIDGET(button), "full");
  gtk_button_set_label(button, _("Never print it?"));
}

static GtkWidget *
job_new(DevicesPage *self, const PrintJob *job)
{
  g_autofree char *time = format_clock(job->made_us, clock_utc_offset_s(job->made_us));
  g_autofree char *tries = g_strdup_printf(
      ngettext("tried once", "tried %d times", (gulong)job->tries), job->tries);
  g_autofree char *more =
      job->tries > 0 ? g_strdup_printf("%s · %s", time, tries) : g_strdup(time);
  GtkWidget *row = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class(row, "takenrow");
  GtkWidget *number = gtk_label_new(job->subject);
  gtk_widget_add_css_class(number, "b");
  GtkWidget *when = gtk_label_new(more);
  gtk_widget_set_css_classes(when, (const char *[]){"t-small", "q", NULL});
  gtk_label_set_xalign(GTK_LABEL(when), 0.0f);
  gtk_widget_set_hexpand(when, TRUE);
  GtkWidget *drop = gtk_button_new_with_label(_("Give up"));
  gtk_widget_add_css_class(drop, "danger");
  gtk_widget_set_valign(drop, GTK_ALIGN_CENTER);
  g_object_set_data(G_OBJECT(drop), "job", GSIZE_TO_POINTER((gsize)job->id));
  g_signal_connect(drop, "clicked", G_CALLBACK(on_give_up), self);
  gtk_box_append(GTK_BOX(row), number);
  gtk_box_append(GTK_BOX(row), when);
  gtk_box_append(GTK_BOX(row), drop);
  return row;
}

static void
show_waiting(DevicesPage *self)
{
  g_autoptr(GPtrArray) jobs = printing_waiting(self->till);
  for (GtkWidget *row; (row = gtk_widget_get_first_child(GTK_WIDGET(self->waiting)));)
    gtk_box_remove(self->waiting, row);
  for (guint i = 0; i < jobs->len; i++)
    gtk_box_append(self->waiting, job_new(self, jobs->pdata[i]));
  gtk_widget_set_visible(self->waiting_box, jobs->len > 0);
}

/* -- What the .ui file calls ------------------------------------------------------- */

static void
on_chosen(DevicesPage *self)
{
  self->asks_drop = false;
  show_chosen(self);
}

/* -- Actions ----------------------------------------------------------------------- */

static void
on_test(GSimpleAction *action, GVariant *parameter, gpointer data)
{
  DevicesPage *self = data;
  const DeviceFacts *facts = table_chosen(self->list);
  bool is_used = facts && facts->row && facts->row->is_used;
  devices_test(self->till, is_used ? facts->row->use : USE_PRINTER);
}

static void
choose(DevicesPage *self, DeviceUse use, const char *address)
{
  GError *error = NULL;
  if (!devices_choose(self->till, use, address, &error))
    till_failed(self->till, error);
}

static void
on_use(GSimpleAction *action, GVariant *parameter, gpointer data)
{
  DevicesPage *self = data;
  const DeviceFacts *facts = table_chosen(self->list);
  if (!facts || !may_use(facts->row))
    return;
  g_autofree char *address = g_strdup(facts->row->address);
  if (facts->row->doubt == PLUGGED_MAYBE) {
    gtk_label_set_label(self->pair_name, facts->row->name);
    devices_pair(self->till, address, facts->row->use);
  } else {
    choose(self, facts->row->use, address);
  }
}

/* Asks on the button itself; pressed again it is a yes. */
static void
on_drop(GSimpleAction *action, GVariant *parameter, gpointer data)
{
  DevicesPage *self = data;
  const DeviceFacts *facts = table_chosen(self->list);
  if (!facts || !may_drop(facts->row))
    return;
  bool is_yes = self->asks_drop;
  self->asks_drop = !is_yes;
  if (is_yes)
    choose(self, facts->row->use, NULL);
  else
    show_chosen(self);
}

static void
on_print(GSimpleAction *action, GVariant *parameter, gpointer data)
{
  printing_start(DEVICES_PAGE(data)->till);
}

static void
on_paper(GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Till *till = DEVICES_PAGE(data)->till;
  GError *error = NULL;
  if (till->device[USE_PRINTER] && !printer_choice_next(till, &error))
    till_failed(till, error);
}

static void
on_counter(GSimpleAction *action, GVariant *parameter, gpointer data)
{
  DevicesPage *self = data;
  if (counter_serves(self->till))
    counter_window_show(self->till);
}

static void
on_up(GSimpleAction *action, GVariant *parameter, gpointer data)
{
  table_move(DEVICES_PAGE(data)->list, -1);
}

static void
on_down(GSimpleAction *action, GVariant *parameter, gpointer data)
{
  table_move(DEVICES_PAGE(data)->list, 1);
}

/* -- What the frame asks ----------------------------------------------------------- */

static void
devices_page_install(Page *page, GtkWidget *window)
{
  static const GActionEntry entries[] = {{"test", on_test},
                                         {"print", on_print},
                                         {"paper", on_paper},
                                         {"use", on_use},
                                         {"drop", on_drop},
                                         {"counter", on_counter},
                                         {"up", on_up},
                                         {"down", on_down}};
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new();
  g_action_map_add_action_entries(
      G_ACTION_MAP(group), entries, G_N_ELEMENTS(entries), page);
  gtk_widget_insert_action_group(window, "devices", G_ACTION_GROUP(group));
}

static bool
devices_page_back(Page *page)
{
  DevicesPage *self = DEVICES_PAGE(page);
  if (devices_pairing(self->till, NULL, NULL) != PAIR_WAITS)
    return false;
  devices_pair_stop(self->till);
  return true;
}

static void
devices_page_page_init(PageInterface *iface)
{
  iface->install = devices_page_install;
  iface->back = devices_page_back;
}

/* -- What the till tells ----------------------------------------------------------- */

static void
on_till_changed(Till *till, TillPart changed, gpointer data)
{
  DevicesPage *self = data;
  if (till->page != PAGE_DEVICES) {
    if (changed & TILL_PAGE && devices_pairing(till, NULL, NULL) == PAIR_WAITS)
      devices_pair_stop(till);
    return;
  }
  if (changed & (TILL_PAGE | TILL_DEVICES))
    show_pairing(self);
  if (changed & (TILL_PAGE | TILL_DEVICES | TILL_SYNC | TILL_PRINTING | TILL_CATALOGUE))
    show_devices(self);
  if (changed & (TILL_PAGE | TILL_PRINTING))
    show_waiting(self);
}

/* -- Class ------------------------------------------------------------------------- */

G_DEFINE_FINAL_TYPE_WITH_CODE(DevicesPage,
                              devices_page,
                              GTK_TYPE_BOX,
                              G_IMPLEMENT_INTERFACE(UI_TYPE_PAGE, devices_page_page_init))

static void
devices_page_dispose(GObject *object)
{
  DevicesPage *self = DEVICES_PAGE(object);
  if (self->till)
    till_unwatch(self->till, self);
  g_clear_handle_id(&self->pair_tick, g_source_remove);
  self->till = NULL;
  G_OBJECT_CLASS(devices_page_parent_class)->dispose(object);
}

static void
devices_page_class_init(DevicesPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS(klass);

  G_OBJECT_CLASS(klass)->dispose = devices_page_dispose;
  g_type_ensure(TABLE_TYPE_ROW);
  g_type_ensure(UI_TYPE_SYMBOL_VIEW);
  gtk_widget_class_set_template_from_resource(widget, "/guitai/ui/devices_page.ui");
  gtk_widget_class_bind_template_child(widget, DevicesPage, rows);
  gtk_widget_class_bind_template_child(widget, DevicesPage, list);
  gtk_widget_class_bind_template_child(widget, DevicesPage, count);
  gtk_widget_class_bind_template_child(widget, DevicesPage, counter);
  gtk_widget_class_bind_template_child(widget, DevicesPage, counter_key);
  gtk_widget_class_bind_template_child(widget, DevicesPage, waiting_box);
  gtk_widget_class_bind_template_child(widget, DevicesPage, waiting);
  gtk_widget_class_bind_template_child(widget, DevicesPage, print_now);
  gtk_widget_class_bind_template_child(widget, DevicesPage, print_key);
  gtk_widget_class_bind_template_child(widget, DevicesPage, tag);
  gtk_widget_class_bind_template_child(widget, DevicesPage, name);
  gtk_widget_class_bind_template_child(widget, DevicesPage, kind);
  gtk_widget_class_bind_template_child(widget, DevicesPage, side);
  gtk_widget_class_bind_template_child(widget, DevicesPage, address);
  gtk_widget_class_bind_template_child(widget, DevicesPage, facts);
  gtk_widget_class_bind_template_child(widget, DevicesPage, advice);
  gtk_widget_class_bind_template_child(widget, DevicesPage, test);
  gtk_widget_class_bind_template_child(widget, DevicesPage, test_key);
  gtk_widget_class_bind_template_child(widget, DevicesPage, test_word);
  gtk_widget_class_bind_template_child(widget, DevicesPage, drawer);
  gtk_widget_class_bind_template_child(widget, DevicesPage, drawer_key);
  gtk_widget_class_bind_template_child(widget, DevicesPage, command);
  gtk_widget_class_bind_template_child(widget, DevicesPage, missing);
  gtk_widget_class_bind_template_child(widget, DevicesPage, use_word);
  gtk_widget_class_bind_template_child(widget, DevicesPage, drop_word);
  gtk_widget_class_bind_template_child(widget, DevicesPage, use_key);
  gtk_widget_class_bind_template_child(widget, DevicesPage, drop_key);
  gtk_widget_class_bind_template_child(widget, DevicesPage, use);
  gtk_widget_class_bind_template_child(widget, DevicesPage, drop);
  gtk_widget_class_bind_template_child(widget, DevicesPage, list_box);
  gtk_widget_class_bind_template_child(widget, DevicesPage, pair_box);
  gtk_widget_class_bind_template_child(widget, DevicesPage, symbol);
  gtk_widget_class_bind_template_child(widget, DevicesPage, pair_name);
  gtk_widget_class_bind_template_child(widget, DevicesPage, pair_seconds);
  gtk_widget_class_bind_template_child(widget, DevicesPage, pair_key);
  gtk_widget_class_bind_template_callback(widget, on_chosen);
}

static void
devices_page_init(DevicesPage *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
  table_set_up(self->list, columns, G_N_ELEMENTS(columns), row_name);
}

static void
show_key(GtkLabel *label, KeyPreset preset, const char *action)
{
  const Key *key = keys_action(action, PAGE_DEVICES);
  g_autofree char *text = key ? keys_text(preset, key) : g_strdup("");
  gtk_label_set_label(label, text);
  gtk_widget_set_visible(GTK_WIDGET(label), *text != '\0');
}

GtkWidget *
devices_page_new(Till *till)
{
  DevicesPage *self = g_object_new(DEVICES_TYPE_PAGE, NULL);
  KeyPreset preset = keys_of_till(till);
  self->till = till;
  show_key(self->counter_key, preset, "devices.counter");
  show_key(self->print_key, preset, "devices.print");
  show_key(self->test_key, preset, "devices.test");
  show_key(self->drawer_key, preset, "till.drawer");
  show_key(self->use_key, preset, "devices.use");
  show_key(self->drop_key, preset, "devices.drop");
  show_key(self->pair_key, preset, "till.back");
  gtk_widget_set_visible(self->counter, counter_serves(till));
  till_watch(till, on_till_changed, self);
  on_till_changed(till, TILL_EVERYTHING, self);
  return GTK_WIDGET(self);
}
