#include "tests/usb/vdev_plain.h"

#include <errno.h>
#include <string.h>

/* clang-format off */
static const guint8 PLAIN_CONFIG[] = {
    9, 2, 71, 0, 2, 1, 0, 0x80, 50,
    9, 4, 0, 0, 3, 0xff, 0, 0, 0,
    7, 5, 0x01, 2, 64, 0, 0,
    7, 5, 0x82, 2, 64, 0, 0,
    7, 5, 0x83, 3, 8, 0, 1,
    9, 4, 0, 1, 1, 0xff, 0, 1, 0,
    7, 5, 0x01, 2, 64, 0, 0,
    9, 4, 1, 0, 1, 0xff, 0, 2, 0,
    7, 5, 0x84, 3, 64, 0, 1,
};
static const guint8 KEYBOARD_CONFIG[] = {
    9, 2, 34, 0, 1, 1, 0, 0xa0, 50,
    9, 4, 0, 0, 1, 3, 1, 1, 0,
    9, 0x21, 0x11, 1, 0, 1, 0x22, 63, 0,
    7, 5, 0x81, 3, 8, 0, 10,
};
/* HID 1.11, appendix E.6. */
static const guint8 KEYBOARD_REPORTS[] = {
    0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0x05, 0x07, 0x19, 0xe0, 0x29, 0xe7, 0x15,
    0x00, 0x25, 0x01, 0x75, 0x01, 0x95, 0x08, 0x81, 0x02, 0x95, 0x01, 0x75, 0x08,
    0x81, 0x01, 0x95, 0x05, 0x75, 0x01, 0x05, 0x08, 0x19, 0x01, 0x29, 0x05, 0x91,
    0x02, 0x95, 0x01, 0x75, 0x03, 0x91, 0x01, 0x95, 0x06, 0x75, 0x08, 0x15, 0x00,
    0x25, 0x65, 0x05, 0x07, 0x19, 0x00, 0x29, 0x65, 0x81, 0x00, 0xc0,
};
/* clang-format on */

static int
plain_control(gpointer self, Vdev *vdev, const guint8 setup[8], guint8 *bytes, int length)
{
  int n = MIN(length, 5);
  if (setup[0] == 0xc0 && setup[1] == 3)
    return VDEV_NAK;
  if (setup[0] == 0x40 && setup[1] == 2) {
    vdev_keep(vdev, bytes, length);
    return length;
  }
  if (setup[0] != 0xc0 || setup[1] != 1)
    return -EPIPE;
  memcpy(bytes, "hello", (gsize)n);
  return n;
}

static int
keyboard_control(
    gpointer self, Vdev *vdev, const guint8 setup[8], guint8 *bytes, int length)
{
  int n = MIN(length, (int)sizeof KEYBOARD_REPORTS);
  if (setup[0] != 0x81 || setup[1] != 6 || setup[3] != 0x22)
    return setup[0] == 0x21 ? length : -EPIPE;
  memcpy(bytes, KEYBOARD_REPORTS, (gsize)n);
  return n;
}

Vdev *
vdev_plain_new(void)
{
  static const VdevInfo PLAIN = {.vendor = PLAIN_VENDOR,
                                 .product = PLAIN_PRODUCT,
                                 .config = PLAIN_CONFIG,
                                 .config_length = sizeof PLAIN_CONFIG,
                                 .maker = "Guitai",
                                 .name = "Plain thing",
                                 .serial = "0001",
                                 .control = plain_control};
  return vdev_new(&PLAIN, NULL);
}

Vdev *
vdev_other_new(void)
{
  static const VdevInfo OTHER = {.vendor = PLAIN_VENDOR,
                                 .product = 0x0002,
                                 .config = PLAIN_CONFIG,
                                 .config_length = sizeof PLAIN_CONFIG,
                                 .name = "Other thing",
                                 .control = plain_control};
  return vdev_new(&OTHER, NULL);
}

Vdev *
vdev_keyboard_new(void)
{
  static const VdevInfo KEYBOARD = {.vendor = PLAIN_VENDOR,
                                    .product = 0x0003,
                                    .config = KEYBOARD_CONFIG,
                                    .config_length = sizeof KEYBOARD_CONFIG,
                                    .kernel_driver = "usbhid",
                                    .control = keyboard_control};
  return vdev_new(&KEYBOARD, NULL);
}
