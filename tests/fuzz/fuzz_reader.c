/* What an ID reader sends: frames among noise; what stands in a card's text block; what a
 * printer answers. */
#include <string.h>

#include "drivers/id_card.h"
#include "drivers/printer_status.h"
#include "drivers/sdt.h"
#include "tests/fuzz/fuzz.h"

static void
check_frames(const uint8_t *bytes, size_t length)
{
  g_autoptr(GByteArray) received = g_byte_array_new();
  g_byte_array_append(received, bytes, (guint)length);
  for (;;) {
    guint before = received->len;
    GByteArray *body = sdt_take(received);
    PROMISE(received->len <= before);
    if (!body)
      return;
    PROMISE(body->len <= SDT_LONGEST && received->len < before);
    g_byte_array_unref(body);
  }
}

static void
check_card(const uint8_t *bytes, size_t length)
{
  g_autoptr(IdCard) card = id_card_read(bytes, length, NULL);
  if (!card)
    return;
  PROMISE(card->kind < N_ID_CARD_KINDS && day_is_valid(card->birth));
  PROMISE(g_utf8_validate(card->name, -1, NULL));
  PROMISE(g_utf8_validate(card->address, -1, NULL));
  PROMISE(g_str_is_ascii(card->number));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
  check_frames(bytes, length);
  check_card(bytes, length);
  PrinterStatus status = {0};
  printer_status_hear(&status, bytes, length);
  printer_status_fault(printer_status_state(&status), NULL);
  return 0;
}
