#include "drivers/typist.h"

#include <string.h>

#include "drivers/key_reports.h"
#include "drivers/usb_hid.h"

#define BOOT      1
#define KEYBOARD  1
#define US_PER_MS 1000

struct Typist {
  UsbHid *hid; /* owned */
  KeyReports keys;
  GString *typed; /* owned; not read yet */
};

static bool
is_boot_keyboard(const UsbInterface *interface)
{
  return interface->subclass == BOOT && interface->protocol == KEYBOARD;
}

static const UsbHidWish WISH = {is_boot_keyboard, NULL, "it is no keyboard"};

static bool
set_up(Typist *typist, GError **error)
{
  static const uint8_t LAMPS_OUT[] = {0};
  return usb_hid_boot(typist->hid, error) &&
         usb_hid_send(typist->hid, HID_OUTPUT, 0, LAMPS_OUT, sizeof LAMPS_OUT, error);
}

Typist *
typist_open(const char *place, UsbNotify notify, gpointer data, GError **error)
{
  UsbHid *hid = usb_hid_open(place, &WISH, notify, data, error);
  if (!hid)
    return NULL;
  Typist *typist = g_new0(Typist, 1);
  typist->hid = hid;
  typist->typed = g_string_new(NULL);
  if (!set_up(typist, error))
    g_clear_pointer(&typist, typist_close);
  return typist;
}

void
typist_close(Typist *typist)
{
  if (!typist)
    return;
  usb_hid_close(typist->hid);
  g_string_free(typist->typed, TRUE);
  g_free(typist);
}

/* @return false: nothing came within @timeout_ms, or @error. */
static bool
hear_report(Typist *typist, int timeout_ms, GError **error)
{
  g_autoptr(GBytes) report = usb_hid_take(typist->hid, timeout_ms, error);
  if (!report)
    return false;
  gsize length;
  const uint8_t *bytes = g_bytes_get_data(report, &length);
  key_reports_hear(&typist->keys, bytes, length, typist->typed);
  return true;
}

static gssize
give(Typist *typist, guint8 *bytes, gsize room)
{
  gsize n = MIN(typist->typed->len, room);
  memcpy(bytes, typist->typed->str, n);
  g_string_erase(typist->typed, 0, (gssize)n);
  return (gssize)n;
}

/* Keys let go and shifts are reports that type nothing: they do not end the wait. */
static gssize
typist_read(gpointer end, guint8 *bytes, gsize room, int timeout_ms, GError **error)
{
  Typist *typist = end;
  GError *failure = NULL;
  int64_t until_us = usb_now_us() + (int64_t)timeout_ms * US_PER_MS;

  for (;;) {
    bool is_enough = typist->typed->len >= room;
    int64_t left_us = typist->typed->len > 0 ? 0 : until_us - usb_now_us();
    int wait_ms = (int)((MAX(left_us, 0) + US_PER_MS - 1) / US_PER_MS);
    if (is_enough || !hear_report(typist, wait_ms, &failure))
      break;
  }
  if (typist->typed->len > 0) {
    g_clear_error(&failure);
    return give(typist, bytes, room);
  }
  if (failure)
    g_propagate_error(error, failure);
  return failure ? -1 : 0;
}

static gssize
typist_write(
    gpointer end, const guint8 *bytes, gsize length, int timeout_ms, GError **error)
{
  return 0;
}

static int64_t
typist_now_us(gpointer end)
{
  return usb_now_us();
}

const Wire TYPIST_WIRE = {typist_write, typist_read, typist_now_us};
