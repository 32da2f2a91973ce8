#include "app/drawer.h"

#include <string.h>

#include "app/backroom.h"
#include "app/base/clock.h"
#include "db/setting_store.h"

#define OPEN_S 60

char *
drawer_address(const Till *till, const char *address)
{
  g_autofree char *polarity = setting_store_text(till->store, "drawer.polarity", "");
  bool has_option = g_str_has_prefix(address, "escpos:usb:") && !strchr(address, '?');

  return g_strconcat(
      address, has_option && g_str_equal(polarity, "low") ? "?drawer=low" : "", NULL);
}

void
drawer_see(Till *till, DeviceState state)
{
  struct Backroom *backroom = till->backroom;
  bool is_open = state & DEVICE_DRAWER_OPEN;

  if (state & DEVICE_GONE) {
    backroom->drawer_was_shut = false;
    backroom->drawer_open_us = 0;
  } else if (!is_open) {
    backroom->drawer_was_shut = true;
    backroom->drawer_open_us = 0;
    if (till->notice.id == NOTICE_DRAWER_OPEN)
      till_clear_notice(till);
  } else if (backroom->drawer_was_shut && !backroom->drawer_open_us) {
    backroom->drawer_open_us = clock_monotonic_us();
    backroom->drawer_told = false;
  }
}

void
drawer_mind(Till *till, int64_t now_us)
{
  struct Backroom *backroom = till->backroom;
  if (!backroom->drawer_open_us || backroom->drawer_told)
    return;
  int64_t limit_s = setting_store_int(till->store, "drawer.open_s", OPEN_S);
  if (limit_s <= 0 || now_us - backroom->drawer_open_us < limit_s * G_USEC_PER_SEC)
    return;
  backroom->drawer_told = true;
  till_notice(till, (Notice){.kind = NOTICE_WARN, .id = NOTICE_DRAWER_OPEN});
}
