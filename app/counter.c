#include "app/counter.h"

#include <string.h>

#include "app/card_reading.h"
#include "db/sample_store.h"
#include "db/stock_store.h"
#include "drivers/decode.h"
#include "drivers/id_card.h"
#include "drivers/sim/desk.h"
#include "drivers/sim/sample_cards.h"

#define LOOK_EVERY_MS   50
#define SAMPLE_ARTICLES 4
#define SAMPLE_BADGES   2
#define SAMPLE_TRACE20  "81150000000000004207"
#define SAMPLE_PAY18    "134567890123456789"

struct Counter {
  Till *till; /* borrowed */
  CounterWatch watch;
  gpointer data;
  int cards_read; /* off the desk's reader when last told */
  guint look;
  int serial;
  gsize printed;     /* bytes on the paper when last told */
  gsize printed_now; /* told when it did not grow any more */
  guint paper_mark;  /* of the text on the paper when last told */
  bool drawer_open;
  bool cutter_jammed;
  int card;
};

static void
tell(Counter *counter, WireKind kind, CounterDevice device, const char *what, gsize bytes)
{
  WireEvent event = {kind, device, till_now_us(counter->till), what, bytes};
  counter->watch(counter, &event, counter->data);
}

/* -- What the desk shows ----------------------------------------------------------- */

static gsize
count_printed(void)
{
  g_autoptr(GBytes) all = desk_printed_bytes();
  return g_bytes_get_size(all);
}

static void
look_at_paper(Counter *counter)
{
  gsize now = count_printed();
  g_autofree char *text = desk_paper_text();
  guint mark = g_str_hash(text);
  if (now < counter->printed)
    counter->printed = now;
  /* A job comes in pieces: told once, when nothing more came since the last look. */
  bool is_over = now == counter->printed_now && now > counter->printed;
  counter->printed_now = now;
  if (!is_over)
    return;
  gsize came = now - counter->printed;
  counter->printed = now;
  if (mark != counter->paper_mark)
    tell(counter, WIRE_PRINTED, COUNTER_PRINTER, NULL, came);
  counter->paper_mark = mark;
}

static void
look_at_drawer(Counter *counter)
{
  bool open = desk_drawer_is_open();
  if (open == counter->drawer_open)
    return;
  counter->drawer_open = open;
  tell(counter, open ? WIRE_DRAWER_OPENED : WIRE_DRAWER_SHUT, COUNTER_PRINTER, NULL, 0);
}

/* Whose card lies there, as its own chip says. */
static void
look_at_reader(Counter *counter)
{
  guint8 block[ID_CARD_BLOCK];
  int read = desk_cards_read();
  bool is_new = read > counter->cards_read && counter->card >= 0;

  counter->cards_read = read;
  if (!is_new)
    return;
  sample_cards_write(counter->card, block);
  g_autoptr(IdCard) card = id_card_read(block, sizeof block, NULL);
  g_autofree char *who = card ? card_reading_who(card) : NULL;
  tell(counter, WIRE_CARD_READ, COUNTER_ID_READER, who, sizeof block);
}

static gboolean
on_look(gpointer data)
{
  Counter *counter = data;
  int serial = desk_serial();
  bool is_settled = serial == counter->serial;
  look_at_reader(counter);
  if (is_settled && counter->printed_now == counter->printed)
    return G_SOURCE_CONTINUE;
  counter->serial = serial;
  look_at_drawer(counter);
  look_at_paper(counter);
  if (!is_settled)
    counter->watch(counter, NULL, counter->data);
  return G_SOURCE_CONTINUE;
}

/* -- Switches ---------------------------------------------------------------------- */

void
counter_scan(Counter *counter, const char *bytes, gsize length)
{
  if (length == 0)
    return;
  g_autofree char *what = g_utf8_make_valid(bytes, length);
  tell(counter, WIRE_SCANNED, COUNTER_SCANNER, what, length);
  desk_scan(bytes, length);
}

void
counter_plug(Counter *counter, CounterDevice device, bool plugged)
{
  static const DeskDevice devices[] = {[COUNTER_SCANNER] = DESK_SCANNER,
                                       [COUNTER_PRINTER] = DESK_PRINTER,
                                       [COUNTER_ID_READER] = DESK_ID_READER};
  desk_plug(devices[device], plugged);
  tell(counter, plugged ? WIRE_PLUGGED : WIRE_UNPLUGGED, device, NULL, 0);
}

bool
counter_is_plugged(Counter *counter, CounterDevice device)
{
  switch (device) {
  case COUNTER_SCANNER:
    return desk_is_plugged(DESK_SCANNER);
  case COUNTER_PRINTER:
    return desk_is_plugged(DESK_PRINTER);
  case COUNTER_ID_READER:
    return desk_is_plugged(DESK_ID_READER);
  }
  return false;
}

void
counter_set_paper(Counter *counter, bool loaded)
{
  desk_set_paper(loaded);
  tell(counter, loaded ? WIRE_PAPER_IN : WIRE_PAPER_OUT, COUNTER_PRINTER, NULL, 0);
}

bool
counter_has_paper(Counter *counter)
{
  return desk_has_paper();
}

void
counter_set_cover(Counter *counter, bool open)
{
  desk_set_cover(open);
  tell(counter, open ? WIRE_COVER_OPENED : WIRE_COVER_SHUT, COUNTER_PRINTER, NULL, 0);
}

bool
counter_cover_is_open(Counter *counter)
{
  return desk_cover_is_open();
}

void
counter_set_cutter_jam(Counter *counter, bool jammed)
{
  counter->cutter_jammed = jammed;
  desk_set_cutter_jam(jammed);
  WireKind kind = jammed ? WIRE_CUTTER_JAMMED : WIRE_CUTTER_FREED;
  tell(counter, kind, COUNTER_PRINTER, NULL, 0);
}

bool
counter_cutter_is_jammed(Counter *counter)
{
  return counter->cutter_jammed;
}

void
counter_tear(Counter *counter)
{
  desk_tear();
  counter->printed = counter->printed_now = 0;
  counter->paper_mark = g_str_hash("");
  tell(counter, WIRE_TORN, COUNTER_PRINTER, NULL, 0);
}

char *
counter_paper_text(Counter *counter)
{
  return desk_paper_text();
}

bool
counter_save_paper(Counter *counter, const char *path, GError **error)
{
  return desk_save_paper_png(path, error);
}

bool
counter_drawer_is_open(Counter *counter)
{
  return desk_drawer_is_open();
}

void
counter_push_drawer(Counter *counter)
{
  desk_push_drawer();
}

int
counter_n_cards(Counter *counter)
{
  return desk_n_cards();
}

const char *
counter_card_name(Counter *counter, int card)
{
  return desk_card_name(card);
}

void
counter_lay_card(Counter *counter, int card)
{
  counter->card = card;
  desk_lay_card(card);
}

int
counter_card(Counter *counter)
{
  return counter->card;
}

void
counter_reset(Counter *counter)
{
  desk_reset();
  counter->card = -1;
  counter->cards_read = 0;
  counter->cutter_jammed = false;
  counter->printed = counter->printed_now = 0;
  counter->paper_mark = g_str_hash("");
  counter->drawer_open = desk_drawer_is_open();
  counter->serial = desk_serial();
  counter->watch(counter, NULL, counter->data);
}

/* -- Pictures ---------------------------------------------------------------------- */

GPtrArray *
counter_scan_picture(Counter *counter, const char *path, GError **error)
{
  g_autoptr(GPtrArray) found = decode_file(path, error);
  if (!found)
    return NULL;
  GPtrArray *codes = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
  for (guint i = 0; i < found->len; i++) {
    const DecodedCode *code = found->pdata[i];
    GByteArray *bytes = g_byte_array_new();
    if (code->is_gs1)
      g_byte_array_append(bytes, (const guint8 *)code->aim, (guint)strlen(code->aim));
    g_byte_array_append(bytes, (const guint8 *)code->text, (guint)code->length);
    g_ptr_array_add(codes, g_byte_array_free_to_bytes(bytes));
  }
  if (codes->len == 1) {
    gsize length;
    const char *bytes = g_bytes_get_data(codes->pdata[0], &length);
    counter_scan(counter, bytes, length);
  }
  return codes;
}

/* -- Codes to try ------------------------------------------------------------------ */

void
counter_sample_free(CounterSample *sample)
{
  if (!sample)
    return;
  g_free(sample->name);
  g_free(sample->code);
  g_free(sample);
}

static void
add_sample(GPtrArray *samples, SampleKind kind, const char *name, char *code)
{
  CounterSample *sample = g_new0(CounterSample, 1);
  sample->kind = kind;
  sample->name = g_strdup(name);
  sample->code = code;
  g_ptr_array_add(samples, sample);
}

/* On file are 14 digits; on the pack stand 13, or the 8 of a small one. */
static const char *
as_printed(const char *code)
{
  if (strlen(code) != 14 || *code != '0')
    return code;
  return g_str_has_prefix(code, "000000") ? code + 6 : code + 1;
}

/* The article's code as a DataMatrix of a pack would carry it: with the lot that goes
 * first. */
static char *
gs1_code(Till *till, const SampleCode *article)
{
  char gtin[15];
  g_autoptr(GPtrArray) lots = NULL;
  if (!barcode_to_gtin14(article->code, gtin) ||
      !stock_store_lots(till->store, article->product_id, &lots, NULL))
    return NULL;
  const Lot *lot = lot_first_out(lots, till_today(till));
  if (!lot || lot->expiry == DAY_NONE || *lot->lot_no == '\0')
    return NULL;
  return g_strdup_printf("]d201%s17%06d10%s", gtin, lot->expiry % 1000000, lot->lot_no);
}

/* The last digit one further: what a torn label reads as. */
static char *
spoilt_code(const char *code)
{
  char *spoilt = g_strdup(code);
  gsize length = strlen(spoilt);
  spoilt[length - 1] = (char)('0' + (spoilt[length - 1] - '0' + 1) % 10);
  return spoilt;
}

static void
add_articles(Counter *counter, GPtrArray *samples)
{
  Till *till = counter->till;
  g_autoptr(GPtrArray) articles = NULL;
  if (!till->catalogue ||
      !sample_store_articles(till->catalogue, SAMPLE_ARTICLES, &articles, NULL))
    return;
  for (guint i = 0; i < articles->len; i++) {
    const SampleCode *article = articles->pdata[i];
    add_sample(
        samples, SAMPLE_ARTICLE, article->name, g_strdup(as_printed(article->code)));
  }
  if (articles->len == 0)
    return;
  const SampleCode *first = articles->pdata[0];
  char *gs1 = gs1_code(till, first);
  if (gs1)
    add_sample(samples, SAMPLE_GS1, first->name, gs1);
  add_sample(samples, SAMPLE_BAD_CHECK, NULL, spoilt_code(as_printed(first->code)));
}

static void
add_badges(Counter *counter, GPtrArray *samples)
{
  g_autoptr(GPtrArray) badges = NULL;
  if (!counter->till->catalogue ||
      !sample_store_badges(counter->till->catalogue, SAMPLE_BADGES, &badges, NULL))
    return;
  for (guint i = 0; i < badges->len; i++) {
    const SampleCode *badge = badges->pdata[i];
    const char *mark = g_ascii_isdigit(*badge->code) ? "S" : "";
    add_sample(samples, SAMPLE_BADGE, badge->name, g_strconcat(mark, badge->code, NULL));
  }
}

GPtrArray *
counter_samples(Counter *counter)
{
  GPtrArray *samples =
      g_ptr_array_new_with_free_func((GDestroyNotify)counter_sample_free);
  add_articles(counter, samples);
  add_badges(counter, samples);
  add_sample(samples, SAMPLE_TRACE, NULL, g_strdup(SAMPLE_TRACE20));
  add_sample(samples, SAMPLE_PAYMENT, NULL, g_strdup(SAMPLE_PAY18));
  return samples;
}

/* -- Beginning and end ------------------------------------------------------------- */

bool
counter_serves(const Till *till)
{
  const Device *devices[] = {till->device[USE_SCANNER],
                             till->device[USE_PRINTER],
                             till->device[USE_ID_READER],
                             till->device[USE_CARD_READER]};
  for (gsize i = 0; i < G_N_ELEMENTS(devices); i++) {
    if (devices[i] && g_str_has_prefix(device_address(devices[i]), "sim-"))
      return true;
  }
  return false;
}

Counter *
counter_new(Till *till, CounterWatch watch, gpointer data)
{
  Counter *counter = g_new0(Counter, 1);
  counter->till = till;
  counter->watch = watch;
  counter->data = data;
  counter->card = -1;
  counter->serial = desk_serial();
  counter->drawer_open = desk_drawer_is_open();
  g_autofree char *text = desk_paper_text();
  counter->paper_mark = g_str_hash(text);
  counter->printed = counter->printed_now = count_printed();
  counter->cards_read = desk_cards_read();
  counter->look = g_timeout_add(LOOK_EVERY_MS, on_look, counter);
  return counter;
}

void
counter_free(Counter *counter)
{
  if (!counter)
    return;
  g_source_remove(counter->look);
  g_free(counter);
}
