#include "drivers/ccid.h"

#include <string.h>

#include "drivers/apdu.h"
#include "drivers/ic_reader.h"
#include "drivers/sim/ic_reader_model.h"
#include "tests/test.h"

/* A cable to the model with a clock of its own. */
typedef struct {
  IcReaderModel *model;
  int64_t now_us;
  int left; /* reads and writes until it is pulled; -1: never */
  int chunk;
  int64_t step_us; /* that one read takes */
} Cable;

static bool
is_gone(Cable *cable, GError **error)
{
  if (cable->left == 0)
    g_set_error_literal(error, DEVICE_ERROR, DEVICE_ERROR_GONE, "pulled");
  else if (cable->left > 0)
    cable->left--;
  return error && *error;
}

static gssize
cable_write(
    gpointer end, const guint8 *bytes, gsize length, int timeout_ms, GError **error)
{
  Cable *cable = end;
  GError *gone = NULL;
  if (is_gone(cable, &gone)) {
    g_propagate_error(error, gone);
    return -1;
  }
  ic_reader_model_take(cable->model, bytes, length);
  return (gssize)length;
}

static gssize
cable_read(gpointer end, guint8 *bytes, gsize room, int timeout_ms, GError **error)
{
  Cable *cable = end;
  GError *gone = NULL;
  if (is_gone(cable, &gone)) {
    g_propagate_error(error, gone);
    return -1;
  }
  cable->now_us += cable->step_us;
  gsize came =
      ic_reader_model_answer(cable->model, bytes, MIN(room, (gsize)cable->chunk));
  if (!came)
    cable->now_us += timeout_ms * 1000;
  return (gssize)came;
}

static int64_t
cable_now_us(gpointer end)
{
  return ((Cable *)end)->now_us;
}

static const Wire CABLE = {cable_write, cable_read, cable_now_us};

static CcidTraits
traits(void)
{
  guint8 descriptor[CCID_DESCRIPTOR_LENGTH];
  CcidTraits found = {0};
  ic_reader_model_descriptor(descriptor);
  CU_ASSERT_FATAL(ccid_traits(descriptor, sizeof descriptor, &found, NULL));
  return found;
}

/* A reader with a card in it, and who looks. */
typedef struct {
  Cable cable;
  CcidTraits traits;
  IcReader *reader;
} Counter;

static void
set_up(Counter *counter, int card)
{
  *counter = (Counter){
      .cable = {.model = ic_reader_model_new(), .left = -1, .chunk = 17, .step_us = 1000},
      .traits = traits()};
  counter->reader = ic_reader_new(&CABLE, &counter->cable, &counter->traits);
  ic_reader_model_put(counter->cable.model, card);
}

static void
clear(Counter *counter)
{
  ic_reader_free(counter->reader);
  ic_reader_model_free(counter->cable.model);
}

/* @return the kind of what was heard; N_IC_CARD_KINDS: nothing. */
static IcCardKind
look(Counter *counter, IcCard *card, GError **error)
{
  g_autoptr(GBytes) heard = ic_reader_look(counter->reader, error);
  if (!heard)
    return N_IC_CARD_KINDS;
  CU_ASSERT_FATAL(ic_card_take(heard, card));
  return card->kind;
}

static void
a_reader_says_what_it_can(void)
{
  guint8 descriptor[CCID_DESCRIPTOR_LENGTH];
  CcidTraits found = traits();
  g_autoptr(GError) error = NULL;

  CU_ASSERT(!found.chooses_voltage);
  CU_ASSERT_EQUAL(found.voltages, 7);
  CU_ASSERT_EQUAL(found.most_message, 271);
  ic_reader_model_descriptor(descriptor);
  CU_ASSERT(!ccid_traits(descriptor, 53, &found, NULL));
  memset(descriptor + 44, 0xff, 4);
  CU_ASSERT(ccid_traits(descriptor, sizeof descriptor, &found, NULL));
  CU_ASSERT_EQUAL(found.most_message, 65546);
  descriptor[42] = 0x01; /* TPDU level */
  CU_ASSERT(!ccid_traits(descriptor, sizeof descriptor, &found, &error));
  CU_ASSERT(g_error_matches(error, DEVICE_ERROR, DEVICE_ERROR_WRONG));
  CU_ASSERT_PTR_NOT_NULL(strstr(error->message, "TPDU"));
}

static void
a_social_security_card_is_read_once_while_it_is_in(void)
{
  Counter counter;
  IcCard card;

  set_up(&counter, IC_SAMPLE_INSURED);
  CU_ASSERT_EQUAL(look(&counter, &card, NULL), IC_CARD_INSURED);
  CU_ASSERT_STRING_EQUAL(card.person.name, "王小明");
  CU_ASSERT_STRING_EQUAL(card.person.number, "110000198503070011");
  CU_ASSERT_STRING_EQUAL(card.person.card_number, "A00000017");
  CU_ASSERT_STRING_EQUAL(card.person.region, "110000");
  CU_ASSERT_EQUAL(card.person.sex, 1);
  CU_ASSERT_EQUAL(card.person.birth, 19850307);
  CU_ASSERT_EQUAL(card.person.valid_to, 20380601);
  CU_ASSERT_STRING_EQUAL(card.read_by, "social security card");
  CU_ASSERT_EQUAL(ic_reader_model_power(counter.cable.model), 0);
  CU_ASSERT_EQUAL(look(&counter, &card, NULL), N_IC_CARD_KINDS);
  ic_reader_model_put(counter.cable.model, IC_SAMPLE_NONE);
  CU_ASSERT_EQUAL(look(&counter, &card, NULL), N_IC_CARD_KINDS);
  ic_reader_model_put(counter.cable.model, IC_SAMPLE_RARE);
  CU_ASSERT_EQUAL(look(&counter, &card, NULL), IC_CARD_INSURED);
  CU_ASSERT_STRING_EQUAL(card.person.name, "阿依古丽·艾合买提·买买提江");
  clear(&counter);
}

static void
other_cards_and_voltages(void)
{
  static const struct {
    int card;
    IcCardKind kind;
    const char *name;
  } CARDS[] = {{IC_SAMPLE_LOW_VOLT, IC_CARD_INSURED, "刘䶮"},
               {IC_SAMPLE_BANK, IC_CARD_OTHER, ""},
               {IC_SAMPLE_MUTE, IC_CARD_MUTE, ""}};
  for (gsize i = 0; i < G_N_ELEMENTS(CARDS); i++) {
    Counter counter;
    IcCard card;
    set_up(&counter, CARDS[i].card);
    CU_ASSERT_EQUAL(look(&counter, &card, NULL), CARDS[i].kind);
    CU_ASSERT_STRING_EQUAL(card.person.name, CARDS[i].name);
    clear(&counter);
  }
}

static void
old_cards_long_answers_and_strange_numbers_are_read_as_well(void)
{
  static const struct {
    bool is_old;
    int part, waits, others;
  } WAYS[] = {{true, 0, 0, 0}, {false, 7, 0, 0}, {true, 1, 0, 0}, {false, 0, 40, 3}};
  for (gsize i = 0; i < G_N_ELEMENTS(WAYS); i++) {
    Counter counter;
    IcCard card;
    set_up(&counter, IC_SAMPLE_INSURED);
    ic_reader_model_set_old_card(counter.cable.model, WAYS[i].is_old);
    ic_reader_model_set_part(counter.cable.model, WAYS[i].part);
    ic_reader_model_fail(counter.cable.model, IC_FAULT_WAIT, WAYS[i].waits);
    ic_reader_model_fail(counter.cable.model, IC_FAULT_SEQUENCE, WAYS[i].others);
    CU_ASSERT_EQUAL(look(&counter, &card, NULL), IC_CARD_INSURED);
    CU_ASSERT_STRING_EQUAL(card.person.number, "110000198503070011");
    clear(&counter);
  }
}

static void
a_card_drawn_out_while_it_is_read_is_nothing(void)
{
  Counter counter;
  IcCard card;
  g_autoptr(GError) error = NULL;

  set_up(&counter, IC_SAMPLE_INSURED);
  ic_reader_model_fail(counter.cable.model, IC_FAULT_DRAWN, 1);
  CU_ASSERT_EQUAL(look(&counter, &card, &error), N_IC_CARD_KINDS);
  CU_ASSERT_PTR_NULL(error);
  CU_ASSERT_EQUAL(look(&counter, &card, &error), N_IC_CARD_KINDS);
  CU_ASSERT_PTR_NULL(error);
  clear(&counter);
}

static void
a_reader_that_lies_or_waits_for_ever_is_given_up(void)
{
  static const struct {
    IcFault fault;
    int times;
    DeviceError code;
  } FAULTS[] = {{IC_FAULT_LENGTH, 1, DEVICE_ERROR_WRONG},
                {IC_FAULT_SILENT, 1000, DEVICE_ERROR_NO_ANSWER}};
  for (gsize i = 0; i < G_N_ELEMENTS(FAULTS); i++) {
    Counter counter;
    IcCard card;
    g_autoptr(GError) error = NULL;
    set_up(&counter, IC_SAMPLE_INSURED);
    ic_reader_model_fail(counter.cable.model, FAULTS[i].fault, FAULTS[i].times);
    CU_ASSERT_EQUAL(look(&counter, &card, &error), N_IC_CARD_KINDS);
    CU_ASSERT(g_error_matches(error, DEVICE_ERROR, (int)FAULTS[i].code));
    clear(&counter);
  }
}

static void
endless_extensions_of_time_end(void)
{
  Counter counter;
  IcCard card;
  g_autoptr(GError) error = NULL;

  set_up(&counter, IC_SAMPLE_INSURED);
  counter.cable.chunk = 10; /* one "wait" at each read */
  counter.cable.step_us = 100000;
  ic_reader_model_fail(counter.cable.model, IC_FAULT_WAIT, 1000);
  CU_ASSERT_EQUAL(look(&counter, &card, &error), N_IC_CARD_KINDS);
  CU_ASSERT(g_error_matches(error, DEVICE_ERROR, DEVICE_ERROR_NO_ANSWER));
  CU_ASSERT(counter.cable.now_us <= 25 * G_USEC_PER_SEC);
  clear(&counter);
}

static void
the_cable_may_be_pulled_at_each_transfer(void)
{
  IcCardKind kind = N_IC_CARD_KINDS;

  for (int left = 0; left < 1000 && kind == N_IC_CARD_KINDS; left++) {
    Counter counter;
    IcCard card;
    g_autoptr(GError) error = NULL;
    set_up(&counter, IC_SAMPLE_INSURED);
    counter.cable.left = left;
    kind = look(&counter, &card, &error);
    /* Pulled in the very last transfer, "power off", the card is read all the same. */
    CU_ASSERT(kind == IC_CARD_INSURED ||
              g_error_matches(error, DEVICE_ERROR, DEVICE_ERROR_GONE));
    clear(&counter);
  }
  CU_ASSERT_EQUAL(kind, IC_CARD_INSURED);
}

/* A card of two bytes an answer, for apdu alone: says what it was told to. */
typedef struct {
  const char *answers[4]; /* of two status bytes and data before them, hexadecimal */
  int asked;
  guint8 last[8];
  gsize length;
} Chip;

static GByteArray *
chip_exchange(gpointer self, const guint8 *command, gsize length, GError **error)
{
  Chip *chip = self;
  GByteArray *answer = g_byte_array_new();
  const char *hex = chip->answers[MIN(chip->asked, 3)];

  chip->asked++;
  chip->length = length;
  memcpy(chip->last, command, MIN(length, sizeof chip->last));
  for (; hex && *hex; hex += 2) {
    guint8 byte =
        (guint8)(g_ascii_xdigit_value(hex[0]) << 4 | g_ascii_xdigit_value(hex[1]));
    g_byte_array_append(answer, &byte, 1);
  }
  return answer;
}

static void
more_is_fetched_and_lengths_are_corrected(void)
{
  static const guint8 READ[] = {0x00, 0xb2, 0x08, 0x00, 0x00};
  Chip more = {{"6102", "aa6101", "bb9000"}, 0, {0}, 0};
  g_autoptr(GByteArray) all = apdu_send(chip_exchange, &more, READ, sizeof READ, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(all);
  CU_ASSERT_EQUAL(apdu_status(all), 0x9000);
  CU_ASSERT(all->len == 4 && all->data[0] == 0xaa && all->data[1] == 0xbb);
  CU_ASSERT(more.asked == 3 && more.last[1] == 0xc0 && more.last[4] == 1);

  Chip other = {{"6c14", "aabb9000"}, 0, {0}, 0};
  g_autoptr(GByteArray) again = apdu_send(chip_exchange, &other, READ, sizeof READ, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(again);
  CU_ASSERT(again->len == 4 && other.last[4] == 0x14 && other.length == 5);

  Chip endless = {{"6c01", "6c02", "6c03", "6c04"}, 0, {0}, 0};
  g_autoptr(GByteArray) last = apdu_send(chip_exchange, &endless, READ, 4, NULL);
  CU_ASSERT(last && apdu_status(last) == 0x6c02 && endless.length == 5);

  Chip flood = {{"6100", "6100", "6100", "6100"}, 0, {0}, 0};
  CU_ASSERT_PTR_NULL(apdu_send(chip_exchange, &flood, READ, sizeof READ, NULL));
  Chip mute = {{"", "", "", ""}, 0, {0}, 0};
  CU_ASSERT_PTR_NULL(apdu_send(chip_exchange, &mute, READ, sizeof READ, NULL));
  CU_ASSERT_PTR_NULL(apdu_send(chip_exchange, &mute, READ, 3, NULL));
}

TESTS("ccid",
      TEST(a_reader_says_what_it_can),
      TEST(a_social_security_card_is_read_once_while_it_is_in),
      TEST(other_cards_and_voltages),
      TEST(old_cards_long_answers_and_strange_numbers_are_read_as_well),
      TEST(a_card_drawn_out_while_it_is_read_is_nothing),
      TEST(a_reader_that_lies_or_waits_for_ever_is_given_up),
      TEST(endless_extensions_of_time_end),
      TEST(the_cable_may_be_pulled_at_each_transfer),
      TEST(more_is_fetched_and_lengths_are_corrected))
