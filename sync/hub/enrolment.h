/* enrolment: the chain's stores and tills, and how a till becomes one of them.
 *
 * `till add` makes a one-time code (50 random bits, good for a day, kept as SHA-256); the
 * till turns it once into a token (256 random bits, kept as SHA-256) that is bound to its
 * store. A second enrolment of a till ends the first one's token and gives the next
 * epoch. */
#pragma once

#include "sync/hub/base.h"
#include "sync/hub/reply.h"

typedef struct {
  int64_t id, store;
} Device;

/* Whose token is it? @ret_known: false when it is nobody's. */
bool enrolment_find(
    Base *base, const char *token, Device *ret_device, bool *ret_known, GError **error);

/* POST /v1/enrol. 403 for a code that is wrong, used or too old. */
bool enrolment_redeem(
    Base *base, const char *code, int64_t now_us, Reply *reply, GError **error);

/* Inside a transaction; @json: {"code","name","address","phone","round_step"}: makes the
 * store or changes it. → {"store_id","outcome":"new|changed|same"} */
bool enrolment_put_store(
    Base *base, const char *json, gsize length, Reply *reply, GError **error);
/* Inside a transaction; @json: {"store","till","hours"}: a new code for this till.
 * → {"code","device_id","expires"}; 404 without such a store. */
bool enrolment_put_till(Base *base,
                        const char *json,
                        gsize length,
                        int64_t now_us,
                        Reply *reply,
                        GError **error);
/* Inside a transaction; @json: {"store","till"}: its token is worth nothing any more. */
bool enrolment_end_till(
    Base *base, const char *json, gsize length, Reply *reply, GError **error);

/* @ret_id: 0 when there is none of this code. */
bool
enrolment_store_id(Base *base, const char *store_code, int64_t *ret_id, GError **error);
/* {"stores":[{"code","name","tills":[{"till","device_id","epoch","enrolled"}]}]} */
bool enrolment_list(Base *base, GString *ret_json, GError **error);
