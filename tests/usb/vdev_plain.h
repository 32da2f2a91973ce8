/* Devices that do nothing of their own, for the checks of the transport. */
#pragma once

#include "tests/usb/vdev.h"

/* Vendor class. Interface 0: bulk OUT 0x01 and bulk IN 0x82 of 64 bytes, interrupt IN
 * 0x83 of 8; its alternate setting 1 has 0x01 only. Interface 1: interrupt IN 0x84 of 64.
 * Control: c0/01 answers "hello", 40/02 keeps its bytes for vdev_sent(), c0/03 is never
 * answered, all others stall. */
#define PLAIN_VENDOR  0x1209
#define PLAIN_PRODUCT 0x0001
#define PLAIN_PLACE   "1209:0001"
Vdev *vdev_plain_new(void);
/* The same with another product number, 0x0002. */
#define OTHER_PLACE "1209:0002"
Vdev *vdev_other_new(void);

/* A keyboard (03/01/01) that the kernel takes for itself: interrupt IN 0x81 of 8. */
#define KEYBOARD_PLACE "1209:0003"
Vdev *vdev_keyboard_new(void);
