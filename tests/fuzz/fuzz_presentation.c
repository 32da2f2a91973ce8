/* A film of any kind: each byte is a code that is seen (its low bits), or the end of a
 * frame. What is told twice must have been away in between. */
#include "drivers/presentation.h"

#include "tests/fuzz/fuzz.h"

#define CODES 100
#define NEVER G_MININT64

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
  Presentation presentation = {0};
  int64_t now_us = 0, seen_us[CODES];
  for (int i = 0; i < CODES; i++)
    seen_us[i] = NEVER;

  presentation_begin(&presentation);
  for (size_t i = 0; i < length; i++) {
    uint8_t code = bytes[i] % 128;
    if (code < CODES) {
      bool is_new = presentation_sees(&presentation, &code, 1);
      PROMISE(!is_new || seen_us[code] == NEVER ||
              now_us - seen_us[code] >= PRESENTATION_AWAY_US);
      if (presentation_has(&presentation, &code, 1))
        seen_us[code] = now_us;
      continue;
    }
    presentation_end(&presentation, bytes[i] & 0x80, now_us);
    PROMISE(presentation.n >= 0 && presentation.n <= PRESENTATION_MAX);
    now_us += (code - CODES) * G_GINT64_CONSTANT(50000);
    presentation_begin(&presentation);
  }
  return 0;
}
