/* VdevScanner: a barcode scanner on a virtual USB socket, in each of its modes
 * (drivers/sim/scanner_model.h), or with a maker's own serial chip in it. */
#pragma once

#include "drivers/sim/scanner_model.h"
#include "tests/usb/vdev.h"

typedef struct VdevScanner VdevScanner;

#define VDEV_SCANNER_IN 0x81 /* where codes come from in all modes */

/* 1eab:0c10 HID POS, 1eab:0c03 wedge, 1eab:0c06 serial; Honeywell's 0c2e:0b81 in HID POS,
 * 0c2e:0b8a serial, which stay silent until they are switched on. */
VdevScanner *vdev_scanner_new(ScannerMode mode);
VdevScanner *vdev_scanner_new_honeywell(ScannerMode mode);
/* A CH340 (1a86:7523): vendor class, nothing to be found out. */
VdevScanner *vdev_scanner_new_chip(void);
void vdev_scanner_free(VdevScanner *scanner); /* its device too; after its bus */

Vdev *vdev_scanner_device(VdevScanner *scanner);
/* The trigger is pulled; a serial line sends nothing without DTR. */
void vdev_scanner_scan(VdevScanner *scanner, const char *aim, const char *code);
/* Sounds that it made, lamps as last set (-1: never), boot protocol asked for. */
int vdev_scanner_beeps(VdevScanner *scanner, Beep beep);
int vdev_scanner_leds(VdevScanner *scanner);
bool vdev_scanner_is_booted(VdevScanner *scanner);
int vdev_scanner_baud(VdevScanner *scanner); /* of the line; 0: never set */
/* Requests that it does not understand from now on stall: "", or letters out of d
 * (descriptor), r (report), p (protocol and idle), l (line). */
void vdev_scanner_set_deaf(VdevScanner *scanner, const char *to);
/* It is pulled out under the request after so many; -1: stays. */
void vdev_scanner_set_life(VdevScanner *scanner, int requests);
