/* ID number: the Chinese resident identity number (GB 11643), checked and masked. */
#pragma once

#include <stdbool.h>

#include "app/domain/day.h"

typedef enum {
  ID_OK,
  ID_BAD_LENGTH,
  ID_BAD_CHARACTER,
  ID_BAD_DATE,
  ID_BAD_CHECK,
  ID_BAD_REGION /* no province begins so */
} IdFault;

/* 18 characters, last may be X or x; born 1900-2099. @ret_birth, @ret_is_female:
 * (nullable). */
IdFault id_number_check(const char *number, Day *ret_birth, bool *ret_is_female);

/* Has 18 characters and the check character they want, whatever place and day they name:
 * a foreigner's number of 2023, too. */
bool id_number_adds_up(const char *number);

/* "王**" (transfer full): the first character and one to three stars; "" of no name. */
char *id_number_mask_name(const char *name);

/* "110***********0020" (transfer full): what a screen may show; of a
 * text too short for that, stars alone. */
char *id_number_mask(const char *number);
