/* Person: who works here and what they may do alone. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "app/domain/money.h"
#include "app/domain/registration.h"

/* Bits as in the trade's tills (domain.md 6.2); stored: only append. */
typedef enum {
  RIGHT_SELL = 1 << 0,
  RIGHT_HOLD = 1 << 1,
  RIGHT_LINE_DISCOUNT = 1 << 2,
  RIGHT_PRICE = 1 << 3,
  RIGHT_VOID_TICKET = 1 << 4,
  RIGHT_SHIFT = 1 << 5,
  RIGHT_OPEN_DRAWER = 1 << 6,
  RIGHT_REPRINT = 1 << 7,
  RIGHT_REVIEW_RX = 1 << 8,
  RIGHT_COUNT = 1 << 9,
  RIGHT_RECEIVE = 1 << 10,
  RIGHT_SETTINGS = 1 << 11,
  RIGHT_UNMASK = 1 << 12,
  RIGHT_EXPORT = 1 << 13,
  RIGHT_REFUND = 1 << 14,
  RIGHT_UNLOCK_LOT = 1 << 15,
  RIGHT_CHECK_RX = 1 << 16, /* the second look before hand-over; CN-RX-03 */
  RIGHT_AUDIT = 1 << 17,
  RIGHT_STAFF = 1 << 18 /* staff page, lock-outs, a till that somebody else locked */
} Right;
#define N_RIGHTS 19

typedef enum { ROLE_CLERK, ROLE_PHARMACIST, ROLE_QUALITY, ROLE_MANAGER, N_ROLES } Role;

typedef struct {
  int64_t id;
  char *number; /* owned; staff number, typed at sign-in: "0312" */
  char *name;   /* owned */
  Role role;
  uint32_t rights;       /* of Right */
  int discount_limit_bp; /* largest line discount alone; 1000 = 10 % */
  int price_limit_bp;    /* largest change of a price alone, of the marked price */
  Money refund_limit;    /* fen; largest refund alone */
  Money count_limit;     /* fen; largest value of a count's difference alone */
  Registration registration;
  bool active;
  int64_t version;
} Staff;

/* What a role may do unless central says otherwise for a person. */
typedef struct {
  uint32_t rights;
  int discount_limit_bp, price_limit_bp;
  Money refund_limit, count_limit;
} RoleBundle;
const RoleBundle *role_bundle(Role role); /* static */

Staff *staff_new(void);
Staff *staff_copy(const Staff *staff);
void staff_free(Staff *staff);
/* All bits of @right; nothing for NULL and for staff that is not active. */
bool staff_may(const Staff *staff, Right right);

/* Seconds to wait after the last of @failures wrong PINs in a row: none for 1-4, a minute
 * after each of 5-9, five after each of 10-14, then 15 (sync.md 4). It never falls while
 * failures add up, so that switching off and on gains nothing. */
int64_t staff_lockout_s(int failures);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Staff, staff_free)
