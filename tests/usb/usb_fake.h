/* UsbFake: a carrier without a kernel, a thread or a clock of its own, for the tests of
 * drivers. Its clock stands still but while somebody waits: then it jumps to whatever
 * comes next. What is done is told (done(), watches) by the thread that waits, or by
 * usb_fake_run(). Any thread. */
#pragma once

#include "drivers/usb.h"
#include "tests/usb/vdev.h"

typedef struct UsbFake UsbFake;

extern const UsbCarrier USB_FAKE;

/* Puts itself in libusb's place. */
UsbFake *usb_fake_new(void);
void usb_fake_free(UsbFake *fake); /* after all devices are closed; libusb again */

void usb_fake_plug(UsbFake *fake, Vdev *vdev, const char *port);
void usb_fake_unplug(UsbFake *fake, Vdev *vdev);
/* Only its first half: the device answers no more, but nobody has said that it left. */
void usb_fake_yank(UsbFake *fake, Vdev *vdev);
/* Opening @vdev is refused (USB_ACCESS). */
void usb_fake_forbid(UsbFake *fake, Vdev *vdev, bool is_forbidden);
/* "usbfs" while an interface is claimed, else its kernel driver; NULL: none. */
const char *usb_fake_driver(UsbFake *fake, Vdev *vdev, int interface);

void usb_fake_run(UsbFake *fake); /* tells all that is done */
void usb_fake_advance(UsbFake *fake, int ms);
int usb_fake_open_count(UsbFake *fake); /* handles that were not closed */
