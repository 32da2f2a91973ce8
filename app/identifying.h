/* identifying: whose number or badge is this, and is the PIN theirs? For every verb that
 * asks a person who they are: signing in, approving, coming on duty, unlocking. */
#pragma once

#include "app/till.h"

/* @return (transfer full); NULL after telling that nobody has it. */
Staff *identifying_find(Till *till, const char *number_or_badge);
/* @return false after telling how many tries are left, or how long to wait. */
bool identifying_pin(Till *till, const Staff *staff, const char *pin);
