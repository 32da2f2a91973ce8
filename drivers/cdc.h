/* Cdc: a serial line over USB (CDC 1.2, abstract control model; PSTN 1.2, 6.3.10-12) as a
 * Wire: line coding, DTR and RTS, the data interface's two endpoints. Device threads. */
#pragma once

#include "drivers/usb_inlet.h"
#include "drivers/wire.h"

typedef struct Cdc Cdc;

/* As in SET_LINE_CODING. */
typedef enum { CDC_PARITY_NONE, CDC_PARITY_ODD, CDC_PARITY_EVEN } CdcParity;
typedef struct {
  int baud;
  int data_bits; /* 7, 8 */
  CdcParity parity;
  int stop_bits; /* 1, 2 */
} CdcLine;

/* Opens the device at @place ("0c2e:0b61@1-2", as for usb_open()), sets @line, raises DTR
 * and RTS: many send nothing without. @notify: (nullable) as in usb_inlet_new(). NULL
 * with
 * @error: GONE, ACCESS, BUSY, or DEVICE_ERROR_WRONG: no serial line. */
Cdc *cdc_open(const char *place,
              const CdcLine *line,
              UsbNotify notify,
              gpointer data,
              GError **error);
void cdc_close(Cdc *cdc); /* NULL is fine */

/* The wire whose end is a Cdc. */
extern const Wire CDC_WIRE;

/* The seven bytes of SET_LINE_CODING. */
void cdc_line_coding(const CdcLine *line, guint8 ret_bytes[7]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Cdc, cdc_close)
