/* sample_cards: identity cards of people who do not exist, for trying out and for tests.
 * Their numbers have right check characters and a place (xx0000) that no number is given
 * for. */
#pragma once

#include <glib.h>

int sample_cards_count(void);
const char *sample_cards_name(int card); /* what it tries out: "王小明, 1985" */
/* The text block as the card's chip holds it. @ret: ID_CARD_BLOCK bytes. */
void sample_cards_write(int card, guint8 *ret);
