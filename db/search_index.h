/* search_index: finds articles as a clerk types: initials, name, brand, maker, approval
 * number (from 6 characters), article number and last digits of a barcode (from 4), whole
 * codes. Best sellers in stock first.
 * Costs do not grow with the catalogue: top-N by rank, never a scan (sync.md 5.3).
 *
 * The full-text index answers in the order of its rowids, so an article's rowid is its
 * *place*: at hand before not at hand, then by rank. What it is found by is derived from
 * the row of the article, since the index forgets what it was given (search_text.h). */
#pragma once

#include "db/db.h"
#include "db/search_text.h"

/* Ids of at most @max articles for @text, best first; @ret_ids (transfer full), of
 * int64_t. Several words narrow down. @store: (nullable): with it, articles this store
 * has in stock come first, as catalogue_store_mark_stocked() was told. An empty or
 * senseless
 * @text finds nothing. */
bool search_index_find(Db *catalogue,
                       Db *store,
                       const char *text,
                       int max,
                       GArray **ret_ids,
                       GError **error);

/* The rest is for catalogue_store, on its thread and in its transaction. */

/* A free place for article @id; @rank 1 sells best, 0: unknown. */
bool search_index_new_place(Db *catalogue,
                            int64_t id,
                            int64_t rank,
                            bool stocked,
                            int64_t *ret_place,
                            GError **error);
/* Whether @place is still about right: a rank that moved a little is not worth new rows.
 */
bool search_index_fits(int64_t place, int64_t rank, bool stocked);

/* What is to be told to the index, in order. It gathers words in memory and writes them
 * to the disk when it must; any other statement in between makes it (a savepoint), so
 * that all of a page is told at once, at its end. */
typedef struct SearchBatch SearchBatch;
SearchBatch *search_batch_new(void);
void search_batch_free(SearchBatch *batch);
void search_batch_add(SearchBatch *batch, int64_t place, const SearchText *article);
/* @article must be as it was added. */
void search_batch_remove(SearchBatch *batch, int64_t place, const SearchText *article);
/* Tells it and empties the batch. */
bool search_batch_write(SearchBatch *batch, Db *catalogue, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SearchBatch, search_batch_free)
