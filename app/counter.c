#include "app/counter.h"

#include <string.h>

#include "app/card_reading.h"
#include "app/domain/quantity.h"
#include "app/showing.h"
#include "drivers/decode.h"
#include "drivers/id_card.h"
#include "drivers/sim/desk.h"
#include "drivers/sim/sample_cards.h"

#define LOOK_EVERY_MS 50
#define ASKEW         1000000 /* tries; more than a driver makes before it is laid anew */
#define MG_PER_G      1000

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
  int card, chip;
  int beeps, labels; /* when last told */
  char *shown;       /* owned; by the customer's display when last told */
};

static const DeskDevice DESK_DEVICE[] = {[COUNTER_SCANNER] = DESK_SCANNER,
                                         [COUNTER_PRINTER] = DESK_PRINTER,
                                         [COUNTER_ID_READER] = DESK_ID_READER,
                                         [COUNTER_CHIP_READER] = DESK_IC_READER,
                                         [COUNTER_LABELS] = DESK_LABELS,
                                         [COUNTER_POLE] = DESK_POLE,
                                         [COUNTER_SCALE] = DESK_SCALE};

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

static int
count_beeps(void)
{
  return desk_beeps(BEEP_REFUSED) + desk_beeps(BEEP_NOT_ON_FILE);
}

static void
look_at_scanner(Counter *counter)
{
  int beeps = count_beeps();
  bool is_new = beeps > counter->beeps;
  counter->beeps = beeps;
  if (is_new)
    tell(counter, WIRE_BEEPED, COUNTER_SCANNER, NULL, 0);
}

static void
look_at_labels(Counter *counter)
{
  int labels = desk_n_labels(), came = labels - counter->labels;
  counter->labels = labels;
  if (came <= 0)
    return;
  g_autofree char *count = g_strdup_printf("%d", came);
  tell(counter, WIRE_LABELLED, COUNTER_LABELS, count, 0);
}

/* Both rows in one line; "" when it is dark. */
static char *
shown_now(void)
{
  g_autofree char *text = desk_pole_text();
  g_auto(GStrv) rows = g_strsplit(g_strchomp(text), "\n", -1);
  return g_strstrip(g_strjoinv("  ", rows));
}

static void
look_at_pole(Counter *counter)
{
  g_autofree char *shown = shown_now();
  if (g_str_equal(shown, counter->shown))
    return;
  g_free(counter->shown);
  counter->shown = g_steal_pointer(&shown);
  if (*counter->shown)
    tell(counter, WIRE_SHOWN, COUNTER_POLE, counter->shown, 0);
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
  look_at_scanner(counter);
  look_at_drawer(counter);
  look_at_paper(counter);
  look_at_labels(counter);
  look_at_pole(counter);
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
  desk_plug(DESK_DEVICE[device], plugged);
  tell(counter, plugged ? WIRE_PLUGGED : WIRE_UNPLUGGED, device, NULL, 0);
}

bool
counter_is_plugged(Counter *counter, CounterDevice device)
{
  return desk_is_plugged(DESK_DEVICE[device]);
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

static void
lay_card(Counter *counter, int card, int failures)
{
  counter->card = card;
  desk_fail_card(DESK_CARD_READ, failures);
  desk_lay_card(card);
}

void
counter_lay_card(Counter *counter, int card)
{
  lay_card(counter, card, 0);
}

void
counter_lay_card_askew(Counter *counter, int card)
{
  lay_card(counter, card, ASKEW);
  tell(counter, WIRE_CARD_ASKEW, COUNTER_ID_READER, NULL, 0);
}

int
counter_card(Counter *counter)
{
  return counter->card;
}

int
counter_n_chips(Counter *counter)
{
  return desk_n_chips();
}

const char *
counter_chip_name(Counter *counter, int chip)
{
  return desk_chip_name(chip);
}

void
counter_put_chip(Counter *counter, int chip)
{
  counter->chip = chip;
  desk_put_chip(chip);
  tell(counter, chip >= 0 ? WIRE_CHIP_IN : WIRE_CHIP_OUT, COUNTER_CHIP_READER, NULL, 0);
}

int
counter_chip(Counter *counter)
{
  return counter->chip;
}

void
counter_set_labels(Counter *counter, bool loaded)
{
  desk_set_labels(loaded);
  tell(counter, loaded ? WIRE_LABELS_IN : WIRE_LABELS_OUT, COUNTER_LABELS, NULL, 0);
}

bool
counter_has_labels(Counter *counter)
{
  return desk_has_labels();
}

void
counter_set_head(Counter *counter, bool open)
{
  desk_set_label_head(open);
  tell(counter, open ? WIRE_HEAD_OPENED : WIRE_HEAD_SHUT, COUNTER_LABELS, NULL, 0);
}

bool
counter_head_is_open(Counter *counter)
{
  return desk_label_head_is_open();
}

int
counter_n_labels(Counter *counter)
{
  return desk_n_labels();
}

char *
counter_label_text(Counter *counter)
{
  return desk_label_text();
}

bool
counter_save_label(Counter *counter, const char *path, GError **error)
{
  return desk_save_label_png(path, error);
}

void
counter_tear_labels(Counter *counter)
{
  desk_tear_labels();
  counter->labels = 0;
  tell(counter, WIRE_TORN, COUNTER_LABELS, NULL, 0);
}

char *
counter_pole_text(Counter *counter)
{
  return desk_pole_text();
}

void
counter_lay_weight(Counter *counter, int64_t mg)
{
  g_autofree char *grams = quantity_text(mg, MG_PER_G);
  desk_lay_weight(mg);
  tell(counter, WIRE_WEIGHED, COUNTER_SCALE, grams, 0);
}

int64_t
counter_weight(Counter *counter)
{
  return desk_weight();
}

void
counter_shake_scale(Counter *counter, bool shaken)
{
  desk_shake_scale(shaken);
  tell(counter, shaken ? WIRE_SHAKEN : WIRE_STILL, COUNTER_SCALE, NULL, 0);
}

bool
counter_scale_is_shaken(Counter *counter)
{
  return desk_scale_is_shaken();
}

/* As the desk stands now is nothing to tell. */
static void
look_anew(Counter *counter)
{
  g_autofree char *text = desk_paper_text();
  counter->card = counter->chip = -1;
  counter->cards_read = desk_cards_read();
  counter->cutter_jammed = false;
  counter->printed = counter->printed_now = count_printed();
  counter->paper_mark = g_str_hash(text);
  counter->drawer_open = desk_drawer_is_open();
  counter->beeps = count_beeps();
  counter->labels = desk_n_labels();
  g_free(counter->shown);
  counter->shown = shown_now();
  counter->serial = desk_serial();
}

void
counter_reset(Counter *counter)
{
  desk_reset();
  desk_lay_weight(0); /* and says so */
  look_anew(counter);
  showing_again(counter->till);
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

/* -- Beginning and end ------------------------------------------------------------- */

bool
counter_serves(const Till *till)
{
  for (DeviceUse use = 0; use < N_DEVICE_USES; use++) {
    const Device *device = till->device[use];
    if (device && g_str_has_prefix(device_address(device), "sim-"))
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
  look_anew(counter);
  counter->look = g_timeout_add(LOOK_EVERY_MS, on_look, counter);
  return counter;
}

void
counter_free(Counter *counter)
{
  if (!counter)
    return;
  g_source_remove(counter->look);
  g_free(counter->shown);
  g_free(counter);
}
