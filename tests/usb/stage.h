/* Stage: a bus with virtual devices for one test, of the kind that the program was asked
 * for. On the main thread. */
#pragma once

#include "drivers/usb.h"
#include "tests/test.h"
#include "tests/usb/vbus.h"
#include "tests/usb/vdev_plain.h"

#define STAGE_DEVICES 4

typedef struct {
  Vbus *bus;
  Vdev *vdevs[STAGE_DEVICES];
  VbusPlug *plugs[STAGE_DEVICES];
  int n;
} Stage;

extern const VbusKind *stage_kind; /* set by main() */

Stage stage_open(void); /* nothing plugged in */
void stage_close(Stage *stage);

/* Puts @vdev (transfer full) on the stage and plugs it in; comes back when the bus has
 * told of it. */
VbusPlug *stage_plug(Stage *stage, Vdev *vdev, const char *port);
/* Plugs the stage's device @i in once more, after stage_unplug(). */
void stage_replug(Stage *stage, int i, const char *port);
void stage_unplug(Stage *stage, int i); /* comes back when the bus has told */

/* A stage with one plain device, opened, interface 0 claimed. */
UsbHandle *stage_plain(Stage *stage);
/* "1209:0001@…" with the socket where it really is; until the next call. */
const char *stage_place(const VbusPlug *plug, const char *kind);

/* Waits for what comes by itself; the main context goes on meanwhile. */
bool stage_patience(Stage *stage, gint64 *since);
#define UNTIL(stage, condition)                                                          \
  do {                                                                                   \
    gint64 since_ = 0;                                                                   \
    while (!(condition) && stage_patience(stage, &since_))                               \
      ;                                                                                  \
    CU_ASSERT(condition);                                                                \
  } while (0)

/* An int that two threads share. */
#define GET(variable) __atomic_load_n(&(variable), __ATOMIC_ACQUIRE)
#define ADD(variable) __atomic_add_fetch(&(variable), 1, __ATOMIC_ACQ_REL)
