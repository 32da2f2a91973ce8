#include "drivers/line_scanner.h"

#define ROOM      512
#define MOST_US   500000 /* a stream that never ends must not keep the thread */
#define US_PER_MS 1000

struct LineScanner {
  const Wire *wire;
  gpointer end;
  CodeFrame *frame; /* owned */
};

LineScanner *
line_scanner_new(const Wire *wire, gpointer end, int64_t silence_us)
{
  LineScanner *scanner = g_new(LineScanner, 1);
  *scanner = (LineScanner){wire, end, code_frame_new(silence_us)};
  return scanner;
}

void
line_scanner_free(LineScanner *scanner)
{
  if (!scanner)
    return;
  code_frame_free(scanner->frame);
  g_free(scanner);
}

/* @return how many bytes came; -1: @error. */
static gssize
hear(LineScanner *scanner, int wait_ms, GError **error)
{
  guint8 bytes[ROOM];
  gssize came = scanner->wire->read(scanner->end, bytes, sizeof bytes, wait_ms, error);
  if (came > 0)
    code_frame_hear(
        scanner->frame, bytes, (gsize)came, scanner->wire->now_us(scanner->end));
  return came;
}

static int
ms_until(const LineScanner *scanner, int64_t due_us)
{
  int64_t left_us = due_us - scanner->wire->now_us(scanner->end);
  return (int)MAX((left_us + US_PER_MS - 1) / US_PER_MS, 0);
}

static void
nudge(void)
{
  Device *device = device_here();
  if (device)
    device_nudge(device);
}

GBytes *
line_scanner_listen(LineScanner *scanner, int wait_ms, GError **error)
{
  GBytes *code = code_frame_take(scanner->frame, 0);
  if (code)
    return code;
  int64_t end_us = scanner->wire->now_us(scanner->end) + MOST_US;
  int64_t due_us = code_frame_due_us(scanner->frame);

  for (;;) {
    gssize came = hear(scanner, due_us ? ms_until(scanner, due_us) : wait_ms, error);
    int64_t now_us = scanner->wire->now_us(scanner->end);
    /* What is already in the cable comes before silence. */
    code = code_frame_take(scanner->frame, came == 0 ? now_us : 0);
    bool is_endless = now_us >= end_us;
    if (!code && is_endless)
      nudge();
    if (code)
      g_clear_error(error);
    due_us = code_frame_due_us(scanner->frame);
    if (code || came < 0 || is_endless || !due_us)
      return code;
  }
}
