/* apply: makes of one event from a till what the books shall hold (sync.md 1.4, 1.6). */
#pragma once

#include "sync/hub/base.h"
#include "sync/hub/digest.h"

/* One event, as it came. */
typedef struct {
  int64_t store, device, epoch, seq;
  char *type;     /* owned; "sale" … */
  int64_t v;      /* version of the body's form */
  int64_t at_us;  /* by the till's clock */
  int64_t now_us; /* by ours */
  GBytes *body;   /* owned; the bytes that are hashed */
  unsigned char hash[DIGEST_BYTES];
} Fact;
void fact_clear(Fact *fact);

typedef enum {
  FACT_OK,
  FACT_DUP,        /* was here already; nothing done */
  FACT_EXCEPTION,  /* booked, and a person should look at it */
  FACT_QUARANTINED /* kept as bytes; nothing could be made of it */
} FactVerdict;
const char *fact_verdict_word(FactVerdict verdict); /* "ok" … as on the wire */

/* Inside a transaction. @ret_code: (static): "" or why: unknown_product, oversell,
 * sum_mismatch, uid_again · not_json, bad_body, unknown_type, unknown_version. Only a
 * failure of the database is an error. */
bool apply_fact(Base *base,
                const Fact *fact,
                FactVerdict *ret_verdict,
                const char **ret_code,
                GError **error);
