/* duty_book: a pharmacist came or went: kept, and told to the tills that it concerns.
 * Inside a transaction. */
#pragma once

#include "sync/hub/apply.h"

/* To the tills of the store; who serves from afar is told to those of every store. */
bool duty_book_apply(Base *base, const Fact *fact, GError **error);
