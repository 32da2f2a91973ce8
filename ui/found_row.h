/* FoundRow: one article of the search: 44 px, strength and maker in bold. */
#pragma once

#include "ui/text_line.h"

typedef enum {
  FOUND_NAME,
  FOUND_TRADE_NAME,
  FOUND_SPEC,
  FOUND_MAKER,
  FOUND_SHELF,
  FOUND_STOCK,
  FOUND_UNIT,
  FOUND_EXPIRY,
  FOUND_PRICE,
  N_FOUND_TEXTS
} FoundText;

typedef enum { FOUND_NONE_HERE = 1 << 0, FOUND_NEAR = 1 << 1 } FoundFlags;

/* Makes and fills the rows of a list of TextLine (transfer full). */
GtkListItemFactory *found_row_factory(void);
