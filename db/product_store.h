/* product_store: articles, their units, codes and prices, in catalogue.db (a copy of
 * central's). Read on the main thread, written by catalogue_store on the courier's. */
#pragma once

#include "app/domain/product.h"
#include "db/db.h"

/* @now_us decides which price is in force. @ret: (transfer full) (nullable): NULL when
 * not on file. @return false with @error when the database fails. */
bool product_store_find(
    Db *catalogue, int64_t id, int64_t now_us, Product **ret, GError **error);

/* What a trade code names: several articles share one code in real lists. */
typedef struct {
  Product *product; /* owned */
  char *unit_name;  /* owned; the unit this code is printed on */
} ProductMatch;
void product_match_free(ProductMatch *match);

/* @code: 14-digit GTIN, 14-digit 本位码, or the chain's article code as typed.
 * @ret_matches: (transfer full) of ProductMatch, active ones first; may be empty. */
bool product_store_find_code(Db *catalogue,
                             const char *code,
                             int64_t now_us,
                             GPtrArray **ret_matches,
                             GError **error);

/* The first trade code on the article's list as it is printed on a pack: 13, 8 or 14
 * digits (transfer full) (nullable): it has none. @return false with @error. */
bool product_store_barcode(Db *catalogue, int64_t id, char **ret_code, GError **error);
