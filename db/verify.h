/* verify: do the books prove themselves? Chains (audit, outbox), balances against
 * movements, sums of sales, orphan rows, gapless numbers. */
#pragma once

#include "db/db.h"

typedef struct {
  char *check;  /* owned; "audit chain", "balances", … */
  int64_t rows; /* looked at */
  char *wrong;  /* owned (nullable): the first bad row in words */
} VerifyFinding;
void verify_finding_free(VerifyFinding *finding);

/* @ret: (transfer full) of VerifyFinding, one per check, in a fixed order. Whether the
 * file itself is sound says db_integrity(). Any connection; sees one state even while the
 * till sells.
 * @return false only when the file cannot be read at all. */
bool verify_store(Db *store, GPtrArray **ret, GError **error);
