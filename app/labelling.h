/* labelling: stickers for medicine sold loose, for shelves, for doses: once, whole, or
 * waiting where receipts wait too (db/print_store). */
#pragma once

#include "app/domain/label.h"
#include "app/till.h"

/* Sends what waits, one at a time; asked for by a person, also to a printer that gave no
 * answer last time. */
void labelling_start(Till *till);
/* A shelf label of article @product_id; 0: of the chosen line. */
void labelling_shelf(Till *till, int64_t product_id);
/* A dose label, at once; not kept. */
void labelling_dose(Till *till, const DoseFacts *facts);
void labelling_test(Till *till); /* a sample dose label */
/* Lines of the ticket (of int, from 0) that want a label for loose medicine when the sale
 * is kept (transfer full); empty when no label printer is in use or setting "label.loose"
 * is "off". */
GArray *labelling_loose_lines(Till *till);
/* Device events of the label printer; wired by devices_open(). */
void labelling_on_device(Till *till, const DeviceEvent *event);
