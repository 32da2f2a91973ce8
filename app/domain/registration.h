/* Registration: a pharmacist's licence to review prescriptions (domain.md 6.2): its
 * number, what it covers, from when to when. One per person; central keeps it. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "app/domain/day.h"

/* Stored: only append. */
typedef enum {
  REGISTRATION_NONE,
  REGISTRATION_LICENSED,  /* 执业药师 */
  REGISTRATION_PHARMACIST /* 药师 */
} RegistrationKind;

typedef enum { SCOPE_WESTERN = 1 << 0, SCOPE_HERBAL = 1 << 1 } PharmacyScope;
#define SCOPE_ANY (SCOPE_WESTERN | SCOPE_HERBAL)

typedef struct {
  RegistrationKind kind;
  char *number;    /* owned (nullable); as on the certificate */
  uint32_t scopes; /* of PharmacyScope */
  Day from, to;    /* both days count; DAY_NONE: open */
} Registration;

typedef enum {
  REGISTRATION_VALID,
  REGISTRATION_MISSING,
  REGISTRATION_NOT_YET,
  REGISTRATION_EXPIRED,
  REGISTRATION_OUT_OF_SCOPE
} RegistrationState;

#define REGISTRATION_WARN_DAYS 90 /* a certificate's second reminder; domain.md 5.10 */

/* May its holder review something of @scope (any of these bits) @today? */
RegistrationState
registration_state(const Registration *registration, uint32_t scope, Day today);
/* Days until its last day, negative when past; G_MAXINT: it has no end. */
int registration_days_left(const Registration *registration, Day today);
/* It is valid today, and its holder should be told that it ends soon. */
bool registration_ends_soon(const Registration *registration, Day today);
void registration_clear(Registration *registration);
