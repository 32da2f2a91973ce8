/* self_check: is this till fit to open the shop? What the sign-in and the devices page
 * show beside the work: looked up now, from files, clock, devices and line; nothing is
 * kept. */
#pragma once

#include "app/till.h"

typedef enum {
  CHECK_BOOKS,    /* store.db: the newest backup, which was checked when it was made */
  CHECK_ARTICLES, /* catalogue.db */
  CHECK_CLOCK,    /* against central's */
  CHECK_SCANNER,
  CHECK_PRINTER,
  CHECK_CENTRAL,
  N_CHECKS
} CheckItem;

typedef enum {
  CHECK_QUIET, /* cannot be said yet, and does not matter */
  CHECK_OK,
  CHECK_WARN, /* selling goes on; somebody should look */
  CHECK_BAD   /* no selling until it is put right */
} CheckGrade;

typedef enum {
  FOUND_BACKUP, /* @number: when the newest was made, UTC µs */
  FOUND_NO_BACKUP,
  FOUND_UP_TO_DATE,
  FOUND_CATCHING_UP, /* @number: changes still to come */
  FOUND_NO_ARTICLES,
  FOUND_CLOCK_AGREES, /* @number: µs that central is ahead of us */
  FOUND_CLOCK_OFF,    /* @number: likewise */
  FOUND_CLOCK_UNKNOWN,
  FOUND_NO_DEVICE, /* none is set up; a scanner may still type as a keyboard */
  FOUND_READY,
  FOUND_GONE,
  FOUND_PAPER_OUT,
  FOUND_PAPER_LOW,
  FOUND_COVER_OPEN,
  FOUND_CUTTER_JAM,
  FOUND_HOT,
  FOUND_BROKEN,
  FOUND_ONLINE,
  FOUND_WAITING, /* online; @number: events on their way */
  FOUND_OFFLINE, /* @number: events that wait here */
  FOUND_TRYING,
  FOUND_REFUSED,
  FOUND_NOT_ENROLLED,
  N_FOUND
} CheckFinding;

typedef struct {
  CheckItem item;
  CheckGrade grade;
  CheckFinding finding;
  int64_t number; /* as the finding says; 0 */
} CheckLine;

/* Fills @ret in the order of CheckItem. */
void self_check(Till *till, CheckLine ret[N_CHECKS]);
/* The same words for one device; @device: (nullable). */
CheckLine self_check_device(const Device *device, CheckItem item);
