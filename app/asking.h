/* asking: another person, beside whoever is signed in, says who they are: to approve what
 * the other may not do alone, or to come on duty and go. Works without the line.
 *
 * A verb that is refused calls asking_want(); a person opens the panel (asking_open());
 * number or badge, then PIN, then why. An approved act is done at once; what could not be
 * done then may be done again for a minute. */
#pragma once

#include "app/till.h"

/* -- For verbs ------------------------------------------------------------------------
 */

/* @act may not be done alone: keeps the wish (@words: what was typed) and the refusal in
 * the audit log. */
void asking_want(Till *till, const ApprovalWish *wish, const char *words);
/* The approver's number (transfer full) when @wish is approved: used up, kept in the
 * audit log and told to central in one transaction; NULL: it is not. */
char *asking_take(Till *till, const ApprovalWish *wish);
/* A wish about the ticket that is open, at @row; -1: all of it. */
ApprovalWish asking_wish(const Till *till, ApprovalAct act, int row, int64_t number);

/* -- For the panel ---------------------------------------------------------------------
 */

void asking_open(Till *till, TillAsk ask); /* ASK_APPROVAL: when something was refused */
void asking_close(Till *till);
/* A number was typed or a badge scanned; NULL or "": ask for it again. */
void asking_begin(Till *till, const char *number_or_badge);
/* With till->asked known. @words: for REASON_OTHER (nullable). */
void
asking_approve(Till *till, const char *pin, ApprovalReason reason, const char *words);
/* Comes when not on duty, else goes. */
void asking_duty(Till *till, const char *pin, DutyPlace place, DutyGo why);
void asking_tick(Till *till); /* a minute is over by itself */
