/* Counter: the hands at the virtual counter. It turns the switches of the simulated
 * hardware (drivers/sim/desk) and tells what passed over the wires, so that a screen
 * needs to know no driver. Main thread. */
#pragma once

#include "app/till.h"

typedef enum {
  COUNTER_SCANNER,
  COUNTER_PRINTER,
  COUNTER_ID_READER,
  COUNTER_CHIP_READER,
  COUNTER_LABELS, /* label printer */
  COUNTER_POLE,   /* the customer's display */
  COUNTER_SCALE
} CounterDevice;

typedef enum {
  WIRE_SCANNED, /* @what: the code */
  WIRE_PRINTED, /* @bytes that reached the printer since the last time */
  WIRE_DRAWER_OPENED,
  WIRE_DRAWER_SHUT,
  WIRE_CARD_READ, /* by the till; @what: name and number of the sample person, masked */
  WIRE_PLUGGED,   /* @device */
  WIRE_UNPLUGGED, /* @device */
  WIRE_PAPER_IN,
  WIRE_PAPER_OUT,
  WIRE_COVER_OPENED,
  WIRE_COVER_SHUT,
  WIRE_CUTTER_JAMMED,
  WIRE_CUTTER_FREED,
  WIRE_TORN,   /* @device: whose paper */
  WIRE_BEEPED, /* the scanner said no */
  WIRE_CARD_ASKEW,
  WIRE_CHIP_IN,
  WIRE_CHIP_OUT,
  WIRE_LABELLED, /* @what: how many labels came out */
  WIRE_LABELS_IN,
  WIRE_LABELS_OUT,
  WIRE_HEAD_OPENED,
  WIRE_HEAD_SHUT,
  WIRE_SHOWN,   /* @what: what the customer sees now */
  WIRE_WEIGHED, /* @what: the grams that lie there now */
  WIRE_SHAKEN,
  WIRE_STILL,
  N_WIRE_KINDS
} WireKind;

typedef struct {
  WireKind kind;
  CounterDevice device;
  int64_t at_us;
  const char *what; /* (nullable) */
  gsize bytes;
} WireEvent;

typedef struct Counter Counter;
/* @event is valid during the call; NULL: only the looks of the desk changed. */
typedef void (*CounterWatch)(Counter *counter, const WireEvent *event, gpointer data);

/* Is any device of @till a simulated one? */
bool counter_serves(const Till *till);

Counter *counter_new(Till *till, CounterWatch watch, gpointer data);
void counter_free(Counter *counter); /* NULL is fine */

void counter_scan(Counter *counter, const char *bytes, gsize length);
/* What a scanner would read in the picture at @path: codes (transfer full, of GBytes) as
 * its cable would carry them, GS1 with its mark; scans it when there is just one. Empty:
 * there is no code in it. NULL with @error: no picture. */
GPtrArray *counter_scan_picture(Counter *counter, const char *path, GError **error);

void counter_plug(Counter *counter, CounterDevice device, bool plugged);
bool counter_is_plugged(Counter *counter, CounterDevice device);
void counter_set_paper(Counter *counter, bool loaded);
bool counter_has_paper(Counter *counter);
void counter_set_cover(Counter *counter, bool open);
bool counter_cover_is_open(Counter *counter);
void counter_set_cutter_jam(Counter *counter, bool jammed);
bool counter_cutter_is_jammed(Counter *counter);
void counter_tear(Counter *counter);
char *counter_paper_text(Counter *counter); /* (transfer full) */
/* The paper as a picture (PNG) at @path. */
bool counter_save_paper(Counter *counter, const char *path, GError **error);
bool counter_drawer_is_open(Counter *counter);
void counter_push_drawer(Counter *counter);
int counter_n_cards(Counter *counter);
const char *counter_card_name(Counter *counter, int card); /* fictional people */
void counter_lay_card(Counter *counter, int card);         /* -1 takes it away */
/* Crooked: it is found and cannot be read before it is laid on again. */
void counter_lay_card_askew(Counter *counter, int card);
int counter_card(Counter *counter); /* -1: none */

int counter_n_chips(Counter *counter);
const char *counter_chip_name(Counter *counter, int chip); /* fictional people */
void counter_put_chip(Counter *counter, int chip);         /* -1 draws it out */
int counter_chip(Counter *counter);                        /* -1: none */

void counter_set_labels(Counter *counter, bool loaded);
bool counter_has_labels(Counter *counter);
void counter_set_head(Counter *counter, bool open);
bool counter_head_is_open(Counter *counter);
int counter_n_labels(Counter *counter);     /* that came out since they were torn off */
char *counter_label_text(Counter *counter); /* (transfer full) */
/* The last one as a picture (PNG) at @path. */
bool counter_save_label(Counter *counter, const char *path, GError **error);
void counter_tear_labels(Counter *counter);

/* What the customer sees (transfer full): two rows, each with its newline. */
char *counter_pole_text(Counter *counter);

/* @mg 0: takes everything off. More than its limit may be laid on. */
void counter_lay_weight(Counter *counter, int64_t mg);
int64_t counter_weight(Counter *counter);                /* mg */
void counter_shake_scale(Counter *counter, bool shaken); /* it never settles then */
bool counter_scale_is_shaken(Counter *counter);

void
counter_reset(Counter *counter); /* everything plugged in and in order, no paper out */

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Counter, counter_free)
