/* shift: the stretch of one drawer. Closing makes a backup. */
#pragma once

#include "app/till.h"

void shift_close(Till *till); /* backs up, closes, signs out; held tickets stay */
ShiftTotals shift_totals(Till *till);
