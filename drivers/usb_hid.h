/* UsbHid: an interface of the HID class (HID 1.11, chapter 7), claimed and always
 * listened to. Device threads. */
#pragma once

#include "drivers/hid_descriptor.h"
#include "drivers/usb_descriptors.h"
#include "drivers/usb_inlet.h"

typedef struct UsbHid UsbHid;

/* Which interface is meant. Both are asked of HID interfaces with an interrupt IN
 * endpoint only; a NULL says yes. */
typedef struct {
  bool (*may_be)(const UsbInterface *interface);
  /* @descriptor: its report descriptor; NULL: it did not say. Claimed meanwhile. */
  bool (*is)(GBytes *descriptor);
  const char *what; /* "it is no scanner in HID POS mode" when there is none */
} UsbHidWish;

/* Opens the device at @place ("0c2e:0b61@1-2", as for usb_open()) and claims its first
 * interface that fits. @notify: (nullable) as in usb_inlet_new(). NULL with @error: GONE,
 * ACCESS, BUSY, or WRONG with @wish->what. */
UsbHid *usb_hid_open(const char *place,
                     const UsbHidWish *wish,
                     UsbNotify notify,
                     gpointer data,
                     GError **error);
void usb_hid_close(UsbHid *hid); /* the kernel's driver gets it back; NULL is fine */

const UsbDevice *usb_hid_device(const UsbHid *hid);
GBytes *usb_hid_descriptor(const UsbHid *hid); /* borrowed; NULL: it did not say */

/* The next input report, with its id in front when the device has ids (transfer full).
 * As usb_inlet_take(). */
GBytes *usb_hid_take(UsbHid *hid, int timeout_ms, GError **error);

/* Sends a report: @id in the request, @bytes as they are (with the id in front when the
 * device has ids). @return false with @error only when the device is gone: one that does
 * not understand works without. */
bool usb_hid_send(UsbHid *hid,
                  HidReportKind kind,
                  uint8_t id,
                  const uint8_t *bytes,
                  gsize length,
                  GError **error);
/* A boot keyboard or mouse: boot protocol, reports on change only. As usb_hid_send(). */
bool usb_hid_boot(UsbHid *hid, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(UsbHid, usb_hid_close)
