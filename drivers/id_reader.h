/* IdReader: the conversation with an ID-card reader over any wire: find, select, read, in
 * this order for every card, anew when one of them fails. The photo that comes with the
 * text is dropped unread. */
#pragma once

#include "drivers/device.h"
#include "drivers/wire.h"

typedef struct IdReader IdReader;

IdReader *id_reader_new(const Wire *wire, gpointer end); /* neither is owned */
void id_reader_free(IdReader *reader);                   /* NULL is fine */

/* Looks for a card; three times a second is often enough.
 * @return the text block of a card newly laid down (transfer full; wiped when let go),
 * for id_card_read(); of length 0: there is a card that would not be read after three
 * tries; NULL without @error: no card, or the same one still: it must leave first. */
GBytes *id_reader_look(IdReader *reader, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(IdReader, id_reader_free)
