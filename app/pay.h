/* pay: from "how much?" to the committed sale. The sale is on disk before the drawer
 * opens or paper moves; a second confirmation of the same sale does nothing. */
#pragma once

#include "app/till.h"

void pay_open(Till *till); /* F12 on the sale; refused with what is missing */
void
pay_cancel(Till *till); /* Esc: back to the sale; tenders taken are given back first */
/* Adds a part payment: "120" cash given. NULL or "": exactly what is left. */
void pay_tender(Till *till, TenderKind kind, const char *amount);
void pay_remove(Till *till, int position);
/* F12 on the payment page. With nothing tendered yet and @typed_cash (nullable) in the
 * box, takes that as cash first. Commits, opens the drawer, prints, starts the next sale.
 */
void pay_confirm(Till *till, const char *typed_cash);
bool pay_is_connected(const Till *till, TenderKind kind);
