/* printer_quirks: what is odd about receipt printers on USB, as data
 * (printer_quirks_table.c), and the options at the end of a printer's address:
 * "escpos:usb:0416:5011@1-2?drawer=low&quirks=silent,soft-reset". */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef enum {
  QUIRK_UNIDIR = 1 << 0,       /* "unidir": never reads, whatever its endpoints say */
  QUIRK_SILENT = 1 << 1,       /* "silent": never answers, is not asked */
  QUIRK_SOFT_RESET = 1 << 2,   /* "soft-reset": wants SOFT_RESET before its first job */
  QUIRK_DELAY_CLOSE = 1 << 3,  /* "delay-close": loses what it got just before */
  QUIRK_VENDOR_CLASS = 1 << 4, /* "vendor-class": its interface is not of class 7 */
  QUIRK_NO_PORT = 1 << 5       /* "no-port": its port status is not to be asked for */
} PrinterQuirks;

PrinterQuirks printer_quirks_of(uint16_t vendor, uint16_t product);

typedef struct {
  char *place; /* owned; what stands before the "?" */
  PrinterQuirks quirks;
  bool closed_is_high; /* drawer=low: pin 3 is low while the drawer is open */
} PrinterOptions;

/* Unknown options are passed over. */
void printer_options_parse(const char *address, PrinterOptions *ret);
void printer_options_clear(PrinterOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PrinterOptions, printer_options_clear)

typedef struct {
  uint16_t vendor, product; /* product 0: all of this vendor */
  PrinterQuirks quirks;
} PrinterQuirk;
extern const PrinterQuirk PRINTER_QUIRKS[]; /* ends with vendor 0 */
