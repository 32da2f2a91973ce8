/* Beep: what a scanner is told to sound; a command for device_send(). Scanners that
 * cannot let it be, without an error. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef enum {
  BEEP_REFUSED,    /* the code was understood and may not be taken here */
  BEEP_NOT_ON_FILE /* nobody knows the code */
} Beep;

GBytes *beep_order(Beep beep); /* (transfer full) */
/* @return false: @bytes are something else. */
bool beep_read(GBytes *bytes, Beep *ret_beep);

/* The characters that make a scanner of this maker (USB vendor) sound, over whatever
 * takes its commands; static. NULL: none is known. */
const char *beep_command(uint16_t vendor);
/* Makers whose scanners must be switched on, and answer commands as if they were codes.
 */
bool beep_is_honeywell(uint16_t vendor);
