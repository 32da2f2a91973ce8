/* Pairing: "scan this code now": listens to one keyboard-class device, and to it alone,
 * until it has typed the code that stands on the screen, or anything else: then it is
 * somebody's keyboard and given back at once.
 *
 *   device = pairing_open("0416:c141@1-2", "40925173", 15, on_pairing, till);
 *   on_pairing(): event->kind == DEVICE_HEARD → pairing_outcome(event->data), then
 *   device_close(); event->kind == DEVICE_STATE with DEVICE_GONE: it could not be claimed
 *   or was pulled out, event->failure says why. */
#pragma once

#include "drivers/device.h"

typedef enum {
  PAIRING_IT,       /* it typed the code: it is a scanner, open "wedge:usb:…" */
  PAIRING_NOT_IT,   /* it typed something else; it is given back to the desktop */
  PAIRING_TOO_LATE, /* it typed nothing, or not all of it, in time; given back too */
  N_PAIRING_OUTCOMES
} PairingOutcome;

/* @place: as for usb_open(). @code: ASCII digits and letters, as the symbol on the screen
 * reads. Exactly one DEVICE_HEARD comes, then the device is given back; close it
 * afterwards. (transfer full) */
Device *pairing_open(
    const char *place, const char *code, int seconds, DeviceWatch watch, gpointer data);
/* What a DEVICE_HEARD says; N_PAIRING_OUTCOMES: nothing of a pairing. */
PairingOutcome pairing_outcome(GBytes *heard);
