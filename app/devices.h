/* devices: which device does what at this till; plugging, choosing, pairing, trying out.
 *
 * A device that is plugged in and surely is what an empty use wants is taken at once and
 * remembered by its ids and its socket; so is another of the same use when the remembered
 * one is not there. A keyboard-class scanner is paired first (domain: nobody's keyboard
 * is ever taken away). */
#pragma once

#include "app/till.h"
#include "drivers/decode.h"
#include "drivers/plugged.h"

/* Opens every use: @addresses (nullable), each NULL: as kept here, "": none. What was
 * open is closed first. */
void devices_open(Till *till, const char *const addresses[N_DEVICE_USES]);
void devices_close(Till *till);
/* Takes @address (nullable: none, also nothing that is plugged in later) for @use from
 * now on, and keeps that. */
bool devices_choose(Till *till, DeviceUse use, const char *address, GError **error);
/* The till itself takes what was plugged in (app/plugging). */
void devices_take(Till *till, DeviceUse use, const Plugged *plugged);

/* A row of the devices page. */
typedef struct {
  DeviceUse use;
  bool is_used; /* else: plugged in, could be used */
  PluggedDoubt doubt;
  bool is_forbidden;    /* not used; this user lacks the right to open it */
  char *address, *name; /* owned; name "" for a use without a device */
  DeviceState state;
  int error;     /* DeviceError that goes with @failure; -1: none */
  char *failure; /* owned (nullable); why it is gone or what it did last, untranslated */
  int64_t failed_us; /* 0: never */
  int64_t heard_us;  /* when it last spoke; 0: never */
} DeviceRow;
void device_row_free(DeviceRow *row);
/* (transfer full): every use, in their order, then what else is plugged in. A scanner
 * that could be used stands for the first of the two uses that is empty. */
GPtrArray *devices_rows(Till *till);

/* Tries it out: prints a page or a label, shows a greeting, opens the drawer, weighs,
 * reads a card, takes a picture. What came of it is told by notice and by the row. */
void devices_test(Till *till, DeviceUse use);
/* Can it be tried out from the till's side? A scanner is tried by scanning. */
bool devices_may_test(const Till *till, DeviceUse use);
void devices_open_drawer(Till *till);

/* "Scan this code now": listens to the keyboard-class device at @address, and to it
 * alone, for DEVICES_PAIR_S seconds or until it types something else. */
#define DEVICES_PAIR_S 15
typedef enum { PAIR_NONE, PAIR_WAITS, PAIR_DONE, PAIR_NOT_IT, PAIR_TOO_LATE } PairState;
void devices_pair(Till *till, const char *address, DeviceUse use);
void devices_pair_stop(Till *till);
/* @ret_code: (nullable) borrowed; the code to scan. @ret_seconds: (nullable) left. */
PairState devices_pairing(const Till *till, const char **ret_code, int *ret_seconds);
/* The code as a symbol to be shown on the screen (transfer full); NULL: nothing waits. */
SymbolModules *devices_pairing_symbol(const Till *till);
