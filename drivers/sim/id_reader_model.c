#include "drivers/sim/id_reader_model.h"

#include <stdbool.h>
#include <string.h>

#include "drivers/id_card.h"
#include "drivers/sdt.h"
#include "drivers/sim/sample_cards.h"

#define PHOTO 1024

/* Find, select, read, in this order; a card that was read is not found again before it
 * left. */
typedef enum { STEP_LAID, STEP_FOUND, STEP_SELECTED, STEP_READ } Step;

struct IdReaderModel {
  int card;     /* -1: none */
  bool swapped; /* one card left and nobody has noticed: no reader misses the moment */
  Step step;
  int faults[N_ID_FAULTS]; /* how often yet */
  int n_read;
  GByteArray *instead;            /* owned (nullable) */
  GByteArray *received, *answers; /* owned */
};

IdReaderModel *
id_reader_model_new(void)
{
  IdReaderModel *model = g_new0(IdReaderModel, 1);
  model->card = -1;
  model->received = g_byte_array_new();
  model->answers = g_byte_array_new();
  return model;
}

void
id_reader_model_free(IdReaderModel *model)
{
  if (!model)
    return;
  g_clear_pointer(&model->instead, g_byte_array_unref);
  g_byte_array_unref(model->received);
  g_byte_array_unref(model->answers);
  g_free(model);
}

void
id_reader_model_lay(IdReaderModel *model, int card)
{
  model->swapped |= model->card >= 0;
  model->card = card;
  model->step = STEP_LAID;
}

void
id_reader_model_fail(IdReaderModel *model, IdFaultKind fault, int times)
{
  model->faults[fault] = times;
}

void
id_reader_model_say(IdReaderModel *model, const guint8 *bytes, gsize length)
{
  g_clear_pointer(&model->instead, g_byte_array_unref);
  model->instead = g_byte_array_new();
  g_byte_array_append(model->instead, bytes, (guint)length);
}

int
id_reader_model_n_read(const IdReaderModel *model)
{
  return model->n_read;
}

static bool
goes_wrong(IdReaderModel *model, IdFaultKind fault)
{
  if (model->faults[fault] == 0)
    return false;
  model->faults[fault]--;
  return true;
}

static void
send(IdReaderModel *model, GByteArray *frame)
{
  /* As a frame begins, and then not. */
  static const guint8 NOISE[] = {0x00, 0xaa, 0xaa, 0xaa, 0x96, 0x00, 0xaa, 0xaa};

  if (goes_wrong(model, ID_FAULT_MUTE))
    return;
  if (model->instead) {
    g_byte_array_append(model->answers, model->instead->data, model->instead->len);
    g_clear_pointer(&model->instead, g_byte_array_unref);
    return;
  }
  if (goes_wrong(model, ID_FAULT_NOISE))
    g_byte_array_append(model->answers, NOISE, sizeof NOISE);
  if (goes_wrong(model, ID_FAULT_CHECKSUM))
    frame->data[frame->len - 1] ^= 0xff;
  g_byte_array_append(model->answers, frame->data, frame->len);
}

static void
answer(IdReaderModel *model, guint8 status, const guint8 *data, gsize length)
{
  const guint8 words[] = {0, 0, status};
  g_autoptr(GByteArray) body = g_byte_array_new();

  g_byte_array_append(body, words, sizeof words);
  if (length)
    g_byte_array_append(body, data, (guint)length);
  g_autoptr(GByteArray) frame = sdt_frame(body->data, body->len);
  send(model, frame);
}

static void
answer_find(IdReaderModel *model)
{
  static const guint8 SERIAL[4] = {0};

  if (model->card < 0 || model->step == STEP_READ || model->swapped) {
    model->swapped = false;
    answer(model, SDT_NO_CARD, NULL, 0);
    return;
  }
  model->step = STEP_FOUND;
  answer(model, SDT_FOUND, SERIAL, sizeof SERIAL);
}

static void
answer_select(IdReaderModel *model)
{
  static const guint8 SERIAL[8] = {0};
  bool is_there = model->card >= 0 && model->step == STEP_FOUND &&
                  !goes_wrong(model, ID_FAULT_SELECT);

  if (is_there)
    model->step = STEP_SELECTED;
  answer(
      model, is_there ? SDT_OK : SDT_SELECT_FAILED, SERIAL, is_there ? sizeof SERIAL : 0);
}

static void
answer_read(IdReaderModel *model)
{
  guint8 data[4 + ID_CARD_BLOCK + PHOTO] = {1, 0, 4, 0};

  if (model->card < 0 || model->step != STEP_SELECTED ||
      goes_wrong(model, ID_FAULT_READ)) {
    answer(model, SDT_READ_FAILED, NULL, 0);
    return;
  }
  model->step = STEP_READ;
  model->n_read++;
  sample_cards_write(model->card, data + 4);
  memset(data + 4 + ID_CARD_BLOCK, 0x5a, PHOTO);
  answer(model, SDT_OK, data, sizeof data);
}

static void
obey(IdReaderModel *model, const GByteArray *body)
{
  static const guint8 FIND[] = {SDT_FIND}, SELECT[] = {SDT_SELECT}, READ[] = {SDT_READ};

  if (body->len == 2 && memcmp(body->data, FIND, 2) == 0)
    answer_find(model);
  else if (body->len == 2 && memcmp(body->data, SELECT, 2) == 0)
    answer_select(model);
  else if (body->len == 2 && memcmp(body->data, READ, 2) == 0)
    answer_read(model);
  else
    answer(model, SDT_UNKNOWN, NULL, 0);
}

void
id_reader_model_take(IdReaderModel *model, const guint8 *bytes, gsize length)
{
  GByteArray *body;

  g_byte_array_append(model->received, bytes, (guint)length);
  while ((body = sdt_take(model->received))) {
    obey(model, body);
    g_byte_array_unref(body);
  }
}

gsize
id_reader_model_answer(IdReaderModel *model, guint8 *bytes, gsize room)
{
  gsize n = MIN(room, model->answers->len);
  if (n == 0)
    return 0;
  memcpy(bytes, model->answers->data, n);
  g_byte_array_remove_range(model->answers, 0, (guint)n);
  return n;
}

void
id_reader_model_switch_off(IdReaderModel *model)
{
  g_byte_array_set_size(model->received, 0);
  g_byte_array_set_size(model->answers, 0);
  model->step = STEP_LAID;
}
