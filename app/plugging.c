#include "app/plugging.h"

#include <string.h>

#include "app/backroom.h"
#include "app/base/worker.h"
#include "app/devices.h"
#include "app/settings.h"

/* The kernel reads a device's own words a moment after the bus tells of it. */
#define LOOK_AGAIN_MS 1500

struct Plugging {
  Till *till;     /* borrowed */
  Worker *worker; /* owned; waits for the bus in the main thread's place */
  int watch;      /* the worker's */

  /* Main thread. */
  GPtrArray *devices; /* owned; of UsbDevice: what is plugged in now */
  bool is_told;       /* of what was there at the start */
  guint look_again;   /* source */
};

typedef struct {
  Plugging *plugging;
  UsbDevice *device; /* owned (nullable): all that were there are told */
  bool is_there;
} News;

static void
news_free(gpointer data)
{
  News *news = data;
  usb_device_unref(news->device);
  g_free(news);
}

/* -- What is here ------------------------------------------------------------------ */

GPtrArray *
plugging_list(const Till *till)
{
  const Plugging *plugging = till->backroom->plugging;
  GPtrArray *all = g_ptr_array_new_with_free_func((GDestroyNotify)plugged_free);
  for (guint i = 0; plugging && i < plugging->devices->len; i++)
    g_ptr_array_extend_and_steal(all, plugged_uses(plugging->devices->pdata[i]));
  return all;
}

/* Without its socket and options: "escpos:usb:04b8:0e15@1-2?drawer=low". */
static gsize
kind_length(const char *address)
{
  return strcspn(address, "@?");
}

static bool
is_kind(const char *address, const Plugged *plugged)
{
  gsize length = kind_length(address);
  return plugged->address && kind_length(plugged->address) == length &&
         strncmp(address, plugged->address, length) == 0;
}

static bool
is_at(const char *address, const Plugged *plugged)
{
  const char *port = address + kind_length(address);
  gsize length = strcspn(port, "?");
  const char *here = plugged->address ? strchrnul(plugged->address, '@') : "";
  return is_kind(address, plugged) && strlen(here) == length &&
         strncmp(port, here, length) == 0;
}

bool
plugging_is(const Till *till, const char *address, const Plugged *plugged)
{
  g_autoptr(GPtrArray) here = plugging_list(till);
  guint same = 0;

  if (is_at(address, plugged))
    return true;
  for (guint i = 0; i < here->len; i++) {
    if (is_at(address, here->pdata[i]))
      return false; /* its own socket is taken by its like: that one it is */
    same += is_kind(address, here->pdata[i]);
  }
  return same <= 1 && is_kind(address, plugged);
}

bool
plugging_has(const Till *till, const char *address)
{
  g_autoptr(GPtrArray) here = plugging_list(till);
  if (!strstr(address, ":usb:"))
    return true;
  for (guint i = 0; i < here->len; i++)
    if (plugging_is(till, address, here->pdata[i]))
      return true;
  return false;
}

/* -- What the till takes by itself ------------------------------------------------- */

static bool
is_wanted(Till *till, DeviceUse use, const Plugged *plugged)
{
  const DevicePlace *place = &till->backroom->place[use];
  const Device *now = till->device[use];

  if (place->is_given || place->is_refused)
    return false;
  if (!now)
    return true;
  const char *address = device_address(now);
  if (plugging_is(till, address, plugged))
    return false;
  /* A twin that plays its part on the virtual counter stays until it is pulled out. */
  if (g_str_has_prefix(address, "sim-"))
    return device_state(now) & DEVICE_GONE;
  return !plugging_has(till, address);
}

/* What is only perhaps this and in use as something else is not offered any more. */
static bool
is_the_same(const Till *till, const char *address, const Plugged *plugged)
{
  if (plugged->doubt == PLUGGED_SURE)
    return plugging_is(till, address, plugged);
  g_autofree char *same = g_strdup_printf("%.*s%s",
                                          (int)strcspn(plugged->address, ":"),
                                          plugged->address,
                                          strchrnul(address, ':'));
  return plugging_is(till, same, plugged);
}

bool
plugging_is_used(const Till *till, const Plugged *plugged)
{
  for (DeviceUse use = 0; use < N_DEVICE_USES; use++)
    if (till->device[use] && plugged->address &&
        is_the_same(till, device_address(till->device[use]), plugged))
      return true;
  return false;
}

/* A device that came back is tried at once, not when its second is over. */
static void
nudge(Till *till, const Plugged *plugged)
{
  for (DeviceUse use = 0; use < N_DEVICE_USES; use++)
    if (till->device[use] && plugged->address &&
        plugging_is(till, device_address(till->device[use]), plugged))
      device_nudge(till->device[use]);
}

static void
tell_of(Till *till, const Plugged *plugged)
{
  NoticeId id = NOTICE_DEVICE_SPARE;
  if (plugged->doubt == PLUGGED_WRONG_MODE)
    id = NOTICE_DEVICE_WRONG_MODE;
  else if (plugged->doubt == PLUGGED_MAYBE)
    id = NOTICE_DEVICE_MAYBE;
  till_notice(
      till,
      (Notice){.kind = plugged->doubt == PLUGGED_WRONG_MODE ? NOTICE_WARN : NOTICE_INFO,
               .id = id,
               .what = g_strdup(plugged->name),
               .number = plugged->use});
}

static void
consider(Till *till, const Plugged *plugged, bool is_news)
{
  static const DeviceUse SCANNERS[] = {USE_SCANNER, USE_SCANNER_2};
  bool is_scanner = plugged->use == USE_SCANNER;

  if (plugging_is_used(till, plugged)) {
    nudge(till, plugged);
    return;
  }
  for (gsize i = 0; plugged->doubt == PLUGGED_SURE && i < (is_scanner ? 2 : 1); i++) {
    DeviceUse use = is_scanner ? SCANNERS[i] : plugged->use;
    if (is_wanted(till, use, plugged)) {
      devices_take(till, use, plugged);
      return;
    }
  }
  if (is_news)
    tell_of(till, plugged);
}

static void
consider_device(Till *till, UsbDevice *device, bool is_news)
{
  g_autoptr(GPtrArray) uses = plugged_uses(device);
  for (guint i = 0; i < uses->len; i++)
    consider(till, uses->pdata[i], is_news && i == 0);
}

static void
consider_all(Plugging *plugging)
{
  for (guint i = 0; i < plugging->devices->len; i++)
    consider_device(plugging->till, plugging->devices->pdata[i], false);
}

/* -- News of the bus --------------------------------------------------------------- */

static gboolean
on_look_again(gpointer data)
{
  Plugging *plugging = data;
  plugging->look_again = 0;
  consider_all(plugging);
  till_changed(plugging->till, TILL_DEVICES);
  return G_SOURCE_REMOVE;
}

static guint
position_of(const Plugging *plugging, const UsbDevice *device)
{
  guint at = 0;
  while (at < plugging->devices->len && plugging->devices->pdata[at] != device)
    at++;
  return at;
}

static void
arrive(Plugging *plugging, UsbDevice *device)
{
  if (position_of(plugging, device) < plugging->devices->len)
    return;
  g_ptr_array_add(plugging->devices, usb_device_ref(device));
  if (!plugging->is_told)
    return;
  consider_device(plugging->till, device, true);
  if (!plugging->look_again)
    plugging->look_again = g_timeout_add(LOOK_AGAIN_MS, on_look_again, plugging);
}

static void
leave(Plugging *plugging, UsbDevice *device)
{
  guint at = position_of(plugging, device);
  if (at < plugging->devices->len)
    g_ptr_array_remove_index(plugging->devices, at);
}

static void
on_news(gpointer data)
{
  News *news = data;
  Plugging *plugging = news->plugging;

  if (!news->device) {
    plugging->is_told = true;
    consider_all(plugging);
  } else if (news->is_there) {
    arrive(plugging, news->device);
  } else {
    leave(plugging, news->device);
  }
  till_changed(plugging->till, TILL_DEVICES);
}

static void
tell(Plugging *plugging, UsbDevice *device, bool is_there)
{
  News *news = g_new(News, 1);
  *news = (News){plugging, device ? usb_device_ref(device) : NULL, is_there};
  worker_tell(plugging->worker, on_news, news, news_free);
}

static void
on_bus(UsbDevice *device, bool is_there, gpointer data)
{
  tell(data, device, is_there);
}

/* -- On the worker's thread -------------------------------------------------------- */

static void
listen_to_bus(gpointer data)
{
  Plugging *plugging = data;
  plugging->watch = usb_watch(on_bus, plugging);
  tell(plugging, NULL, true);
}

static void
leave_bus(gpointer data)
{
  Plugging *plugging = data;
  usb_unwatch(plugging->watch);
}

/* -- Begin and end ----------------------------------------------------------------- */

void
plugging_start(Till *till)
{
  Plugging *plugging = till->backroom->plugging = g_new0(Plugging, 1);
  plugging->till = till;
  plugging->devices = g_ptr_array_new_with_free_func((GDestroyNotify)usb_device_unref);
  plugging->worker = worker_new("usb-news");
  worker_run(plugging->worker, listen_to_bus, plugging, NULL);
}

void
plugging_stop(Till *till)
{
  Plugging *plugging = g_steal_pointer(&till->backroom->plugging);
  if (!plugging)
    return;
  worker_run(plugging->worker, leave_bus, plugging, NULL);
  worker_free(plugging->worker);
  g_clear_handle_id(&plugging->look_again, g_source_remove);
  g_ptr_array_unref(plugging->devices);
  g_free(plugging);
}
