/* printer_status: what a receipt printer's answers mean; a byte stream in which DLE EOT
 * replies, automatic status back and GS r answers are told apart. Pure. */
#pragma once

#include "drivers/device.h"

#define PRINTER_NAME_MOST 63 /* bytes of a maker's or a model's name */

/* Starts as all zero. */
typedef struct {
  guint8 real_time[5]; /* last reply to DLE EOT n, by n */
  int asking; /* n of the DLE EOT not yet answered; 0: none. Replies carry no n, so
                 there is never more than one open question */
  guint8 automatic[4];
  int n_automatic;  /* bytes of it so far */
  bool tells;       /* it sent a whole automatic status: it tells by itself */
  bool spoke;       /* answered a DLE EOT or told by itself since this was last cleared */
  bool buffer_done; /* GS r answered since this was last cleared */
  bool wants_name;  /* GS I was asked and its answer (5F, text, 00) has not begun */
  bool is_naming;   /* amid that answer */
  char name[PRINTER_NAME_MOST + 1]; /* printable ASCII; so far, or the last whole one */
  int n_name;
  bool has_name; /* a whole one came since this was last cleared */
} PrinterStatus;

/* Any bytes, split anywhere. */
void printer_status_hear(PrinterStatus *status, const guint8 *bytes, gsize length);
DeviceState printer_status_state(const PrinterStatus *status);
/* The worst of @state as an error. @return false when nothing keeps it from printing. */
bool printer_status_fault(DeviceState state, GError **error);
