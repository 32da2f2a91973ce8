/* known_devices: makers and models by their USB ids. Facts of the trade; what a device is
 * in the end, its descriptors say (plugged.c). The udev rules are made from it too. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

typedef enum {
  KNOWN_SCANNER,       /* in any of its modes; the interfaces tell which */
  KNOWN_SCANNER_ASKED, /* these ids are a scanner's and other things' */
  KNOWN_SCANNER_WRONG, /* in a mode of its own: IBM, SNAPI */
  KNOWN_PRINTER,       /* receipts, ESC/POS; also when its class says "vendor" */
  KNOWN_PRINTER_ASKED, /* perhaps: a cable for any printer, a maker of many kinds */
  KNOWN_LABEL,         /* TSPL */
  KNOWN_LABEL_WRONG,   /* a label printer of another language */
  KNOWN_ID_READER,
  KNOWN_SCALE,
  KNOWN_SERIAL, /* a chip that makes a serial line; anything may hang on it */
  N_KNOWN_KINDS
} KnownKind;

typedef struct {
  uint16_t vendor, first, last; /* products; 0 … 0xffff: all of this maker's */
  KnownKind kind;
  const char *name; /* "Epson TM-T20"; the maker alone where models are not told apart */
} KnownDevice;

/* Ends with a row whose name is NULL; the first row that fits counts. */
extern const KnownDevice KNOWN_DEVICES[];
const KnownDevice *known_device(uint16_t vendor, uint16_t product); /* NULL: unknown */

/* Rules of udev that give whoever sits at the till the right to these devices, and to
 * printers and card readers of unknown makers (transfer full). Keyboards never by their
 * class: whoever may open one may listen to what is typed. */
char *known_devices_rules(void);
/* The rules for one more device; @is_typing: it types like a keyboard, and its keys are
 * for Guitai alone (transfer full). */
char *known_devices_rule(uint16_t vendor, uint16_t product, bool is_typing);
