#include "drivers/beep.h"

#include <string.h>

static const char *const ORDERS[] = {
    [BEEP_REFUSED] = "beep refused", [BEEP_NOT_ON_FILE] = "beep not on file"};

GBytes *
beep_order(Beep beep)
{
  return g_bytes_new_static(ORDERS[beep], strlen(ORDERS[beep]));
}

bool
beep_read(GBytes *bytes, Beep *ret_beep)
{
  gsize length;
  const char *text = g_bytes_get_data(bytes, &length);
  for (gsize i = 0; i < G_N_ELEMENTS(ORDERS); i++) {
    if (length != strlen(ORDERS[i]) || memcmp(text, ORDERS[i], length) != 0)
      continue;
    *ret_beep = (Beep)i;
    return true;
  }
  return false;
}

bool
beep_is_honeywell(uint16_t vendor)
{
  return vendor == 0x0c2e || vendor == 0x23d0; /* Honeywell, Youjie */
}

/* SYN BEL CR (Honeywell's serial commands). */
const char *
beep_command(uint16_t vendor)
{
  return beep_is_honeywell(vendor) ? "\x16\x07\r" : NULL;
}
