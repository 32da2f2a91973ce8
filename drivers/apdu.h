/* apdu: commands to a chip card and its answers (ISO 7816-4, short form). Pure. */
#pragma once

#include <glib.h>

#define APDU_LONGEST        261 /* of a command: header, length, 255, expected length */
#define APDU_LONGEST_ANSWER 4096

/* What carries one command to the card and its answer back, status bytes and all.
 * @return (transfer full); NULL with @error. */
typedef GByteArray *(*ApduExchange)(gpointer card,
                                    const guint8 *command,
                                    gsize length,
                                    GError **error);

/* Exchanges @command and what the card wants in addition: 61xx (there is more, fetch it)
 * and 6Cxx (ask again for so many). @return data and the last status (transfer full), at
 * least two bytes; NULL with @error, also for a card that never ends. */
GByteArray *apdu_send(ApduExchange exchange,
                      gpointer card,
                      const guint8 *command,
                      gsize length,
                      GError **error);
/* SW1 SW2 of an answer: 0x9000 is well. 0: too short for one. */
guint16 apdu_status(const GByteArray *answer);
