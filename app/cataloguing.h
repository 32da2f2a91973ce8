/* cataloguing: the till's reading connection of catalogue.db, a copy of what central
 * owns. A damaged one is set aside and fetched anew; selling goes on with what is on the
 * ticket. */
#pragma once

#include "app/till.h"

/* Makes or upgrades the file and opens it for reading. The courier must not run. */
void cataloguing_open(Till *till);
void cataloguing_close(Till *till);
/* The courier made it anew, or changed it: opens it when it is closed. */
void cataloguing_look_again(Till *till);
/* A reading call failed: tells it, and mends a damaged file; takes @error. */
void cataloguing_failed(Till *till, GError *error);
/* True when there is something to look in; else says so in the message bar. */
bool cataloguing_is_there(Till *till);
