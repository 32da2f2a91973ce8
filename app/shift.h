/* shift: the stretch of one drawer. Closing makes a backup. */
#pragma once

#include "app/till.h"

/* Opens a shift for @staff unless one of today is open; one left open by an earlier day
 * is closed first, so that a business day never holds another day's sales. */
bool shift_begin(Till *till, const Staff *staff, GError **error);
void shift_close(Till *till); /* closes, backs up, signs out; held tickets stay */
/* `Back up now`; also says so in the message bar. */
bool shift_back_up(Till *till);
ShiftTotals shift_totals(Till *till);
