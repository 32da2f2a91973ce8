/* printing: receipts reach paper, once, whole, or wait where the clerk sees them. */
#pragma once

#include "app/domain/document.h"
#include "app/till.h"
#include "db/print_store.h"

/* Sends what waits, one job at a time; asked for by a person, also to a printer that gave
 * no answer last time. What had gone out before is marked as a copy. */
void printing_start(Till *till);
void printing_reprint_last(Till *till); /* marked as a copy */
void printing_reprint(Till *till, const char *number);
void printing_drop(Till *till, int64_t job_id); /* gives up a waiting receipt */
void printing_open_drawer(Till *till);          /* without a sale; on record */
/* A pulse of its own, ahead of the paper, so that an empty roll never keeps the drawer
 * shut; not repeated when it fails. */
void printing_kick_drawer(Till *till);
void printing_test_page(Till *till);     /* what this printer can; nothing is kept */
GPtrArray *printing_waiting(Till *till); /* (transfer full), of PrintJob */

/* The receipt of a kept sale as a document (transfer full), NULL when there is none. */
Document *printing_receipt(Till *till, const char *number, int copy);
/* Device events of the printer; wired by devices_open(). */
void printing_on_device(Till *till, const DeviceEvent *event);
