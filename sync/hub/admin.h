/* admin: what commands ask of the hub, as a verb with JSON and an answer in JSON.
 *
 * The same whether the command owns the books itself or a running hub does it for it
 * (office.h); one transaction each. */
#pragma once

#include "sync/hub/base.h"
#include "sync/hub/reply.h"

/* @verb: store.put till.put till.end articles prices staff staff.end
 * stock (enrolment.h,
 * publish*.h). Only an answer of 200 changed anything. */
bool admin_do(Base *base,
              const char *verb,
              const char *json,
              gsize length,
              int64_t now_us,
              Reply *reply,
              GError **error);
