#include "tests/usb/vbus.h"

#include <string.h>

#define PATIENCE 20000 /* turns that a closed handle may take to be noticed */

static void
plug_free(gpointer data)
{
  VbusPlug *plug = data;
  plug->bus->kind->plug_free(plug);
}

Vbus *
vbus_start(const VbusKind *kind)
{
  Vbus *bus = kind->start();
  bus->kind = kind;
  bus->plugs = g_ptr_array_new_with_free_func(plug_free);
  return bus;
}

static void
await_closed(VbusPlug *plug)
{
  for (int i = 0; i < PATIENCE && vbus_open_count(plug); i++)
    vbus_turn(plug->bus);
  if (vbus_open_count(plug))
    g_error("a handle of %s is still open", vdev_info(plug->vdev)->name);
}

void
vbus_stop(Vbus *bus)
{
  for (guint i = 0; i < bus->plugs->len; i++) {
    VbusPlug *plug = bus->plugs->pdata[i];
    if (!plug->unplugged)
      vbus_unplug(plug);
    await_closed(plug);
  }
  g_ptr_array_unref(bus->plugs);
  bus->kind->stop(bus);
}

bool
vbus_let_go(Vbus *bus)
{
  bool is_all = true;
  for (guint i = bus->plugs->len; i > 0; i--) {
    VbusPlug *plug = bus->plugs->pdata[i - 1];
    if (plug->unplugged && !vbus_open_count(plug))
      g_ptr_array_remove_index(bus->plugs, i - 1);
    else
      is_all = is_all && !plug->unplugged;
  }
  return is_all;
}

VbusPlug *
vbus_plug(Vbus *bus, Vdev *vdev, const char *port)
{
  vbus_let_go(bus);
  vdev_set_gone(vdev, false);
  VbusPlug *plug = bus->kind->plug(bus, vdev, port);
  g_ptr_array_add(bus->plugs, plug);
  return plug;
}

void
vbus_yank(VbusPlug *plug)
{
  plug->bus->kind->yank(plug);
}

void
vbus_unplug(VbusPlug *plug)
{
  plug->unplugged = true;
  plug->bus->kind->unplug(plug);
}

void
vbus_forbid(VbusPlug *plug, bool is_forbidden)
{
  plug->bus->kind->forbid(plug, is_forbidden);
}

char *
vbus_driver(VbusPlug *plug, int interface)
{
  return plug->bus->kind->driver(plug, interface);
}

int
vbus_open_count(VbusPlug *plug)
{
  return plug->bus->kind->open_count(plug);
}

void
vbus_turn(Vbus *bus)
{
  bus->kind->turn(bus);
}
