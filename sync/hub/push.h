/* push: what a till sends, one transaction each; and hello, which compares heads. */
#pragma once

#include "sync/hub/base.h"
#include "sync/hub/enrolment.h"
#include "sync/hub/reply.h"

#define PUSH_MAX      256    /* events */
#define PUSH_MAX_SIZE 524288 /* bytes of the body */

/* POST /v1/push. Everything the till did wrong is an answer in @reply (400 garbage, 403
 * refused, 409 gap or fork); @error means that nothing was kept. */
bool push_apply(Base *base,
                const Device *device,
                const char *json,
                gsize length,
                int64_t now_us,
                Reply *reply,
                GError **error);

/* POST /v1/hello. */
bool push_hello(Base *base,
                const Device *device,
                const char *json,
                gsize length,
                int64_t now_us,
                Reply *reply,
                GError **error);
