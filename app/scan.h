/* scan: a code arrived: what does it mean here and now? (domain.md 8.2) */
#pragma once

#include "app/till.h"
#include "drivers/beep.h"

typedef enum { SCAN_TYPED, SCAN_SCANNED } ScanSource;

/* What the scan box got when Enter was pressed, or what a scanner sent. Depends on the
 * open page: a trade code joins the sale, text searches, a badge signs in, a payment code
 * in the sale is named and nothing else. Typed on the sale: "*3" counts the next scan,
 * "3*" the chosen line (the next scan when there is none), "+", "-" and "/" act on the
 * chosen line.
 * @bytes are one whole code: what stands half typed in a box is never part of a scan.
 * Never fails: every outcome is on the till. */
void scan_code(Till *till, const char *bytes, gsize length, ScanSource source);

/* What the scanner should sound after scan_code(); false: nothing, it was taken. */
bool scan_beep(const Till *till, Beep *ret_beep);

/* Looks up what a code of goods names: its GTIN, or its text as an article number.
 * @ret_matches (transfer full), of ProductMatch; may be empty. */
bool scan_find(Db *catalogue,
               const Barcode *barcode,
               int64_t now_us,
               GPtrArray **ret_matches,
               GError **error);

/* `guitai explain`: what the till makes of @bytes in every context, as lines of
 * "key\tvalue" (transfer full), of char *. @catalogue: (nullable). */
GPtrArray *scan_explain(Db *catalogue, const char *bytes, gsize length, int64_t now_us);
