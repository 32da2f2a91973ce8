/* sample_store: a few codes of this shop to try a till with: articles that are at hand,
 * best sellers first, and badges. For the virtual counter. */
#pragma once

#include "db/db.h"

typedef struct {
  int64_t product_id; /* 0: a badge */
  char *name;         /* owned; of the article or the person */
  char *code;         /* owned; as printed */
} SampleCode;
void sample_code_free(SampleCode *code);

/* @ret: (transfer full), of SampleCode: at most @max articles with a barcode, those at
 * hand, or any while nothing is. */
bool sample_store_articles(Db *catalogue, int max, GPtrArray **ret_codes, GError **error);
/* Likewise the badges of active staff. */
bool sample_store_badges(Db *catalogue, int max, GPtrArray **ret_codes, GError **error);
