/* What a reader of chip cards may answer. The first byte says in how many pieces it
 * comes; the second bends the numbers of the messages to be ours, so that more than their
 * heads is looked at. */
#include <string.h>

#include "drivers/ic_reader.h"
#include "tests/fuzz/fuzz.h"

#define HEAD 10

typedef struct {
  const uint8_t *bytes;
  size_t left, piece;
  int64_t now_us;
  uint8_t type, sequence;
  bool is_kind;
} Cable;

static gssize
cable_write(
    gpointer end, const guint8 *bytes, gsize length, int timeout_ms, GError **error)
{
  Cable *cable = end;
  PROMISE(length >= HEAD && length <= 271);
  cable->type = bytes[0] == 0x63 || bytes[0] == 0x65 ? 0x81 : 0x80;
  cable->sequence = bytes[6];
  return (gssize)length;
}

/* In kind cables a message whose first byte is 'k' comes whole, and answers the last
 * command. @return its length; 0: none of these. */
static size_t
kind_message(const Cable *cable)
{
  if (!cable->is_kind || cable->left < HEAD || cable->bytes[0] != 'k')
    return 0;
  return MIN(HEAD + (cable->bytes[1] | (size_t)(cable->bytes[2] & 1) << 8), cable->left);
}

static gssize
cable_read(gpointer end, guint8 *bytes, gsize room, int timeout_ms, GError **error)
{
  Cable *cable = end;
  size_t kind = kind_message(cable);
  size_t n = MIN(MIN(room, kind ? kind : cable->piece), cable->left);

  n = timeout_ms == 0 ? 0 : n;
  cable->now_us += n ? 100 : timeout_ms * 1000;
  if (n)
    memcpy(bytes, cable->bytes, n);
  if (n && kind) {
    bytes[0] = cable->type;
    bytes[2] &= 0x01;
    bytes[3] = bytes[4] = bytes[5] = 0;
    bytes[6] = cable->sequence;
  }
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
  CcidTraits traits = {.voltages = 7, .most_message = 271};

  if (length < 3)
    return 0;
  if (length > CCID_DESCRIPTOR_LENGTH)
    ccid_traits(bytes, length, &traits, NULL);
  traits.most_message = MIN(traits.most_message, 4096);
  Cable cable = {
      bytes + 2, length - 2, bytes[0] ? bytes[0] : 512, 0, 0, 0, bytes[1] != 0};
  g_autoptr(IcReader) reader = ic_reader_new(&CABLE, &cable, &traits);
  for (int i = 0; i < 2; i++) {
    IcCard card;
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) heard = ic_reader_look(reader, &error);
    PROMISE(!heard || !error);
    PROMISE(!heard || ic_card_take(heard, &card));
    PROMISE(!heard || g_utf8_validate(card.person.name, -1, NULL));
  }
  PROMISE(cable.now_us < 600 * G_USEC_PER_SEC);
  return 0;
}
