/* article_codes: approval numbers and barcodes of a row, against each other and against
 * what stands elsewhere in the list and in the books. */
#pragma once

#include "sync/hub/article_draft.h"

/* Kept whole, less blanks; a barcode in its place is left out. */
void article_codes_read_approval(ArticleDraft *draft);
/* After class and name are known. */
void article_codes_judge_approval(ArticleDraft *draft);
/* All codes of a cell, for this unit. */
bool
article_codes_read(ArticleDraft *draft, Field field, const char *unit, GError **error);
