#include "drivers/sdt.h"

#include <stdbool.h>
#include <string.h>

static const guint8 PREAMBLE[] = {0xaa, 0xaa, 0xaa, 0x96, 0x69};

#define HEAD (sizeof PREAMBLE + 2)

static guint8
xor_of(const guint8 *bytes, gsize length)
{
  guint8 sum = 0;
  for (gsize i = 0; i < length; i++)
    sum ^= bytes[i];
  return sum;
}

GByteArray *
sdt_frame(const guint8 *body, gsize length)
{
  GByteArray *frame = g_byte_array_new();
  guint8 size[] = {(guint8)((length + 1) >> 8), (guint8)(length + 1)};
  guint8 sum = xor_of(size, sizeof size) ^ xor_of(body, length);

  g_byte_array_append(frame, PREAMBLE, sizeof PREAMBLE);
  g_byte_array_append(frame, size, sizeof size);
  g_byte_array_append(frame, body, (guint)length);
  g_byte_array_append(frame, &sum, 1);
  return frame;
}

/* Drops what cannot begin a frame. @return true when a whole preamble stands in front. */
static bool
find_preamble(GByteArray *received)
{
  guint at = 0;

  while (at < received->len && memcmp(received->data + at,
                                      PREAMBLE,
                                      MIN(sizeof PREAMBLE, received->len - at)) != 0)
    at++;
  g_byte_array_remove_range(received, 0, at);
  return received->len >= HEAD;
}

GByteArray *
sdt_take(GByteArray *received)
{
  while (find_preamble(received)) {
    gsize length = (gsize)received->data[5] << 8 | received->data[6];
    if (length >= 1 && length <= SDT_LONGEST) {
      if (received->len < HEAD + length)
        return NULL;
      if (xor_of(received->data + sizeof PREAMBLE, 2 + length) == 0) {
        GByteArray *body = g_byte_array_sized_new((guint)length);
        g_byte_array_append(body, received->data + HEAD, (guint)length - 1);
        explicit_bzero(received->data, HEAD + length);
        g_byte_array_remove_range(received, 0, (guint)(HEAD + length));
        return body;
      }
    }
    g_byte_array_remove_range(received, 0, 1);
  }
  return NULL;
}
