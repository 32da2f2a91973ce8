/* sign_in: who is here, what they may do. */
#pragma once

#include "app/till.h"

/* A number was typed or a badge scanned (scan_code() at PAGE_SIGN_IN calls this): puts
 * its owner into till->signing (TILL_STAFF), so that the page asks for the PIN; a notice
 * when nobody has it. NULL or "": nobody, ask for a number again. */
void sign_in_begin(Till *till, const char *number_or_badge);
/* By staff number or badge, and PIN. Opens a shift when none is open. On failure the till
 * stays at sign-in with a notice. */
void sign_in(Till *till, const char *number_or_badge, const char *pin);
void sign_out(Till *till); /* refused while a ticket is in work */
/* Staff to choose from (transfer full), of Staff. */
GPtrArray *sign_in_list(Till *till);

void sign_in_forget(Till *till); /* nobody is here any more; the shift stays as it is */
