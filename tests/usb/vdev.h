/* Vdev: a virtual USB peripheral, independent of how a host reaches it: the fake carrier
 * (usb_fake), emulated usbfs (vbus_umockdev) or the real kernel (vbus_vhci). What it does
 * comes from a model; a test plays its user with the functions below. Any thread: each
 * has one recursive lock, held while its model is called. */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct Vdev Vdev;

/* What a model answers to leave a request waiting, as a device does that is busy. */
#define VDEV_NAK (-0x7fff)

typedef struct {
  guint16 vendor, product;
  const guint8 *config; /* descriptor, its endpoints in it */
  gsize config_length;
  const char *maker, *name, *serial; /* strings 1, 2, 3; ASCII; NULL: none */
  const char *kernel_driver;         /* bound to each interface at the plug; NULL: none */
  /* The answer to a class, vendor or interface request: how many of @bytes were read or
   * written, VDEV_NAK or -errno (-EPIPE: stall). NULL: each stalls. */
  int (*control)(
      gpointer self, Vdev *vdev, const guint8 setup[8], guint8 *bytes, int length);
  /* One packet for @endpoint: how many bytes were taken, VDEV_NAK or -errno. NULL: they
   * are kept for vdev_sent(). */
  int (*out)(gpointer self, Vdev *vdev, guint8 endpoint, const guint8 *bytes, int length);
} VdevInfo;

/* @info must outlive it; @self is the model. */
Vdev *vdev_new(const VdevInfo *info, gpointer self);
void vdev_free(Vdev *vdev); /* after its bus is gone; NULL is fine */
const VdevInfo *vdev_info(const Vdev *vdev);
void vdev_lock(Vdev *vdev);
void vdev_unlock(Vdev *vdev);

/* --- the user of the peripheral --- */

/* A message for an IN endpoint, cut into packets; a length of 0 is a packet of none. */
void vdev_push(Vdev *vdev, guint8 endpoint, const void *bytes, gsize length);
void vdev_set_halt(Vdev *vdev, guint8 endpoint, bool is_halted);
void vdev_set_nak(Vdev *vdev, guint8 endpoint, bool is_busy); /* answers nothing */
/* What @endpoint takes from now on before it is busy; -1: all. */
void vdev_set_room(Vdev *vdev, guint8 endpoint, int bytes);
void vdev_fail_pending(Vdev *vdev, int status); /* -EPROTO: the cable is shaken */
/* Something changed: requests that wait are tried again. */
void vdev_kick(Vdev *vdev);
int vdev_pending(Vdev *vdev); /* requests that wait */
/* @return (transfer full) what came to an endpoint without a model, and forgets it. */
GByteArray *vdev_sent(Vdev *vdev);
void
vdev_keep(Vdev *vdev, const guint8 *bytes, int length); /* a model's: for vdev_sent() */
int vdev_alternate(Vdev *vdev, int interface);          /* as the host chose */

/* --- a bus --- */

typedef enum {
  VDEV_INTERRUPT = 1,
  VDEV_CONTROL = 2,
  VDEV_BULK = 3
} VdevKind; /* as USBDEVFS_URB_TYPE_… */

typedef struct VdevRequest VdevRequest;
struct VdevRequest {
  GList link; /* the device's */
  VdevKind kind;
  guint8 endpoint; /* with its direction bit; 0 for control */
  guint8 setup[8];
  guint8 *bytes;
  int length, actual;
  int status;                         /* 0 or -errno, as in a URB */
  void (*done)(VdevRequest *request); /* with the device's lock held */
  gpointer user;
};

void vdev_submit(Vdev *vdev, VdevRequest *request);
bool vdev_cancel(Vdev *vdev, VdevRequest *request); /* false: it is done already */
/* @return false: its configuration has no such setting. */
bool vdev_set_alternate(Vdev *vdev, int interface, int setting);
void vdev_set_gone(Vdev *vdev, bool is_gone);
/* The 18 bytes of its device descriptor. */
void vdev_device_descriptor(const Vdev *vdev, guint8 ret_bytes[18]);
