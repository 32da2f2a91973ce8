#include "app/devices.h"

#include <string.h>

#include "app/backroom.h"
#include "app/card_reading.h"
#include "app/drawer.h"
#include "app/labelling.h"
#include "app/minding.h"
#include "app/picturing.h"
#include "app/plugging.h"
#include "app/printing.h"
#include "app/scan.h"
#include "app/settings.h"
#include "app/showing.h"
#include "app/weighing.h"
#include "drivers/pairing.h"

#define NONE "none" /* kept: somebody wants no device for this use */

/* -- What a device tells ----------------------------------------------------------- */

static void
on_scanner(Till *till, const DeviceEvent *event)
{
  gsize length;
  if (event->kind != DEVICE_HEARD)
    return;
  const char *bytes = g_bytes_get_data(event->data, &length);
  scan_code(till, bytes, length, SCAN_SCANNED);
}

/* The scanner itself says at once that a code was not taken. */
static void
sound(Till *till, Device *device)
{
  Beep beep;
  if (!scan_beep(till, &beep))
    return;
  g_autoptr(GBytes) order = beep_order(beep);
  device_send(device, order, 0);
}

/* Who hears what. */
static void (*const HEARERS[N_DEVICE_USES])(Till *till, const DeviceEvent *event) = {
    [USE_SCANNER] = on_scanner,
    [USE_SCANNER_2] = on_scanner,
    [USE_PRINTER] = printing_on_device,
    [USE_ID_READER] = card_reading_on_id_card,
    [USE_CARD_READER] = card_reading_on_ic_card,
    [USE_CAMERA] = picturing_on_camera,
    [USE_LABEL] = labelling_on_device,
    [USE_POLE] = showing_on_device,
    [USE_SCALE] = weighing_on_device,
};

/* Who tries it out. */
static void (*const TRIALS[N_DEVICE_USES])(Till *till) = {
    [USE_PRINTER] = printing_test_page,
    [USE_ID_READER] = card_reading_try_id,
    [USE_CARD_READER] = card_reading_try_ic,
    [USE_CAMERA] = picturing_try_camera,
    [USE_LABEL] = labelling_test,
    [USE_POLE] = showing_test,
    [USE_SCALE] = weighing_test,
};

static char *
name_key(DeviceUse use)
{
  return g_strconcat(device_use_name(use), ".name", NULL);
}

static void
notify(Till *till, NoticeKind kind, NoticeId id, DeviceUse use)
{
  g_autofree char *key = name_key(use);
  till_notice(
      till,
      (Notice){.kind = kind, .id = id, .what = settings_text(till, key), .number = use});
}

/* What was said about this use is not true any more. */
static void
take_back(Till *till, DeviceUse use)
{
  const Notice *notice = &till->notice;
  if (notice->id >= NOTICE_DEVICE_GONE && notice->id <= NOTICE_DEVICE_BROKEN &&
      notice->number == (int64_t)use)
    till_clear_notice(till);
}

static NoticeId
notice_of(int error)
{
  switch (error) {
  case DEVICE_ERROR_ACCESS:
    return NOTICE_DEVICE_ACCESS;
  case DEVICE_ERROR_BUSY:
    return NOTICE_DEVICE_BUSY;
  case DEVICE_ERROR_WRONG:
    return NOTICE_DEVICE_WRONG;
  case DEVICE_ERROR_BROKEN:
    return NOTICE_DEVICE_BROKEN;
  case DEVICE_ERROR_NO_ANSWER:
    return NOTICE_DEVICE_NO_ANSWER;
  default:
    return NOTICE_NOTHING;
  }
}

static void
note_failure(DevicePlace *place, const GError *failure)
{
  g_free(place->failure);
  place->failure = g_strdup(failure->message);
  place->failed_us = till_now_us(place->till);
  place->error = failure->domain == DEVICE_ERROR ? failure->code : -1;
}

static void
on_state(DevicePlace *place, DeviceUse use, const DeviceEvent *event)
{
  bool is_there = !(event->state & DEVICE_GONE);
  int error = place->error;
  Till *till = place->till;

  if (event->failure)
    note_failure(place, event->failure);
  if (is_there) {
    take_back(till, use);
    if (place->is_new || place->is_lost)
      notify(till,
             NOTICE_INFO,
             place->is_new ? NOTICE_DEVICE_TAKEN : NOTICE_DEVICE_BACK,
             use);
    place->is_new = place->is_lost = false;
  } else if (place->is_there) {
    place->is_lost = true;
    notify(till, NOTICE_WARN, NOTICE_DEVICE_GONE, use);
  } else if (event->failure && place->error != error && notice_of(place->error)) {
    notify(till, NOTICE_WARN, notice_of(place->error), use);
  }
  place->is_there = is_there;
}

static void
on_device(Device *device, const DeviceEvent *event, gpointer data)
{
  DevicePlace *place = data;
  Till *till = place->till;
  DeviceUse use = (DeviceUse)(place - till->backroom->place);

  till_changed(till, TILL_DEVICES);
  if (event->kind == DEVICE_STATE)
    on_state(place, use, event);
  else if (event->kind == DEVICE_HEARD)
    place->heard_us = till_now_us(till);
  else if (event->kind == DEVICE_FAILED && event->failure)
    note_failure(place, event->failure);
  if (HEARERS[use])
    HEARERS[use](till, event);
  if (HEARERS[use] == on_scanner && event->kind == DEVICE_HEARD)
    sound(till, device);
}

/* -- Open and close ---------------------------------------------------------------- */

static void
forget(DevicePlace *place)
{
  g_clear_pointer(&place->failure, g_free);
  *place = (DevicePlace){.till = place->till, .is_given = place->is_given, .error = -1};
}

static void
shut(Till *till, DeviceUse use)
{
  g_clear_pointer(&till->device[use], device_close);
  if (use == USE_PRINTER)
    till->backroom->printing = 0;
  if (use == USE_LABEL)
    till->backroom->labelling = 0;
  forget(&till->backroom->place[use]);
}

static Device *
open_device(Till *till, DeviceUse use, const char *address)
{
  g_autofree char *whole =
      use == USE_PRINTER ? drawer_address(till, address) : g_strdup(address);
  return device_open(whole, on_device, &till->backroom->place[use]);
}

/* @address "": none. */
static void
open_one(Till *till, DeviceUse use, const char *address)
{
  DevicePlace *place = &till->backroom->place[use];
  shut(till, use);
  place->is_refused = g_str_equal(address, NONE);
  if (*address && !place->is_refused)
    till->device[use] = open_device(till, use, address);
  till_changed(till, TILL_DEVICES);
}

void
devices_open(Till *till, const char *const addresses[N_DEVICE_USES])
{
  for (DeviceUse use = 0; use < N_DEVICE_USES; use++) {
    const char *given = addresses ? addresses[use] : NULL;
    g_autofree char *kept = settings_text(till, device_use_name(use));
    till->backroom->place[use].till = till;
    till->backroom->place[use].is_given = given != NULL;
    open_one(till, use, given ? given : kept);
  }
}

void
devices_close(Till *till)
{
  devices_pair_stop(till);
  for (DeviceUse use = 0; use < N_DEVICE_USES; use++)
    shut(till, use);
}

static bool
keep(Till *till, DeviceUse use, const char *address, const char *name, GError **error)
{
  g_autofree char *key = name_key(use);
  return settings_set(till, device_use_name(use), address, error) &&
         settings_set(till, key, name, error);
}

static bool
choose(Till *till, DeviceUse use, const char *address, const char *name, GError **error)
{
  if (!keep(till, use, address ? address : NONE, name, error))
    return false;
  till->backroom->place[use].is_given = false;
  open_one(till, use, address ? address : NONE);
  till->backroom->place[use].is_new = address != NULL;
  if (use == USE_PRINTER)
    printing_start(till);
  if (use == USE_LABEL)
    labelling_start(till);
  return true;
}

static const Plugged *
plugged_at(const GPtrArray *list, const char *address)
{
  for (guint i = 0; i < list->len; i++) {
    const Plugged *plugged = list->pdata[i];
    if (g_strcmp0(plugged->address, address) == 0)
      return plugged;
  }
  return NULL;
}

bool
devices_choose(Till *till, DeviceUse use, const char *address, GError **error)
{
  g_autoptr(GPtrArray) list = plugging_list(till);
  const Plugged *plugged = address ? plugged_at(list, address) : NULL;
  return choose(till, use, address, plugged ? plugged->name : "", error);
}

void
devices_take(Till *till, DeviceUse use, const Plugged *plugged)
{
  GError *error = NULL;
  if (!choose(till, use, plugged->address, plugged->name, &error))
    till_failed(till, error);
}

/* -- Rows -------------------------------------------------------------------------- */

void
device_row_free(DeviceRow *row)
{
  if (!row)
    return;
  g_free(row->address);
  g_free(row->name);
  g_free(row->failure);
  g_free(row);
}

static DeviceRow *
row_of_use(Till *till, DeviceUse use)
{
  const DevicePlace *place = &till->backroom->place[use];
  const Device *device = till->device[use];
  g_autofree char *key = name_key(use);
  DeviceRow *row = g_new0(DeviceRow, 1);

  row->use = use;
  row->is_used = true;
  row->address = device ? g_strdup(device_address(device)) : NULL;
  row->name = device ? settings_text(till, key) : g_strdup("");
  row->state = device ? device_state(device) : 0;
  row->error = place->error;
  row->failure = g_strdup(place->failure);
  row->failed_us = place->failed_us;
  row->heard_us = place->heard_us;
  return row;
}

static DeviceRow *
row_of_plugged(const Till *till, const Plugged *plugged)
{
  DeviceRow *row = g_new0(DeviceRow, 1);
  bool is_second = plugged->use == USE_SCANNER && till->device[USE_SCANNER] &&
                   !till->device[USE_SCANNER_2];
  row->use = is_second ? USE_SCANNER_2 : plugged->use;
  row->doubt = plugged->doubt;
  row->is_forbidden = plugged->is_forbidden;
  row->address = g_strdup(plugged->address);
  row->name = g_strdup(plugged->name);
  row->error = -1;
  return row;
}

GPtrArray *
devices_rows(Till *till)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func((GDestroyNotify)device_row_free);
  g_autoptr(GPtrArray) list = plugging_list(till);

  for (DeviceUse use = 0; use < N_DEVICE_USES; use++)
    g_ptr_array_add(rows, row_of_use(till, use));
  for (guint i = 0; i < list->len; i++)
    if (!plugging_is_used(till, list->pdata[i]))
      g_ptr_array_add(rows, row_of_plugged(till, list->pdata[i]));
  return rows;
}

/* -- Trying out -------------------------------------------------------------------- */

bool
devices_may_test(const Till *till, DeviceUse use)
{
  return till->device[use] && TRIALS[use];
}

void
devices_test(Till *till, DeviceUse use)
{
  if (devices_may_test(till, use))
    TRIALS[use](till);
}

void
devices_open_drawer(Till *till)
{
  printing_open_drawer(till);
}

/* -- Pairing ----------------------------------------------------------------------- */

static void
end_pairing(Till *till, PairState state)
{
  Pairing *pairing = &till->backroom->pairing;
  g_clear_pointer(&pairing->device, device_close);
  g_clear_pointer(&pairing->address, g_free);
  pairing->state = state;
  till_changed(till, TILL_DEVICES);
}

void
devices_pair_stop(Till *till)
{
  end_pairing(till, PAIR_NONE);
}

static void
pair_with(Till *till)
{
  g_autofree char *address = g_steal_pointer(&till->backroom->pairing.address);
  DeviceUse use = till->backroom->pairing.use;
  GError *error = NULL;
  end_pairing(till, PAIR_DONE);
  if (!devices_choose(till, use, address, &error)) {
    till_failed(till, error);
    return;
  }
  till->backroom->place[use].is_new = false; /* this says more than "connected" */
  notify(till, NOTICE_INFO, NOTICE_PAIRED, use);
}

static void
on_outcome(Till *till, GBytes *heard)
{
  DeviceUse use = till->backroom->pairing.use;
  switch (pairing_outcome(heard)) {
  case PAIRING_IT:
    pair_with(till);
    break;
  case PAIRING_NOT_IT:
    end_pairing(till, PAIR_NOT_IT);
    notify(till, NOTICE_WARN, NOTICE_PAIR_NOT_IT, use);
    break;
  default:
    end_pairing(till, PAIR_TOO_LATE);
    notify(till, NOTICE_WARN, NOTICE_PAIR_TOO_LATE, use);
  }
}

static void
on_pairing(Device *device, const DeviceEvent *event, gpointer data)
{
  Till *till = data;
  if (event->kind == DEVICE_HEARD) {
    on_outcome(till, event->data);
  } else if (event->kind == DEVICE_STATE && event->state & DEVICE_GONE) {
    NoticeId id = event->failure ? notice_of(event->failure->code) : NOTICE_NOTHING;
    DeviceUse use = till->backroom->pairing.use;
    end_pairing(till, PAIR_NONE);
    notify(till, NOTICE_WARN, id ? id : NOTICE_DEVICE_GONE, use);
  }
}

void
devices_pair(Till *till, const char *address, DeviceUse use)
{
  Pairing *pairing = &till->backroom->pairing;
  const char *place = strstr(address, ":usb:");

  minding_begin_deed(till);
  devices_pair_stop(till);
  if (!place)
    return;
  g_snprintf(pairing->code,
             sizeof pairing->code,
             "%08d",
             (int)g_random_int_range(10000000, 100000000));
  pairing->address = g_strdup(address);
  pairing->use = use;
  pairing->state = PAIR_WAITS;
  pairing->until_us = g_get_monotonic_time() + DEVICES_PAIR_S * G_TIME_SPAN_SECOND;
  pairing->device = pairing_open(
      place + strlen(":usb:"), pairing->code, DEVICES_PAIR_S, on_pairing, till);
}

PairState
devices_pairing(const Till *till, const char **ret_code, int *ret_seconds)
{
  const Pairing *pairing = &till->backroom->pairing;
  int64_t left_us = pairing->until_us - g_get_monotonic_time();
  if (ret_code)
    *ret_code = pairing->state == PAIR_WAITS ? pairing->code : NULL;
  if (ret_seconds)
    *ret_seconds = (int)MAX(0, (left_us + G_TIME_SPAN_SECOND - 1) / G_TIME_SPAN_SECOND);
  return (PairState)pairing->state;
}

SymbolModules *
devices_pairing_symbol(const Till *till)
{
  const Pairing *pairing = &till->backroom->pairing;
  if (pairing->state != PAIR_WAITS)
    return NULL;
  return symbol_encode("Code128", pairing->code, strlen(pairing->code));
}
