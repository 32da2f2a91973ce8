/* publish_staff: people become versions in the catalogue stream. Inside a transaction. */
#pragma once

#include "sync/hub/base.h"
#include "sync/hub/reply.h"

/* @json: {"rows":[{"number","badge","name","role","rights","discount_limit_bp","active",
 * "price_limit_bp","refund_limit","count_limit" (all may be missing: 0),
 * "registration":{"number","kind","scopes","from","to"} or null,
 * "pin":{"salt","verifier","ops","mem"} or null (keep what there is)}]}.
 * → {"rows":[{"outcome":"new|changed|same"}]}; 409 when a badge is another's. */
bool
publish_staff(Base *base, const char *json, gsize length, Reply *reply, GError **error);

/* @json: {"number"}: may not sign in any more; stays on file, since documents name them.
 * → {"outcome"}; 404 when there is no such person. */
bool publish_staff_end(
    Base *base, const char *json, gsize length, Reply *reply, GError **error);

/* What `staff list` shows: [{"number","name",…}], no PINs. */
bool publish_staff_list(Base *base, GString *ret_json, GError **error);
/* The kept verifier of @number, as JSON (transfer full) (nullable). */
bool publish_staff_pin(Base *base, const char *number, char **ret_pin, GError **error);
