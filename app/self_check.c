#include "app/self_check.h"

#include <glib/gstdio.h>

#include "app/base/clock.h"
#include "db/backup.h"
#include "db/catalogue_store.h"

#define STALE_BACKUP_US (36 * G_TIME_SPAN_HOUR) /* a shop closes its shift every day */
#define CLOCK_LIMIT_US  G_TIME_SPAN_MINUTE

static CheckLine
line_of(CheckItem item, CheckGrade grade, CheckFinding finding, int64_t number)
{
  return (CheckLine){item, grade, finding, number};
}

static CheckLine
check_books(Till *till)
{
  g_autofree char *folder = g_build_filename(till->folder, "backups", NULL);
  g_autoptr(GPtrArray) backups = backup_list(folder);
  GStatBuf file;
  if (!backups || backups->len == 0 || g_stat(backups->pdata[0], &file) != 0)
    return line_of(CHECK_BOOKS, CHECK_WARN, FOUND_NO_BACKUP, 0);
  int64_t made_us = (int64_t)file.st_mtime * G_TIME_SPAN_SECOND;
  bool is_stale = till_now_us(till) - made_us > STALE_BACKUP_US;
  return line_of(CHECK_BOOKS, is_stale ? CHECK_WARN : CHECK_OK, FOUND_BACKUP, made_us);
}

static CheckLine
check_articles(Till *till)
{
  const SyncStatus *sync = &till->sync_status;
  int64_t here = till->catalogue ? catalogue_store_position(till->catalogue) : 0;
  if (here == 0)
    return line_of(CHECK_ARTICLES, CHECK_BAD, FOUND_NO_ARTICLES, 0);
  if (sync->catalogue_head > here)
    return line_of(
        CHECK_ARTICLES, CHECK_OK, FOUND_CATCHING_UP, sync->catalogue_head - here);
  return line_of(CHECK_ARTICLES, CHECK_OK, FOUND_UP_TO_DATE, 0);
}

static CheckLine
check_clock(Till *till)
{
  if (till->sync_status.last_contact_us == 0)
    return line_of(CHECK_CLOCK, CHECK_QUIET, FOUND_CLOCK_UNKNOWN, 0);
  int64_t ahead_us = till->sync_status.hub_ahead_us;
  if (ABS(ahead_us) > CLOCK_LIMIT_US)
    return line_of(CHECK_CLOCK, CHECK_WARN, FOUND_CLOCK_OFF, ahead_us);
  return line_of(CHECK_CLOCK, CHECK_OK, FOUND_CLOCK_AGREES, ahead_us);
}

static CheckLine
check_central(Till *till)
{
  int64_t waiting = till->outbox_waiting;
  switch (till->sync_status.line) {
  case SYNC_ONLINE:
    return line_of(
        CHECK_CENTRAL, CHECK_OK, waiting > 0 ? FOUND_WAITING : FOUND_ONLINE, waiting);
  case SYNC_TRYING:
    return line_of(CHECK_CENTRAL, CHECK_QUIET, FOUND_TRYING, waiting);
  case SYNC_OFFLINE:
    return line_of(CHECK_CENTRAL, CHECK_WARN, FOUND_OFFLINE, waiting);
  case SYNC_REFUSED:
    return line_of(CHECK_CENTRAL, CHECK_WARN, FOUND_REFUSED, waiting);
  case SYNC_OFF:
    break;
  }
  return till->identity ? line_of(CHECK_CENTRAL, CHECK_QUIET, FOUND_TRYING, waiting)
                        : line_of(CHECK_CENTRAL, CHECK_WARN, FOUND_NOT_ENROLLED, waiting);
}

CheckLine
self_check_device(const Device *device, CheckItem item)
{
  static const struct {
    DeviceState state;
    CheckFinding finding;
  } faults[] = {{DEVICE_GONE, FOUND_GONE},
                {DEVICE_BROKEN, FOUND_BROKEN},
                {DEVICE_PAPER_OUT, FOUND_PAPER_OUT},
                {DEVICE_COVER_OPEN, FOUND_COVER_OPEN},
                {DEVICE_CUTTER_JAM, FOUND_CUTTER_JAM},
                {DEVICE_HOT, FOUND_HOT},
                {DEVICE_PAPER_LOW, FOUND_PAPER_LOW}};
  if (!device)
    return line_of(
        item, item == CHECK_SCANNER ? CHECK_QUIET : CHECK_WARN, FOUND_NO_DEVICE, 0);
  DeviceState state = device_state(device);
  for (gsize i = 0; i < G_N_ELEMENTS(faults); i++) {
    if (state & faults[i].state)
      return line_of(item, CHECK_WARN, faults[i].finding, 0);
  }
  return line_of(item, CHECK_OK, FOUND_READY, 0);
}

void
self_check(Till *till, CheckLine ret[N_CHECKS])
{
  ret[CHECK_BOOKS] = check_books(till);
  ret[CHECK_ARTICLES] = check_articles(till);
  ret[CHECK_CLOCK] = check_clock(till);
  ret[CHECK_SCANNER] = self_check_device(till->device[USE_SCANNER], CHECK_SCANNER);
  ret[CHECK_PRINTER] = self_check_device(till->device[USE_PRINTER], CHECK_PRINTER);
  ret[CHECK_CENTRAL] = check_central(till);
}
