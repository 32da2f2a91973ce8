/* Serial: a serial line of the kernel's (/dev/ttyUSB0, /dev/ttyACM0, /dev/ttyS0) as a
 * Wire: for vendor serial chips (CH340, PL2303, CP210x) and old ports. Raw, 8N1 or as
 * told, no flow control, DTR and RTS raised. Device threads. */
#pragma once

#include "drivers/device.h"
#include "drivers/wire.h"

typedef struct Serial Serial;

/* Opens "/dev/ttyUSB0" or "/dev/ttyUSB0,2400" or "/dev/ttyUSB0,9600,7E1"; without a speed
 * @baud. "usb:1a86:7523@1-2" is the line of the chip at that socket, else of the first of
 * its kind. Nobody else may open the line meanwhile. NULL with @error: GONE, ACCESS,
 * BUSY; WRONG: it is no serial line; ADDRESS: no such speed or letter. */
Serial *serial_open(const char *place, int baud, GError **error);
void serial_close(Serial *serial); /* NULL is fine */

/* The wire whose end is a Serial. */
extern const Wire SERIAL_WIRE;

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Serial, serial_close)
