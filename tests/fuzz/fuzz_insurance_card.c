/* What an insurance card may answer to anything: each answer is one length byte and so
 * many bytes; the rest of a length is 90 00. */
#include <string.h>

#include "drivers/insurance_cards.h"
#include "drivers/social_security_card.h"
#include "tests/fuzz/fuzz.h"

typedef struct {
  CardChannel channel; /* first */
  const uint8_t *bytes;
  size_t left;
} Chip;

static int
transmit(const CardChannel *channel,
         const uint8_t *command,
         size_t length,
         uint8_t *answer,
         size_t room)
{
  Chip *chip = (Chip *)(gpointer)channel;
  size_t n = chip->left ? chip->bytes[0] : 0;

  PROMISE(length >= 4 && length <= 261 && room >= 258);
  if (chip->left == 0)
    return -1;
  n = MIN(n, chip->left - 1);
  memcpy(answer, chip->bytes + 1, n);
  chip->bytes += n + 1;
  chip->left -= n + 1;
  answer[n] = 0x90;
  answer[n + 1] = 0x00;
  return (int)n + 2;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
  static const uint8_t ATR[] = {0x3b, 0x00};
  Chip chip = {{transmit}, bytes, length};
  InsuredPerson person;
  const char *by = "";
  size_t value = 0;

  const uint8_t *at =
      length ? social_security_record(bytes, length, bytes[0], &value) : NULL;
  PROMISE(!at || (at >= bytes && value > 0 && at + value <= bytes + length - 2));
  InsuranceOutcome outcome =
      insurance_cards_read(ATR, sizeof ATR, &chip.channel, &person, &by);
  PROMISE(g_utf8_validate(person.name, -1, NULL));
  PROMISE(outcome == INSURANCE_READ || *person.name == '\0');
  PROMISE(outcome != INSURANCE_READ || strlen(person.number) == 18);
  return 0;
}
