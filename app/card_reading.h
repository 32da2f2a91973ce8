/* card_reading: an identity card laid on the reader, an insurance card put into one:
 * who was read is shown, masked, and kept in memory for the ticket alone. Nothing of it
 * reaches the disk or the log from here. */
#pragma once

#include "app/till.h"

/* What the readers tell; for app/devices. */
void card_reading_on_id_card(Till *till, const DeviceEvent *event);
void card_reading_on_ic_card(Till *till, const DeviceEvent *event);
/* The devices page tries a reader out: asks for a card. */
void card_reading_try_id(Till *till);
void card_reading_try_ic(Till *till);

/* Attaches the insurer's library that the setting "insurance-library" names; before the
 * devices are opened. One that is not sound is told, and does without. */
void card_reading_attach(Till *till);

/* Asks for the buyer's card when @line wants a real name, a reader is in use and no card
 * was read for this ticket. */
void card_reading_ask(Till *till, const SaleLine *line);
/* Does any line of the ticket want a real name? */
bool card_reading_is_wanted(const Till *till);
/* Wipes the card: the ticket is done, void or on hold, somebody else is at the till, or
 * it lay there too long. */
void card_reading_forget(Till *till);
/* Every few seconds: forgets a card after CARD_READING_KEEP_S. */
#define CARD_READING_KEEP_S 600
void card_reading_tick(Till *till);

/* "王** 110***********0011" (transfer full): what a screen may show. */
char *card_reading_who(const IdCard *card);
int card_reading_age(const IdCard *card, Day today); /* whole years */
bool card_reading_is_expired(const IdCard *card, Day today);
