#include "drivers/ccid.h"

#include <string.h>

#include "drivers/secret_bytes.h"

#define HEAD        10
#define WRITE_MS    5000
#define ANSWER_MS   5000
#define ALL_MS      20000 /* with all its extensions of time */
#define SLICE_MS    200   /* between two looks whether the device is being closed */
#define MOST_LENGTH 65536
#define MOST_PARTS  64 /* of a chained answer */
#define MOST_OLD    64 /* reads of what nobody asked for, before a command */

/* Messages (6.1, 6.2). */
enum {
  POWER_ON = 0x62,
  POWER_OFF = 0x63,
  GET_SLOT_STATUS = 0x65,
  XFR_BLOCK = 0x6f,
  DATA_BLOCK = 0x80,
  SLOT_STATUS = 0x81
};

/* bStatus and bError (6.2.6). */
#define CARD(status)    ((status)&0x03)
#define CARD_ABSENT     2
#define OUTCOME(status) ((status)&0xc0)
#define OUTCOME_FAILED  0x40
#define OUTCOME_WAIT    0x80
#define ERROR_MUTE      0xfe

/* bChainParameter of an answer. */
enum { CHAIN_WHOLE = 0, CHAIN_BEGINS = 1, CHAIN_ENDS = 2, CHAIN_GOES_ON = 3 };

/* dwFeatures. */
#define FEATURE_VOLTAGE       0x00000008
#define FEATURE_SHORT_APDU    0x00020000
#define FEATURE_EXTENDED_APDU 0x00040000

struct Ccid {
  const Wire *wire;
  gpointer end;
  CcidTraits traits;
  GByteArray *received; /* owned */
  guint8 sequence;
};

G_DEFINE_QUARK(guitai - card - error, card_error)

static guint32
le32(const guint8 *bytes)
{
  return (guint32)bytes[0] | (guint32)bytes[1] << 8 | (guint32)bytes[2] << 16 |
         (guint32)bytes[3] << 24;
}

static bool
fail(DeviceError code, const char *why, GError **error)
{
  g_set_error_literal(error, DEVICE_ERROR, (int)code, why);
  return false;
}

bool
ccid_traits(const guint8 *descriptor, gsize length, CcidTraits *ret, GError **error)
{
  if (length < CCID_DESCRIPTOR_LENGTH || descriptor[0] < CCID_DESCRIPTOR_LENGTH)
    return fail(
        DEVICE_ERROR_WRONG, "it does not say what it can as a card reader", error);
  guint32 features = le32(descriptor + 40);
  guint32 most = le32(descriptor + 44);

  if (!(features & (FEATURE_SHORT_APDU | FEATURE_EXTENDED_APDU)))
    return fail(DEVICE_ERROR_WRONG,
                "this card reader leaves the card's protocol to the computer (TPDU "
                "level): Guitai needs one at APDU level",
                error);
  *ret = (CcidTraits){.chooses_voltage = features & FEATURE_VOLTAGE,
                      .voltages = descriptor[5] & 0x07,
                      .most_message = CLAMP(most, HEAD + 261, HEAD + MOST_LENGTH)};
  return true;
}

Ccid *
ccid_new(const Wire *wire, gpointer end, const CcidTraits *traits)
{
  Ccid *ccid = g_new0(Ccid, 1);
  ccid->wire = wire;
  ccid->end = end;
  ccid->traits = *traits;
  /* Never grows: what it outgrew could not be wiped. */
  ccid->received = g_byte_array_sized_new(traits->most_message + 1024);
  return ccid;
}

void
ccid_free(Ccid *ccid)
{
  if (!ccid)
    return;
  secret_bytes_drop(ccid->received);
  g_free(ccid);
}

static int64_t
now_us(const Ccid *ccid)
{
  return ccid->wire->now_us(ccid->end);
}

static void
drop_received(Ccid *ccid, guint n)
{
  explicit_bzero(ccid->received->data, n);
  g_byte_array_remove_range(ccid->received, 0, n);
}

/* An answer that came too late is not waited for again. */
static bool
drop_old(Ccid *ccid, GError **error)
{
  guint8 bytes[512];
  gssize came = 1;

  for (int i = 0; i < MOST_OLD && came > 0; i++)
    came = ccid->wire->read(ccid->end, bytes, sizeof bytes, 0, error);
  explicit_bzero(bytes, sizeof bytes);
  if (ccid->received->len)
    drop_received(ccid, ccid->received->len);
  return came >= 0;
}

static bool
write_message(Ccid *ccid, const guint8 *bytes, gsize length, GError **error)
{
  int64_t end_us = now_us(ccid) + (int64_t)WRITE_MS * 1000;

  for (gsize sent = 0; sent < length;) {
    gssize taken =
        ccid->wire->write(ccid->end, bytes + sent, length - sent, SLICE_MS, error);
    if (taken < 0)
      return false;
    sent += (gsize)taken;
    if (sent < length && (device_is_ending() || now_us(ccid) >= end_us))
      return fail(DEVICE_ERROR_NO_ANSWER, "the card reader takes no command", error);
  }
  return true;
}

static bool
send_message(Ccid *ccid,
             guint8 type,
             const guint8 specific[3],
             const guint8 *data,
             gsize length,
             GError **error)
{
  g_autoptr(GByteArray) message = g_byte_array_sized_new(HEAD + (guint)length);
  const guint8 head[HEAD] = {type,
                             (guint8)length,
                             (guint8)(length >> 8),
                             (guint8)(length >> 16),
                             0,
                             0, /* slot */
                             ++ccid->sequence,
                             specific[0],
                             specific[1],
                             specific[2]};

  g_byte_array_append(message, head, sizeof head);
  if (length)
    g_byte_array_append(message, data, (guint)length);
  return drop_old(ccid, error) && write_message(ccid, message->data, message->len, error);
}

/* @return the first message that came whole (transfer full); NULL without @error: none
 * yet. */
static GByteArray *
take_message(Ccid *ccid, GError **error)
{
  if (ccid->received->len < HEAD)
    return NULL;
  guint32 length = le32(ccid->received->data + 1);
  if (length > ccid->traits.most_message - HEAD) {
    fail(DEVICE_ERROR_WRONG, "the card reader's answer is longer than it may be", error);
    return NULL;
  }
  if (ccid->received->len < HEAD + length)
    return NULL;
  GByteArray *message = g_byte_array_sized_new(HEAD + length);
  g_byte_array_append(message, ccid->received->data, HEAD + length);
  drop_received(ccid, HEAD + length);
  return message;
}

/* @return the next whole message (transfer full); NULL with @error: also when none came
 * until @end_us. */
static GByteArray *
read_message(Ccid *ccid, int64_t end_us, GError **error)
{
  GError *failure = NULL;
  guint8 bytes[512];

  while (!device_is_ending()) {
    GByteArray *message = take_message(ccid, &failure);
    if (failure)
      g_propagate_error(error, failure);
    if (message || failure)
      return message;
    if (now_us(ccid) >= end_us)
      break;
    gssize came = ccid->wire->read(ccid->end, bytes, sizeof bytes, SLICE_MS, error);
    if (came < 0)
      return NULL;
    g_byte_array_append(ccid->received, bytes, (guint)came);
    explicit_bzero(bytes, sizeof bytes);
  }
  fail(DEVICE_ERROR_NO_ANSWER, "the card reader does not answer", error);
  return NULL;
}

/* The answer to the last command. Answers to others are passed over; the reader may ask
 * for more time, but not for ever. */
static GByteArray *
await_answer(Ccid *ccid, guint8 type, GError **error)
{
  int64_t last_us = now_us(ccid) + (int64_t)ALL_MS * 1000;
  int64_t end_us = now_us(ccid) + (int64_t)ANSWER_MS * 1000;

  for (;;) {
    GByteArray *message = read_message(ccid, end_us, error);
    if (!message)
      return NULL;
    bool is_ours = message->data[0] == type && message->data[5] == 0 &&
                   message->data[6] == ccid->sequence;
    bool is_wait = is_ours && OUTCOME(message->data[7]) == OUTCOME_WAIT;
    if (is_ours && !is_wait)
      return message;
    secret_bytes_drop(message);
    if (is_wait)
      end_us = MIN(now_us(ccid) + (int64_t)ANSWER_MS * 1000, last_us);
  }
}

static GByteArray *
ask(Ccid *ccid,
    guint8 type,
    guint8 answer,
    const guint8 specific[3],
    const guint8 *data,
    gsize length,
    GError **error)
{
  return send_message(ccid, type, specific, data, length, error)
             ? await_answer(ccid, answer, error)
             : NULL;
}

/* @return true when the command was carried out; else with CARD_ERROR. */
static bool
is_well(const GByteArray *message, GError **error)
{
  guint8 status = message->data[7], code = message->data[8];

  if (OUTCOME(status) != OUTCOME_FAILED)
    return true;
  if (CARD(status) == CARD_ABSENT)
    g_set_error_literal(error, CARD_ERROR, CARD_ERROR_AWAY, "there is no card");
  else if (code == ERROR_MUTE)
    g_set_error_literal(error, CARD_ERROR, CARD_ERROR_MUTE, "the card does not answer");
  else
    g_set_error(
        error, CARD_ERROR, CARD_ERROR_FAILED, "the card reader says error %02X", code);
  return false;
}

CcidSlot
ccid_slot(Ccid *ccid, GError **error)
{
  GByteArray *message =
      ask(ccid, GET_SLOT_STATUS, SLOT_STATUS, (const guint8[]){0, 0, 0}, NULL, 0, error);
  if (!message)
    return CCID_FAILED;
  CcidSlot slot = CARD(message->data[7]) >= CARD_ABSENT ? CCID_ABSENT : CCID_PRESENT;
  secret_bytes_drop(message);
  return slot;
}

static GBytes *
power_on_with(Ccid *ccid, guint8 voltage, GError **error)
{
  GByteArray *message =
      ask(ccid, POWER_ON, DATA_BLOCK, (const guint8[]){voltage, 0, 0}, NULL, 0, error);
  GBytes *atr = NULL;

  if (message && is_well(message, error)) {
    atr = g_bytes_new(message->data + HEAD, message->len - HEAD);
    if (g_bytes_get_size(atr) < 2) {
      g_clear_pointer(&atr, g_bytes_unref);
      g_set_error_literal(error, CARD_ERROR, CARD_ERROR_MUTE, "the card does not answer");
    }
  }
  secret_bytes_drop(message);
  return atr;
}

void
ccid_power_off(Ccid *ccid)
{
  secret_bytes_drop(
      ask(ccid, POWER_OFF, SLOT_STATUS, (const guint8[]){0, 0, 0}, NULL, 0, NULL));
}

GBytes *
ccid_power_on(Ccid *ccid, GError **error)
{
  GError *failure = NULL;
  GBytes *atr = NULL;

  if (ccid->traits.chooses_voltage || !ccid->traits.voltages)
    return power_on_with(ccid, 0, error);
  /* bPowerSelect: 1: 5 V, 2: 3 V, 3: 1.8 V. */
  for (guint8 i = 0; i < 3 && !atr; i++) {
    bool may_try =
        !failure || (failure->domain == CARD_ERROR && failure->code != CARD_ERROR_AWAY);
    if (!(ccid->traits.voltages & 1 << i) || !may_try)
      continue;
    if (failure)
      ccid_power_off(ccid);
    g_clear_error(&failure);
    atr = power_on_with(ccid, i + 1, &failure);
  }
  if (failure)
    g_propagate_error(error, failure);
  return atr;
}

/* Puts the part of an answer behind the others. @return false with @error. */
static bool
add_part(GByteArray *all, const GByteArray *message, GError **error)
{
  if (all->len + message->len - HEAD > MOST_LENGTH)
    return fail(DEVICE_ERROR_WRONG, "the card reader's answer does not end", error);
  g_byte_array_append(all, message->data + HEAD, message->len - HEAD);
  return true;
}

/* An answer may come in parts; each but the last is asked for with an empty command. */
static bool
gather(Ccid *ccid, GByteArray *message, GByteArray *all, GError **error)
{
  for (int i = 0; i < MOST_PARTS && message; i++) {
    guint8 chain = message->data[9];
    bool good = is_well(message, error) && add_part(all, message, error);
    secret_bytes_drop(message);
    if (!good || (chain != CHAIN_BEGINS && chain != CHAIN_GOES_ON))
      return good;
    message =
        ask(ccid, XFR_BLOCK, DATA_BLOCK, (const guint8[]){0, 0x10, 0}, NULL, 0, error);
  }
  if (!message)
    return false;
  secret_bytes_drop(message);
  return fail(DEVICE_ERROR_WRONG, "the card reader's answer does not end", error);
}

GByteArray *
ccid_exchange(gpointer self, const guint8 *command, gsize length, GError **error)
{
  Ccid *ccid = self;

  if (length + HEAD > ccid->traits.most_message) {
    g_set_error_literal(error,
                        CARD_ERROR,
                        CARD_ERROR_FAILED,
                        "the command is longer than the card reader takes");
    return NULL;
  }
  GByteArray *message =
      ask(ccid, XFR_BLOCK, DATA_BLOCK, (const guint8[]){0, 0, 0}, command, length, error);
  GByteArray *all = g_byte_array_sized_new(ccid->traits.most_message);
  if (!message || !gather(ccid, message, all, error))
    g_clear_pointer(&all, secret_bytes_drop);
  return all;
}
