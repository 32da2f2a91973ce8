/* IdReaderModel: an ID-card reader as it behaves on the far side of a cable: SDT frames,
 * one card in its field. Knows no thread; the desk locks it. */
#pragma once

#include <glib.h>

typedef struct IdReaderModel IdReaderModel;

IdReaderModel *id_reader_model_new(void);
void id_reader_model_free(IdReaderModel *model);

void id_reader_model_lay(IdReaderModel *model, int card); /* -1: takes it away */
/* What goes wrong in the next @times; 0: nothing any more. A noise comes before the
 * answer, a mute reader says nothing. */
typedef enum {
  ID_FAULT_SELECT,
  ID_FAULT_READ,
  ID_FAULT_CHECKSUM,
  ID_FAULT_NOISE,
  ID_FAULT_MUTE,
  N_ID_FAULTS
} IdFaultKind;
void id_reader_model_fail(IdReaderModel *model, IdFaultKind fault, int times);
/* Answers the next command with these bytes, whatever it is. */
void id_reader_model_say(IdReaderModel *model, const guint8 *bytes, gsize length);
int id_reader_model_n_read(const IdReaderModel *model); /* cards handed out so far */
/* The cable. */
void id_reader_model_take(IdReaderModel *model, const guint8 *bytes, gsize length);
gsize id_reader_model_answer(IdReaderModel *model, guint8 *bytes, gsize room);
void id_reader_model_switch_off(IdReaderModel *model);
