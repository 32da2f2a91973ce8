/* Desk: simulated hardware on a table: a scanner, a receipt printer with a cash drawer,
 * readers of ID cards and of chip cards. Full devices: they run out of paper, open, jam,
 * answer late, are pulled out. The drivers "sim-scanner:", "sim-printer:",
 * "sim-id-reader:", "sim-ccid:", "sim-label:", "sim-pole:" and "sim-scale:" talk to the
 * one desk of the process; the virtual counter and the scenes turn its switches.
 *
 * It stands for hardware outside the process and so may be touched from any thread (it
 * locks itself); nothing else of Guitai may. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "drivers/beep.h"

typedef enum {
  DESK_SCANNER,
  DESK_PRINTER,
  DESK_ID_READER,
  DESK_IC_READER,
  DESK_LABELS,
  DESK_POLE,
  DESK_SCALE,
  N_DESK_DEVICES
} DeskDevice;

void desk_reset(void); /* everything plugged in, paper in, closed, nothing printed */

void desk_plug(DeskDevice device, bool plugged);
bool desk_is_plugged(DeskDevice device);
/* The next answers of @device come @ms late. */
void desk_set_delay(DeskDevice device, int ms);

/* As if the trigger were pulled: @bytes arrive as they are, without CR and LF at their
 * end; put a symbology identifier in front ("]d2", DecodedCode.aim) where the scanner is
 * to send one. */
void desk_scan(const void *bytes, gsize length);
int desk_beeps(Beep beep); /* how often the scanner was made to sound since the reset */

void desk_set_paper(bool loaded);
void desk_set_paper_left_mm(int mm); /* runs out by itself while printing; -1: endless */
void desk_set_cover(bool open);
void desk_set_cutter_jam(bool jammed);
/* How fast paper comes out: 0 (as after a reset): at once; a real printer: about 150. */
void desk_set_pace(int mm_per_s);
void desk_set_silent(bool silent); /* a clone that never answers a status request */
bool desk_has_paper(void);
bool desk_cover_is_open(void);
/* What came out so far as text and as bytes (transfer full); tearing starts afresh. The
 * bytes are those of the jobs, one after the other, without the driver's questions. */
char *desk_paper_text(void);
GBytes *desk_printed_bytes(void);
bool desk_save_paper_png(const char *path, GError **error);
void desk_tear(void);
int desk_serial(void); /* grows with every visible change; poll it to redraw */

bool desk_drawer_is_open(void);
void desk_push_drawer(void);

/* Lays a sample card on the reader: 0 … desk_n_cards()-1; -1 takes it away. */
void desk_lay_card(int card);
int desk_n_cards(void);
const char *desk_card_name(int card); /* fictional people */
int desk_cards_read(void);            /* ID cards handed out to a driver so far */
typedef enum { DESK_CARD_SELECT, DESK_CARD_READ, N_DESK_CARD_FAULTS } DeskCardFault;
/* The next @times tries of that step fail. */
void desk_fail_card(DeskCardFault fault, int times);

/* Puts a sample card into the reader of chip cards: 0 … desk_n_chips()-1; -1 draws it
 * out. */
void desk_put_chip(int chip);
int desk_n_chips(void);
const char *desk_chip_name(int chip); /* fictional people, and cards that fail */

/* The label printer. */
void desk_set_labels(bool loaded);
void desk_set_labels_left(int labels); /* runs out after so many; -1: endless */
void desk_set_label_head(bool open);
void desk_set_labels_silent(bool silent);
bool desk_has_labels(void);
bool desk_label_head_is_open(void);
int desk_n_labels(void);     /* that came out since the last tear */
char *desk_label_text(void); /* (transfer full), as label_paper_text() */
bool desk_save_label_png(const char *path, GError **error); /* the last one */
void desk_tear_labels(void);

char *desk_pole_text(void); /* (transfer full): what the customer sees, two rows */

/* The scale. */
void desk_lay_weight(int64_t mg); /* 0: takes everything off; < 0: hangs under zero */
int64_t desk_weight(void);
void desk_shake_scale(bool shaken); /* never settles while shaken */
bool desk_scale_is_shaken(void);
