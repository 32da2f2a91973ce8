/* DeviceUse: what a till uses a device for; each use has one device at most. */
#pragma once

typedef enum {
  USE_SCANNER,
  USE_SCANNER_2, /* a second one: the box that reads payment codes, a table-top scanner */
  USE_PRINTER,   /* receipts; the cash drawer hangs on it */
  USE_ID_READER,
  USE_LABEL, /* label printer */
  USE_POLE,  /* the customer's display */
  USE_SCALE,
  USE_CARD_READER, /* IC cards */
  USE_CAMERA,
  N_DEVICE_USES
} DeviceUse;

/* "scanner", "scanner-2", "printer", "id-reader", "label", "pole", "scale",
 * "card-reader", "camera": names of the settings and of the command line. */
const char *device_use_name(DeviceUse use);
/* @return N_DEVICE_USES: no such name. */
DeviceUse device_use_named(const char *name);
