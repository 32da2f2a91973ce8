#include "app/domain/person.h"

#define TRIES    5
#define MINUTE_S 60

#define SELLS                                                                            \
  (RIGHT_SELL | RIGHT_HOLD | RIGHT_LINE_DISCOUNT | RIGHT_VOID_TICKET | RIGHT_SHIFT |     \
   RIGHT_REPRINT | RIGHT_COUNT)

static const RoleBundle BUNDLES[N_ROLES] = {
    [ROLE_CLERK] = {SELLS, 500, 0, 0, 0},
    [ROLE_PHARMACIST] =
        {SELLS | RIGHT_REVIEW_RX | RIGHT_CHECK_RX | RIGHT_UNMASK, 1000, 0, 0, 0},
    [ROLE_QUALITY] =
        {RIGHT_COUNT | RIGHT_RECEIVE | RIGHT_REPRINT | RIGHT_UNLOCK_LOT, 0, 0, 0, 50000},
    [ROLE_MANAGER] = {SELLS | RIGHT_PRICE | RIGHT_OPEN_DRAWER | RIGHT_RECEIVE |
                          RIGHT_SETTINGS | RIGHT_UNMASK | RIGHT_EXPORT | RIGHT_REFUND |
                          RIGHT_AUDIT | RIGHT_STAFF,
                      3000,
                      3000,
                      50000,
                      200000},
};

const RoleBundle *
role_bundle(Role role)
{
  return &BUNDLES[(unsigned)role < N_ROLES ? role : ROLE_CLERK];
}

Staff *
staff_new(void)
{
  return g_new0(Staff, 1);
}

Staff *
staff_copy(const Staff *staff)
{
  if (!staff)
    return NULL;
  Staff *copy = g_memdup2(staff, sizeof *staff);
  copy->number = g_strdup(staff->number);
  copy->name = g_strdup(staff->name);
  copy->registration.number = g_strdup(staff->registration.number);
  return copy;
}

void
staff_free(Staff *staff)
{
  if (!staff)
    return;
  g_free(staff->number);
  g_free(staff->name);
  registration_clear(&staff->registration);
  g_free(staff);
}

bool
staff_may(const Staff *staff, Right right)
{
  return staff && staff->active && (staff->rights & right) == (uint32_t)right;
}

int64_t
staff_lockout_s(int failures)
{
  static const int64_t MINUTES[] = {0, 1, 5, 15};
  int fives = failures < 0 ? 0 : failures / TRIES;
  return MINUTES[MIN(fives, (int)G_N_ELEMENTS(MINUTES) - 1)] * MINUTE_S;
}
