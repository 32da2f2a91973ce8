/* people_store: staff as central gave them (catalogue.db), their lock-outs (store.db). */
#pragma once

#include "app/domain/person.h"
#include "db/db.h"
#include "db/seal.h"

bool people_store_list(Db *catalogue, GPtrArray **ret_staff, GError **error); /* active */
/* By staff number or badge code. *ret_staff NULL: unknown. */
bool people_store_find(Db *catalogue,
                       const char *number_or_badge,
                       Staff **ret_staff,
                       GError **error);

typedef enum { PIN_RIGHT, PIN_WRONG, PIN_LOCKED } PinAnswer;

/* Counts the try in @store, on disk, before it looks at the PIN, so that pulling the plug
 * does not give another try. Waits are kept per person and for the whole till, by a clock
 * that only goes forward: setting the wall clock back does not help.
 * @ret_wait_s: seconds until the next try; 0: at once. Somebody without a PIN on file is
 * always wrong. Takes about 20 ms (Argon2id, 19 MiB). */
bool people_store_check_pin(Db *catalogue,
                            Db *store,
                            const Seal *seal,
                            const Staff *staff,
                            const char *pin,
                            int64_t now_us,
                            PinAnswer *ret_answer,
                            int64_t *ret_wait_s,
                            GError **error);
/* Wrong PINs that @staff may still enter before a wait begins; 0: each one makes it wait.
 */
int people_store_tries_left(Db *store, const Staff *staff);

/* Wrong PINs in a row that are on file. */
typedef struct {
  char *number; /* owned; staff number; "": of the whole till */
  int failures;
  int64_t wait_s; /* until the next try; 0: at once */
} PinWait;
bool people_store_waits(Db *store, int64_t now_us, GPtrArray **ret, GError **error);
/* The wrong PINs of @number and of the till are forgotten: a manager let them go on. */
bool people_store_forgive(Db *store, const char *number, GError **error);
/* When @number signed in last at this till; 0: never. */
bool
people_store_last_here(Db *store, const char *number, int64_t *ret_us, GError **error);
