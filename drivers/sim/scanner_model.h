/* ScannerModel: a barcode scanner in each of its modes, without a cable: codes in, the
 * reports and bytes out that a host would get; what a host tells it, in. Thread-less; the
 * desk's twin and the virtual USB devices have it in them. */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "drivers/beep.h"

typedef enum {
  SCANNER_HID_POS,      /* HID point of sale, as most makers do it */
  SCANNER_HID_POS_LATE, /* the same with its identifier one byte late */
  SCANNER_HID_POS_BARE, /* report 1: a length and 62 bytes, the identifier among them */
  SCANNER_WEDGE,        /* types on a US keyboard; control characters with Ctrl */
  SCANNER_WEDGE_ALT,    /* types numbers with Alt held */
  SCANNER_SERIAL,       /* bytes as they are */
  N_SCANNER_MODES
} ScannerMode;

typedef struct ScannerModel ScannerModel;

ScannerModel *scanner_model_new(ScannerMode mode);
void scanner_model_free(ScannerModel *model); /* NULL is fine */
ScannerMode scanner_model_mode(const ScannerModel *model);
/* What follows each code, "\r" at first; "": nothing. */
void scanner_model_set_suffix(ScannerModel *model, const char *suffix);
/* As Honeywell's: silent until the host switches it on, and beeps by command. */
void scanner_model_set_honeywell(ScannerModel *model);
/* On a serial line it only beeps by command. */
void scanner_model_hear_commands(ScannerModel *model);

/* The trigger is pulled. @aim: "]d2" or NULL; wedges and serial lines send it in front of
 * the code. */
void
scanner_model_scan(ScannerModel *model, const char *aim, const void *code, gsize length);
/* The next report or run of bytes for the IN endpoint (transfer full); NULL: none. */
GBytes *scanner_model_take(ScannerModel *model);
guint scanner_model_waiting(const ScannerModel *model); /* how many of them there are */
void scanner_model_switch_off(ScannerModel *model);     /* what waited is lost */

/* The HID report descriptor of its mode; of a serial line NULL, 0. */
const guint8 *scanner_model_descriptor(ScannerMode mode, gsize *ret_length);
/* A SET_REPORT, or what came by the OUT endpoint, its id in front when it has ids; or the
 * bytes on a serial line. @is_feature: a feature report. */
void scanner_model_hear(ScannerModel *model,
                        const guint8 *bytes,
                        gsize length,
                        bool is_feature);
/* How often it was made to sound. Honeywell's beep is the same for both: counted as
 * refused. */
int scanner_model_beeps(const ScannerModel *model, Beep beep);
/* Wedges: the last lamps that were set; -1: never. */
int scanner_model_leds(const ScannerModel *model);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ScannerModel, scanner_model_free)
