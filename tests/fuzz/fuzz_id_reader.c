/* What an ID reader may send in answer to anything: the first byte says in how many
 * pieces it comes. Whatever it is, a look ends, and what is heard is a block or nothing.
 */
#include "drivers/id_reader.h"

#include <string.h>

#include "drivers/id_card.h"
#include "tests/fuzz/fuzz.h"

typedef struct {
  const uint8_t *bytes;
  size_t left, piece;
  int64_t now_us;
} Cable;

static gssize
cable_write(
    gpointer end, const guint8 *bytes, gsize length, int timeout_ms, GError **error)
{
  PROMISE(length <= 16);
  return (gssize)length;
}

/* What is not asked for has not come yet. */
static gssize
cable_read(gpointer end, guint8 *bytes, gsize room, int timeout_ms, GError **error)
{
  Cable *cable = end;
  size_t n = timeout_ms == 0 ? 0 : MIN(MIN(room, cable->piece), cable->left);

  cable->now_us += n ? 100 : timeout_ms * 1000;
  if (n)
    memcpy(bytes, cable->bytes, n);
  cable->bytes += n;
  cable->left -= n;
  return (gssize)n;
}

static int64_t
cable_now_us(gpointer end)
{
  return ((Cable *)end)->now_us;
}

static const Wire CABLE = {cable_write, cable_read, cable_now_us};

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
  if (length < 2)
    return 0;
  Cable cable = {bytes + 1, length - 1, bytes[0] ? bytes[0] : 512, 0};
  g_autoptr(IdReader) reader = id_reader_new(&CABLE, &cable);

  for (int i = 0; i < 3; i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) text = id_reader_look(reader, &error);
    PROMISE(!text || !error);
    PROMISE(!text || g_bytes_get_size(text) == ID_CARD_BLOCK ||
            g_bytes_get_size(text) == 0);
  }
  PROMISE(cable.now_us < 60 * G_USEC_PER_SEC);
  return 0;
}
