/* VdevPole: a customer's display on a serial line over USB (CDC) around the model. Any
 * thread. */
#pragma once

#include "drivers/sim/pole_model.h"
#include "tests/usb/vdev.h"

typedef struct VdevPole VdevPole;

VdevPole *vdev_pole_new(void);
void vdev_pole_free(VdevPole *pole);
Vdev *vdev_pole_device(VdevPole *pole);
char *vdev_pole_text(VdevPole *pole); /* (transfer full), as pole_model_text() */
int vdev_pole_baud(VdevPole *pole);   /* as the host set it; 0: never */
/* It dies after so many packets and requests; -1: never. */
void vdev_pole_set_life(VdevPole *pole, int packets);
