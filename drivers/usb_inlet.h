/* UsbInlet: an IN endpoint that is always listened to: transfers are pending all the
 * time, so no report waits in the device and an idle one costs nothing. Packets are
 * queued; a flood beyond USB_INLET_MOST packets drops the newest (a scanner's memory is
 * smaller). */
#pragma once

#include "drivers/usb.h"

#define USB_INLET_MOST 4096

typedef struct UsbInlet UsbInlet;

/* Called on the bus's thread when a packet or the end came; device_nudge() is what it is
 * for. */
typedef void (*UsbNotify)(gpointer data);

/* @packet: the endpoint's greatest packet; a bulk endpoint may be given a multiple.
 * @return NULL with @error. */
UsbInlet *usb_inlet_new(UsbHandle *handle,
                        UsbKind kind,
                        uint8_t endpoint,
                        int packet,
                        UsbNotify notify,
                        gpointer data,
                        GError **error);
void usb_inlet_free(UsbInlet *inlet); /* before its handle is closed; NULL is fine */

/* @return the next packet (transfer full), may be empty; NULL without @error: none within
 * @timeout_ms (0: at once). With @error: GONE, after all that came before was taken. A
 * halt is cleared and an error settled on the way. */
GBytes *usb_inlet_take(UsbInlet *inlet, int timeout_ms, GError **error);
/* The same as a stream: @return how many bytes; 0 none; -1 @error. */
gssize usb_inlet_read(
    UsbInlet *inlet, guint8 *bytes, gsize room, int timeout_ms, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(UsbInlet, usb_inlet_free)
