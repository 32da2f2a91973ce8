/* print_store: what waits for paper, in store.db. A job is written with its sale and
 * taken off only when the printer said that it came out. */
#pragma once

#include "db/db.h"

typedef struct {
  int64_t id;
  char *kind;    /* owned; "receipt", "label-loose", "label-shelf" */
  char *subject; /* owned; the receipt's number; "number#line"; the article's id */
  int copy;      /* 0 first print; n: to be marked as copy n */
  int tries;     /* times that bytes went to a printer */
  int64_t made_us;
} PrintJob;
void print_job_free(PrintJob *job);

bool print_store_add(Db *store,
                     const char *kind,
                     const char *subject,
                     int copy,
                     int64_t now_us,
                     GError **error);
bool
print_store_waiting(Db *store, GPtrArray **ret_jobs, GError **error); /* oldest first */
/* The same for what goes to the label printer: every kind but "receipt". */
bool print_store_waiting_labels(Db *store, GPtrArray **ret_jobs, GError **error);
/* Written before the first byte goes out, so that a second attempt is marked as a copy.
 */
bool print_store_begin(Db *store, int64_t id, GError **error);
bool print_store_done(Db *store, int64_t id, int64_t now_us, GError **error);
bool print_store_drop(Db *store, int64_t id, GError **error); /* a person gave it up */
int print_store_count(Db *store);                             /* receipts */
int print_store_count_labels(Db *store);
