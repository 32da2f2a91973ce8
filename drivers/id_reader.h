/* IdReader: the conversation with an ID-card reader over any wire: find, select, read, in
 * this order for every card. The photo that comes with the text is dropped unread. */
#pragma once

#include "drivers/device.h"
#include "drivers/wire.h"

typedef struct IdReader IdReader;

IdReader *id_reader_new(const Wire *wire, gpointer end); /* neither is owned */
void id_reader_free(IdReader *reader);                   /* NULL is fine */

/* Looks for a card; three times a second is often enough.
 * @return the text block of a card newly laid down (transfer full), for id_card_read();
 * NULL without @error: no card, the same one still, or one that did not let itself be
 * read (the next look tries again). */
GBytes *id_reader_look(IdReader *reader, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(IdReader, id_reader_free)
