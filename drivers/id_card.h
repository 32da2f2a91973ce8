/* IdCard: the text block of a Chinese identity card as a reader hands it out: 256 bytes
 * UTF-16LE, laid out by the type flag at byte 248 (GA 450 and its supplements of 2017 and
 * 2023). The photo never gets this far. Pure. Personal data: never logged. */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "app/domain/day.h"

#define ID_CARD_BLOCK 256

typedef enum {
  ID_CARD_RESIDENT,  /* 居民身份证 */
  ID_CARD_PERMIT,    /* 港澳台居民居住证 */
  ID_CARD_FOREIGNER, /* 外国人永久居留身份证, both layouts */
  N_ID_CARD_KINDS
} IdCardKind;

typedef enum { SEX_UNKNOWN, SEX_MALE, SEX_FEMALE } Sex;

typedef struct {
  IdCardKind kind;
  Sex sex;
  int ethnicity; /* GB/T 3304: 1-56; 0: not said */
  Day birth;
  Day valid_from;
  Day valid_to;     /* DAY_NONE: for good (长期) */
  char *name;       /* owned, as all texts; "" when the card does not say */
  char *latin_name; /* of a foreigner */
  char *address;
  char *number; /* 18 characters; 15 on a foreigner's card of 2017 */
  char *issuer;
  char *country; /* three letters, of a foreigner */
} IdCard;

/* @return owned by the caller, free with id_card_free(); NULL with @error when it is no
 * card, or one misread: a number with a wrong check character, a birthday that does not
 * fit. */
IdCard *id_card_read(const guint8 *block, gsize length, GError **error);
void id_card_free(IdCard *card); /* wipes it; NULL is fine */

/* "汉", "维吾尔" …; "" when not known. */
const char *id_card_ethnicity_name(int ethnicity);

#define ID_CARD_ERROR (id_card_error_quark())
GQuark id_card_error_quark(void);
typedef enum { ID_CARD_ERROR_BLOCK, ID_CARD_ERROR_NUMBER } IdCardError;

G_DEFINE_AUTOPTR_CLEANUP_FUNC(IdCard, id_card_free)
