#include "tests/usb/usb_fake.h"
#include "tests/usb/vbus.h"

typedef struct {
  Vbus vbus;
  UsbFake *fake;
} Bus;

static UsbFake *
fake_of(const Vbus *vbus)
{
  return ((const Bus *)vbus)->fake;
}

static Vbus *
start(void)
{
  Bus *bus = g_new0(Bus, 1);
  bus->fake = usb_fake_new();
  return &bus->vbus;
}

static void
stop(Vbus *vbus)
{
  usb_fake_free(fake_of(vbus));
  g_free(vbus);
}

static VbusPlug *
plug_in(Vbus *vbus, Vdev *vdev, const char *port)
{
  VbusPlug *plug = g_new0(VbusPlug, 1);
  plug->bus = vbus;
  plug->vdev = vdev;
  g_strlcpy(plug->port, port, sizeof plug->port);
  usb_fake_plug(fake_of(vbus), vdev, port);
  return plug;
}

static void
yank(VbusPlug *plug)
{
  usb_fake_yank(fake_of(plug->bus), plug->vdev);
}

static void
unplug(VbusPlug *plug)
{
  usb_fake_unplug(fake_of(plug->bus), plug->vdev);
}

static void
forbid(VbusPlug *plug, bool is_forbidden)
{
  usb_fake_forbid(fake_of(plug->bus), plug->vdev, is_forbidden);
}

static char *
driver(VbusPlug *plug, int interface)
{
  const char *name = usb_fake_driver(fake_of(plug->bus), plug->vdev, interface);
  return g_strdup(name ? name : "");
}

static int
open_count(VbusPlug *plug)
{
  return 0;
}

static void
plug_free(VbusPlug *plug)
{
  g_free(plug);
}

static void
turn(Vbus *vbus)
{
  usb_fake_run(fake_of(vbus));
}

const VbusKind VBUS_FAKE = {.name = "fake",
                            .start = start,
                            .stop = stop,
                            .plug = plug_in,
                            .yank = yank,
                            .unplug = unplug,
                            .forbid = forbid,
                            .driver = driver,
                            .open_count = open_count,
                            .plug_free = plug_free,
                            .turn = turn};
