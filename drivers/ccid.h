/* Ccid: the conversation with a reader of chip cards over a pair of bulk endpoints (USB
 * CCID, revision 1.1), its first slot. Over any wire: each message has its length in its
 * head. Hostile bytes: lengths that lie, numbers that are not ours, an endless "wait". */
#pragma once

#include "drivers/device.h"
#include "drivers/wire.h"

#define CCID_CLASS             0x0b
#define CCID_DESCRIPTOR        0x21 /* its functional descriptor … */
#define CCID_DESCRIPTOR_LENGTH 54   /* … and its length */

/* What went wrong between reader and card; the reader is well. */
#define CARD_ERROR (card_error_quark())
GQuark card_error_quark(void);
typedef enum {
  CARD_ERROR_AWAY,  /* drawn out */
  CARD_ERROR_MUTE,  /* dirty, put in the wrong way round, or no chip card */
  CARD_ERROR_FAILED /* any other: an upset contact, a protocol it does not speak */
} CardError;

/* What a reader can, by its functional descriptor. */
typedef struct {
  bool chooses_voltage;
  guint8 voltages;      /* bits: 1: 5 V, 2: 3 V, 4: 1.8 V */
  guint32 most_message; /* bytes, head and all */
} CcidTraits;

/* @return false with DEVICE_ERROR_WRONG: not the descriptor of one, or of a reader that
 * leaves the card's own protocol to us (character or TPDU level). */
bool ccid_traits(const guint8 *descriptor, gsize length, CcidTraits *ret, GError **error);

typedef struct Ccid Ccid;
Ccid *
ccid_new(const Wire *wire, gpointer end, const CcidTraits *traits); /* end: borrowed */
void ccid_free(Ccid *ccid);                                         /* NULL is fine */

typedef enum { CCID_FAILED, CCID_ABSENT, CCID_PRESENT } CcidSlot;
/* FAILED: with @error, of the device. */
CcidSlot ccid_slot(Ccid *ccid, GError **error);
/* Gives it power, 5 V first, then 3, then 1.8. @return what it answers to reset (transfer
 * full); NULL with @error: of the device, or CARD_ERROR. */
GBytes *ccid_power_on(Ccid *ccid, GError **error);
void ccid_power_off(Ccid *ccid);
/* One command and its answer, status bytes and all; an ApduExchange. */
GByteArray *
ccid_exchange(gpointer ccid, const guint8 *command, gsize length, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Ccid, ccid_free)
