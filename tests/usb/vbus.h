/* Vbus: where virtual peripherals (vdev) are plugged in. Of three kinds, so that the same
 * checks run on each: the fake carrier, the real libusb over emulated usbfs and udev
 * (umockdev; any user, no USB in the kernel), the real kernel (vhci_hcd; root).
 *
 * On the test's main thread. One at a time in a process. */
#pragma once

#include "tests/usb/vdev.h"

typedef struct Vbus Vbus;
typedef struct VbusPlug VbusPlug;

typedef struct {
  const char *name;
  Vbus *(*start)(void);
  void (*stop)(Vbus *bus);
  VbusPlug *(*plug)(Vbus *bus, Vdev *vdev, const char *port);
  void (*yank)(VbusPlug *plug);
  void (*unplug)(VbusPlug *plug);
  void (*forbid)(VbusPlug *plug, bool is_forbidden);
  char *(*driver)(VbusPlug *plug, int interface);
  int (*open_count)(VbusPlug *plug);
  void (*plug_free)(VbusPlug *plug);
  void (*turn)(Vbus *bus);
  bool is_real;  /* a kernel's: its own way of cancelling and of naming sockets */
  bool has_time; /* its clock is the wall's */
} VbusKind;

extern const VbusKind VBUS_FAKE, VBUS_UMOCKDEV, VBUS_VHCI;

/* What a kind's own struct begins with. */
struct Vbus {
  const VbusKind *kind;
  GPtrArray *plugs; /* of VbusPlug, owned */
};
struct VbusPlug {
  Vbus *bus;
  Vdev *vdev;
  char port[32]; /* where it really is */
  bool unplugged;
};

Vbus *vbus_start(const VbusKind *kind);
/* After usb_stop(): the last handle is closed. Frees all plugs. */
void vbus_stop(Vbus *bus);

/* @port: "1-2"; the kernel has sockets of its own, one for each last digit: read
 * plug->port. @return (transfer none), valid until the next vbus_plug() after its unplug
 * or vbus_stop(). */
VbusPlug *vbus_plug(Vbus *bus, Vdev *vdev, const char *port);
void vbus_unplug(VbusPlug *plug);
/* Only its first half: the device is gone, but udev has not said so yet. */
void vbus_yank(VbusPlug *plug);
/* This user may not open it. For as long as it lasts, the calling thread may open little
 * else. */
void vbus_forbid(VbusPlug *plug, bool is_forbidden);
/* (transfer full) who holds an interface: "usbfs" a driver of ours, "" nobody. */
char *vbus_driver(VbusPlug *plug, int interface);
int vbus_open_count(VbusPlug *plug); /* handles; 0 when the kind cannot tell */
/* Lets go of what is unplugged and closed. @return whether that is all that left. */
bool vbus_let_go(Vbus *bus);
void vbus_turn(Vbus *bus); /* lets the bus do something; a short while */
