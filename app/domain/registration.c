#include "app/domain/registration.h"

RegistrationState
registration_state(const Registration *registration, uint32_t scope, Day today)
{
  if (registration->kind == REGISTRATION_NONE)
    return REGISTRATION_MISSING;
  if (registration->from != DAY_NONE && today < registration->from)
    return REGISTRATION_NOT_YET;
  if (registration->to != DAY_NONE && today > registration->to)
    return REGISTRATION_EXPIRED;
  return registration->scopes & scope ? REGISTRATION_VALID : REGISTRATION_OUT_OF_SCOPE;
}

int
registration_days_left(const Registration *registration, Day today)
{
  return registration->to == DAY_NONE ? G_MAXINT : day_until(today, registration->to);
}

bool
registration_ends_soon(const Registration *registration, Day today)
{
  return registration_state(registration, SCOPE_ANY, today) == REGISTRATION_VALID &&
         registration_days_left(registration, today) <= REGISTRATION_WARN_DAYS;
}

void
registration_clear(Registration *registration)
{
  g_free(registration->number);
  *registration = (Registration){0};
}
