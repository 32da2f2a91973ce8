/* social_security_card: the open files of the Chinese social security card (LD/T 32-2015;
 * file structure V2.0): who holds it, which card it is, until when. No key and no PIN is
 * asked for; what the national medical insurance settles needs its own certified library
 * (insurance_card.h). Not tried on cards. */
#pragma once

#include "drivers/insurance_card.h"

extern const InsuranceCard SOCIAL_SECURITY_CARD;

/* One record as READ RECORD answers it: tag, length, value, or the value alone; then 90
 * 00. Pure; the bytes are hostile. @return inside @answer, NULL when it is none. */
const uint8_t *social_security_record(const uint8_t *answer,
                                      size_t length,
                                      uint8_t tag,
                                      size_t *ret_length);
