/* What a USB printer says it is, and the profile that would be chosen. */
#include "drivers/printer_id.h"

#include <string.h>

#include "drivers/escpos.h"
#include "tests/fuzz/fuzz.h"

static void
check(const char *value)
{
  PROMISE(memchr(value, 0, PRINTER_ID_MOST + 1));
  for (const char *c = value; *c; c++)
    PROMISE(*c >= 0x20 && *c < 0x7f);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
  PrinterId id;
  g_autofree guint8 *exact = g_memdup2(bytes, length);

  printer_id_parse(exact, length, &id);
  check(id.maker);
  check(id.model);
  check(id.commands);
  const EscposProfile *profile = escpos_profile_for(id.maker, id.model);
  PROMISE(!profile || *profile->vendor);
  return 0;
}
