#include "app/domain/person.h"

#define TRIES    5
#define MINUTE_S 60

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
  return copy;
}

void
staff_free(Staff *staff)
{
  if (!staff)
    return;
  g_free(staff->number);
  g_free(staff->name);
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
