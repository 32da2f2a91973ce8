/* The text block of an identity card, always as long as one: by its flag's layout. */
#include "drivers/id_card.h"

#include <string.h>

#include "tests/fuzz/fuzz.h"

static void
check_text(const char *text)
{
  PROMISE(text && g_utf8_validate(text, -1, NULL));
  PROMISE(strlen(text) <= 3 * ID_CARD_BLOCK);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
  static const char FLAGS[] = " JIY";
  guint8 block[ID_CARD_BLOCK];

  for (size_t i = 0; i < sizeof block; i++)
    block[i] = i < length ? bytes[i] : i % 2 ? 0 : ' ';
  if (length < 249)
    block[248] = (guint8)FLAGS[length % 4];
  g_autoptr(GError) error = NULL;
  g_autoptr(IdCard) card = id_card_read(block, sizeof block, &error);
  PROMISE((card == NULL) == (error != NULL));
  if (!card)
    return 0;
  const char *texts[] = {card->name,
                         card->latin_name,
                         card->address,
                         card->number,
                         card->issuer,
                         card->country};
  for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
    check_text(texts[i]);
  PROMISE(card->kind < N_ID_CARD_KINDS && day_is_valid(card->birth));
  PROMISE(g_str_is_ascii(card->number));
  return 0;
}
