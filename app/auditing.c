#include "app/auditing.h"

#include "db/audit_log.h"

bool
auditing_note(Till *till, const char *action, const char *subject, const char *detail)
{
  GError *error = NULL;
  const char *number = till->staff ? till->staff->number : "";

  if (audit_log_add(
          till->store, number, action, subject, detail, till_now_us(till), &error))
    return true;
  till_failed(till, error);
  return false;
}
