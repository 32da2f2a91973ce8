/* Plugged: what is plugged into this machine and what it could be used for. A table of
 * ids (known_devices_table.c) and the descriptors decide, ids first. */
#pragma once

#include "drivers/device_use.h"
#include "drivers/usb.h"

typedef enum {
  PLUGGED_SURE,      /* may be used at once */
  PLUGGED_MAYBE,     /* keyboard class: a scanner or somebody's keyboard; wants pairing */
  PLUGGED_ASK,       /* could be it; somebody must choose it (a bare serial adapter) */
  PLUGGED_WRONG_MODE /* a scanner in a mode Guitai does not speak (IBM, SNAPI) */
} PluggedDoubt;

typedef struct {
  UsbDevice *device; /* owned */
  DeviceUse use;
  PluggedDoubt doubt;
  char *address; /* owned; for device_open(): "escpos:usb:04b8:0e15@1-2"; NULL: wrong mode
                  */
  char *name;    /* owned; maker and model as known, what the device says, or its ids */
  bool is_forbidden; /* this user lacks the right to open it */
} Plugged;
void plugged_free(Plugged *plugged);

/* (transfer full), of Plugged; a device of several uses comes several times; what Guitai
 * has no use for is left out. Any thread. */
GPtrArray *plugged_list(void);
/* What @device alone could be. */
GPtrArray *plugged_uses(UsbDevice *device);
