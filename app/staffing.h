/* staffing: what a manager sees of the people here, and the one thing to do about it.
 * Central hires, gives rights and PINs; a till only looks. */
#pragma once

#include "app/till.h"

typedef struct {
  Staff *staff;    /* owned */
  int64_t here_us; /* last sign-in at this till; 0: never */
  int failures;    /* wrong PINs in a row */
  int64_t wait_s;  /* locked out for so long; 0: not */
  bool is_on_duty; /* as a pharmacist */
  DutyPlace place;
} StaffView;
void staff_view_free(StaffView *view);

bool staffing_may_look(const Till *till); /* RIGHT_STAFF */
void staffing_open(Till *till);           /* the page; refused without the right */
/* Of StaffView, by number (transfer full). */
GPtrArray *staffing_list(Till *till);
/* Lets @number try again at once; kept in the audit log. */
void staffing_forgive(Till *till, const char *number);
