/* A run of bytes on a serial line: FE and a byte are a pause of so many milliseconds, FF
 * takes what is whole. Nothing is lost but what cannot be held, nothing is doubled. */
#include "drivers/code_frame.h"

#include <string.h>

#include "tests/fuzz/fuzz.h"

static gsize
take_all(CodeFrame *frame, int64_t now_us)
{
  gsize taken = 0;
  for (GBytes *code; (code = code_frame_take(frame, now_us)); g_bytes_unref(code)) {
    gsize length;
    const char *bytes = g_bytes_get_data(code, &length);
    PROMISE(length > 0 && length <= CODE_FRAME_LONGEST);
    for (gsize i = 0; i < length; i++)
      PROMISE(!bytes[i] || !strchr("\r\n\t", bytes[i]));
    taken += length;
  }
  return taken;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
  g_autoptr(CodeFrame) frame = code_frame_new(CODE_FRAME_SILENCE_US);
  gsize heard = 0, taken = 0;
  int64_t now_us = 1;
  for (size_t i = 0; i < length; i++) {
    if (bytes[i] == 0xfe && i + 1 < length)
      now_us += bytes[++i] * (int64_t)1000;
    else if (bytes[i] == 0xff)
      taken += take_all(frame, now_us);
    else {
      code_frame_hear(frame, &bytes[i], 1, now_us);
      heard += bytes[i] != '\r' && bytes[i] != '\n' && bytes[i] != '\t';
    }
  }
  taken += take_all(frame, now_us + CODE_FRAME_SILENCE_US);
  PROMISE(code_frame_due_us(frame) == 0);
  PROMISE(taken <= heard &&
          (taken == heard || heard > CODE_FRAME_LONGEST || length > 1024));
  return 0;
}
