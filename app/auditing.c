#include "app/auditing.h"

#include "db/audit_log.h"

static bool
write_down(Till *till,
           const char *action,
           const char *subject,
           const char *detail,
           GError **error)
{
  g_autoptr(DbWork) work = db_in_work(till->store) ? NULL : db_begin(till->store, error);
  if (!work && !db_in_work(till->store))
    return false;
  const char *number = till->staff ? till->staff->number : "";
  return audit_log_add(till->store,
                       number,
                       action,
                       subject ? subject : "",
                       detail ? detail : "",
                       till_now_us(till),
                       error) &&
         (!work || db_commit(work, error));
}

bool
auditing_note(Till *till, const char *action, const char *subject, const char *detail)
{
  GError *error = NULL;
  if (write_down(till, action, subject, detail, &error))
    return true;
  till_failed(till, error);
  return false;
}
