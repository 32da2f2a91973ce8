#include "tests/usb/plain_driver.h"

#include <string.h>

#include "drivers/usb_inlet.h"

typedef struct {
  UsbHandle *handle;
  UsbInlet *inlet;
} Plain;

static void
plain_close(gpointer self)
{
  Plain *plain = self;
  usb_inlet_free(plain->inlet);
  usb_close(plain->handle);
  g_free(plain);
}

static void
on_packet(gpointer device)
{
  device_nudge(device);
}

static bool
claim(const Plain *plain, GError **error)
{
  for (int i = 0; i < 2; i++) {
    UsbStatus status = usb_claim(plain->handle, i);
    if (status != USB_OK)
      return usb_fail(status, "the plain thing", error);
  }
  return true;
}

static gpointer
plain_open(const char *address, GError **error)
{
  UsbHandle *handle = usb_open(address + strlen("plain:usb:"), NULL, error);
  if (!handle)
    return NULL;
  Plain *plain = g_new0(Plain, 1);
  plain->handle = handle;
  if (claim(plain, error))
    plain->inlet =
        usb_inlet_new(handle, USB_INTERRUPT, 0x84, 64, on_packet, device_here(), error);
  if (plain->inlet)
    return plain;
  plain_close(plain);
  return NULL;
}

static bool
plain_command(gpointer self, GBytes *bytes, DeviceState *state, GError **error)
{
  Plain *plain = self;
  gsize length;
  const void *kept = g_bytes_get_data(bytes, &length);
  g_autofree guint8 *copy = g_memdup2(kept, length);
  UsbStatus status = usb_bulk(plain->handle, 0x01, copy, (int)length, NULL, 1000);
  return status == USB_OK || usb_fail(status, "the plain thing", error);
}

static GBytes *
plain_listen(gpointer self, DeviceState *state, GError **error)
{
  *state = 0;
  return usb_inlet_take(((Plain *)self)->inlet, 0, error);
}

const DeviceDriver PLAIN_DRIVER = {
    "plain", 3600 * 1000, plain_open, plain_command, plain_listen, plain_close};
