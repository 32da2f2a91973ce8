/* printer_id: what a USB printer says it is, by the request GET_DEVICE_ID (USB printer
 * class 1.1, 4.2.1; IEEE 1284, 7.6): "MFG:EPSON;CMD:ESC/POS;MDL:TM-T20II;CLS:PRINTER;".
 * Pure; the bytes are hostile. */
#pragma once

#include <glib.h>

#define PRINTER_ID_MOST 63 /* bytes of a value */

typedef struct {
  /* Printable ASCII, without blanks at the ends; "" when it does not say. */
  char maker[PRINTER_ID_MOST + 1], model[PRINTER_ID_MOST + 1],
      commands[PRINTER_ID_MOST + 1];
} PrinterId;

/* @bytes: the answer as it came: a length of two bytes that counts itself, big-endian as
 * specified, little-endian as some printers have it; then the text. */
void printer_id_parse(const guint8 *bytes, gsize length, PrinterId *ret);
