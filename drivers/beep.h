/* Beep: what a scanner is told to sound; a command for device_send(). Scanners that
 * cannot let it be, without an error. */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef enum {
  BEEP_REFUSED,    /* the code was understood and may not be taken here */
  BEEP_NOT_ON_FILE /* nobody knows the code */
} Beep;

GBytes *beep_order(Beep beep); /* (transfer full) */
/* @return false: @bytes are something else. */
bool beep_read(GBytes *bytes, Beep *ret_beep);
