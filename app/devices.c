#include "app/devices.h"

#include "app/backroom.h"
#include "app/printing.h"
#include "app/scan.h"
#include "app/settings.h"

static void
on_scanner(Device *device, const DeviceEvent *event, gpointer data)
{
  Till *till = data;
  gsize length;

  if (event->kind != DEVICE_HEARD) {
    till_changed(till, TILL_DEVICES);
    return;
  }
  const char *bytes = g_bytes_get_data(event->data, &length);
  scan_code(till, bytes, length, SCAN_SCANNED);
}

static void
on_printer(Device *device, const DeviceEvent *event, gpointer data)
{
  printing_on_device(data, event);
}

static const DeviceWatch WATCHES[N_DEVICE_USES] = {
    [USE_SCANNER] = on_scanner, [USE_SCANNER_2] = on_scanner, [USE_PRINTER] = on_printer};

static void
open_one(Till *till, DeviceUse use, const char *address)
{
  g_clear_pointer(&till->device[use], device_close);
  if (use == USE_PRINTER)
    till->backroom->printing = 0;
  g_autofree char *kept =
      address ? g_strdup(address) : settings_text(till, device_use_name(use));
  if (*kept && WATCHES[use])
    till->device[use] = device_open(kept, WATCHES[use], till);
  till_changed(till, TILL_DEVICES);
}

void
devices_open(Till *till, const char *const addresses[N_DEVICE_USES])
{
  for (DeviceUse use = 0; use < N_DEVICE_USES; use++)
    open_one(till, use, addresses ? addresses[use] : NULL);
}

void
devices_close(Till *till)
{
  for (DeviceUse use = 0; use < N_DEVICE_USES; use++)
    g_clear_pointer(&till->device[use], device_close);
}

bool
devices_choose(Till *till, DeviceUse use, const char *address, GError **error)
{
  if (!settings_set(till, device_use_name(use), address ? address : "", error))
    return false;
  open_one(till, use, address ? address : "");
  if (use == USE_PRINTER)
    printing_start(till);
  return true;
}
