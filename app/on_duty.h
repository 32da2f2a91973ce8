/* on_duty: who is the pharmacist here now; coming and going, each with their PIN. */
#pragma once

#include "app/till.h"

void on_duty_read(Till *till); /* from store.db into till->duty */
/* PharmacyScope bits of those on duty, here or in reach from afar; 0: nobody. */
uint32_t on_duty_scopes(const Till *till);
/* The first of those who count now, borrowed; NULL: nobody. */
const Duty *on_duty_first(const Till *till);
/* Their name as central gave it; else their number (transfer full). */
char *on_duty_name(Till *till, const Duty *duty);
/* What was said last about @number when it counts now, borrowed; NULL: not on duty. */
const Duty *on_duty_of(const Till *till, const char *number);

/* @staff has just proved who they are: comes (judged by CN-PH-04; on a refusal false,
 * told and kept in the audit), or goes. */
bool on_duty_come(Till *till, const Staff *staff, DutyPlace place);
bool on_duty_go(Till *till, const Staff *staff, DutyGo why);
/* Whoever signed in comes on duty too when they are a pharmacist with a registration. */
void on_duty_arrive(Till *till);
