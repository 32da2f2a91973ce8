#include "app/card_reading.h"

#include <string.h>

#include "app/backroom.h"
#include "app/domain/id_number.h"
#include "app/ringing.h"
#include "app/settings.h"
#include "drivers/ic_reader.h"
#include "drivers/insurance_cards.h"

#define GATES_PER_LINE 4

static void
say(Till *till, NoticeKind kind, NoticeId id, const char *what, int64_t number)
{
  till_notice(till,
              (Notice){.kind = kind, .id = id, .what = g_strdup(what), .number = number});
}

/* -- Who it is ----------------------------------------------------------------------- */

static char *
masked(const char *name, const char *number)
{
  g_autofree char *short_name = id_number_mask_name(name);
  g_autofree char *short_number = id_number_mask(number);
  return g_strconcat(short_name, " ", short_number, NULL);
}

char *
card_reading_who(const IdCard *card)
{
  return masked(*card->name ? card->name : card->latin_name, card->number);
}

int
card_reading_age(const IdCard *card, Day today)
{
  return (today - card->birth) / 10000;
}

bool
card_reading_is_expired(const IdCard *card, Day today)
{
  return card->valid_to != DAY_NONE && card->valid_to < today;
}

/* -- What is wanted ------------------------------------------------------------------ */

static bool
line_wants_name(const Till *till, const SaleLine *line)
{
  RuleAnswer answers[GATES_PER_LINE];
  RuleFacts facts = ringing_facts(till, EVENT_TENDER_OPEN, line);
  int n =
      line->deleted ? 0 : rules_judge_all(&facts, VERDICT_GATE, answers, GATES_PER_LINE);
  bool wants = false;

  for (int i = 0; i < n; i++)
    wants |= answers[i].act == ACT_ID;
  return wants;
}

bool
card_reading_is_wanted(const Till *till)
{
  bool wanted = false;
  for (guint i = 0; i < till->sale->lines->len && !wanted; i++)
    wanted = line_wants_name(till, sale_line(till->sale, i));
  return wanted;
}

void
card_reading_ask(Till *till, const SaleLine *line)
{
  const Device *reader = till->device[USE_ID_READER];

  if (reader && !till->card && !(device_state(reader) & DEVICE_GONE) &&
      line_wants_name(till, line))
    say(till, NOTICE_INFO, NOTICE_LAY_CARD, line->product->generic_name, 0);
}

/* -- A card was read ----------------------------------------------------------------- */

/* What the card answers: what was asked for, and what was said of the card before. */
static void
take_back(Till *till)
{
  const Notice *notice = &till->notice;
  bool is_asked = notice->id == NOTICE_RULE && notice->rule.act == ACT_ID;
  if (is_asked || (notice->id >= NOTICE_LAY_CARD && notice->id <= NOTICE_INSURANCE_MUTE))
    till_clear_notice(till);
}

void
card_reading_forget(Till *till)
{
  if (!till->card)
    return;
  g_clear_pointer(&till->card, id_card_free);
  till_changed(till, TILL_SALE);
}

void
card_reading_tick(Till *till)
{
  int64_t kept_us = g_get_monotonic_time() - till->backroom->card_us;
  if (till->card && kept_us > (int64_t)CARD_READING_KEEP_S * G_USEC_PER_SEC)
    card_reading_forget(till);
}

/* Tried out on the devices page: shown there as a scan is, and not kept. */
static void
show_heard(Till *till, const char *who)
{
  g_free(till->heard);
  till->heard = g_strdup(who);
  till_changed(till, TILL_DEVICES);
}

static void
tell_card(Till *till, const IdCard *card, const char *who)
{
  Day today = till_today(till);
  bool is_expired = card_reading_is_expired(card, today);
  NoticeKind kind = is_expired                     ? NOTICE_WARN
                    : card_reading_is_wanted(till) ? NOTICE_INFO
                                                   : NOTICE_QUIET;

  say(till,
      kind,
      is_expired ? NOTICE_CARD_EXPIRED : NOTICE_CARD_READ,
      who,
      is_expired ? card->valid_to : card_reading_age(card, today));
}

static void
take_card(Till *till, IdCard *card)
{
  g_autofree char *who = card_reading_who(card);

  tell_card(till, card, who);
  if (till->page == PAGE_DEVICES) {
    show_heard(till, who);
    id_card_free(card);
    return;
  }
  id_card_free(till->card);
  till->card = card;
  till->backroom->card_us = g_get_monotonic_time();
  till_changed(till, TILL_SALE);
}

/* Nobody there to see it: it is not looked at. */
static bool
is_heard(const Till *till, const DeviceEvent *event)
{
  return event->kind == DEVICE_HEARD && event->data && till->staff;
}

void
card_reading_on_id_card(Till *till, const DeviceEvent *event)
{
  if (!is_heard(till, event))
    return;
  gsize length;
  const guint8 *block = g_bytes_get_data(event->data, &length);
  IdCard *card = id_card_read(block, length, NULL);

  take_back(till);
  if (card)
    take_card(till, card);
  else
    say(till, NOTICE_WARN, NOTICE_CARD_MISREAD, NULL, 0);
}

/* -- An insurance card was put in ---------------------------------------------------- */

static void
tell_insured(Till *till, const InsuredPerson *person)
{
  g_autofree char *who = masked(person->name, person->number);
  bool is_expired = person->valid_to != DAY_NONE && person->valid_to < till_today(till);

  say(till,
      is_expired ? NOTICE_WARN : NOTICE_QUIET,
      is_expired ? NOTICE_INSURANCE_EXPIRED : NOTICE_INSURANCE_READ,
      who,
      is_expired ? person->valid_to : 0);
  if (till->page == PAGE_DEVICES)
    show_heard(till, who);
}

void
card_reading_on_ic_card(Till *till, const DeviceEvent *event)
{
  static const NoticeId SAYS[N_IC_CARD_KINDS] = {[IC_CARD_OTHER] = NOTICE_INSURANCE_OTHER,
                                                 [IC_CARD_FAILED] =
                                                     NOTICE_INSURANCE_FAILED,
                                                 [IC_CARD_MUTE] = NOTICE_INSURANCE_MUTE};
  IcCard card;

  if (!is_heard(till, event) || !ic_card_take(event->data, &card))
    return;
  take_back(till);
  if (card.kind == IC_CARD_INSURED)
    tell_insured(till, &card.person);
  else
    say(till, NOTICE_WARN, SAYS[card.kind], card.read_by, 0);
  explicit_bzero(&card, sizeof card);
}

/* -- Around it ----------------------------------------------------------------------- */

void
card_reading_try_id(Till *till)
{
  say(till, NOTICE_INFO, NOTICE_LAY_CARD, NULL, 0);
}

void
card_reading_try_ic(Till *till)
{
  say(till, NOTICE_INFO, NOTICE_PUT_CARD, NULL, 0);
}

void
card_reading_attach(Till *till)
{
  g_autofree char *path = settings_text(till, "insurance-library");
  g_autoptr(GError) failure = NULL;

  if (insurance_cards_attach(path, &failure))
    return;
  g_message("the insurer's library: %s", failure->message);
  say(till, NOTICE_WARN, NOTICE_INSURANCE_LIBRARY, failure->message, 0);
}
