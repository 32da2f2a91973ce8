/* duty_store: pharmacists who came and went, in store.db: the log of this till
 * (append-only) and what was said last about each, at whichever till. Main thread. */
#pragma once

#include "app/domain/duty.h"
#include "db/db.h"

/* Said at this till: the fact, its event for central, its audit row and the new state, in
 * one transaction. @who: who is signed in, "" for nobody. */
bool duty_store_add(Db *store, const Duty *duty, const char *who, GError **error);
/* Heard from central. What is older than what is known of this person does nothing, so
 * that an echo never turns the log back. Inside a transaction or alone. */
bool duty_store_hear(Db *store, const Duty *duty, GError **error);
/* Everybody who was last said to be here, of Duty (transfer full); whether they still
 * count is duty_counts()'s to say. */
bool duty_store_here(Db *store, GPtrArray **ret, GError **error);
/* What was said last about @staff (transfer full); NULL: nothing ever. */
bool duty_store_find(Db *store, const char *staff, Duty **ret, GError **error);
