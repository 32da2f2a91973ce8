/* Device: one piece of hardware, served by its own thread.
 *
 * A driver is straight-line, blocking code that runs only on that thread. What it learns
 * reaches the main loop as a DeviceEvent; what it is told to do waits in a queue. Nothing
 * else is shared. A device that is gone is tried again by its thread every second. */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct Device Device;

#define DEVICE_ERROR (device_error_quark())
GQuark device_error_quark(void);
typedef enum {
  DEVICE_ERROR_GONE, /* unplugged or switched off */
  DEVICE_ERROR_PAPER_OUT,
  DEVICE_ERROR_COVER,
  DEVICE_ERROR_CUTTER,
  DEVICE_ERROR_HOT,    /* too warm to go on; recovers by itself */
  DEVICE_ERROR_BROKEN, /* wants to be switched off and on */
  DEVICE_ERROR_NO_ANSWER,
  DEVICE_ERROR_ADDRESS, /* no such driver or malformed address */
  DEVICE_ERROR_ACCESS,  /* this user lacks the right; a udev rule gives it */
  DEVICE_ERROR_BUSY,    /* another program holds it */
  DEVICE_ERROR_WRONG,   /* it is there, but not what its driver expects */
  DEVICE_ERROR_JAM,     /* a label stuck inside */
  DEVICE_ERROR_RIBBON,
  DEVICE_ERROR_PAUSED /* somebody pressed its pause key */
} DeviceError;

/* State bits; 0 is "all well". */
typedef enum {
  DEVICE_GONE = 1 << 0,
  DEVICE_PAPER_OUT = 1 << 1,
  DEVICE_PAPER_LOW = 1 << 2,
  DEVICE_COVER_OPEN = 1 << 3,
  DEVICE_CUTTER_JAM = 1 << 4,
  DEVICE_DRAWER_OPEN = 1 << 5,
  DEVICE_HOT = 1 << 6,
  DEVICE_BROKEN = 1 << 7,
  DEVICE_JAM = 1 << 8, /* label printers: this and the next two */
  DEVICE_RIBBON_OUT = 1 << 9,
  DEVICE_PAUSED = 1 << 10
} DeviceState;

typedef enum {
  DEVICE_STATE, /* @state changed */
  DEVICE_HEARD, /* @data: what was scanned or read */
  DEVICE_DONE,  /* command @tag came out whole */
  DEVICE_FAILED /* command @tag did not (all of it); @failure says why */
} DeviceEventKind;

typedef struct {
  DeviceEventKind kind;
  DeviceState state; /* now; a change is told before the outcome it belongs to */
  gint64 tag;
  GBytes *data;    /* owned (nullable) */
  GError *failure; /* owned (nullable) */
} DeviceEvent;

/* Called on the main loop; @event is valid only during the call. */
typedef void (*DeviceWatch)(Device *device, const DeviceEvent *event, gpointer data);

/* The whole contract of a driver. Every call blocks for at most a second, or looks at
 * device_is_ending() meanwhile. */
typedef struct {
  const char *scheme; /* first part of an address: "file", "sim-printer", … */
  int rest_ms; /* between two listens; a command or a nudge ends the rest. 0: listen()
                  waits */
  gpointer (*open)(const char *address, GError **error);
  /* Sends @bytes and makes sure they took effect. Fails with a DEVICE_ERROR; after GONE
   * the device is closed and tried again. @state: in/out, what was noticed on the way. */
  bool (*command)(gpointer self, GBytes *bytes, DeviceState *state, GError **error);
  /* Waits a moment for the hardware to speak. @state: in/out. @return what was heard
   * (transfer full); NULL without @error: nothing (the state may have changed); with
   * @error: the device is gone. */
  GBytes *(*listen)(gpointer self, DeviceState *state, GError **error);
  void (*close)(gpointer self);
} DeviceDriver;

/* Opens "<scheme>:<rest>": "sim-printer:", "sim-scanner:", "file:/dev/usb/lp0". Never
 * fails: a device that is not there is GONE and comes when it comes; an unknown scheme is
 * GONE for good with DEVICE_ERROR_ADDRESS in its last error. */
Device *device_open(const char *address, DeviceWatch watch, gpointer data);
/* The same with a driver that is not in the list (nullable: as an unknown scheme). */
Device *device_open_with(const DeviceDriver *driver,
                         const char *address,
                         DeviceWatch watch,
                         gpointer data);
/* (transfer none), returns at once; DONE or FAILED with @tag comes later. Commands come
 * out in their order. To a device that is GONE: FAILED, it does not wait for its return.
 */
void device_send(Device *device, GBytes *bytes, gint64 tag);
/* Ends the thread and waits for it; no event comes after, commands still waiting are
 * dropped. May be called by the watch. NULL is fine. */
void device_close(Device *device);
const char *device_address(const Device *device);
/* Main thread: as last told; GONE before the first event. */
DeviceState device_state(const Device *device);
const GError *device_failure(const Device *device); /* (nullable): why it is GONE */
/* Main thread: how often the watch was called with DEVICE_HEARD, for who waits for a
 * scan. */
int device_heard(const Device *device);

/* For drivers, on a device's thread: it is being closed, a long command ends now. false
 * on any other thread. */
bool device_is_ending(void);
/* On a device's thread: that device, for device_nudge(); NULL on any other. */
Device *device_here(void);
/* Any thread, while the device is not closed: its thread listens, or tries to open, at
 * once instead of resting. */
void device_nudge(Device *device);

/* The list of drivers in this build, NULL-terminated; for `guitai devices`. */
const DeviceDriver *const *device_drivers(void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Device, device_close)
