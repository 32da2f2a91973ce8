/* VdevPrinter: a receipt printer on a virtual bus: the descriptors and requests of its
 * kind around drivers/sim's model of paper, cover and knife. */
#pragma once

#include "drivers/sim/printer_model.h"
#include "tests/usb/vdev.h"

typedef enum {
  PRINTER_TWO_WAY,    /* 07/01/02; bulk OUT 03, bulk IN 84 */
  PRINTER_ONE_WAY,    /* 07/01/01; bulk OUT 01 */
  PRINTER_ALTERNATES, /* 0: 07/01/01; 1: 07/01/02 with IN 82; 2: 07/01/03 */
  PRINTER_VENDOR,     /* FF/00/00; bulk OUT 01, bulk IN 82 */
  N_PRINTER_SHAPES
} PrinterShape;

typedef enum {
  PRINTER_ID_BIG,    /* its length big-endian, as specified */
  PRINTER_ID_LITTLE, /* little-endian */
  PRINTER_ID_NONE    /* the request stalls */
} PrinterIdManner;

typedef struct {
  guint16 vendor, product;
  PrinterShape shape;
  PrinterIdManner id_manner;
  const char *id;          /* "MFG:…;MDL:…;" */
  int columns, dots;       /* 0: 48 and 576 */
  int constant_port;       /* what GET_PORT_STATUS always says; 0: the truth */
  int64_t (*now_us)(void); /* the model's clock; NULL: the monotonic one */
} VdevPrinterKind;

typedef struct VdevPrinter VdevPrinter;

VdevPrinter *vdev_printer_new(const VdevPrinterKind *kind); /* copied */
void vdev_printer_free(VdevPrinter *printer);               /* after its bus is gone */
Vdev *vdev_printer_vdev(VdevPrinter *printer);

/* Between the two the model may be touched: it is locked, and what came of it goes over
 * the cable at the end. */
PrinterModel *vdev_printer_begin(VdevPrinter *printer);
void vdev_printer_end(VdevPrinter *printer);
int vdev_printer_soft_resets(VdevPrinter *printer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VdevPrinter, vdev_printer_free)
