#include "drivers/sim/ic_reader_model.h"

#include <stdbool.h>
#include <string.h>

#define HEAD        10
#define MOST        271
#define DESCRIPTOR  54
#define MOST_RECORD 40

typedef struct {
  guint8 file, tag;
  int length;
  const char *value;
  int given; /* bytes of @value; the rest of the record is zeros */
} Record;

#define BYTES(literal) literal, sizeof(literal) - 1

typedef struct {
  const char *title;
  const char *atr; /* hexadecimal */
  Record records[9];
} Sample;

#define ATR_SECURITY "3b6d000080318065b0893501f183009000"

/* Names in GB 18030: 王小明; 阿依古丽·艾合买提·买买提江, its end in a record of its own.
 */
#define WANG "\xcd\xf5\xd0\xa1\xc3\xf7"
#define AYGUL                                                                            \
  "\xb0\xa2\xd2\xc0\xb9\xc5\xc0\xf6\xa1\xa4\xb0\xac\xba\xcf\xc2\xf2\xcc\xe1\xa1\xa4"     \
  "\xc2\xf2\xc2\xf2\xcc\xe1"
#define AYGUL_REST "\xbd\xad"
/* 刘䶮: the second is not in GBK. */
#define LIU "\xc1\xf5\xfe\x9f"

static const Sample SAMPLES[] = {
    [IC_SAMPLE_INSURED] = {"王小明, 社会保障卡",
                           ATR_SECURITY,
                           {{5, 0x01, 16, BYTES("\x11\x00\x00\xd1\x56\x00\x00\x05")},
                            {5, 0x06, 4, BYTES("\x20\x38\x06\x01")},
                            {5, 0x07, 9, BYTES("A00000017")},
                            {6, 0x08, 18, BYTES("110000198503070011")},
                            {6, 0x09, 30, BYTES(WANG)},
                            {6, 0x0a, 1, BYTES("1")},
                            {6, 0x0d, 4, BYTES("\x19\x85\x03\x07")}}},
    [IC_SAMPLE_RARE] = {"阿依古丽·艾合买提·买买提江, 社会保障卡 (长姓名)",
                        ATR_SECURITY,
                        {{5, 0x01, 16, BYTES("\x65\x00\x00\xd1\x56\x00\x00\x05")},
                         {5, 0x06, 4, BYTES("\x20\x40\x05\x15")},
                         {5, 0x07, 9, BYTES("F00000044")},
                         {6, 0x08, 18, BYTES("650000199111230047")},
                         {6, 0x09, 30, BYTES(AYGUL)},
                         {6, 0x4e, 20, BYTES(AYGUL_REST)},
                         {6, 0x0a, 1, BYTES("2")},
                         {6, 0x0d, 4, BYTES("\x19\x91\x11\x23")}}},
    [IC_SAMPLE_LOW_VOLT] = {"刘䶮, 社会保障卡 (3 V, 生僻字)",
                            ATR_SECURITY,
                            {{5, 0x01, 16, BYTES("\x61\x00\x00\xd1\x56\x00\x00\x05")},
                             {5, 0x06, 4, BYTES("\x20\x25\x01\x01")},
                             {5, 0x07, 9, BYTES("C00000055")},
                             {6, 0x08, 18, BYTES("610000197001010055")},
                             {6, 0x09, 30, BYTES(LIU)},
                             {6, 0x0a, 1, BYTES("1")},
                             {6, 0x0d, 4, BYTES("\x19\x70\x01\x01")}}},
    [IC_SAMPLE_BANK] = {"银行卡 (不是社会保障卡)", "3b6500002063cb6600", {{0}}},
    [IC_SAMPLE_MUTE] = {"插反了的卡", "", {{0}}},
};

struct IcReaderModel {
  int card;
  int power;          /* volts */
  bool is_new;        /* changed since the last notice */
  bool was_drawn;     /* and nobody has noticed: no reader misses the moment */
  bool in_app;        /* of the card */
  guint8 file;        /* of the card */
  GByteArray *kept;   /* owned; what GET RESPONSE will fetch */
  GByteArray *parted; /* owned; the rest of an answer in parts */
  int faults[N_IC_FAULTS];
  int part;
  bool is_old;
  GByteArray *received, *answers; /* owned */
};

const char *
ic_sample_name(int card)
{
  return card >= 0 && card < N_IC_SAMPLES ? SAMPLES[card].title : "";
}

IcReaderModel *
ic_reader_model_new(void)
{
  IcReaderModel *model = g_new0(IcReaderModel, 1);
  model->card = IC_SAMPLE_NONE;
  model->kept = g_byte_array_new();
  model->parted = g_byte_array_new();
  model->received = g_byte_array_new();
  model->answers = g_byte_array_new();
  return model;
}

void
ic_reader_model_free(IcReaderModel *model)
{
  if (!model)
    return;
  g_byte_array_unref(model->kept);
  g_byte_array_unref(model->parted);
  g_byte_array_unref(model->received);
  g_byte_array_unref(model->answers);
  g_free(model);
}

static void
reset_card(IcReaderModel *model)
{
  model->power = 0;
  model->in_app = false;
  model->file = 0;
  g_byte_array_set_size(model->kept, 0);
  g_byte_array_set_size(model->parted, 0);
}

void
ic_reader_model_put(IcReaderModel *model, int card)
{
  model->was_drawn |= model->card >= 0;
  model->card = card >= 0 && card < N_IC_SAMPLES ? card : IC_SAMPLE_NONE;
  model->is_new = true;
  reset_card(model);
}

void
ic_reader_model_fail(IcReaderModel *model, IcFault fault, int times)
{
  model->faults[fault] = times;
}

void
ic_reader_model_set_part(IcReaderModel *model, int bytes)
{
  model->part = bytes;
}

void
ic_reader_model_set_old_card(IcReaderModel *model, gboolean is_old)
{
  model->is_old = is_old;
}

int
ic_reader_model_power(const IcReaderModel *model)
{
  return model->power;
}

static bool
goes_wrong(IcReaderModel *model, IcFault fault)
{
  if (model->faults[fault] == 0)
    return false;
  model->faults[fault]--;
  return true;
}

/* -- The card ------------------------------------------------------------------------ */

static void
add_status(GByteArray *answer, guint16 status)
{
  const guint8 words[] = {(guint8)(status >> 8), (guint8)status};
  g_byte_array_append(answer, words, sizeof words);
}

/* @return its status. */
static guint16
card_select(IcReaderModel *model, const guint8 *command, gsize length)
{
  static const char APPLICATION[] = "sx1.sh.\xc9\xe7\xbb\xe1\xb1\xa3\xd5\xcf";
  bool has_app = SAMPLES[model->card].records[0].length > 0;

  if (command[2] == 0x04) {
    bool is_it =
        length >= 20 && command[4] == 15 && memcmp(command + 5, APPLICATION, 15) == 0;
    model->in_app = is_it && has_app;
    return model->in_app ? 0x9000 : 0x6a82;
  }
  bool is_file = model->in_app && length >= 7 && command[4] == 2 && command[5] == 0xef;
  model->file = is_file ? command[6] : 0;
  return is_file && (model->file == 5 || model->file == 6) ? 0x9000 : 0x6a82;
}

static guint16
card_read_record(IcReaderModel *model, guint8 tag, GByteArray *answer)
{
  const Record *records = SAMPLES[model->card].records;

  for (gsize i = 0; i < G_N_ELEMENTS(SAMPLES[0].records) && records[i].length; i++) {
    if (records[i].file != model->file || records[i].tag != tag)
      continue;
    guint8 value[MOST_RECORD] = {tag, (guint8)records[i].length};
    memcpy(value + 2, records[i].value, (gsize)records[i].given);
    g_byte_array_append(answer, value, 2 + (guint)records[i].length);
    return 0x9000;
  }
  return 0x6a83;
}

static guint16
card_answer(IcReaderModel *model, const guint8 *command, gsize length, GByteArray *answer)
{
  if (length < 4)
    return 0x6700;
  if (command[1] == 0xa4)
    return card_select(model, command, length);
  if (command[1] == 0xb2)
    return card_read_record(model, command[2], answer);
  return 0x6d00;
}

/* As an old card hands it out: asked with the wrong length it names the right one; what a
 * SELECT would tell waits to be fetched. */
static void
card_command(IcReaderModel *model, const guint8 *command, gsize length, GByteArray *ret)
{
  if (length >= 5 && command[1] == 0xc0) {
    g_byte_array_append(ret, model->kept->data, model->kept->len);
    g_byte_array_set_size(model->kept, 0);
    add_status(ret, 0x9000);
    return;
  }
  guint16 status = card_answer(model, command, length, ret);
  guint8 there = (guint8)ret->len;
  if (model->is_old && there && command[1] == 0xb2 && command[4] != there) {
    g_byte_array_set_size(ret, 0);
    status = 0x6c00 | there;
  } else if (model->is_old && status == 0x9000 && command[1] == 0xa4) {
    g_byte_array_append(model->kept, (const guint8 *)"\x6f\x02\x84\x00", 4);
    status = 0x6104;
  }
  add_status(ret, status);
}

/* -- The reader ---------------------------------------------------------------------- */

static guint8
card_status(const IcReaderModel *model)
{
  return model->card < 0 || model->was_drawn ? 2 : model->power ? 0 : 1;
}

static void
append_message(IcReaderModel *model,
               guint8 type,
               guint8 sequence,
               const guint8 tail[3],
               const guint8 *bytes,
               gsize length)
{
  const guint8 head[HEAD] = {type,
                             (guint8)length,
                             (guint8)(length >> 8),
                             0,
                             0,
                             0,
                             sequence,
                             tail[0],
                             tail[1],
                             tail[2]};
  g_byte_array_append(model->answers, head, sizeof head);
  if (length)
    g_byte_array_append(model->answers, bytes, (guint)length);
}

static void
send(IcReaderModel *model,
     guint8 type,
     guint8 sequence,
     guint8 failure,
     guint8 chain,
     const guint8 *bytes,
     gsize length)
{
  guint8 status = card_status(model) | (failure ? 0x40 : 0);
  guint at = model->answers->len;

  if (goes_wrong(model, IC_FAULT_SILENT))
    return;
  if (goes_wrong(model, IC_FAULT_SEQUENCE)) {
    append_message(model, type, sequence + 9, (guint8[]){status, 0, 0}, bytes, length);
    at = model->answers->len;
  }
  while (type == 0x80 && goes_wrong(model, IC_FAULT_WAIT)) {
    append_message(model, type, sequence, (guint8[]){0x80, 1, 0}, NULL, 0);
    at = model->answers->len;
  }
  append_message(
      model, type, sequence, (guint8[]){status, failure, chain}, bytes, length);
  if (goes_wrong(model, IC_FAULT_LENGTH))
    memset(model->answers->data + at + 1, 0xf7, 4);
}

static void
power_on(IcReaderModel *model, guint8 sequence, guint8 select)
{
  static const int VOLTS[] = {5, 5, 3, 1};
  int volts = VOLTS[select & 3];
  bool answers = model->card >= 0 && *SAMPLES[model->card].atr &&
                 (model->card != IC_SAMPLE_LOW_VOLT || volts == 3);
  guint8 atr[33];
  gsize length = 0;

  reset_card(model);
  if (answers) {
    const char *hex = SAMPLES[model->card].atr;
    for (; hex[2 * length]; length++)
      atr[length] = (guint8)(g_ascii_xdigit_value(hex[2 * length]) << 4 |
                             g_ascii_xdigit_value(hex[2 * length + 1]));
    model->power = volts;
  }
  send(model, 0x80, sequence, answers ? 0 : 0xfe, 0, atr, length);
}

/* The next part of what is to be sent, or all of it. */
static void
send_parted(IcReaderModel *model, guint8 sequence, bool is_first)
{
  guint left = model->parted->len;
  guint n = model->part ? MIN(left, (guint)model->part) : left;
  guint8 chain = n == left ? (is_first ? 0 : 2) : is_first ? 1 : 3;

  send(model, 0x80, sequence, 0, chain, model->parted->data, n);
  g_byte_array_remove_range(model->parted, 0, n);
}

static void
exchange(IcReaderModel *model, const guint8 *message, gsize length)
{
  guint8 sequence = message[6];
  bool goes_on = message[8] == 0x10;

  if (model->card < 0 || !model->power || model->was_drawn) {
    send(model, 0x80, sequence, 0xfe, 0, NULL, 0);
    return;
  }
  if (!goes_on) {
    g_byte_array_set_size(model->parted, 0);
    card_command(model, message + HEAD, length - HEAD, model->parted);
  }
  send_parted(model, sequence, !goes_on);
}

static void
obey(IcReaderModel *model, const guint8 *message, gsize length)
{
  guint8 sequence = message[6];

  if (model->card >= 0 && goes_wrong(model, IC_FAULT_DRAWN))
    ic_reader_model_put(model, IC_SAMPLE_NONE);
  switch (message[0]) {
  case 0x62:
    power_on(model, sequence, message[7]);
    break;
  case 0x63:
    reset_card(model);
    send(model, 0x81, sequence, 0, 0, NULL, 0);
    break;
  case 0x65:
    send(model, 0x81, sequence, 0, 0, NULL, 0);
    model->was_drawn = false;
    break;
  case 0x6f:
    exchange(model, message, length);
    break;
  default:
    send(model, 0x81, sequence, 0x01, 0, NULL, 0);
  }
}

void
ic_reader_model_take(IcReaderModel *model, const guint8 *bytes, gsize length)
{
  g_byte_array_append(model->received, bytes, (guint)length);
  while (model->received->len >= HEAD) {
    const guint8 *head = model->received->data;
    gsize whole = HEAD + ((gsize)head[1] | (gsize)head[2] << 8);
    if (whole > MOST || model->received->len < whole)
      break;
    obey(model, head, whole);
    g_byte_array_remove_range(model->received, 0, (guint)whole);
  }
}

gsize
ic_reader_model_answer(IcReaderModel *model, guint8 *bytes, gsize room)
{
  gsize n = MIN(room, model->answers->len);
  if (n == 0)
    return 0;
  memcpy(bytes, model->answers->data, n);
  g_byte_array_remove_range(model->answers, 0, (guint)n);
  return n;
}

gsize
ic_reader_model_notice(IcReaderModel *model, guint8 *bytes, gsize room)
{
  if (!model->is_new || room < 2)
    return 0;
  model->is_new = false;
  bytes[0] = 0x50;
  bytes[1] = 0x02 | (model->card >= 0 ? 0x01 : 0);
  return 2;
}

void
ic_reader_model_switch_off(IcReaderModel *model)
{
  g_byte_array_set_size(model->received, 0);
  g_byte_array_set_size(model->answers, 0);
  model->is_new = model->card >= 0;
  reset_card(model);
}

void
ic_reader_model_descriptor(guint8 *ret)
{
  /* One slot, 5, 3 and 1.8 V, T=0 and T=1, short APDUs, messages of 271 bytes. */
  static const guint8 BYTES[DESCRIPTOR] = {[0] = DESCRIPTOR,
                                           0x21,
                                           0x10,
                                           0x01,
                                           0x00,
                                           0x07,
                                           [6] = 0x03,
                                           [10] = 0xa0,
                                           0x0f,
                                           [14] = 0xa0,
                                           0x0f,
                                           [19] = 0x00,
                                           0x2a,
                                           [23] = 0x00,
                                           0x2a,
                                           [28] = 0xfe,
                                           [40] = 0xf2,
                                           0x04,
                                           0x02,
                                           0x00,
                                           [44] = MOST & 0xff,
                                           MOST >> 8,
                                           [48] = 0xff,
                                           0xff,
                                           [53] = 0x01};
  memcpy(ret, BYTES, sizeof BYTES);
}
