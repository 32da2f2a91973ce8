/* approval_store: approvals in store.db: given, used. Main thread. */
#pragma once

#include "app/domain/approval.h"
#include "db/db.h"

/* @approval was given to @staff: an audit row of the approver's. */
bool approval_store_grant(Db *store,
                          const Approval *approval,
                          const char *staff,
                          GError **error);
/* @staff uses @approval for its act: an audit row and, on an enrolled till (@tell), an
 * `audit.note` for central, in one transaction. */
bool approval_store_use(Db *store,
                        const Approval *approval,
                        const char *staff,
                        bool tell,
                        int64_t now_us,
                        GError **error);
