#include "drivers/ic_reader.h"

#include <string.h>

#include "drivers/apdu.h"
#include "drivers/insurance_cards.h"
#include "drivers/secret_bytes.h"

struct IcReader {
  Ccid *ccid;   /* owned */
  bool is_done; /* with the card that is in it */
};

/* What insurance_card.h promises, over a Ccid. */
typedef struct {
  CardChannel channel; /* first: it is what the other side knows */
  Ccid *ccid;
  GError *failure; /* owned (nullable); the first */
} Line;

static int
transmit(const CardChannel *channel,
         const uint8_t *command,
         size_t length,
         uint8_t *answer,
         size_t room)
{
  Line *line = (Line *)(gpointer)channel;
  if (line->failure)
    return -1;
  GByteArray *all = apdu_send(ccid_exchange, line->ccid, command, length, &line->failure);
  int n = all && all->len <= room ? (int)all->len : -1;

  if (n > 0)
    memcpy(answer, all->data, (gsize)n);
  secret_bytes_drop(all);
  return n;
}

static void
have_it_read(Line *line, GBytes *atr, IcCard *card)
{
  static const IcCardKind KINDS[] = {[INSURANCE_READ] = IC_CARD_INSURED,
                                     [INSURANCE_OTHER_CARD] = IC_CARD_OTHER,
                                     [INSURANCE_FAILED] = IC_CARD_FAILED};
  gsize length;
  const guint8 *bytes = g_bytes_get_data(atr, &length);
  const char *by = "";

  InsuranceOutcome outcome =
      insurance_cards_read(bytes, length, &line->channel, &card->person, &by);
  card->kind = outcome <= INSURANCE_FAILED ? KINDS[outcome] : IC_CARD_FAILED;
  g_strlcpy(card->read_by, by, sizeof card->read_by);
}

/* @return false with @error: of the device, or the card is gone. */
static bool
read_card(IcReader *reader, IcCard *card, GError **error)
{
  GError *failure = NULL;
  g_autoptr(GBytes) atr = ccid_power_on(reader->ccid, &failure);
  Line line = {{transmit}, reader->ccid, NULL};

  if (atr) {
    have_it_read(&line, atr, card);
    failure = line.failure;
  }
  bool is_cards = failure && failure->domain == CARD_ERROR;
  if (!failure || is_cards)
    ccid_power_off(reader->ccid);
  if (is_cards && failure->code != CARD_ERROR_AWAY) {
    card->kind = atr ? IC_CARD_FAILED : IC_CARD_MUTE;
    g_clear_error(&failure);
  }
  if (failure)
    g_propagate_error(error, failure);
  return !failure;
}

bool
ic_card_take(GBytes *heard, IcCard *ret)
{
  gsize length;
  const void *bytes = g_bytes_get_data(heard, &length);

  if (length != sizeof *ret)
    return false;
  memcpy(ret, bytes, length);
  return true;
}

IcReader *
ic_reader_new(const Wire *wire, gpointer end, const CcidTraits *traits)
{
  IcReader *reader = g_new0(IcReader, 1);
  reader->ccid = ccid_new(wire, end, traits);
  return reader;
}

void
ic_reader_free(IcReader *reader)
{
  if (!reader)
    return;
  ccid_free(reader->ccid);
  g_free(reader);
}

void
ic_reader_forget(IcReader *reader)
{
  reader->is_done = false;
}

static GBytes *
read_new(IcReader *reader, GError **error)
{
  GError *failure = NULL;
  GBytes *heard = NULL;
  IcCard card;

  explicit_bzero(&card, sizeof card);
  if (read_card(reader, &card, &failure)) {
    heard = secret_bytes_new(&card, sizeof card);
    reader->is_done = true;
  }
  explicit_bzero(&card, sizeof card);
  /* Drawn out while it was read: nothing has happened. */
  if (g_error_matches(failure, CARD_ERROR, CARD_ERROR_AWAY))
    g_clear_error(&failure);
  if (failure)
    g_propagate_error(error, failure);
  return heard;
}

GBytes *
ic_reader_look(IcReader *reader, GError **error)
{
  CcidSlot slot = ccid_slot(reader->ccid, error);

  if (slot == CCID_ABSENT)
    reader->is_done = false;
  return slot == CCID_PRESENT && !reader->is_done ? read_new(reader, error) : NULL;
}
