#include "drivers/printer.h"

#include <string.h>

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
#define PATIENCE     2     /* unanswered questions before none are asked */

#define MS 1000

struct Printer {
  const Wire *wire;
  gpointer end;
  PrinterStatus status;
  int unanswered[5]; /* by n of DLE EOT, in a row */
  int64_t asked_us;
  int64_t probe_us;    /* when a silent one is asked again */
  bool never_confirms; /* answers questions, but not GS r */
  int64_t pulsed_us;   /* 0: never */
};

static int64_t
now_us(const Printer *printer)
{
  return printer->wire->now_us(printer->end);
}

static bool
is_silent(const Printer *printer)
{
  return printer->unanswered[1] >= PATIENCE;
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

/* DLE EOT n. @return false with @error only; not every question gets an answer. */
static bool
ask(Printer *printer, int n, GError **error)
{
  const guint8 question[] = {0x10, 0x04, (guint8)n};

  if (!await_answer(printer, LATE_MS, error) || !drain(printer, error))
    return false;
  printer->status.asking = 0;
  gssize taken = printer->wire->write(printer->end, question, sizeof question, 50, error);
  if (taken < (gssize)sizeof question)
    return taken >= 0;
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
  if (now_us(printer) < printer->probe_us)
    return hear(printer, 0, error);
  printer->probe_us = now_us(printer) + (int64_t)PROBE_MS * MS;
  return ask(printer, 1, error);
}

static bool
look(Printer *printer, GError **error)
{
  if (is_silent(printer))
    return probe(printer, error);
  for (int n = 1; n <= 4; n++) {
    if (printer->unanswered[n] < PATIENCE && !ask(printer, n, error))
      return false;
    if (n == 1 && printer->unanswered[1])
      break;
  }
  if (is_silent(printer))
    printer->probe_us = now_us(printer) + (int64_t)PROBE_MS * MS;
  return true;
}

/* Of a silent one nothing is known, and nothing stands in the way of a sale. */
static DeviceState
state_of(const Printer *printer)
{
  return is_silent(printer) ? 0 : printer_status_state(&printer->status);
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

static bool
send_bytes(Printer *printer, const guint8 *bytes, gsize length, GError **error)
{
  int64_t moved_us = now_us(printer);

  for (gsize sent = 0; sent < length;) {
    if (is_interrupted(error))
      return false;
    gssize taken = printer->wire->write(
        printer->end, bytes + sent, MIN(length - sent, CHUNK), WRITE_MS, error);
    if (taken < 0)
      return false;
    sent += (gsize)taken;
    if (taken > 0) {
      moved_us = now_us(printer);
      continue;
    }
    if (!look_for_fault(printer, error))
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

  if (is_silent(printer) || look_for_fault(printer, &failure))
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
  static const guint8 GS_R[] = {0x1d, 0x72, 1};

  if (!drain(printer, error))
    return false;
  printer->status.buffer_done = false;
  if (!send_bytes(printer, GS_R, sizeof GS_R, error))
    return false;
  int64_t began_us = now_us(printer);
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
  return printer->wire->write(printer->end, PULSE, sizeof PULSE, WRITE_MS, error) >= 0 &&
         look(printer, error);
}

/* DLE ENQ 2: a job that failed must not come out later, beside its copy. */
static void
take_back(Printer *printer)
{
  static const guint8 CLEAR[] = {0x10, 0x05, 2};
  if (printer->wire->write(printer->end, CLEAR, sizeof CLEAR, WRITE_MS, NULL) > 0)
    drain(printer, NULL);
}

static bool
print_now(Printer *printer, const guint8 *bytes, gsize length, GError **error)
{
  GError *failure = NULL;

  if (send_bytes(printer, bytes, length, &failure) && confirm(printer, &failure)) {
    /* For the drawer's state; whatever comes of it, the job is on paper. */
    if (!is_silent(printer))
      ask(printer, 1, NULL);
    return true;
  }
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
  if (!look(printer, error))
    return false;
  *state = state_of(printer);
  return true;
}
