#include "drivers/sim/printer_model.h"

#include <string.h>

#include "drivers/escpos_stream.h"
#include "drivers/paper.h"

#define BUFFER       4096
#define RESERVE      64 /* bytes above a full buffer, for questions in between */
#define DOTS_PER_MM  8
#define NEAR_END_MM  500 /* the sensor at the spool */
#define MOST_PRINTED (8 << 20)
#define ENDLESS      (-1)

struct PrinterModel {
  Paper *paper;        /* owned */
  EscposStream *cut;   /* owned; the bytes once more, cut into commands for @printed */
  GByteArray *buffer;  /* owned; received, not yet printed */
  GByteArray *printed; /* owned; since the paper was torn; without questions */
  GByteArray *answers; /* owned; not yet sent */
  int64_t now_us, answer_at_us, busy_until_us;
  int delay_ms, pace;
  guint8 heard[3]; /* the last bytes, for commands obeyed at once */
  int n_heard;

  bool has_paper, cover_open, cutter_jammed, drawer_open, silent;
  bool is_hot, is_broken;
  const char *maker, *name; /* borrowed; NULL: it does not say */
  bool cutter_stuck;        /* it jammed in the middle of a cut */
  gint64 left_dots;         /* of paper; ENDLESS */
  int news;                 /* GS a: what it tells by itself */
  int serial;
};

static bool
is_out(const PrinterModel *model)
{
  return !model->has_paper || model->left_dots == 0;
}

static bool
is_stopped(const PrinterModel *model)
{
  return is_out(model) || model->cover_open || model->cutter_stuck || model->is_hot ||
         model->is_broken;
}

static bool
is_near_end(const PrinterModel *model)
{
  return is_out(model) || (model->left_dots != ENDLESS &&
                           model->left_dots < (gint64)NEAR_END_MM * DOTS_PER_MM);
}

static void
say(PrinterModel *model, const guint8 *bytes, guint length)
{
  if (model->silent)
    return;
  if (model->delay_ms)
    model->answer_at_us = model->now_us + (int64_t)model->delay_ms * 1000;
  model->delay_ms = 0;
  g_byte_array_append(model->answers, bytes, length);
}

/* Of the second automatic byte and of the answer to DLE EOT 3. */
static guint8
error_bits(const PrinterModel *model)
{
  return (guint8)((model->cutter_stuck ? 0x08 : 0) | (model->is_broken ? 0x20 : 0) |
                  (model->is_hot ? 0x40 : 0));
}

/* Automatic status back: four bytes, the patterns as in the manuals. */
static void
say_news(PrinterModel *model)
{
  const guint8 news[] = {
      (guint8)(0x10 | (model->drawer_open ? 0x04 : 0) | (is_stopped(model) ? 0x08 : 0) |
               (model->cover_open ? 0x20 : 0)),
      error_bits(model),
      (guint8)((is_near_end(model) ? 0x03 : 0) | (is_out(model) ? 0x0c : 0)),
      0,
  };
  if (model->news)
    say(model, news, sizeof news);
}

static void
changed(PrinterModel *model)
{
  model->serial++;
  say_news(model);
}

static void
open_drawer(PrinterModel *model)
{
  if (model->drawer_open)
    return;
  model->drawer_open = true;
  changed(model);
}

static void
answer_sensor(PrinterModel *model, int n)
{
  guint8 paper = (guint8)((is_near_end(model) ? 0x03 : 0) | (is_out(model) ? 0x0c : 0));
  guint8 drawer = model->drawer_open ? 0x01 : 0;
  say(model, n == 2 ? &drawer : &paper, 1);
}

static void
answer_name(PrinterModel *model, int n)
{
  const char *text = n == 66 ? model->maker : n == 67 ? model->name : NULL;
  if (!text)
    return;
  say(model, (const guint8 *)"_", 1);
  say(model, (const guint8 *)text, (guint)strlen(text) + 1);
}

static bool
on_paper(PaperSign sign, int n, gpointer data)
{
  PrinterModel *model = data;

  switch (sign) {
  case PAPER_CUTS:
    model->cutter_stuck = model->cutter_jammed;
    if (model->cutter_stuck)
      changed(model);
    return !model->cutter_stuck;
  case PAPER_PULSES:
    open_drawer(model);
    break;
  case PAPER_ASKS_SENSOR:
    answer_sensor(model, n);
    break;
  case PAPER_ASKS_NAME:
    answer_name(model, n);
    break;
  case PAPER_WANTS_NEWS:
    model->news = n;
    say_news(model);
    break;
  }
  return true;
}

static void
answer_now(PrinterModel *model, int n)
{
  guint8 answer = 0x12;

  if (n == 1)
    answer |= (model->drawer_open ? 0x04 : 0) | (is_stopped(model) ? 0x08 : 0);
  else if (n == 2)
    answer |= (model->cover_open ? 0x04 : 0) | (is_out(model) ? 0x20 : 0) |
              (error_bits(model) ? 0x40 : 0);
  else if (n == 3)
    answer |= error_bits(model);
  else if (n == 4)
    answer |= (is_near_end(model) ? 0x0c : 0) | (is_out(model) ? 0x60 : 0);
  else
    return;
  say(model, &answer, 1);
}

static void
forget_job(PrinterModel *model)
{
  g_byte_array_set_size(model->buffer, 0);
  paper_reset(model->paper);
  escpos_stream_reset(model->cut);
}

/* Obeyed on arrival, whatever waits in the buffer: DLE EOT n, DLE ENQ 2, DLE DC4 1. */
static void
hear_now(PrinterModel *model, guint8 byte)
{
  const guint8 *last = model->heard;

  if (model->n_heard == 2 && last[0] == 0x10 && last[1] == 0x04)
    answer_now(model, byte);
  else if (model->n_heard == 2 && last[0] == 0x10 && last[1] == 0x05 && byte == 2)
    forget_job(model);
  else if (model->n_heard == 2 && last[0] == 0x10 && last[1] == 0x14 && byte == 1)
    open_drawer(model);
  if (byte == 0x10) {
    model->heard[0] = byte;
    model->n_heard = 1;
  } else if (model->n_heard == 1 && (byte == 0x04 || byte == 0x05 || byte == 0x14)) {
    model->heard[1] = byte;
    model->n_heard = 2;
  } else {
    model->n_heard = 0;
  }
}

static void
note_printed(PrinterModel *model, const guint8 *bytes, gsize length)
{
  if (model->printed->len >= MOST_PRINTED)
    g_byte_array_remove_range(model->printed, 0, MOST_PRINTED / 2);
  g_byte_array_append(model->printed, bytes, (guint)length);
}

static void
note_character(guint8 byte, gpointer data)
{
  note_printed(data, &byte, 1);
}

/* Questions (DLE …, GS r, GS a, GS I) and idle NULs leave no trace on paper. */
static void
note_command(const guint8 *bytes, gsize length, gpointer data)
{
  bool is_question = bytes[0] == 0 || bytes[0] == 0x10 ||
                     (bytes[0] == 0x1d && length > 1 && strchr("raI", bytes[1]));
  if (!is_question)
    note_printed(data, bytes, length);
}

/* @return dots of paper that the byte moved. */
static gint64
print_byte(PrinterModel *model, guint8 byte)
{
  gint64 before = paper_length(model->paper);

  paper_feed(model->paper, &byte, 1);
  escpos_stream_feed(model->cut, &byte, 1);
  gint64 moved = paper_length(model->paper) - before;
  if (moved > 0)
    model->serial++;
  return moved;
}

static void
use_paper(PrinterModel *model, gint64 dots)
{
  if (model->left_dots == ENDLESS || dots <= 0)
    return;
  bool was_near = is_near_end(model);
  model->left_dots = MAX(model->left_dots - dots, 0);
  if (is_near_end(model) != was_near || model->left_dots == 0)
    changed(model);
}

static const EscposStreamWatch NOTE = {note_character, note_command};

PrinterModel *
printer_model_new(int columns, int dots)
{
  PrinterModel *model = g_new0(PrinterModel, 1);

  model->paper = paper_new(columns, dots);
  paper_watch(model->paper, on_paper, model);
  model->cut = escpos_stream_new(&NOTE, model);
  model->buffer = g_byte_array_new();
  model->printed = g_byte_array_new();
  model->answers = g_byte_array_new();
  model->has_paper = true;
  model->left_dots = ENDLESS;
  return model;
}

void
printer_model_free(PrinterModel *model)
{
  if (!model)
    return;
  paper_free(model->paper);
  escpos_stream_free(model->cut);
  g_byte_array_unref(model->buffer);
  g_byte_array_unref(model->printed);
  g_byte_array_unref(model->answers);
  g_free(model);
}

int64_t
printer_model_run(PrinterModel *model, int64_t now_us)
{
  gsize done = 0;

  model->now_us = now_us;
  while (done < model->buffer->len && !is_stopped(model) &&
         now_us >= model->busy_until_us) {
    gint64 moved = print_byte(model, model->buffer->data[done++]);
    use_paper(model, moved);
    if (model->pace)
      model->busy_until_us = MAX(model->busy_until_us, now_us - G_USEC_PER_SEC / 10) +
                             moved * G_USEC_PER_SEC / ((gint64)model->pace * DOTS_PER_MM);
  }
  g_byte_array_remove_range(model->buffer, 0, (guint)done);
  return model->buffer->len && !is_stopped(model) ? model->busy_until_us : 0;
}

gsize
printer_model_take(PrinterModel *model, const guint8 *bytes, gsize length, int64_t now_us)
{
  gsize limit = length <= RESERVE ? BUFFER + RESERVE : BUFFER;

  printer_model_run(model, now_us);
  gsize taken = MIN(length, limit - MIN(limit, model->buffer->len));
  for (gsize i = 0; i < taken; i++) {
    g_byte_array_append(model->buffer, bytes + i, 1);
    hear_now(model, bytes[i]);
  }
  printer_model_run(model, now_us);
  return taken;
}

gsize
printer_model_answer(PrinterModel *model, guint8 *bytes, gsize room, int64_t now_us)
{
  printer_model_run(model, now_us);
  gsize n = MIN(room, model->answers->len);
  if (now_us < model->answer_at_us || n == 0)
    return 0;
  memcpy(bytes, model->answers->data, n);
  g_byte_array_remove_range(model->answers, 0, (guint)n);
  return n;
}

void
printer_model_switch_off(PrinterModel *model)
{
  forget_job(model);
  g_byte_array_set_size(model->answers, 0);
  model->n_heard = model->news = 0;
  model->answer_at_us = model->busy_until_us = 0;
  model->serial++;
}

void
printer_model_load_paper(PrinterModel *model, bool loaded)
{
  model->has_paper = loaded;
  if (loaded && model->left_dots == 0)
    model->left_dots = ENDLESS;
  changed(model);
}

void
printer_model_set_paper_left(PrinterModel *model, int mm)
{
  model->left_dots = mm < 0 ? ENDLESS : (gint64)mm * DOTS_PER_MM;
  changed(model);
}

void
printer_model_open_cover(PrinterModel *model, bool open)
{
  model->cover_open = open;
  changed(model);
}

void
printer_model_jam_cutter(PrinterModel *model, bool jammed)
{
  model->cutter_jammed = jammed;
  if (!jammed)
    model->cutter_stuck = false;
  changed(model);
}

void
printer_model_close_drawer(PrinterModel *model)
{
  model->drawer_open = false;
  changed(model);
}

void
printer_model_set_silent(PrinterModel *model, bool silent)
{
  model->silent = silent;
  if (silent)
    g_byte_array_set_size(model->answers, 0);
}

void
printer_model_set_name(PrinterModel *model, const char *maker, const char *name)
{
  model->maker = maker;
  model->name = name;
}

void
printer_model_set_hot(PrinterModel *model, bool hot)
{
  model->is_hot = hot;
  changed(model);
}

void
printer_model_set_broken(PrinterModel *model, bool broken)
{
  model->is_broken = broken;
  changed(model);
}

void
printer_model_set_delay(PrinterModel *model, int ms)
{
  model->delay_ms = ms;
}

void
printer_model_set_pace(PrinterModel *model, int mm_per_s)
{
  model->pace = MAX(mm_per_s, 0);
}

void
printer_model_tear(PrinterModel *model)
{
  paper_tear(model->paper);
  g_byte_array_set_size(model->printed, 0);
  model->serial++;
}

bool
printer_model_has_paper(const PrinterModel *model)
{
  return !is_out(model);
}

bool
printer_model_cover_is_open(const PrinterModel *model)
{
  return model->cover_open;
}

bool
printer_model_drawer_is_open(const PrinterModel *model)
{
  return model->drawer_open;
}

GBytes *
printer_model_printed(const PrinterModel *model)
{
  return g_bytes_new(model->printed->data, model->printed->len);
}

char *
printer_model_text(const PrinterModel *model)
{
  return paper_text(model->paper);
}

bool
printer_model_save_png(const PrinterModel *model, const char *path, GError **error)
{
  return paper_save_png(model->paper, path, error);
}

int
printer_model_serial(const PrinterModel *model)
{
  return model->serial;
}
