/* VdevCcid: a reader of chip cards on the Universal Serial Bus, around the model of the
 * desk. 072f:90cc. */
#pragma once

#include "drivers/sim/ic_reader_model.h"
#include "tests/usb/vdev.h"

typedef enum {
  VDEV_CCID_APDU,   /* bulk pair and slot-change notices */
  VDEV_CCID_QUIET,  /* without the interrupt endpoint */
  VDEV_CCID_VENDOR, /* of the vendor's class, as old ones are */
  VDEV_CCID_TPDU,   /* leaves the card's protocol to the computer */
  N_VDEV_CCID_KINDS
} VdevCcidKind;

typedef struct VdevCcid VdevCcid;
VdevCcid *vdev_ccid_new(VdevCcidKind kind);
void vdev_ccid_free(VdevCcid *reader); /* after its bus */
Vdev *vdev_ccid_vdev(VdevCcid *reader);

void vdev_ccid_put(VdevCcid *reader, int card); /* IC_SAMPLE_…; tells by a notice */
void vdev_ccid_fail(VdevCcid *reader, IcFault fault, int times);
/* Is pulled after so many packets and answers; -1: never. */
void vdev_ccid_pull_after(VdevCcid *reader, int transfers);
