/* usb_sysfs: what the kernel knows of a plugged device already, so that nobody needs to
 * open it only to look. Small files that answer at once; any thread. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* The tree to look in (borrowed, kept); NULL: the kernel's. For tests. */
void usb_sysfs_use(const char *root);

/* (transfer full) "maker product", "" when the device does not say. */
char *usb_sysfs_name(const char *port);
/* (transfer full) Its active configuration descriptor whole, as the device sent it; empty
 * when another device sits at @port already. */
GBytes *usb_sysfs_config(const char *port, uint16_t vendor, uint16_t product);
/* IEEE 1284 id of the printer at socket @port: "MFG:…;CMD:ESC/POS;" (transfer full);
 * NULL when the kernel's printer driver does not have it. */
char *usb_sysfs_printer_id(const char *port, int interface);
/* Page and usage (page << 16 | usage) of the first collection of a HID interface; 0: not
 * known. */
guint32 usb_sysfs_hid_usage(const char *port, int interface);
/* The kernel's serial line on an interface: "/dev/ttyUSB0" (transfer full); NULL: none.
 */
char *usb_sysfs_tty(const char *port, int interface);
/* May this user open the device? true also when that is not known. */
bool usb_sysfs_may_open(const char *port);

/* For usb_sysfs_hid_usage(); pure: the bytes are the device's (HID 1.11, 6.2.2). */
guint32 usb_sysfs_first_usage(const guint8 *descriptor, gsize length);
