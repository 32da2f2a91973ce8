/* VdevScale: a scale of the HID class around the model. Any thread. */
#pragma once

#include "drivers/sim/scale_model.h"
#include "tests/usb/vdev.h"

typedef struct VdevScale VdevScale;

VdevScale *vdev_scale_new(void);
void vdev_scale_free(VdevScale *scale);
Vdev *vdev_scale_device(VdevScale *scale);
/* It does not give its report descriptor. */
void vdev_scale_set_mute(VdevScale *scale);
/* The model, with the device's lock held; the end sends what it has to say. */
ScaleModel *vdev_scale_begin(VdevScale *scale);
void vdev_scale_end(VdevScale *scale);
