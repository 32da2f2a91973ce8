/* Reports of a keyboard: the first byte says how long each is. */
#include "drivers/key_reports.h"

#include "tests/fuzz/fuzz.h"

#define MOST_TYPED 8 /* bytes that one report can type: six keys, a number of four */

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
  if (length < 1)
    return 0;
  size_t step = bytes[0] % 16 + 1u;
  KeyReports keys = {0};
  g_autoptr(GString) typed = g_string_new(NULL);
  for (size_t at = 1; at < length; at += step) {
    gsize before = typed->len, n = MIN(step, length - at);
    g_autofree uint8_t *report = g_memdup2(bytes + at, n);
    key_reports_hear(&keys, report, n, typed);
    PROMISE(typed->len - before <= KEY_REPORTS_SLOTS + MOST_TYPED);
  }
  /* Ctrl+@ types NUL; all else is UTF-8. */
  for (gsize i = 0; i < typed->len; i++)
    typed->str[i] = typed->str[i] ? typed->str[i] : '@';
  PROMISE(g_utf8_validate(typed->str, (gssize)typed->len, NULL));
  return 0;
}
