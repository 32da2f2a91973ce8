/* Typist: a keyboard-class device taken from the desktop: claimed at the USB level, so
 * that no key of it reaches a window; what it types comes as characters. Given back when
 * closed. Device threads. */
#pragma once

#include "drivers/usb_inlet.h"
#include "drivers/wire.h"

typedef struct Typist Typist;

/* @place: as for usb_open(). Its keyboard speaks the boot protocol, its lamps are put
 * out: some scanners invert letters by them. @notify: (nullable) as in usb_inlet_new().
 * NULL with @error: GONE, ACCESS, BUSY; WRONG: it is no keyboard. */
Typist *typist_open(const char *place, UsbNotify notify, gpointer data, GError **error);
void typist_close(Typist *typist); /* NULL is fine */

/* The wire whose end is a Typist: read() gives what was typed as UTF-8, Enter as CR;
 * write() takes nothing. */
extern const Wire TYPIST_WIRE;

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Typist, typist_close)
