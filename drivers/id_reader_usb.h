/* id_reader_usb: readers of Chinese ID cards over USB and over serial lines:
 * "id-reader:usb:0400:c35a@1-2", "id-reader:/dev/ttyUSB0" (115200 8N1). What is heard is
 * the text block of a card, for id_card_read(); of length 0: one that would not be read.
 *
 * One maker's id stands for readers of three kinds, so the descriptors decide. */
#pragma once

#include "drivers/device.h"
#include "drivers/usb_descriptors.h"

extern const DeviceDriver ID_READER_USB;

typedef enum {
  ID_READER_FOUR, /* a SAM-V laid bare: the head of a frame (preamble, length) goes
                     through the first pair of endpoints, its body through the second */
  ID_READER_PAIR, /* whole frames through one bulk pair */
  ID_READER_HID   /* whole frames cut into reports, filled up with zeros */
} IdReaderWay;

typedef struct {
  IdReaderWay way;
  uint8_t interface, alternate;
  UsbEndpoint in[2], out[2]; /* FOUR: head, body; else the first. HID: an out of packet
                                0: by SET_REPORT */
} IdReaderLayout;

/* What @config offers; FOUR before PAIR before HID. @return false: nothing like it. */
bool id_reader_layout(GBytes *config, IdReaderLayout *ret);
