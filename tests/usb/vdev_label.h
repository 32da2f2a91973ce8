/* VdevLabel: a label printer of the USB printer class around the model. Any thread. */
#pragma once

#include "drivers/sim/label_model.h"
#include "tests/usb/vdev.h"

typedef struct VdevLabel VdevLabel;

VdevLabel *vdev_label_new(void);
void vdev_label_free(VdevLabel *label);
Vdev *vdev_label_device(VdevLabel *label);
/* The model, with the device's lock held until vdev_label_end(). */
LabelModel *vdev_label_begin(VdevLabel *label);
void vdev_label_end(VdevLabel *label);
/* It dies after so many packets; -1: never. */
void vdev_label_set_life(VdevLabel *label, int packets);
