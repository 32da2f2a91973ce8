/* Usb: all that a driver may ask of the Universal Serial Bus (USB 2.0, chapters 5 and 9).
 *
 * A carrier brings it: libusb (usb_libusb.c, the only file that knows it), or in the
 * tests a bus of their own with a virtual clock. Drivers call the functions below and
 * never the carrier. Blocking calls run on a device's thread; a done() and a UsbWatch run
 * on the bus's one thread (a UsbWatch first on its watcher's) and must not block, nor
 * call back into the bus but usb_submit(). */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "drivers/device.h"

/* GONE comes three ways (a transfer, a submit, the hot-plug news) and is one thing. IO
 * may be an unplug under way: usb_settle() tells which. */
typedef enum {
  USB_OK,
  USB_TIMEOUT,
  USB_STALL, /* the endpoint is halted, or the request is not understood */
  USB_GONE,
  USB_CANCELLED,
  USB_OVERFLOW, /* the device babbles: sent more than was asked for */
  USB_IO,
  USB_BUSY,   /* another program holds the interface */
  USB_ACCESS, /* this user lacks the right to it (udev) */
  USB_NOT_FOUND,
  N_USB_STATUS
} UsbStatus;

/* What is plugged into a socket. Counted; any thread. */
typedef struct {
  uint16_t vendor, product;
  char port[32];  /* "1-2.4": the socket, the same after every plug */
  char *name;     /* owned; what the device calls itself, "" when it does not say */
  GBytes *config; /* owned; its active configuration descriptor whole: hostile bytes */
  int gone;       /* a transfer found it gone before the news came; usb.c's own */
} UsbDevice;
/* For carriers. @name is cleaned: valid UTF-8, no control characters. @config (transfer
 * full). */
UsbDevice *usb_device_new(uint16_t vendor,
                          uint16_t product,
                          const char *port,
                          const char *name,
                          GBytes *config);
UsbDevice *usb_device_ref(UsbDevice *device);
void usb_device_unref(UsbDevice *device); /* NULL is fine */

typedef struct UsbHandle UsbHandle; /* an opened device */
typedef struct UsbTransfer UsbTransfer;
typedef enum { USB_CONTROL, USB_BULK, USB_INTERRUPT } UsbKind;

struct UsbTransfer {
  UsbKind kind;
  uint8_t endpoint; /* with its direction bit; 0 for control */
  uint8_t setup[8]; /* control only */
  uint8_t *bytes;   /* the caller's, until done() */
  int length, actual;
  int timeout_ms; /* 0: none */
  UsbStatus status;
  void (*done)(UsbTransfer *transfer); /* exactly once after each successful submit */
  gpointer user;
  gpointer carried; /* the carrier's own */
};

typedef void (*UsbWatch)(UsbDevice *device, bool is_there, gpointer data); /* news */

typedef struct {
  const char *name;
  GPtrArray *(*plugged)(gpointer bus); /* (transfer full), of UsbDevice */
  int (*watch)(gpointer bus, UsbWatch watch, gpointer data);
  void (*unwatch)(gpointer bus, int id); /* no call comes after */
  UsbStatus (*open)(gpointer bus, UsbDevice *device, gpointer *ret_handle);
  /* Cancels what is under way and waits for it; nothing is submitted after. */
  void (*drain)(gpointer handle);
  void (*close)(gpointer handle);                     /* after drain() */
  UsbStatus (*claim)(gpointer handle, int interface); /* detaches a kernel driver */
  void (*release)(gpointer handle, int interface);    /* and gives it back */
  UsbStatus (*alternate)(gpointer handle, int interface, int setting);
  UsbStatus (*submit)(gpointer handle, UsbTransfer *transfer);
  void (*cancel)(gpointer handle, UsbTransfer *transfer); /* done() still comes */
  UsbStatus (*clear_halt)(gpointer handle, uint8_t endpoint);
  /* Until *@flag is not 0 or @until_us; a done() that set it has ended. */
  void (*wait)(gpointer bus, const int *flag, int64_t until_us);
  int64_t (*now_us)(gpointer bus); /* monotonic */
} UsbCarrier;

/* The process's bus: libusb unless a test put another in its place before first use.
 * @return false with DEVICE_ERROR when there is no USB here. */
bool usb_start(GError **error);
void usb_use(const UsbCarrier *carrier, gpointer bus); /* NULL: libusb again */
void usb_stop(void); /* after the last handle is closed; usb_start() begins anew */
GPtrArray *usb_plugged(void); /* (transfer full), of UsbDevice; empty without USB */
/* Tells those already there first. @return an id; 0: no USB. */
int usb_watch(UsbWatch watch, gpointer data);
void usb_unwatch(int id); /* no call comes after; 0 is fine */

/* Opens "04b8:0e15@1-2" or "04b8:0e15": the one at that socket, else the only one of its
 * kind. @ret_device (nullable) (transfer full). @error: DEVICE_ERROR GONE, ACCESS, BUSY.
 */
UsbHandle *usb_open(const char *place, UsbDevice **ret_device, GError **error);
void usb_close(UsbHandle *handle); /* releases what was claimed; NULL is fine */
UsbStatus usb_claim(UsbHandle *handle, int interface);
void usb_release(UsbHandle *handle, int interface);
UsbStatus usb_alternate(UsbHandle *handle, int interface, int setting);
UsbStatus usb_clear_halt(UsbHandle *handle, uint8_t endpoint);
/* @transfer and its bytes stay the caller's; done() comes when this gave USB_OK. */
UsbStatus usb_submit(UsbHandle *handle, UsbTransfer *transfer);
void usb_cancel(UsbHandle *handle, UsbTransfer *transfer);

/* Blocking. @ret_actual (nullable): bytes that moved, also with a status that is not OK:
 * what a timed-out write did not move was not sent. */
UsbStatus usb_control(UsbHandle *handle,
                      uint8_t request_type,
                      uint8_t request,
                      uint16_t value,
                      uint16_t index,
                      void *bytes,
                      int length,
                      int *ret_actual);
UsbStatus usb_bulk(UsbHandle *handle,
                   uint8_t endpoint,
                   void *bytes,
                   int length,
                   int *ret_actual,
                   int timeout_ms);
int64_t usb_now_us(void);
/* Until *@flag, set by a done() or a UsbWatch, is not 0, or @until_us; a look at what
 * came already when that is over. Ends early when the device is being closed. */
void usb_wait(const int *flag, int64_t until_us);
void usb_pause(int ms); /* on the bus's clock; ends when the device is being closed */

/* After USB_IO: GONE when the device left (waits 100 ms for the news), else IO. */
UsbStatus usb_settle(UsbHandle *handle);
/* For a done(): GONE counts for the whole handle. @return @status. */
UsbStatus usb_note(UsbHandle *handle, UsbStatus status);
/* True when a device opened on this thread left since: its handle is of no use. */
bool usb_has_left(void);
/* What a place says: "04b8:0e15@1-2", or with a driver's "?options" in the port's stead
 * or behind it; @ret_port (nullable) "" when it names no socket.
 * @return false: malformed. */
bool usb_parse_place(const char *place,
                     uint16_t *ret_vendor,
                     uint16_t *ret_product,
                     const char **ret_port);
/* As a DEVICE_ERROR with words for it. @return false. */
bool usb_fail(UsbStatus status, const char *what, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(UsbDevice, usb_device_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(UsbHandle, usb_close)
