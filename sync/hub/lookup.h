/* lookup: what an import must know of the books before it writes. Reads only. */
#pragma once

#include "app/domain/product.h"
#include "sync/hub/base.h"

typedef struct {
  int64_t id; /* 0: no such article */
  char *unit; /* owned (nullable); NULL: it has no such unit */
  Quantity base;
  LegalClass legal_class;
} ArticleUnit;
void article_unit_clear(ArticleUnit *unit);

/* @unit: NULL or "": the default one. @base: (nullable): knows nothing. */
bool lookup_unit(
    Base *base, const char *code, const char *unit, ArticleUnit *ret, GError **error);

/* The article codes that carry this trade code, at most two (transfer full) of char *. */
bool
lookup_barcode(Base *base, const char *gtin14, GPtrArray **ret_codes, GError **error);

/* What central answered to rows: outcomes (transfer full) of char *; @ret_prices: how
 * many prices changed. */
bool lookup_outcomes(Base *base,
                     const char *answer,
                     GPtrArray **ret_outcomes,
                     int64_t *ret_prices,
                     GError **error);

/* Parts of a kept PIN; NULLs when @json is NULL. All (transfer full). */
bool lookup_pin(Base *base,
                const char *json,
                char **ret_salt,
                char **ret_verifier,
                int64_t *ret_ops,
                int64_t *ret_mem,
                GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ArticleUnit, article_unit_clear)
