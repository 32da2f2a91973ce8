#include "app/base/uid.h"

#include <glib.h>
#include <stdio.h>
#include <sys/random.h>

#define RANDOM_BYTES 10

static void
fill_with_chance(unsigned char *bytes, size_t n)
{
  size_t got = 0;
  while (got < n) {
    ssize_t more = getrandom(bytes + got, n - got, 0);
    if (more > 0)
      got += (size_t)more;
  }
}

void
uid_new(int64_t now_us, char ret_uid[33])
{
  unsigned char chance[RANDOM_BYTES];
  uint64_t ms = (uint64_t)(now_us > 0 ? now_us / 1000 : 0) & 0xffffffffffffULL;

  fill_with_chance(chance, sizeof chance);
  g_snprintf(ret_uid, 33, "%012" G_GINT64_MODIFIER "x", ms);
  for (size_t i = 0; i < RANDOM_BYTES; i++)
    g_snprintf(ret_uid + 12 + 2 * i, 3, "%02x", chance[i]);
}
