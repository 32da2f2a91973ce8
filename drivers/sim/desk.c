#include "drivers/sim/desk.h"

#include <pthread.h>
#include <time.h>

#include "app/base/clock.h"
#include "drivers/sim/desk_ports.h"
#include "drivers/sim/desk_things.h"
#include "drivers/sim/ic_reader_model.h"
#include "drivers/sim/id_reader_model.h"
#include "drivers/sim/printer_model.h"
#include "drivers/sim/sample_cards.h"
#include "drivers/sim/scanner_model.h"

#define COLUMNS      48
#define DOTS         576
#define MOST_REPORTS 1000  /* a scanner's memory */
#define AIM          3     /* length of a symbology identifier */
#define LOOK_US      20000 /* between two looks at what nobody's hand changes */

struct DeskPort {
  DeskDevice device;
  int cable;
};

/* pthread's own lock, not GLib's: ThreadSanitizer sees it. */
static struct {
  pthread_mutex_t lock;
  pthread_cond_t changed;
  bool plugged[N_DESK_DEVICES];
  int cable[N_DESK_DEVICES]; /* grows at each pull: an old cable leads nowhere */
  int delay_ms[N_DESK_DEVICES];
  int64_t late_until_us[N_DESK_DEVICES];
  ScannerModel *scanner; /* owned */
  PrinterModel *printer;
  IdReaderModel *reader;
  IcReaderModel *chip_reader;
  int serial;
} desk = {.lock = PTHREAD_MUTEX_INITIALIZER};

static pthread_once_t once = PTHREAD_ONCE_INIT;

/* Everything below is called with the lock held, down to the public functions. */

static void
lay_out(void)
{
  desk.serial += desk.printer ? printer_model_serial(desk.printer) + 1 : 1;
  desk.serial += desk_things_serial();
  scanner_model_free(desk.scanner);
  printer_model_free(desk.printer);
  id_reader_model_free(desk.reader);
  ic_reader_model_free(desk.chip_reader);
  desk.scanner = scanner_model_new(SCANNER_HID_POS);
  desk.printer = printer_model_new(COLUMNS, DOTS);
  desk.reader = id_reader_model_new();
  desk.chip_reader = ic_reader_model_new();
  desk_things_lay_out();
  for (int i = 0; i < N_DESK_DEVICES; i++) {
    desk.plugged[i] = true;
    desk.delay_ms[i] = 0;
    desk.late_until_us[i] = 0;
  }
}

static void
build(void)
{
  pthread_condattr_t monotonic;

  pthread_condattr_init(&monotonic);
  pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
  pthread_cond_init(&desk.changed, &monotonic);
  pthread_condattr_destroy(&monotonic);
  lay_out();
}

static void
lock(void)
{
  pthread_once(&once, build);
  pthread_mutex_lock(&desk.lock);
}

static void
unlock(void)
{
  pthread_mutex_unlock(&desk.lock);
}

static void
unlock_changed(void)
{
  desk.serial++;
  pthread_cond_broadcast(&desk.changed);
  unlock();
}

void
desk_lock(void)
{
  lock();
}

void
desk_unlock(void)
{
  unlock();
}

void
desk_unlock_changed(void)
{
  unlock_changed();
}

/* Waits for any change on the desk. */
static void
wait_until(int64_t at_us)
{
  struct timespec at = {at_us / G_USEC_PER_SEC, at_us % G_USEC_PER_SEC * 1000};
  pthread_cond_timedwait(&desk.changed, &desk.lock, &at);
}

static bool
leads(const DeskPort *port, GError **error)
{
  if (desk.plugged[port->device] && desk.cable[port->device] == port->cable)
    return true;
  g_set_error_literal(error, DEVICE_ERROR, DEVICE_ERROR_GONE, "it is not plugged in");
  return false;
}

/* A delay is spent on the first answer that would be there; what follows waits with it.
 */
static bool
is_late(DeskDevice device, int64_t now_us)
{
  if (desk.delay_ms[device]) {
    desk.late_until_us[device] = now_us + (int64_t)desk.delay_ms[device] * 1000;
    desk.delay_ms[device] = 0;
  }
  return now_us < desk.late_until_us[device];
}

static gssize
answer(DeskDevice device, guint8 *bytes, gsize room, int64_t now_us)
{
  if (device == DESK_PRINTER)
    return (gssize)printer_model_answer(desk.printer, bytes, room, now_us);
  if (is_late(device, now_us))
    return 0;
  if (device == DESK_IC_READER)
    return (gssize)ic_reader_model_answer(desk.chip_reader, bytes, room);
  return device == DESK_ID_READER
             ? (gssize)id_reader_model_answer(desk.reader, bytes, room)
             : (gssize)desk_things_answer(device, bytes, room);
}

static gssize
take(DeskDevice device, const guint8 *bytes, gsize length, int64_t now_us)
{
  if (device == DESK_PRINTER)
    return (gssize)printer_model_take(desk.printer, bytes, length, now_us);
  if (device == DESK_IC_READER)
    ic_reader_model_take(desk.chip_reader, bytes, length);
  else if (!desk_things_take(device, bytes, length))
    id_reader_model_take(desk.reader, bytes, length);
  return (gssize)length;
}

/* When something may have changed without anybody's hand, at most @end_us. */
static int64_t
next_moment(DeskDevice device, int64_t now_us, int64_t end_us)
{
  int64_t next_us = MIN(end_us, now_us + LOOK_US);

  if (device == DESK_PRINTER) {
    int64_t run_us = printer_model_run(desk.printer, now_us);
    if (run_us > now_us)
      next_us = MIN(next_us, run_us);
  }
  return next_us;
}

static gssize
port_write(
    gpointer end, const guint8 *bytes, gsize length, int timeout_ms, GError **error)
{
  DeskPort *port = end;
  int64_t now_us = clock_monotonic_us(), end_us = now_us + (int64_t)timeout_ms * 1000;
  gssize taken = 0;

  lock();
  while (leads(port, error) && (taken = take(port->device, bytes, length, now_us)) == 0 &&
         now_us < end_us) {
    wait_until(next_moment(port->device, now_us, end_us));
    now_us = clock_monotonic_us();
  }
  bool is_there = leads(port, NULL);
  unlock();
  return is_there ? taken : -1;
}

static gssize
port_read(gpointer end, guint8 *bytes, gsize room, int timeout_ms, GError **error)
{
  DeskPort *port = end;
  int64_t now_us = clock_monotonic_us(), end_us = now_us + (int64_t)timeout_ms * 1000;
  gssize came = 0;

  lock();
  while (leads(port, error) && (came = answer(port->device, bytes, room, now_us)) == 0 &&
         now_us < end_us) {
    wait_until(next_moment(port->device, now_us, end_us));
    now_us = clock_monotonic_us();
  }
  bool is_there = leads(port, NULL);
  unlock();
  return is_there ? came : -1;
}

static int64_t
port_now_us(gpointer end)
{
  return clock_monotonic_us();
}

const Wire DESK_WIRE = {port_write, port_read, port_now_us};

DeskPort *
desk_port_open(DeskDevice device, GError **error)
{
  DeskPort *port = g_new(DeskPort, 1);

  lock();
  *port = (DeskPort){device, desk.cable[device]};
  bool is_there = leads(port, error);
  if (is_there)
    desk_things_connect(device);
  unlock();
  if (!is_there)
    g_clear_pointer(&port, g_free);
  return port;
}

void
desk_port_close(DeskPort *port)
{
  g_free(port);
}

GBytes *
desk_port_report(DeskPort *port, int timeout_ms, GError **error)
{
  int64_t now_us = clock_monotonic_us(), end_us = now_us + (int64_t)timeout_ms * 1000;
  GBytes *report = NULL;

  lock();
  while (leads(port, error) && !report && now_us < end_us) {
    if (scanner_model_waiting(desk.scanner) && !is_late(DESK_SCANNER, now_us))
      report = scanner_model_take(desk.scanner);
    else
      wait_until(next_moment(DESK_SCANNER, now_us, end_us));
    now_us = clock_monotonic_us();
  }
  unlock();
  return report;
}

bool
desk_port_tell(DeskPort *port, GBytes *report, GError **error)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data(report, &length);
  lock();
  bool is_there = leads(port, error);
  if (is_there)
    scanner_model_hear(desk.scanner, bytes, length, false);
  unlock_changed();
  return is_there;
}

void
desk_reset(void)
{
  lock();
  lay_out();
  unlock_changed();
}

void
desk_plug(DeskDevice device, bool plugged)
{
  lock();
  if (!plugged && desk.plugged[device]) {
    desk.cable[device]++;
    if (device == DESK_PRINTER)
      printer_model_switch_off(desk.printer);
    else if (device == DESK_ID_READER)
      id_reader_model_switch_off(desk.reader);
    else if (device == DESK_IC_READER)
      ic_reader_model_switch_off(desk.chip_reader);
    else if (device != DESK_SCANNER)
      desk_things_switch_off(device);
    else
      scanner_model_switch_off(desk.scanner);
  }
  desk.plugged[device] = plugged;
  unlock_changed();
}

bool
desk_is_plugged(DeskDevice device)
{
  lock();
  bool plugged = desk.plugged[device];
  unlock();
  return plugged;
}

void
desk_set_delay(DeskDevice device, int ms)
{
  lock();
  desk.delay_ms[device] = device == DESK_PRINTER ? 0 : MAX(ms, 0);
  if (device == DESK_PRINTER)
    printer_model_set_delay(desk.printer, MAX(ms, 0));
  unlock_changed();
}

static bool
has_identifier(const char *code, gsize length)
{
  return length >= AIM && code[0] == ']' && g_ascii_isalpha(code[1]) &&
         g_ascii_isalnum(code[2]);
}

void
desk_scan(const void *bytes, gsize length)
{
  gsize aim = has_identifier(bytes, length) ? AIM : 0;
  g_autofree char *identifier = g_strndup(bytes, aim);

  lock();
  if (desk.plugged[DESK_SCANNER] && scanner_model_waiting(desk.scanner) < MOST_REPORTS)
    scanner_model_scan(
        desk.scanner, aim ? identifier : NULL, (const char *)bytes + aim, length - aim);
  unlock_changed();
}

int
desk_beeps(Beep beep)
{
  lock();
  int beeps = scanner_model_beeps(desk.scanner, beep);
  unlock();
  return beeps;
}

void
desk_set_paper(bool loaded)
{
  lock();
  printer_model_load_paper(desk.printer, loaded);
  unlock_changed();
}

void
desk_set_paper_left_mm(int mm)
{
  lock();
  printer_model_set_paper_left(desk.printer, mm);
  unlock_changed();
}

void
desk_set_cover(bool open)
{
  lock();
  printer_model_open_cover(desk.printer, open);
  unlock_changed();
}

void
desk_set_cutter_jam(bool jammed)
{
  lock();
  printer_model_jam_cutter(desk.printer, jammed);
  unlock_changed();
}

void
desk_set_silent(bool silent)
{
  lock();
  printer_model_set_silent(desk.printer, silent);
  unlock_changed();
}

void
desk_set_pace(int mm_per_s)
{
  lock();
  printer_model_set_pace(desk.printer, mm_per_s);
  unlock_changed();
}

bool
desk_has_paper(void)
{
  lock();
  bool has = printer_model_has_paper(desk.printer);
  unlock();
  return has;
}

bool
desk_cover_is_open(void)
{
  lock();
  bool open = printer_model_cover_is_open(desk.printer);
  unlock();
  return open;
}

char *
desk_paper_text(void)
{
  lock();
  printer_model_run(desk.printer, clock_monotonic_us());
  char *text = printer_model_text(desk.printer);
  unlock();
  return text;
}

GBytes *
desk_printed_bytes(void)
{
  lock();
  printer_model_run(desk.printer, clock_monotonic_us());
  GBytes *bytes = printer_model_printed(desk.printer);
  unlock();
  return bytes;
}

bool
desk_save_paper_png(const char *path, GError **error)
{
  lock();
  printer_model_run(desk.printer, clock_monotonic_us());
  bool saved = printer_model_save_png(desk.printer, path, error);
  unlock();
  return saved;
}

void
desk_tear(void)
{
  lock();
  printer_model_tear(desk.printer);
  unlock_changed();
}

int
desk_serial(void)
{
  lock();
  printer_model_run(desk.printer, clock_monotonic_us());
  int serial = desk.serial + printer_model_serial(desk.printer) + desk_things_serial();
  unlock();
  return serial;
}

bool
desk_drawer_is_open(void)
{
  lock();
  bool open = printer_model_drawer_is_open(desk.printer);
  unlock();
  return open;
}

void
desk_push_drawer(void)
{
  lock();
  printer_model_close_drawer(desk.printer);
  unlock_changed();
}

void
desk_lay_card(int card)
{
  lock();
  id_reader_model_lay(desk.reader, card >= 0 && card < sample_cards_count() ? card : -1);
  unlock_changed();
}

int
desk_n_cards(void)
{
  return sample_cards_count();
}

const char *
desk_card_name(int card)
{
  return sample_cards_name(card);
}

int
desk_cards_read(void)
{
  lock();
  int n = id_reader_model_n_read(desk.reader);
  unlock();
  return n;
}

void
desk_fail_card(DeskCardFault fault, int times)
{
  static const IdFaultKind FAULTS[] = {
      [DESK_CARD_SELECT] = ID_FAULT_SELECT, [DESK_CARD_READ] = ID_FAULT_READ};
  lock();
  id_reader_model_fail(desk.reader, FAULTS[fault], times);
  unlock_changed();
}

void
desk_put_chip(int chip)
{
  lock();
  ic_reader_model_put(desk.chip_reader, chip);
  unlock_changed();
}

int
desk_n_chips(void)
{
  return N_IC_SAMPLES;
}

const char *
desk_chip_name(int chip)
{
  return ic_sample_name(chip);
}
