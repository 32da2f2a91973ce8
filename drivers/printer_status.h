/* printer_status: what a receipt printer's answers mean; a byte stream in which DLE EOT
 * replies, automatic status back and GS r answers are told apart. Pure. */
#pragma once

#include "drivers/device.h"

/* Starts as all zero. */
typedef struct {
  guint8 real_time[5]; /* last reply to DLE EOT n, by n */
  int asking; /* n of the DLE EOT not yet answered; 0: none. Replies carry no n, so
                 there is never more than one open question */
  guint8 automatic[4];
  int n_automatic;  /* bytes of it so far */
  bool spoke;       /* answered a DLE EOT or told by itself since this was last cleared */
  bool buffer_done; /* GS r answered since this was last cleared */
} PrinterStatus;

/* Any bytes, split anywhere. */
void printer_status_hear(PrinterStatus *status, const guint8 *bytes, gsize length);
DeviceState printer_status_state(const PrinterStatus *status);
/* The worst of @state as an error. @return false when nothing keeps it from printing. */
bool printer_status_fault(DeviceState state, GError **error);
