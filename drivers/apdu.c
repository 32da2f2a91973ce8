#include "drivers/apdu.h"

#include <stdbool.h>
#include <string.h>

#include "drivers/device.h"
#include "drivers/secret_bytes.h"

#define MOST_ROUNDS 64

#define MORE       0x61
#define OTHER_SIZE 0x6c

guint16
apdu_status(const GByteArray *answer)
{
  if (answer->len < 2)
    return 0;
  return (guint16)(answer->data[answer->len - 2] << 8 | answer->data[answer->len - 1]);
}

static bool
fail(const char *why, GError **error)
{
  g_set_error_literal(error, DEVICE_ERROR, DEVICE_ERROR_WRONG, why);
  return false;
}

/* The expected length stands last; a command without one gets it. */
static gsize
with_expected(const guint8 *command, gsize length, guint8 expected, guint8 *ret)
{
  bool has_one = length == 5 || (length > 5 && length == 6 + (gsize)command[4]);
  gsize n = has_one ? length : length + 1;

  memcpy(ret, command, length);
  ret[n - 1] = expected;
  return n;
}

/* Moves the data of @part behind those of @all, its status in place of theirs. */
static bool
add_part(GByteArray *all, const GByteArray *part, GError **error)
{
  if (part->len < 2)
    return fail("the card answers without a status", error);
  if (all->len + part->len > APDU_LONGEST_ANSWER)
    return fail("the card's answer does not end", error);
  if (all->len)
    g_byte_array_set_size(all, all->len - 2);
  g_byte_array_append(all, part->data, part->len);
  return true;
}

static bool
exchange_once(ApduExchange exchange,
              gpointer card,
              const guint8 *command,
              gsize length,
              GByteArray *all,
              GError **error)
{
  GByteArray *part = exchange(card, command, length, error);
  bool good = part && add_part(all, part, error);

  secret_bytes_drop(part);
  return good;
}

static bool
send_rounds(ApduExchange exchange,
            gpointer card,
            const guint8 *command,
            gsize length,
            GByteArray *all,
            GError **error)
{
  guint8 next[APDU_LONGEST + 1];
  gsize n = length;
  bool was_corrected = false;

  memcpy(next, command, length);
  for (int round = 0; round < MOST_ROUNDS; round++) {
    if (!exchange_once(exchange, card, next, n, all, error))
      return false;
    guint8 sw1 = apdu_status(all) >> 8, sw2 = apdu_status(all) & 0xff;
    if (sw1 == OTHER_SIZE && !was_corrected)
      n = with_expected(command, length, sw2, next);
    else if (sw1 == MORE)
      n = with_expected((const guint8[]){command[0] & 0x03, 0xc0, 0, 0}, 4, sw2, next);
    else
      return true;
    was_corrected |= sw1 == OTHER_SIZE;
  }
  return fail("the card's answer does not end", error);
}

GByteArray *
apdu_send(ApduExchange exchange,
          gpointer card,
          const guint8 *command,
          gsize length,
          GError **error)
{
  if (length < 4 || length > APDU_LONGEST) {
    fail("no command for a card", error);
    return NULL;
  }
  /* Never grows: what it outgrew could not be wiped. */
  GByteArray *all = g_byte_array_sized_new(APDU_LONGEST_ANSWER);
  if (!send_rounds(exchange, card, command, length, all, error))
    g_clear_pointer(&all, secret_bytes_drop);
  return all;
}
