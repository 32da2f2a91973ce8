#include "app/shift.h"

#include "app/folder.h"
#include "app/minding.h"
#include "app/sign_in.h"
#include "app/syncing.h"
#include "db/backup.h"

#define KEEP_BACKUPS 14

static bool
close_one(Till *till, const char *staff_number, GError **error)
{
  return shift_store_close(
      till->store, till->shift.id, staff_number, till_now_us(till), error);
}

bool
shift_begin(Till *till, const Staff *staff, GError **error)
{
  Day today = till_today(till);
  bool is_old = till->shift.id && till->shift.business_date < today;

  if (is_old && !close_one(till, staff->number, error))
    return false;
  if ((is_old || !till->shift.id) &&
      !shift_store_open_one(
          till->store, staff->number, today, 0, till_now_us(till), error))
    return false;
  shift_clear(&till->shift);
  till_changed(till, TILL_STAFF);
  return shift_store_current(till->store, &till->shift, error);
}

bool
shift_back_up(Till *till)
{
  g_autofree char *backups = folder_path(till->folder, "backups");
  g_autofree char *path = NULL;
  g_autoptr(GError) error = NULL;
  bool made =
      folder_make(backups, &error) &&
      backup_make(till->store, backups, till_now_us(till), KEEP_BACKUPS, &path, &error);
  if (made) {
    till_notice(till,
                (Notice){.kind = NOTICE_INFO,
                         .id = NOTICE_BACKUP_MADE,
                         .what = g_path_get_basename(path)});
    return true;
  }
  g_message("backup: %s", error->message);
  till_notice(till,
              (Notice){.kind = NOTICE_WARN,
                       .id = NOTICE_BACKUP_FAILED,
                       .what = g_strdup(error->message)});
  return false;
}

static bool
may_close(Till *till)
{
  NoticeId id = NOTICE_NOTHING;
  if (!staff_may(till->staff, RIGHT_SHIFT))
    id = NOTICE_NO_RIGHT;
  else if (!sale_is_empty(till->sale))
    id = NOTICE_TICKET_IN_WORK;
  if (id != NOTICE_NOTHING)
    till_notice(till, (Notice){.kind = NOTICE_WARN, .id = id});
  return id == NOTICE_NOTHING;
}

void
shift_close(Till *till)
{
  GError *error = NULL;
  minding_begin_deed(till);
  if (!till->shift.id || !may_close(till))
    return;
  if (!close_one(till, till->staff->number, &error)) {
    till_failed(till, error);
    return;
  }
  shift_clear(&till->shift);
  sign_in_forget(till);
  if (shift_back_up(till)) {
    notice_clear(&till->notice);
    till_notice(till, (Notice){.kind = NOTICE_INFO, .id = NOTICE_SHIFT_CLOSED});
  }
  syncing_nudge(till);
}

ShiftTotals
shift_totals(Till *till)
{
  ShiftTotals totals = {0};
  GError *error = NULL;

  if (till->shift.id && !shift_store_totals(till->store, till->shift.id, &totals, &error))
    till_failed(till, error);
  return totals;
}
