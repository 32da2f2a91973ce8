/* auditing: deeds that leave no other trace, written into the audit log: who, what,
 * which. */
#pragma once

#include "app/till.h"

/* In a transaction of its own, or in the one that is open. @subject, @detail: numbers and
 * codes only, nothing personal; NULL is "". A failure is told in the message bar.
 * @return false when it is not on disk: the deed must not be done. */
bool
auditing_note(Till *till, const char *action, const char *subject, const char *detail);
