/* proof: do the hub's books prove themselves? Hash chains, balances against movements,
 * streams without a gap, rows that belong to nothing. Reads everything; changes nothing.
 */
#pragma once

#include "sync/hub/base.h"

typedef struct {
  const char *check; /* static; "chains", "balances" … */
  int64_t rows;      /* looked at */
  char *wrong;       /* owned (nullable): the first bad row in words */
} Finding;

/* @ret: (transfer full) of Finding, one per check, in a fixed order.
 * @return false only when the file cannot be read. */
bool proof_find(Base *base, GArray **ret, GError **error);
