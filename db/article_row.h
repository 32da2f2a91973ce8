/* article_row: one article of the feed on its way into catalogue.db: its row, what it is
 * found by, and its codes. Used inside this folder, by catalogue_store; in a transaction.
 */
#pragma once

#include "db/db.h"
#include "db/search_index.h"

/* @body: JSON as central sent it. A version that is not newer than what is here does
 * nothing. What the index must be told is added to @batch. */
bool article_row_put(
    Db *catalogue, const char *body, int64_t version, SearchBatch *batch, GError **error);
/* No longer sold; the row stays, since sales refer to it. */
bool article_row_retire(
    Db *catalogue, int64_t id, int64_t version, SearchBatch *batch, GError **error);
/* Came to (@stocked) or went from the shelf. */
bool article_row_restock(
    Db *catalogue, int64_t id, bool stocked, SearchBatch *batch, GError **error);
