/* insurance_cards: the kinds of insurance card that this till reads: a certified library,
 * when one is attached, then what is built in. */
#pragma once

#include <glib.h>

#include "drivers/insurance_card.h"

/* Loads @path ("": none from now on), a shared object with a guitai_insurance_card.
 * Main thread, while no reader is open; a library stays loaded until the program ends.
 * @return false with a DEVICE_ERROR that says what is wrong with it: then none is
 * attached. */
bool insurance_cards_attach(const char *path, GError **error);

/* Asks those that @atr suits, in order. On a reader's thread. @ret_by: the name of who
 * read. */
InsuranceOutcome insurance_cards_read(const uint8_t *atr,
                                      size_t length,
                                      const CardChannel *channel,
                                      InsuredPerson *ret,
                                      const char **ret_by);
