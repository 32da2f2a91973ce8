#include "ui/device_facts.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/domain/barcode.h"
#include "app/domain/id_number.h"
#include "app/settings.h"
#include "ui/check_words.h"
#include "ui/format.h"
#include "ui/words.h"

static char *
address_of(const Device *device)
{
  return g_strdup(device ? device_address(device) : "");
}

static const char *
kind_of(const Device *device, CheckItem item)
{
  if (!device)
    return item == CHECK_SCANNER ? _("one that types like a keyboard works")
                                 : _("receipts wait");
  const char *address = device_address(device);
  if (g_str_has_prefix(address, "sim-"))
    return _("simulated, on the virtual counter");
  return g_str_has_prefix(address, "file:") ? _("device file") : _("own driver");
}

static void
describe_device(DeviceFacts *facts, const Device *device, CheckItem item)
{
  facts->name = check_words_item(item);
  facts->address = address_of(device);
  facts->kind = kind_of(device, item);
  facts->line = self_check_device(device, item);
  facts->state = g_strdup(device ? words_device_state(device_state(device)) : _("none"));
}

static void
describe_drawer(DeviceFacts *facts, const Device *printer)
{
  bool is_open = printer && (device_state(printer) & DEVICE_DRAWER_OPEN);
  facts->name = _("Cash drawer");
  facts->kind = _("opened by the receipt printer");
  facts->address = g_strdup("");
  facts->line = self_check_device(printer, CHECK_PRINTER);
  bool is_there =
      facts->line.finding != FOUND_GONE && facts->line.finding != FOUND_NO_DEVICE;
  if (is_there)
    facts->line = (CheckLine){.item = CHECK_PRINTER,
                              .grade = is_open ? CHECK_QUIET : CHECK_OK,
                              .finding = FOUND_READY};
  facts->state = !is_there ? check_words_finding(&facts->line)
                           : g_strdup(is_open ? _("open") : _("shut"));
}

static void
describe_central(DeviceFacts *facts, Till *till)
{
  CheckLine lines[N_CHECKS];
  self_check(till, lines);
  facts->name = check_words_item(CHECK_CENTRAL);
  facts->address = g_strdup(till->identity ? till->identity->hub_url : "");
  facts->kind = _("articles and prices come, sales go");
  facts->line = lines[CHECK_CENTRAL];
  facts->state = g_strdup(words_line(till->sync_status.line));
}

DeviceFacts *
device_facts_new(Till *till, FactsOf of)
{
  DeviceFacts *facts = g_new0(DeviceFacts, 1);
  facts->of = of;
  switch (of) {
  case FACTS_SCANNER:
    describe_device(facts, till->device[USE_SCANNER], CHECK_SCANNER);
    break;
  case FACTS_PRINTER:
    describe_device(facts, till->device[USE_PRINTER], CHECK_PRINTER);
    break;
  case FACTS_DRAWER:
    describe_drawer(facts, till->device[USE_PRINTER]);
    break;
  case FACTS_CENTRAL:
    describe_central(facts, till);
    break;
  }
  return facts;
}

void
device_facts_free(DeviceFacts *facts)
{
  if (!facts)
    return;
  g_free(facts->address);
  g_free(facts->state);
  g_free(facts);
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
show_printer(GtkBox *box, Till *till)
{
  if (!till->device[USE_PRINTER])
    return;
  DeviceState state = device_state(till->device[USE_PRINTER]);
  bool is_gone = state & DEVICE_GONE;
  g_autofree char *profile = settings_text(till, "printer.profile");
  g_autofree char *waiting = format_count(till->printing_waits);
  const char *paper = state & DEVICE_PAPER_OUT   ? _("out")
                      : state & DEVICE_PAPER_LOW ? _("runs low")
                                                 : _("enough");
  const char *unknown = _("not known");
  add(box,
      _("Paper"),
      is_gone ? unknown : paper,
      !is_gone && (state & (DEVICE_PAPER_OUT | DEVICE_PAPER_LOW)) ? "warnc" : NULL);
  add(box,
      _("Cover"),
      is_gone                     ? unknown
      : state & DEVICE_COVER_OPEN ? _("open")
                                  : _("shut"),
      !is_gone && (state & DEVICE_COVER_OPEN) ? "warnc" : NULL);
  add(box,
      _("Cutter"),
      is_gone                     ? unknown
      : state & DEVICE_CUTTER_JAM ? _("jammed")
                                  : _("fine"),
      !is_gone && (state & DEVICE_CUTTER_JAM) ? "warnc" : NULL);
  if (profile && *profile)
    add(box, _("Profile"), profile, NULL);
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

void
device_facts_show(GtkBox *box, Till *till, FactsOf of)
{
  for (GtkWidget *row; (row = gtk_widget_get_first_child(GTK_WIDGET(box)));)
    gtk_box_remove(box, row);
  if (of == FACTS_SCANNER)
    show_scanner(box, till);
  else if (of == FACTS_CENTRAL)
    show_central(box, till);
  else
    show_printer(box, till);
}
