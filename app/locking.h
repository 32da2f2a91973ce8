/* locking: the till is left alone for a while. Whoever is signed in stays so and the
 * ticket stays on the table; nothing is reached before a PIN, and nothing is scanned. */
#pragma once

#include "app/till.h"

void locking_lock(Till *till); /* nothing at sign-in */
/* Somebody else says who they are (number or badge); NULL or "": whoever locked it. */
void locking_begin(Till *till, const char *number_or_badge);
/* The PIN of till->signing, or of whoever is signed in when that is NULL. Another person
 * needs RIGHT_STAFF: the ticket goes on hold, money that lay on the counter is given
 * back, the other is signed out and this one signed in. */
void locking_open(Till *till, const char *pin);
/* Locks by itself when nobody did anything for the setting "lock.idle_s" (600; 0:
 * never). @now_us: monotonic. */
void locking_mind(Till *till, int64_t now_us);
