#include "drivers/printer.h"

#include <string.h>

#include "drivers/escpos.h"
#include "drivers/printer_status.h"

#define CHUNK        4096
#define WRITE_MS     250
#define ANSWER_MS    500   /* a printer that answers at all does so by then */
#define LATE_MS      1000  /* after this an answer is not waited for any more */
#define STALL_MS     5000  /* takes no byte, complains of nothing */
#define CONFIRM_MS   20000 /* a long receipt comes out in that time */
#define BELIEVE_MS   500   /* for printers that never confirm */
#define GLANCE_MS    250   /* between two questions while it prints */
#define PULSE_GAP_MS 1000  /* the drawer's magnet must cool */
#define PROBE_MS     30000 /* between two questions to a silent printer */
#define SELDOM_MS    30000 /* and to one that tells by itself */
#define PATIENT_MS   1000  /* takes no byte for so long: asked why, even amid a picture */
#define NAME_MS      2000  /* to say what it is */
#define QUESTION_MS  50
#define PATIENCE     2 /* unanswered questions before none are asked */
#define TAIL         8 /* bytes of a question at most */

#define MS 1000

#define PORT_PAPER_END 0x20

/* GS I 67 and GS I 66, asked one after the other: their answers look alike. */
typedef enum { NAMES_NONE, NAMES_MODEL, NAMES_MAKER, NAMES_DONE } Names;

struct Printer {
  const Wire *wire;
  gpointer end;
  PrinterCable cable;
  PrinterStatus status;
  int unanswered[5]; /* by n of DLE EOT, in a row */
  int64_t asked_us;
  int64_t probe_us;    /* when a silent one is asked again */
  int64_t seldom_us;   /* when one that tells by itself is asked again */
  bool never_confirms; /* answers questions, but not GS r */
  int64_t pulsed_us;   /* 0: never */
  guint8 tail[TAIL];   /* of a question that the cable took only in part */
  gsize n_tail;
  gsize begun; /* NULs that end a command it may have been left in the middle of */
  bool port_had_paper;
  DeviceState port_state;
  Names names;
  int64_t named_us; /* when the last was asked */
  char maker[PRINTER_NAME_MOST + 1], model[PRINTER_NAME_MOST + 1];
};

static int64_t
now_us(const Printer *printer)
{
  return printer->wire->now_us(printer->end);
}

static bool
is_silent(const Printer *printer)
{
  return printer->cable.cannot_answer ||
         (!printer->status.tells && printer->unanswered[1] >= PATIENCE);
}

static bool
hear(Printer *printer, int timeout_ms, GError **error)
{
  guint8 bytes[64];
  gssize came = printer->wire->read(printer->end, bytes, sizeof bytes, timeout_ms, error);

  if (came < 0)
    return false;
  printer_status_hear(&printer->status, bytes, (gsize)came);
  if (printer->status.spoke)
    memset(printer->unanswered, 0, sizeof printer->unanswered);
  printer->status.spoke = false;
  return true;
}

/* What lies in the wire is old; an endless babble is not listened to for ever. */
static bool
drain(Printer *printer, GError **error)
{
  guint8 bytes[64];
  gssize came = 1;

  for (int i = 0; i < 16 && came > 0; i++) {
    came = printer->wire->read(printer->end, bytes, sizeof bytes, 0, error);
    if (came > 0)
      printer_status_hear(&printer->status, bytes, (gsize)came);
  }
  return came >= 0;
}

static bool
await_answer(Printer *printer, int patience_ms, GError **error)
{
  int64_t end_us = printer->asked_us + (int64_t)patience_ms * MS;

  for (int64_t left_us = end_us - now_us(printer);
       printer->status.asking && left_us > 0 && !device_is_ending();
       left_us = end_us - now_us(printer))
    if (!hear(printer, (int)(left_us / MS) + 1, error))
      return false;
  return true;
}

/* The rest of a question that was begun goes out before anything else may.
 * @return 1: nothing is left of it; 0: something is; -1: @error. */
static int
end_question(Printer *printer, GError **error)
{
  if (!printer->n_tail)
    return 1;
  gssize taken = printer->wire->write(
      printer->end, printer->tail, printer->n_tail, QUESTION_MS, error);
  if (taken < 0)
    return -1;
  printer->n_tail -= (gsize)taken;
  memmove(printer->tail, printer->tail + taken, printer->n_tail);
  return printer->n_tail == 0;
}

/* @length: at most TAIL. @return 1: sent; 0: the cable took no byte, or not all of them
 * yet; -1: @error. */
static int
put_question(Printer *printer, const guint8 *bytes, gsize length, GError **error)
{
  int ended = end_question(printer, error);
  if (ended != 1)
    return ended;
  gssize taken = printer->wire->write(printer->end, bytes, length, QUESTION_MS, error);
  if (taken <= 0)
    return (int)taken;
  printer->n_tail = length - (gsize)taken;
  memcpy(printer->tail, bytes + taken, printer->n_tail);
  return printer->n_tail == 0;
}

/* DLE EOT n. @return false with @error only; not every question gets an answer. */
static bool
ask(Printer *printer, int n, GError **error)
{
  const guint8 question[] = {0x10, 0x04, (guint8)n};

  if (!await_answer(printer, LATE_MS, error) || !drain(printer, error))
    return false;
  printer->status.asking = 0;
  int sent = put_question(printer, question, sizeof question, error);
  if (sent != 1)
    return sent == 0;
  printer->status.asking = n;
  printer->asked_us = now_us(printer);
  if (!await_answer(printer, ANSWER_MS, error))
    return false;
  if (printer->status.asking)
    printer->unanswered[n]++;
  return true;
}

/* A silent one may have been switched to answering meanwhile. */
static bool
probe(Printer *printer, GError **error)
{
  if (printer->cable.cannot_answer || now_us(printer) < printer->probe_us)
    return hear(printer, 0, error);
  printer->probe_us = now_us(printer) + (int64_t)PROBE_MS * MS;
  return ask(printer, 1, error);
}

static void
look_at_port(Printer *printer)
{
  int status =
      printer->cable.port_status ? printer->cable.port_status(printer->cable.port) : -1;

  printer->port_had_paper |= status >= 0 && !(status & PORT_PAPER_END);
  printer->port_state =
      status >= 0 && (status & PORT_PAPER_END) && printer->port_had_paper
          ? DEVICE_PAPER_OUT
          : 0;
}

static bool
ask_all(Printer *printer, GError **error)
{
  for (int n = 1; n <= 4; n++) {
    if (printer->unanswered[n] < PATIENCE && !ask(printer, n, error))
      return false;
    if (n == 1 && printer->unanswered[1])
      break;
  }
  if (printer->unanswered[1])
    printer->status.tells = false;
  if (is_silent(printer))
    printer->probe_us = now_us(printer) + (int64_t)PROBE_MS * MS;
  printer->seldom_us = now_us(printer) + (int64_t)SELDOM_MS * MS;
  return true;
}

static bool
look(Printer *printer, GError **error)
{
  if (is_silent(printer)) {
    look_at_port(printer);
    return probe(printer, error);
  }
  if (printer->status.tells && now_us(printer) < printer->seldom_us)
    return hear(printer, 0, error);
  return ask_all(printer, error);
}

/* Of a silent one nothing else is known, and nothing stands in the way of a sale. */
static DeviceState
state_of(const Printer *printer)
{
  if (is_silent(printer))
    return printer->port_state;
  DeviceState state = printer_status_state(&printer->status);
  return printer->cable.closed_is_high ? state ^ DEVICE_DRAWER_OPEN : state;
}

/* GS a: from now on it tells what changes. Only one that answers is asked: another might
 * print the question. ESC @ may make it forget, so it is said again after a job. */
static bool
ask_to_tell(Printer *printer, GError **error)
{
  static const guint8 GS_A[] = {0x1d, 0x61, 0x0f};
  return put_question(printer, GS_A, sizeof GS_A, error) >= 0;
}

static bool
ask_name(Printer *printer, int which, GError **error)
{
  const guint8 question[] = {0x1d, 0x49, (guint8)which};

  printer->status.has_name = printer->status.is_naming = false;
  printer->status.wants_name = true;
  printer->named_us = now_us(printer);
  return put_question(printer, question, sizeof question, error) >= 0;
}

static bool
ask_maker(Printer *printer, GError **error)
{
  if (printer->status.has_name)
    g_strlcpy(printer->model, printer->status.name, sizeof printer->model);
  printer->names = printer->status.has_name ? NAMES_MAKER : NAMES_DONE;
  return !printer->status.has_name || ask_name(printer, 66, error);
}

/* Once it has answered something, it is asked what it is; in the pauses between jobs. */
static bool
get_to_know(Printer *printer, GError **error)
{
  bool is_time = printer->status.has_name ||
                 now_us(printer) > printer->named_us + (int64_t)NAME_MS * MS;

  if (is_silent(printer) || printer->unanswered[1])
    return true;
  if (printer->names == NAMES_NONE) {
    printer->names = NAMES_MODEL;
    return ask_to_tell(printer, error) && ask_name(printer, 67, error);
  }
  if (printer->names == NAMES_MODEL && is_time)
    return ask_maker(printer, error);
  if (printer->names == NAMES_MAKER && is_time) {
    if (printer->status.has_name)
      g_strlcpy(printer->maker, printer->status.name, sizeof printer->maker);
    printer->names = NAMES_DONE;
    printer->status.wants_name = printer->status.is_naming = false;
  }
  return true;
}

/* Looks, and fails when something keeps the printer from printing. */
static bool
look_for_fault(Printer *printer, GError **error)
{
  return look(printer, error) && !printer_status_fault(state_of(printer), error);
}

static bool
is_interrupted(GError **error)
{
  if (!device_is_ending())
    return false;
  g_set_error_literal(
      error, DEVICE_ERROR, DEVICE_ERROR_GONE, "the device is being closed");
  return true;
}

/* The cable took nothing this time. One that tells has told why; another is asked, but
 * not at once: a question lands amid the job's bytes. */
static bool
wait_for_room(Printer *printer, int64_t moved_us, GError **error)
{
  bool is_long = now_us(printer) - moved_us > (int64_t)PATIENT_MS * MS;

  if (!is_long && !hear(printer, 0, error))
    return false;
  if (is_long && !is_silent(printer))
    return ask_all(printer, error) && !printer_status_fault(state_of(printer), error);
  return is_long ? look_for_fault(printer, error)
                 : !printer_status_fault(state_of(printer), error);
}

static bool
send_bytes(Printer *printer, const guint8 *bytes, gsize length, GError **error)
{
  int64_t moved_us = now_us(printer);

  for (gsize sent = 0; sent < length;) {
    if (is_interrupted(error))
      return false;
    int ended = end_question(printer, error);
    gssize taken =
        ended == 1
            ? printer->wire->write(
                  printer->end, bytes + sent, MIN(length - sent, CHUNK), WRITE_MS, error)
            : ended;
    if (taken < 0)
      return false;
    sent += (gsize)taken;
    if (taken > 0) {
      moved_us = now_us(printer);
      continue;
    }
    if (!wait_for_room(printer, moved_us, error))
      return false;
    if (now_us(printer) - moved_us > (int64_t)STALL_MS * MS) {
      g_set_error_literal(
          error, DEVICE_ERROR, DEVICE_ERROR_NO_ANSWER, "the printer takes no more bytes");
      return false;
    }
  }
  return true;
}

/* @return false with @error when it stopped; the confirmation may come in with the
 * answers. */
static bool
is_whole_so_far(Printer *printer, GError **error)
{
  GError *failure = NULL;

  if (look_for_fault(printer, &failure))
    return true;
  if (printer->status.buffer_done) {
    g_error_free(failure);
    return true;
  }
  g_propagate_error(error, failure);
  return false;
}

/* It may turn out to be silent while it is waited for. */
static int
confirm_ms(const Printer *printer)
{
  return is_silent(printer) || printer->never_confirms ? BELIEVE_MS : CONFIRM_MS;
}

/* GS r is answered when the buffer reaches it: all before it is on paper. */
static bool
confirm(Printer *printer, GError **error)
{
  static const guint8 GS_A_GS_R[] = {0x1d, 0x61, 0x0f, 0x1d, 0x72, 1};
  gsize from = is_silent(printer) || printer->names == NAMES_NONE ? 3 : 0;

  if (!drain(printer, error))
    return false;
  printer->status.buffer_done = false;
  if (!send_bytes(printer, GS_A_GS_R + from, sizeof GS_A_GS_R - from, error))
    return false;
  int64_t began_us = now_us(printer);
  /* It told by itself once; does it still? */
  printer->seldom_us = MIN(printer->seldom_us, began_us + (int64_t)LATE_MS * 2 * MS);
  while (!printer->status.buffer_done &&
         now_us(printer) < began_us + (int64_t)confirm_ms(printer) * MS) {
    if (is_interrupted(error) || !hear(printer, GLANCE_MS, error))
      return false;
    if (!printer->status.buffer_done && !is_whole_so_far(printer, error))
      return false;
  }
  printer->never_confirms = !is_silent(printer) && !printer->status.buffer_done;
  if (is_silent(printer) && printer->status.buffer_done)
    printer->probe_us = 0;
  return true;
}

#define PULSE_LENGTH 5

/* ESC p m t1 t2, maybe after ESC @. @return where it ends; 0: the job begins otherwise.
 */
static gsize
pulse_end(const guint8 *bytes, gsize length)
{
  gsize at = length >= 2 && bytes[0] == 0x1b && bytes[1] == 0x40 ? 2 : 0;
  bool is_pulse =
      length >= at + PULSE_LENGTH && bytes[at] == 0x1b && bytes[at + 1] == 0x70;
  return is_pulse ? at + PULSE_LENGTH : 0;
}

static bool
wait_for_gap(Printer *printer, GError **error)
{
  if (!printer->pulsed_us)
    return true;
  int64_t end_us = printer->pulsed_us + (int64_t)PULSE_GAP_MS * MS;
  for (int64_t left_us = end_us - now_us(printer); left_us > 0;
       left_us = end_us - now_us(printer))
    if (is_interrupted(error) ||
        !hear(printer, (int)MIN(left_us / MS + 1, GLANCE_MS), error))
      return false;
  return true;
}

/* DLE DC4 1: at once, whatever keeps the printer from printing. */
static bool
pulse_now(Printer *printer, GError **error)
{
  static const guint8 PULSE[] = {0x10, 0x14, 1, 0, 2};
  if (!wait_for_gap(printer, error))
    return false;
  printer->pulsed_us = now_us(printer);
  return put_question(printer, PULSE, sizeof PULSE, error) >= 0 &&
         (is_silent(printer) || ask_all(printer, error));
}

/* DLE ENQ 2: a job that failed must not come out later, beside its copy. */
static void
take_back(Printer *printer)
{
  static const guint8 CLEAR[] = {0x10, 0x05, 2};
  if (put_question(printer, CLEAR, sizeof CLEAR, NULL) == 1)
    drain(printer, NULL);
}

/* A printer left in the middle of a picture takes what comes next for the rest of it; a
 * NUL is white there, and nothing elsewhere. */
static bool
end_begun(Printer *printer, GError **error)
{
  static const guint8 NULS[256];

  for (gsize part; printer->begun > 0; printer->begun -= part) {
    part = MIN(printer->begun, sizeof NULS);
    if (!send_bytes(printer, NULS, part, error))
      return false;
  }
  return true;
}

static bool
print_now(Printer *printer, const guint8 *bytes, gsize length, GError **error)
{
  GError *failure = NULL;

  if (!end_begun(printer, error))
    return false;
  if (send_bytes(printer, bytes, length, &failure) && confirm(printer, &failure)) {
    /* For the drawer's state; whatever comes of it, the job is on paper. */
    if (!is_silent(printer) && !printer->status.tells)
      ask(printer, 1, NULL);
    return true;
  }
  printer->begun = ESCPOS_LONGEST;
  if (!g_error_matches(failure, DEVICE_ERROR, DEVICE_ERROR_GONE))
    take_back(printer);
  g_propagate_error(error, failure);
  return false;
}

/* Something keeps it from printing, but the change must get into the drawer. */
static bool
pulse_only(Printer *printer, bool is_whole_job, GError **error)
{
  if (g_error_matches(*error, DEVICE_ERROR, DEVICE_ERROR_GONE) ||
      !pulse_now(printer, NULL) || !is_whole_job ||
      !(state_of(printer) & DEVICE_DRAWER_OPEN))
    return false;
  g_clear_error(error);
  return true;
}

/* A pulse that comes too soon waits; but a drawer that the last one opened needs no
 * other. */
static bool
print_after_pulse(
    Printer *printer, const guint8 *bytes, gsize length, gsize end, GError **error)
{
  bool is_soon = printer->pulsed_us &&
                 now_us(printer) < printer->pulsed_us + (int64_t)PULSE_GAP_MS * MS;

  if (is_soon && (state_of(printer) & DEVICE_DRAWER_OPEN)) {
    g_autofree guint8 *rest = g_memdup2(bytes, length);
    memmove(rest + end - PULSE_LENGTH, rest + end, length - end);
    return print_now(printer, rest, length - PULSE_LENGTH, error);
  }
  if (!wait_for_gap(printer, error))
    return false;
  printer->pulsed_us = now_us(printer);
  return print_now(printer, bytes, length, error);
}

static bool
print_job(Printer *printer, const guint8 *bytes, gsize length, GError **error)
{
  gsize end = pulse_end(bytes, length);

  if (!look_for_fault(printer, error))
    return end && pulse_only(printer, end == length, error);
  return end ? print_after_pulse(printer, bytes, length, end, error)
             : print_now(printer, bytes, length, error);
}

Printer *
printer_new(const Wire *wire, gpointer end)
{
  Printer *printer = g_new0(Printer, 1);
  printer->wire = wire;
  printer->end = end;
  return printer;
}

void
printer_free(Printer *printer)
{
  g_free(printer);
}

void
printer_set_cable(Printer *printer, const PrinterCable *cable)
{
  printer->cable = *cable;
  /* The last who had it may have been cut off amid a picture. */
  printer->begun = ESCPOS_LONGEST;
}

const char *
printer_maker(const Printer *printer)
{
  return printer->maker;
}

const char *
printer_model(const Printer *printer)
{
  return printer->model;
}

bool
printer_tells(const Printer *printer)
{
  return printer->status.tells;
}

bool
printer_print(Printer *printer, GBytes *job, DeviceState *state, GError **error)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data(job, &length);
  GError *failure = NULL;
  bool done = print_job(printer, bytes, length, &failure);

  *state = state_of(printer);
  if (failure)
    g_propagate_error(error, failure);
  return done;
}

bool
printer_look(Printer *printer, DeviceState *state, GError **error)
{
  if (!look(printer, error) || !get_to_know(printer, error))
    return false;
  *state = state_of(printer);
  return true;
}
