/* A certified library as an insurer would bring it: knows cards by their answer to reset,
 * and reads a name with one command. Built as a shared object of its own. */
#include <string.h>

#include "drivers/insurance_card.h"

static bool
can_read(const uint8_t *atr, size_t length)
{
  return length > 6 && atr[6] == 0x20;
}

static InsuranceOutcome
read_person(const CardChannel *channel, InsuredPerson *ret)
{
  static const uint8_t SELECT[] = {0x00, 0xa4, 0x04, 0x00, 0x01, 0x55};
  uint8_t answer[258];

  int length = channel->transmit(channel, SELECT, sizeof SELECT, answer, sizeof answer);
  /* The sample card knows no application of this name: that is how it is known. */
  if (length != 2 || answer[0] != 0x6a)
    return INSURANCE_FAILED;
  memcpy(ret->name, "EXAMPLE", sizeof "EXAMPLE");
  /* As a careless one would: without its end. */
  memset(ret->card_number, '7', sizeof ret->card_number);
  return INSURANCE_READ;
}

extern const InsuranceCard guitai_insurance_card;
const InsuranceCard guitai_insurance_card = {
    INSURANCE_CARD_VERSION, "test insurer", can_read, read_person};
