/* Reports of a scanner: read by table, by a right descriptor or by one that is made up:
 * the first byte says which and how long the descriptor and each report are. */
#include "drivers/hid_pos.h"

#include <string.h>

#include "drivers/sim/scanner_model.h"
#include "tests/fuzz/fuzz.h"

static void
check_code(GBytes *code)
{
  if (!code)
    return;
  gsize length;
  const char *bytes = g_bytes_get_data(code, &length);
  PROMISE(length > 0 && length <= HID_POS_LONGEST);
  PROMISE(bytes[length - 1] != '\r' && bytes[length - 1] != '\n');
  g_bytes_unref(code);
}

static void
hear_all(HidPos *pos, const uint8_t *bytes, size_t length, size_t step)
{
  int64_t now_us = 0;
  for (size_t at = 0; at < length; at += step, now_us += 1000) {
    g_autofree uint8_t *report = g_memdup2(bytes + at, MIN(step, length - at));
    check_code(hid_pos_hear(pos, report, MIN(step, length - at), now_us));
  }
  for (int beep = BEEP_REFUSED; beep <= BEEP_NOT_ON_FILE; beep++) {
    uint8_t id;
    g_autoptr(GBytes) report = hid_pos_beep(pos, (Beep)beep, &id);
    PROMISE(!report || g_bytes_get_size(report) > 0);
  }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
  static const ScannerMode MODES[] = {SCANNER_HID_POS, SCANNER_HID_POS_BARE};
  if (length < 2)
    return 0;
  int how = bytes[0] & 3;
  size_t step = 2u * (bytes[0] >> 3) + 2, n = 0;
  const uint8_t *descriptor = NULL;
  if (how == 3) {
    n = MIN(bytes[1], length - 2);
    descriptor = bytes + 2;
  } else if (how > 0) {
    descriptor = scanner_model_descriptor(MODES[how - 1], &n);
  }
  g_autofree uint8_t *exact = g_memdup2(descriptor, n);
  g_autoptr(HidPos) pos =
      hid_pos_new(exact, n, bytes[0] & 4 ? HID_POS_HONEYWELL : HID_POS_PLAIN);
  size_t from = how == 3 ? 2 + n : 1;
  hear_all(pos, bytes + from, length - from, step);
  return 0;
}
