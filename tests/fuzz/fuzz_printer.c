/* The talk with a printer that lies: each byte says what the cable does next, how much it
 * takes or what comes. Whatever it does, a job ends, in bounded time. */
#include "drivers/printer.h"

#include <string.h>

#include "tests/fuzz/fuzz.h"

#define PATIENCE_US (60 * (int64_t)G_USEC_PER_SEC)

typedef struct {
  const uint8_t *bytes;
  size_t left;
  int64_t now_us;
} Liar;

static int
next(Liar *liar)
{
  if (!liar->left)
    return -1;
  liar->left--;
  return *liar->bytes++;
}

static gssize
gone(GError **error)
{
  g_set_error_literal(error, DEVICE_ERROR, DEVICE_ERROR_GONE, "gone");
  return -1;
}

/* 0xff: pulled out; else as many as it says. The end of the input takes nothing. */
static gssize
liar_write(
    gpointer end, const guint8 *bytes, gsize length, int timeout_ms, GError **error)
{
  Liar *liar = end;
  int what = next(liar);

  PROMISE(length > 0 && timeout_ms > 0);
  if (what == 0xff)
    return gone(error);
  gsize taken = what < 0 ? 0 : MIN(length, what & 0x80 ? length : (gsize)what);
  if (!taken)
    liar->now_us += timeout_ms * 1000;
  return (gssize)taken;
}

/* The same for reading; with the highest bit some of the next bytes come. */
static gssize
liar_read(gpointer end, guint8 *bytes, gsize room, int timeout_ms, GError **error)
{
  Liar *liar = end;
  int what = next(liar);
  gsize came = what > 0x7f ? MIN(MIN(room, (gsize)(what & 0x07) + 1), liar->left) : 0;

  PROMISE(timeout_ms >= 0);
  if (what == 0xff)
    return gone(error);
  memcpy(bytes, liar->bytes, came);
  liar->bytes += came;
  liar->left -= came;
  if (!came)
    liar->now_us += MAX(timeout_ms, 1) * 1000;
  return (gssize)came;
}

static int64_t
liar_now_us(gpointer end)
{
  return ((Liar *)end)->now_us;
}

static int
liar_port(gpointer end)
{
  return next(end);
}

static const Wire LIAR_WIRE = {liar_write, liar_read, liar_now_us};
static const guint8 JOB[] = "\x1b@\x1bp\x30\x19\xfahello\n\x1dV\x42\x18";

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
  Liar liar = {bytes, length, 1000 * (int64_t)G_USEC_PER_SEC};
  g_autoptr(Printer) printer = printer_new(&LIAR_WIRE, &liar);
  g_autoptr(GBytes) job = g_bytes_new_static(JOB, sizeof JOB - 1);
  int what = next(&liar);
  PrinterCable cable = {.cannot_answer = what > 0 && what % 16 == 1,
                        .closed_is_high = what > 0 && what & 0x40,
                        .port_status = what > 0 && what & 0x20 ? liar_port : NULL,
                        .port = &liar};
  DeviceState state = 0;

  printer_set_cable(printer, &cable);
  for (int i = 0; i < 3; i++) {
    GError *error = NULL;
    int64_t began_us = liar.now_us;
    bool done = i == 1 ? printer_print(printer, job, &state, &error)
                       : printer_look(printer, &state, &error);
    PROMISE(done == (error == NULL));
    PROMISE(!error || error->domain == DEVICE_ERROR);
    PROMISE(liar.now_us - began_us < PATIENCE_US);
    PROMISE(strlen(printer_maker(printer)) < 64 && strlen(printer_model(printer)) < 64);
    g_clear_error(&error);
  }
  return 0;
}
