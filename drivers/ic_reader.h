/* IcReader: looks for chip cards in a CCID reader and has each that comes read by whoever
 * knows its kind (insurance_cards.h), once, until it is drawn out. */
#pragma once

#include "drivers/ccid.h"
#include "drivers/insurance_card.h"

typedef enum {
  IC_CARD_INSURED, /* person says whose it is */
  IC_CARD_OTHER,   /* a good card of no kind that is known here */
  IC_CARD_FAILED,  /* known, and misread or out of order */
  IC_CARD_MUTE,    /* dirty, the wrong way round, or no chip card */
  N_IC_CARD_KINDS
} IcCardKind;

/* What such a reader is heard to say. About a person: wipe it (explicit_bzero). */
typedef struct {
  IcCardKind kind;
  InsuredPerson person;
  char read_by[32]; /* who knew it; "" */
} IcCard;

/* @return false: @heard is none. */
bool ic_card_take(GBytes *heard, IcCard *ret);

typedef struct IcReader IcReader;
IcReader *ic_reader_new(const Wire *wire, gpointer end, const CcidTraits *traits);
void ic_reader_free(IcReader *reader); /* NULL is fine */

/* The card was drawn out meanwhile: what is in it now is another. */
void ic_reader_forget(IcReader *reader);

/* @return an IcCard (transfer full; wiped when let go) for a card newly put in; NULL
 * without @error: no card, or the same one still; with @error: of the device. */
GBytes *ic_reader_look(IcReader *reader, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(IcReader, ic_reader_free)
