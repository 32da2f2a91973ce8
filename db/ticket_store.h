/* ticket_store: tickets on hold, in store.db; they survive a power cut. */
#pragma once

#include "app/domain/sale.h"
#include "db/db.h"

typedef struct {
  int64_t id;
  char *label;        /* owned; given name or "" */
  char *staff_number; /* owned; who held it */
  int64_t held_us;
  int lines;
  Money due;         /* before rounding */
  char *first_names; /* owned; names of the first lines, for the list */
} HeldTicket;
void held_ticket_free(HeldTicket *ticket);

bool ticket_store_hold(Db *store,
                       const Sale *sale,
                       const char *label,
                       const char *staff_number,
                       int64_t now_us,
                       GError **error);
bool ticket_store_list(Db *store, GPtrArray **ret, GError **error); /* oldest first */
/* Takes the ticket off hold: gone from the list, (transfer full) to the caller. *ret_sale
 * is NULL when another till or hand took it before. */
bool ticket_store_recall(Db *store, int64_t id, Sale **ret_sale, GError **error);
/* Reads it without taking it (for the list's preview). */
bool ticket_store_peek(Db *store, int64_t id, Sale **ret_sale, GError **error);
int ticket_store_count(Db *store);
