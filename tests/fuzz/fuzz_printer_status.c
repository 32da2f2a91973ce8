/* What a printer may answer, split anywhere: bytes 0-1 say what was asked and how it is
 * split. */
#include "drivers/printer_status.h"

#include <string.h>

#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
  if (length < 2)
    return 0;
  PrinterStatus whole = {.asking = bytes[0] % 5, .wants_name = bytes[0] & 0x80};
  PrinterStatus pieces = whole;
  size_t piece = bytes[1] % 8 + 1;

  printer_status_hear(&whole, bytes + 2, length - 2);
  for (size_t at = 2; at < length; at += piece)
    printer_status_hear(&pieces, bytes + at, MIN(piece, length - at));
  PROMISE(memcmp(&whole, &pieces, sizeof whole) == 0);
  PROMISE(whole.asking >= 0 && whole.asking <= 4);
  PROMISE(whole.n_automatic >= 0 && whole.n_automatic < 4);
  PROMISE(!whole.has_name || memchr(whole.name, 0, sizeof whole.name));
  DeviceState state = printer_status_state(&whole);
  PROMISE(!(state & DEVICE_GONE));
  PROMISE(!((state & DEVICE_PAPER_OUT) && (state & DEVICE_PAPER_LOW)));
  return 0;
}
