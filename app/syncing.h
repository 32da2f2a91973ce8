/* syncing: keeps the till in step with the courier: writes down what the hub has, applies
 * the pages it brings when the counter is quiet, tells the status. */
#pragma once

#include "app/till.h"

void syncing_start(Till *till); /* does nothing when the till is not enrolled */
void syncing_stop(Till *till);
void syncing_nudge(Till *till); /* a fact was kept; any time */
void syncing_count(Till *till); /* how many facts wait for the hub */
/* Tells the search which articles came to or went from the shelf since it was last told.
 */
void syncing_tell_stocked(Till *till);
/* The same for the articles of a kept sale. */
void syncing_tell_sold(Till *till, const Sale *sale);
