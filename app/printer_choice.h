/* printer_choice: what the printer on the counter can: a profile somebody chose for it,
 * else the one it named itself by, else the printer everybody has. Remembered by the
 * printer's address, which holds its ids and its socket. */
#pragma once

#include "app/till.h"
#include "drivers/escpos.h"

const EscposProfile *printer_choice(const Till *till);
/* @name: of a profile, for the printer on the counter; "": as it says itself. */
bool printer_choice_set(Till *till, const char *name, GError **error);
/* Takes the next: as it says itself, then each of our own profiles in turn. */
bool printer_choice_next(Till *till, GError **error);
/* What it said of itself: "maker\tmodel"; anybody's bytes. */
void printer_choice_heard(Till *till, GBytes *said);
