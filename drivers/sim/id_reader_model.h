/* IdReaderModel: an ID-card reader as it behaves on the far side of a cable: SDT frames,
 * one card in its field. Knows no thread; the desk locks it. */
#pragma once

#include <glib.h>

typedef struct IdReaderModel IdReaderModel;

IdReaderModel *id_reader_model_new(void);
void id_reader_model_free(IdReaderModel *model);

void id_reader_model_lay(IdReaderModel *model, int card); /* -1: takes it away */
/* The cable. */
void id_reader_model_take(IdReaderModel *model, const guint8 *bytes, gsize length);
gsize id_reader_model_answer(IdReaderModel *model, guint8 *bytes, gsize room);
void id_reader_model_switch_off(IdReaderModel *model);
