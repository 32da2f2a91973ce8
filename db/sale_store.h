/* sale_store: a sale becomes a fact, in store.db: one transaction for sale, lines,
 * tenders, stock movements, print job, audit link and outbox event; synced to disk on
 * return. */
#pragma once

#include "app/domain/sale.h"
#include "app/domain/tender.h"
#include "db/db.h"

typedef struct {
  const Sale *sale;
  const Payment *payment;
  Money round_step;
  const char *staff_number;
  int64_t shift_id;
  Day business_date;
  int64_t now_us;
  const char *receipt_kind; /* name of the print job that waits; NULL: print nothing */
  /* (nullable), of int: lines, from 0, that want a label for loose medicine. */
  const GArray *label_lines;
} SaleCommit;

/* @ret_number: (transfer full): the receipt number, gapless per device and epoch. The
 * same sale.uid twice, an empty sale, and a payment that does not fit it are refused
 * (DB_ERROR_REFUSED). On failure nothing is kept. */
bool
sale_store_commit(Db *store, const SaleCommit *commit, char **ret_number, GError **error);

/* The body of the event of sale @id, made of the rows that are kept (transfer full); the
 * same bytes as in the outbox, as long as nobody changed a row. NULL with @error. */
char *sale_store_body(Db *store, int64_t id, GError **error);

/* What a reprint needs: the sale as it was kept. NULLs when not found. */
typedef struct {
  char *number;
  char *uid;
  int64_t sold_us;
  char *staff_number;
  Money round_step;
  Sale *sale;
  Payment *payment;
} KeptSale;
void kept_sale_free(KeptSale *kept);
bool sale_store_find(Db *store, const char *number, KeptSale **ret, GError **error);
bool sale_store_last(Db *store, KeptSale **ret, GError **error);
