#include "app/labelling.h"

#include <glib/gi18n.h>

#include "app/backroom.h"
#include "app/base/clock.h"
#include "app/cataloguing.h"
#include "app/minding.h"
#include "app/settings.h"
#include "db/print_store.h"
#include "db/product_store.h"
#include "db/sale_store.h"
#include "drivers/tspl.h"

#define TAG_DOSE   (-1)
#define KIND_LOOSE "label-loose"
#define KIND_SHELF "label-shelf"
#define TROUBLE                                                                          \
  (DEVICE_GONE | DEVICE_PAPER_OUT | DEVICE_COVER_OPEN | DEVICE_JAM | DEVICE_RIBBON_OUT | \
   DEVICE_PAUSED | DEVICE_HOT | DEVICE_BROKEN)

static const char *const WORDS[N_LABEL_WORDS] = {
    [LW_SPEC] = N_("Strength"),
    [LW_QUANTITY] = N_("Qty"),
    [LW_LOT] = N_("Lot"),
    [LW_EXPIRY] = N_("Exp."),
    [LW_USAGE] = N_("Directions"),
    [LW_USAGE_BY_HAND] = N_("____ at a time  ____ times a day"),
    [LW_LOOSE] = N_("LOOSE MEDICINE"),
    [LW_MAKER] = N_("Maker"),
    [LW_ORIGIN] = N_("Origin"),
    [LW_CURRENCY] = N_("¥"),
    [LW_PER] = "/",
    [LW_COPY] = N_("COPY"),
};

static const char *const MARKS[N_CLASSES] = {
    [CLASS_RX] = N_("Rx"),
    [CLASS_OTC_A] = N_("OTC A"),
    [CLASS_OTC_B] = N_("OTC B"),
    [CLASS_DUAL] = N_("Rx/OTC"),
};

static void
translate(const char *ret[N_LABEL_WORDS])
{
  for (int i = 0; i < N_LABEL_WORDS; i++)
    ret[i] = _(WORDS[i]);
}

static LabelSize
size_of_roll(Till *till)
{
  g_autofree char *name = settings_text(till, "label.size");
  return *name ? label_size_named(name) : LABEL_60_40;
}

static void
say(Till *till, NoticeKind kind, NoticeId id)
{
  till_notice(till, (Notice){.kind = kind, .id = id, .number = till->labels_wait});
}

static void
count_waiting(Till *till)
{
  till->labels_wait = print_store_count_labels(till->store);
  till_changed(till, TILL_PRINTING);
}

static void
tell_trouble(Till *till, DeviceState state)
{
  static const struct {
    DeviceState state;
    NoticeId id;
  } TROUBLES[] = {{DEVICE_GONE, NOTICE_LABELS_WAIT},
                  {DEVICE_COVER_OPEN, NOTICE_LABEL_HEAD_OPEN},
                  {DEVICE_PAPER_OUT, NOTICE_LABELS_OUT},
                  {DEVICE_JAM, NOTICE_LABEL_JAM},
                  {DEVICE_RIBBON_OUT, NOTICE_LABEL_RIBBON},
                  {DEVICE_PAUSED, NOTICE_LABEL_PAUSED}};
  for (gsize i = 0; i < G_N_ELEMENTS(TROUBLES); i++)
    if (state & TROUBLES[i].state) {
      say(till, NOTICE_WARN, TROUBLES[i].id);
      return;
    }
  say(till, NOTICE_WARN, NOTICE_LABELS_WAIT);
}

/* -- What stands on them ----------------------------------------------------------- */

/* "6粒", "7×10g": what is written together must not read as another number. */
static char *
quantity_with_unit(const SaleLine *line)
{
  g_autofree char *number = quantity_text(line->quantity, line->unit_base);
  gunichar first = g_utf8_get_char(line->unit_name);
  const char *between = g_unichar_isdigit(first)                   ? "×"
                        : first < 0x80 && g_unichar_isalpha(first) ? " "
                                                                   : "";
  return g_strconcat(number, between, line->unit_name, NULL);
}

static char *
local_date(int64_t utc_us)
{
  return day_text(day_at(utc_us, clock_utc_offset_s(utc_us)));
}

static Label *
compose_loose(Till *till, const KeptSale *kept, const SaleLine *line, int copy)
{
  const char *words[N_LABEL_WORDS];
  g_autofree char *quantity = quantity_with_unit(line);
  g_autofree char *expiry = day_text(line->lot ? line->lot->expiry : DAY_NONE);
  g_autofree char *date = local_date(kept->sold_us);
  LooseFacts facts = {.name = line->product->generic_name,
                      .spec = line->product->spec,
                      .quantity = quantity,
                      .lot = line->lot ? line->lot->lot_no : "",
                      .expiry = expiry,
                      .pharmacy = till->store_name,
                      .phone = till->store_phone,
                      .date = date,
                      .copy = copy};
  translate(words);
  return label_loose(&facts, size_of_roll(till), words);
}

/* @subject: "number#line". */
static Label *
loose_label(Till *till, const char *subject, int copy, GError **error)
{
  KeptSale *kept = NULL;
  Label *label = NULL;
  g_auto(GStrv) parts = g_strsplit(subject, "#", 2);
  gint64 n = parts[0] && parts[1] ? g_ascii_strtoll(parts[1], NULL, 10) : 0;

  if (n < 1 || !sale_store_find(till->store, parts[0], &kept, error) || !kept)
    return NULL;
  const SaleLine *line =
      n <= (gint64)kept->sale->lines->len ? sale_line(kept->sale, (guint)n - 1) : NULL;
  if (line)
    label = compose_loose(till, kept, line, copy);
  kept_sale_free(kept);
  return label;
}

static Label *
compose_shelf(Till *till, const Product *product, const char *code)
{
  const char *words[N_LABEL_WORDS];
  const ProductUnit *unit = product_default_unit(product);
  const char *mark = MARKS[product->legal_class];
  ShelfFacts facts = {.name = product->generic_name,
                      .spec = product->spec,
                      .maker = product->maker,
                      .origin = product->origin,
                      .has_price = unit && unit->has_price,
                      .price = unit ? unit->price : 0,
                      .unit = unit ? unit->name : "",
                      .code = code ? code : product->code,
                      .mark = mark ? _(mark) : ""};
  translate(words);
  return label_shelf(&facts, size_of_roll(till), words);
}

static Label *
shelf_label(Till *till, const char *subject, GError **error)
{
  g_autoptr(Product) product = NULL;
  g_autofree char *code = NULL;
  int64_t id = g_ascii_strtoll(subject, NULL, 10);

  if (!till->catalogue ||
      !product_store_find(till->catalogue, id, till_now_us(till), &product, error) ||
      !product || !product_store_barcode(till->catalogue, id, &code, error))
    return NULL;
  return compose_shelf(till, product, code);
}

/* -- The queue --------------------------------------------------------------------- */

/* @return the oldest job that waits (transfer full), NULL when there is none. */
static PrintJob *
first_waiting(Till *till)
{
  g_autoptr(GPtrArray) jobs = NULL;
  GError *error = NULL;

  if (!print_store_waiting_labels(till->store, &jobs, &error)) {
    till_failed(till, error);
    return NULL;
  }
  till->labels_wait = (int)jobs->len;
  till_changed(till, TILL_PRINTING);
  return jobs->len ? g_ptr_array_steal_index(jobs, 0) : NULL;
}

/* Nobody can print it: it would stand in the way of all others. */
static void
give_up(Till *till, const PrintJob *job)
{
  GError *error = NULL;
  if (!print_store_drop(till->store, job->id, &error))
    till_failed(till, error);
  count_waiting(till);
  say(till, NOTICE_WARN, NOTICE_LABEL_TOO_MUCH);
}

/* @return false: the job could not be sent and another may be tried. */
static bool
send_job(Till *till, const PrintJob *job)
{
  GError *error = NULL;
  bool is_loose = g_str_equal(job->kind, KIND_LOOSE);
  g_autoptr(Label) label =
      is_loose ? loose_label(till, job->subject, job->copy + job->tries, &error)
               : shelf_label(till, job->subject, &error);
  if (!label && !error) {
    give_up(till, job);
    return false;
  }
  if (!label || !print_store_begin(till->store, job->id, &error)) {
    till_failed(till, error);
    return true;
  }
  g_autoptr(GBytes) bytes = tspl_encode(label);
  till->backroom->labelling = job->id;
  device_send(till->device[USE_LABEL], bytes, job->id);
  return true;
}

static void
send_next(Till *till)
{
  bool is_settled = false;
  while (!is_settled && till->device[USE_LABEL] && !till->backroom->labelling &&
         !till->backroom->labels_need_a_person) {
    PrintJob *job = first_waiting(till);
    DeviceState trouble = device_state(till->device[USE_LABEL]) & TROUBLE;
    is_settled = !job || trouble || send_job(till, job);
    if (job && trouble)
      tell_trouble(till, trouble);
    print_job_free(job);
  }
}

void
labelling_start(Till *till)
{
  count_waiting(till);
  till->backroom->labels_need_a_person = false;
  send_next(till);
}

static void
on_done(Till *till, gint64 tag)
{
  GError *error = NULL;
  if (tag <= 0 || tag != till->backroom->labelling)
    return;
  till->backroom->labelling = 0;
  if (!print_store_done(till->store, tag, till_now_us(till), &error)) {
    till->backroom->labels_need_a_person = true;
    till_failed(till, error);
    return;
  }
  count_waiting(till);
  send_next(till);
}

static void
on_failed(Till *till, const DeviceEvent *event)
{
  DeviceState trouble = event->state & TROUBLE;
  g_message("label printer: %s", event->failure ? event->failure->message : "failed");
  if (event->tag > 0 && event->tag == till->backroom->labelling) {
    till->backroom->labelling = 0;
    till->backroom->labels_need_a_person = trouble == 0;
    count_waiting(till);
  }
  tell_trouble(till, trouble);
}

/* What was said about the label printer is not true any more. */
static void
take_back_trouble(Till *till)
{
  if (till->notice.id >= NOTICE_LABELS_WAIT && till->notice.id <= NOTICE_LABEL_PAUSED)
    till_clear_notice(till);
}

static void
on_state(Till *till, DeviceState trouble)
{
  bool is_cured = till->backroom->label_trouble && !trouble;
  bool is_worse = trouble & ~till->backroom->label_trouble;

  till->backroom->label_trouble = trouble;
  if (is_cured)
    take_back_trouble(till);
  if (is_cured)
    labelling_start(till);
  else if (!trouble)
    send_next(till);
  else if (is_worse && till->labels_wait > 0)
    tell_trouble(till, trouble);
}

void
labelling_on_device(Till *till, const DeviceEvent *event)
{
  switch (event->kind) {
  case DEVICE_STATE:
    on_state(till, event->state & TROUBLE);
    break;
  case DEVICE_DONE:
    on_done(till, event->tag);
    break;
  case DEVICE_FAILED:
    on_failed(till, event);
    break;
  case DEVICE_HEARD:
    break;
  }
}

/* -- What a person asks for -------------------------------------------------------- */

static bool
has_printer(Till *till)
{
  minding_begin_deed(till);
  if (till->device[USE_LABEL])
    return true;
  say(till, NOTICE_WARN, NOTICE_NO_LABEL_PRINTER);
  return false;
}

static int64_t
chosen_article(const Till *till)
{
  const SaleLine *line =
      till->chosen >= 0 ? sale_line(till->sale, (guint)till->chosen) : NULL;
  return line && !line->deleted ? line->product->id : 0;
}

void
labelling_shelf(Till *till, int64_t product_id)
{
  GError *error = NULL;
  if (!has_printer(till))
    return;
  int64_t id = product_id ? product_id : chosen_article(till);
  if (!id) {
    say(till, NOTICE_INFO, NOTICE_NO_LINE);
    return;
  }
  g_autofree char *subject = g_strdup_printf("%" G_GINT64_FORMAT, id);
  if (!print_store_add(till->store, KIND_SHELF, subject, 0, till_now_us(till), &error)) {
    till_failed(till, error);
    return;
  }
  say(till, NOTICE_INFO, NOTICE_LABEL_SENT);
  labelling_start(till);
}

void
labelling_dose(Till *till, const DoseFacts *facts)
{
  const char *words[N_LABEL_WORDS];
  if (!has_printer(till))
    return;
  translate(words);
  g_autoptr(Label) label = label_dose(facts, size_of_roll(till), words);
  if (!label) {
    say(till, NOTICE_WARN, NOTICE_LABEL_TOO_MUCH);
    return;
  }
  g_autoptr(GBytes) bytes = tspl_encode(label);
  device_send(till->device[USE_LABEL], bytes, TAG_DOSE);
}

void
labelling_test(Till *till)
{
  g_autofree char *date = local_date(till_now_us(till));
  DoseFacts sample = {.patient = _("SAMPLE, no patient"),
                      .drug = _("Amoxicillin capsules"),
                      .spec = "0.25g×24",
                      .dose = _("By mouth  2 at a time  3 times a day"),
                      .times = _("Morning, noon, evening, after meals"),
                      .warning = _("Not when allergic to penicillin. No alcohol"),
                      .pharmacy = till->store_name,
                      .phone = till->store_phone,
                      .date = date};
  labelling_dose(till, &sample);
}

/* A recalled ticket's articles have no units: asked for again. */
static bool
is_loose(Till *till, const SaleLine *line)
{
  g_autoptr(Product) product = NULL;
  if (line->deleted || !legal_class_is_medicine(line->product->legal_class) ||
      line->product->measure != MEASURE_COUNT || !till->catalogue ||
      !product_store_find(
          till->catalogue, line->product->id, till_now_us(till), &product, NULL) ||
      !product)
    return false;
  for (guint i = 0; i < product->units->len; i++)
    if (((const ProductUnit *)product->units->pdata[i])->base > line->unit_base)
      return true;
  return false;
}

GArray *
labelling_loose_lines(Till *till)
{
  GArray *lines = g_array_new(FALSE, FALSE, sizeof(int));
  if (!till->device[USE_LABEL])
    return lines;
  g_autofree char *wanted = settings_text(till, "label.loose");
  if (g_str_equal(wanted, "off"))
    return lines;
  for (guint i = 0; i < till->sale->lines->len; i++) {
    int row = (int)i;
    if (is_loose(till, sale_line(till->sale, i)))
      g_array_append_val(lines, row);
  }
  return lines;
}
