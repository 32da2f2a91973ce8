/* scan: a code arrived: what does it mean here and now? (domain.md 8.2) */
#pragma once

#include "app/till.h"

typedef enum { SCAN_TYPED, SCAN_SCANNED } ScanSource;

/* What the scan box got when Enter was pressed, or what a scanner sent. Depends on the
 * open page: a trade code joins the sale, "*3" counts, text searches, a badge signs in, a
 * payment code in the sale is named and nothing else. Never fails: every outcome is on
 * the till. */
void scan_code(Till *till, const char *bytes, gsize length, ScanSource source);

/* `guitai explain`: what the till makes of @bytes in every context, as lines of
 * "key\tvalue" (transfer full), of char *. Works without a catalogue. */
GPtrArray *scan_explain(Db *catalogue, const char *bytes, gsize length, int64_t now_us);
