/* Office: where commands do their work on a hub's folder.
 *
 * Nobody serves the folder: the office takes the lock and is the writer itself. A server
 * runs: it reads the books beside it, and asks it over its loopback socket to do what
 * writes, so that the file never has two writers and waiting tills hear of it at once. */
#pragma once

#include "sync/hub/base.h"
#include "sync/hub/reply.h"

#define OFFICE_MAX_SIZE 409600 /* bytes of the rows of one request */

typedef struct Office Office;

/* @return NULL with @error: also when another command is writing at this moment. */
Office *office_open(const char *folder, GError **error);
void office_close(Office *office);

/* To look things up with; may lag behind what was asked for by nobody but others. */
Base *office_base(const Office *office);

/* admin_do(), here or over there. @return false with @error when it could not be done or
 * was refused (then the message says why, in words). @ret_json: (transfer full)
 * (nullable). */
bool office_do(
    Office *office, const char *verb, const char *json, char **ret_json, GError **error);

#define OFFICE_ERROR (office_error_quark())
GQuark office_error_quark(void);
typedef enum { OFFICE_ERROR_REFUSED, OFFICE_ERROR_LINE } OfficeError;

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Office, office_close)
