/* InsuranceCard: who is insured, as an IC card tells it: the border to the libraries that
 * insurers certify. Plain C, this header alone is enough to build one:
 *
 *   #include "insurance_card.h"
 *   const InsuranceCard guitai_insurance_card = {INSURANCE_CARD_VERSION, "…", …};
 *   cc -shared -fPIC -o insurer.so …
 *
 * The setting "insurance-library" names the file (insurance_cards.h loads it). Its
 * functions run on the reader's thread, one at a time, and return within some seconds.
 * What they learn is about a person: they keep and log nothing of it. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define INSURANCE_CARD_VERSION 1
#define INSURANCE_CARD_SYMBOL  "guitai_insurance_card"

/* The card in the reader. Borrowed during a call. */
typedef struct CardChannel CardChannel;
struct CardChannel {
  /* One command of ISO 7816-4 in its short form; the rest of a long answer (61xx) and a
   * corrected length (6Cxx) are seen to. @return the length of the answer with its two
   * status bytes; -1: the card went away, does not answer, or @room is too small. */
  int (*transmit)(const CardChannel *channel,
                  const uint8_t *command,
                  size_t length,
                  uint8_t *answer,
                  size_t room);
};

/* Texts are UTF-8, "" when the card does not say; dates yyyymmdd, 0 likewise. */
typedef struct {
  char name[96];
  char number[24]; /* social security number: the ID number */
  char card_number[40];
  char region[8]; /* six digits: where it was issued */
  int sex;        /* 0: not said, 1: male, 2: female */
  int32_t birth;
  int32_t valid_to;
} InsuredPerson;

typedef enum {
  INSURANCE_READ,
  INSURANCE_OTHER_CARD, /* none of mine */
  INSURANCE_FAILED      /* one of mine, and misread or out of order */
} InsuranceOutcome;

typedef struct {
  int version;      /* INSURANCE_CARD_VERSION */
  const char *name; /* for the support: "social security card" */
  /* By the answer to reset; when in doubt yes, for read() may say OTHER_CARD. */
  bool (*can_read)(const uint8_t *atr, size_t length);
  /* @ret is zeroed before. */
  InsuranceOutcome (*read)(const CardChannel *channel, InsuredPerson *ret);
} InsuranceCard;
