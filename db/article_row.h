/* article_row: one article of the feed on its way into catalogue.db: its row, what it is
 * found by, and its codes. Used inside this folder, by catalogue_store. */
#pragma once

#include "db/db.h"

/* @body: JSON as central sent it; inside a transaction. A version that is not newer than
 * what is here does nothing. */
bool article_row_put(Db *catalogue, const char *body, int64_t version, GError **error);
/* No longer sold; the row stays, since sales refer to it. */
bool article_row_retire(Db *catalogue, int64_t id, int64_t version, GError **error);
/* Came to (@stocked) or went from the shelf. */
bool article_row_restock(Db *catalogue, int64_t id, bool stocked, GError **error);
