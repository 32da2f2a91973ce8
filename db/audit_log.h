/* audit_log: who did what, in a hash chain over all fields of the rows (db/chain.h):
 * h(n) = chain_row(h(n-1), seq, time, staff, action, subject, detail), h(0) of the name
 * "guitai/audit". Inside the transaction of the deed; in one of its own when
 * none is open. No personal data in @detail. */
#pragma once

#include "db/chain.h"
#include "db/db.h"

#define AUDIT_LOG_CHAIN "guitai/audit"

bool audit_log_add(Db *store,
                   const char *staff_number,
                   const char *action,
                   const char *subject,
                   const char *detail,
                   int64_t now_us,
                   GError **error);

/* @hash: in, of the row before; out, of this row. */
void audit_log_chain(unsigned char hash[CHAIN_BYTES],
                     int64_t seq,
                     int64_t at_us,
                     const char *const texts[4]); /* staff, action, subject, detail */
