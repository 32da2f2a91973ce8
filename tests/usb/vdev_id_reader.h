/* VdevIdReader: ID-card readers as they hang on the Universal Serial Bus, in all their
 * ways, around the model of the desk. 0400:c35a, as most of them. */
#pragma once

#include "drivers/sim/id_reader_model.h"
#include "tests/usb/vdev.h"

typedef enum {
  VDEV_ID_FOUR,        /* a SAM-V laid bare: four bulk endpoints */
  VDEV_ID_PAIR,        /* one bulk pair */
  VDEV_ID_HID,         /* 64-byte reports both ways */
  VDEV_ID_HID_NUMBER,  /* the same, each with the report id 3 in front */
  VDEV_ID_HID_CONTROL, /* no OUT endpoint: SET_REPORT */
  N_VDEV_ID_KINDS
} VdevIdKind;

typedef struct VdevIdReader VdevIdReader;
VdevIdReader *vdev_id_reader_new(VdevIdKind kind);
void vdev_id_reader_free(VdevIdReader *reader); /* after its bus */
Vdev *vdev_id_reader_vdev(VdevIdReader *reader);

void vdev_id_reader_lay(VdevIdReader *reader, int card); /* -1: takes it away */
void vdev_id_reader_fail(VdevIdReader *reader, IdFaultKind fault, int times);
/* Is pulled after so many packets and answers; -1: never. */
void vdev_id_reader_pull_after(VdevIdReader *reader, int transfers);
