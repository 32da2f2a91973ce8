#include "ui/device_facts.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/device_advice.h"
#include "app/domain/barcode.h"
#include "app/domain/id_number.h"
#include "app/printer_choice.h"
#include "ui/check_words.h"
#include "ui/format.h"
#include "ui/words.h"

void
device_facts_free(DeviceFacts *facts)
{
  if (!facts)
    return;
  device_row_free(facts->row);
  g_free(facts->name);
  g_free(facts->kind);
  g_free(facts->address);
  g_free(facts->state);
  g_free(facts->advice);
  g_free(facts->command);
  g_free(facts);
}

/* -- A device ---------------------------------------------------------------------- */

static const char *
kind_of(const DeviceRow *row)
{
  if (!row->address)
    return row->use == USE_SCANNER ? _("one that types like a keyboard works")
                                   : _("receipts wait");
  if (*row->name)
    return row->name;
  if (g_str_has_prefix(row->address, "sim-"))
    return _("simulated, on the virtual counter");
  return g_str_has_prefix(row->address, "file:") ? _("device file") : _("own driver");
}

static CheckGrade
grade_of(const DeviceRow *row)
{
  if (!row->is_used)
    return row->doubt == PLUGGED_WRONG_MODE || row->is_forbidden ? CHECK_WARN
                                                                 : CHECK_QUIET;
  if (!row->address)
    return row->use == USE_PRINTER ? CHECK_WARN : CHECK_QUIET;
  if (row->state & ~DEVICE_DRAWER_OPEN)
    return CHECK_WARN;
  return CHECK_OK;
}

/* Takes @row. A device that is not used goes by its own name: its use is only a guess. */
static DeviceFacts *
facts_of_row(DeviceRow *row)
{
  DeviceFacts *facts = g_new0(DeviceFacts, 1);
  const char *use = device_advice_use(row->use);

  facts->of = FACTS_DEVICE;
  facts->row = row;
  facts->name = g_strdup(row->is_used ? use : row->name);
  facts->kind = row->is_used ? g_strdup(kind_of(row))
                             /* Translators: what a plugged device may be used as. */
                             : g_strdup_printf(_("plugged in: %s"), use);
  facts->address = g_strdup(row->address ? row->address : "");
  facts->state = g_strdup(device_advice_state(row));
  facts->advice = device_advice(row);
  facts->command = device_advice_command(row);
  facts->grade = grade_of(row);
  return facts;
}

/* -- What hangs on others ---------------------------------------------------------- */

static DeviceFacts *
facts_of_drawer(const Device *printer)
{
  DeviceFacts *facts = g_new0(DeviceFacts, 1);
  bool is_there = printer && !(device_state(printer) & DEVICE_GONE);
  bool is_open = is_there && (device_state(printer) & DEVICE_DRAWER_OPEN);

  facts->of = FACTS_DRAWER;
  facts->name = g_strdup(_("Cash drawer"));
  facts->kind = g_strdup(_("opened by the receipt printer"));
  facts->address = g_strdup("");
  facts->state = g_strdup(!is_there ? _("not connected")
                          : is_open ? _("open")
                                    : _("shut"));
  facts->advice = g_strdup(is_there ? "" : _("It comes with the receipt printer."));
  facts->grade = !is_there ? CHECK_WARN : is_open ? CHECK_QUIET : CHECK_OK;
  return facts;
}

static DeviceFacts *
facts_of_central(Till *till)
{
  DeviceFacts *facts = g_new0(DeviceFacts, 1);
  CheckLine lines[N_CHECKS];
  self_check(till, lines);
  facts->of = FACTS_CENTRAL;
  facts->name = g_strdup(check_words_item(CHECK_CENTRAL));
  facts->address = g_strdup(till->identity ? till->identity->hub_url : "");
  facts->kind = g_strdup(_("articles and prices come, sales go"));
  facts->state = g_strdup(words_line(till->sync_status.line));
  facts->advice = g_strdup(check_words_advice(&lines[CHECK_CENTRAL]));
  facts->grade = lines[CHECK_CENTRAL].grade;
  return facts;
}

/* -- All of them ------------------------------------------------------------------- */

/* A till without a scale is whole; one without a scanner or a printer is told so. */
static bool
is_shown(const DeviceRow *row)
{
  return !row->is_used || row->address || row->use == USE_SCANNER ||
         row->use == USE_PRINTER;
}

GPtrArray *
device_facts_list(Till *till)
{
  GPtrArray *list = g_ptr_array_new_with_free_func((GDestroyNotify)device_facts_free);
  g_autoptr(GPtrArray) rows = devices_rows(till);
  guint used = 0;

  g_ptr_array_set_free_func(rows, NULL);
  for (guint i = 0; i < rows->len; i++) {
    DeviceRow *row = rows->pdata[i];
    if (!is_shown(row)) {
      device_row_free(row);
      continue;
    }
    bool is_printer = row->is_used && row->use == USE_PRINTER;
    used += row->is_used;
    g_ptr_array_add(list, facts_of_row(row));
    if (is_printer) {
      g_ptr_array_add(list, facts_of_drawer(till->device[USE_PRINTER]));
      used++;
    }
  }
  g_ptr_array_insert(list, (int)used, facts_of_central(till));
  return list;
}

char *
device_facts_missing(Till *till)
{
  GString *names = g_string_new(NULL);
  for (DeviceUse use = USE_PRINTER + 1; use < N_DEVICE_USES; use++) {
    if (till->device[use])
      continue;
    g_string_append(names, names->len ? _(", ") : "");
    g_string_append(names, device_advice_use(use));
  }
  char *text =
      names->len ? g_strdup_printf(_("Can be plugged in as well: %s"), names->str) : NULL;
  g_string_free(names, TRUE);
  return text;
}

const char *
device_facts_test_word(const DeviceRow *row)
{
  switch (row->use) {
  case USE_LABEL:
    return _("Print a test label");
  case USE_POLE:
    return _("Show a greeting");
  case USE_SCALE:
    return _("Weigh");
  case USE_ID_READER:
  case USE_CARD_READER:
    return _("Read a card");
  case USE_CAMERA:
    return _("Take a picture");
  default:
    return _("Print a test page");
  }
}

char *
device_facts_use_word(const DeviceRow *row)
{
  if (row->doubt == PLUGGED_MAYBE)
    return g_strdup(_("Pair: scan one code"));
  return g_strdup_printf(_("Use as: %s"), device_advice_use(row->use));
}

/* -- Rows -------------------------------------------------------------------------- */

static void
add(GtkBox *box, const char *what, const char *how, const char *style)
{
  GtkWidget *row = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class(row, "g2");
  GtkWidget *left = gtk_label_new(what);
  gtk_widget_add_css_class(left, "qq");
  gtk_widget_set_valign(left, GTK_ALIGN_START);
  GtkWidget *right = gtk_label_new(how);
  if (style)
    gtk_widget_add_css_class(right, style);
  gtk_widget_set_hexpand(right, TRUE);
  gtk_label_set_xalign(GTK_LABEL(right), 1.0f);
  gtk_label_set_justify(GTK_LABEL(right), GTK_JUSTIFY_RIGHT);
  gtk_label_set_wrap(GTK_LABEL(right), TRUE);
  gtk_label_set_wrap_mode(GTK_LABEL(right), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars(GTK_LABEL(right), 20);
  gtk_box_append(GTK_BOX(row), left);
  gtk_box_append(GTK_BOX(row), right);
  gtk_box_append(box, row);
}

/* A person's number or a buyer's code is never shown whole. */
static char *
shown_code(const Barcode *code)
{
  if (code->kind == BARCODE_ID_NUMBER)
    return id_number_mask(code->text);
  gsize length = strlen(code->text);
  if (code->kind == BARCODE_PAY_CODE && length > 7)
    return g_strdup_printf("%.3s…%s", code->text, code->text + length - 4);
  return g_utf8_make_valid(code->text, -1);
}

static void
show_scanner(GtkBox *box, Till *till)
{
  if (!till->heard)
    return;
  g_auto(Barcode) code = barcode_read(till->heard, strlen(till->heard), BARCODE_ANYWHERE);
  g_autofree char *bytes = format_count((int64_t)strlen(till->heard));
  g_autofree char *text = shown_code(&code);
  add(box, _("It sent"), text, "b");
  add(box, _("That is"), words_barcode(code.kind), NULL);
  add(box,
      _("Check digit"),
      code.fault == BARCODE_BAD_CHECK_DIGIT ? _("wrong ×") : _("nothing wrong ✓"),
      code.fault == BARCODE_BAD_CHECK_DIGIT ? "badc" : NULL);
  add(box, _("Bytes"), bytes, NULL);
}

static void
show_mechanism(GtkBox *box, DeviceState state)
{
  const char *paper = state & DEVICE_PAPER_OUT   ? _("out")
                      : state & DEVICE_PAPER_LOW ? _("runs low")
                                                 : _("enough");
  add(box,
      _("Paper"),
      paper,
      state & (DEVICE_PAPER_OUT | DEVICE_PAPER_LOW) ? "warnc" : NULL);
  add(box,
      _("Cover"),
      state & DEVICE_COVER_OPEN ? _("open") : _("shut"),
      state & DEVICE_COVER_OPEN ? "warnc" : NULL);
  add(box,
      _("Cutter"),
      state & DEVICE_CUTTER_JAM ? _("jammed") : _("fine"),
      state & DEVICE_CUTTER_JAM ? "warnc" : NULL);
}

static void
show_printer(GtkBox *box, Till *till)
{
  if (!till->device[USE_PRINTER])
    return;
  DeviceState state = device_state(till->device[USE_PRINTER]);
  g_autofree char *waiting = format_count(till->printing_waits);
  if (!(state & DEVICE_GONE)) {
    show_mechanism(box, state);
    add(box, _("Profile"), printer_choice(till)->name, NULL);
  }
  add(box, _("Receipts waiting"), waiting, till->printing_waits > 0 ? "warnc" : NULL);
}

static void
show_central(GtkBox *box, Till *till)
{
  const SyncStatus *sync = &till->sync_status;
  CheckLine lines[N_CHECKS];
  self_check(till, lines);
  g_autofree char *waiting = format_count(till->outbox_waiting);
  g_autofree char *articles = check_words_finding(&lines[CHECK_ARTICLES]);
  g_autofree char *clock = check_words_finding(&lines[CHECK_CLOCK]);
  int32_t offset_s = clock_utc_offset_s(sync->last_contact_us);
  g_autofree char *contact = sync->last_contact_us
                                 ? format_time(sync->last_contact_us, offset_s)
                                 : g_strdup(_("none yet"));
  add(box, _("Last contact"), contact, NULL);
  add(box, _("Waiting to be sent"), waiting, NULL);
  add(box, _("Articles"), articles, NULL);
  add(box, _("Clock"), clock, NULL);
}

static void
add_time(GtkBox *box, const char *what, int64_t at_us, const char *style)
{
  if (at_us == 0)
    return;
  g_autofree char *time = format_time(at_us, clock_utc_offset_s(at_us));
  add(box, what, time, style);
}

static void
show_device(GtkBox *box, Till *till, const DeviceRow *row)
{
  if (row->is_used && (row->use == USE_SCANNER || row->use == USE_SCANNER_2))
    show_scanner(box, till);
  if (row->is_used && row->use == USE_PRINTER)
    show_printer(box, till);
  add_time(box, _("Last heard"), row->heard_us, NULL);
  if (row->failed_us == 0)
    return;
  add_time(box, _("Last trouble"), row->failed_us, "warnc");
  add(box, _("For support"), row->failure, "t-small");
}

void
device_facts_show(GtkBox *box, Till *till, const DeviceFacts *facts)
{
  for (GtkWidget *row; (row = gtk_widget_get_first_child(GTK_WIDGET(box)));)
    gtk_box_remove(box, row);
  if (facts->of == FACTS_CENTRAL)
    show_central(box, till);
  else if (facts->of == FACTS_DRAWER)
    show_printer(box, till);
  else
    show_device(box, till, facts->row);
}
