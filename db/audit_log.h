/* audit_log: who did what, in a hash chain: hash = SHA-256(prev_hash || canonical row).
 * Inside the transaction of the deed. No personal data in @detail. */
#pragma once

#include "db/db.h"

bool audit_log_add(Db *store,
                   const char *staff_number,
                   const char *action,
                   const char *subject,
                   const char *detail,
                   int64_t now_us,
                   GError **error);
