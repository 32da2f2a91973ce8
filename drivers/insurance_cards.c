#include "drivers/insurance_cards.h"

#include <gmodule.h>
#include <string.h>

#include "drivers/device.h"
#include "drivers/social_security_card.h"

/* Set while no reader's thread runs. */
static const InsuranceCard *attached;

static bool
is_sound(const InsuranceCard *card)
{
  return card->version == INSURANCE_CARD_VERSION && card->name && card->can_read &&
         card->read;
}

static bool
refuse(const char *path, const char *why, GError **error)
{
  g_set_error(error, DEVICE_ERROR, DEVICE_ERROR_WRONG, "%s: %s", path, why);
  return false;
}

bool
insurance_cards_attach(const char *path, GError **error)
{
  gpointer symbol = NULL;

  attached = NULL;
  if (*path == '\0')
    return true;
  GModule *module = g_module_open(path, G_MODULE_BIND_LOCAL);
  if (!module) {
    g_set_error_literal(error, DEVICE_ERROR, DEVICE_ERROR_WRONG, g_module_error());
    return false;
  }
  /* Insurers' libraries start threads of their own: unloading one is not safe. */
  g_module_make_resident(module);
  if (!g_module_symbol(module, INSURANCE_CARD_SYMBOL, &symbol) || !symbol)
    return refuse(path, "it has no " INSURANCE_CARD_SYMBOL, error);
  if (!is_sound(symbol))
    return refuse(path, "it was made for another version of Guitai", error);
  attached = symbol;
  return true;
}

/* A library is trusted to run, not to end its texts. */
static void
end_texts(InsuredPerson *person)
{
  person->name[sizeof person->name - 1] = '\0';
  person->number[sizeof person->number - 1] = '\0';
  person->card_number[sizeof person->card_number - 1] = '\0';
  person->region[sizeof person->region - 1] = '\0';
  if (!g_utf8_validate(person->name, -1, NULL))
    person->name[0] = '\0';
}

InsuranceOutcome
insurance_cards_read(const uint8_t *atr,
                     size_t length,
                     const CardChannel *channel,
                     InsuredPerson *ret,
                     const char **ret_by)
{
  const InsuranceCard *const CARDS[] = {attached, &SOCIAL_SECURITY_CARD};
  InsuranceOutcome outcome = INSURANCE_OTHER_CARD;

  for (gsize i = 0; i < G_N_ELEMENTS(CARDS) && outcome == INSURANCE_OTHER_CARD; i++) {
    if (!CARDS[i] || !CARDS[i]->can_read(atr, length))
      continue;
    explicit_bzero(ret, sizeof *ret);
    outcome = CARDS[i]->read(channel, ret);
    *ret_by = CARDS[i]->name;
  }
  if (outcome != INSURANCE_READ)
    explicit_bzero(ret, sizeof *ret);
  end_texts(ret);
  return outcome;
}
