#include "ui/burst.h"

void
burst_init(Burst *burst)
{
  burst->text = g_string_new(NULL);
  burst->last_us = 0;
}

void
burst_clear(Burst *burst)
{
  g_string_free(burst->text, TRUE);
  burst->text = NULL;
}

void
burst_add(Burst *burst, gunichar character, gint64 now_us)
{
  if (now_us - burst->last_us > BURST_GAP_US)
    g_string_truncate(burst->text, 0);
  g_string_append_unichar(burst->text, character);
  burst->last_us = now_us;
}

bool
burst_is_scan(const Burst *burst)
{
  return burst->text->len >= BURST_LEAST;
}

bool
burst_ends_scan(const Burst *burst, gint64 now_us)
{
  return burst_is_scan(burst) && now_us - burst->last_us <= BURST_ENTER_US;
}

void
burst_reset(Burst *burst)
{
  g_string_truncate(burst->text, 0);
  burst->last_us = 0;
}
