/* IcReaderModel: a reader of chip cards as it behaves on the far side of a cable (USB
 * CCID, APDU level), with a card of a person who does not exist. Knows no thread; the
 * desk locks it. */
#pragma once

#include <glib.h>

typedef struct IcReaderModel IcReaderModel;

IcReaderModel *ic_reader_model_new(void);
void ic_reader_model_free(IcReaderModel *model);

typedef enum {
  IC_SAMPLE_NONE = -1,
  IC_SAMPLE_INSURED,  /* a social security card */
  IC_SAMPLE_RARE,     /* another, with a long name and a rare character */
  IC_SAMPLE_LOW_VOLT, /* another, which answers at 3 V only */
  IC_SAMPLE_BANK,     /* answers, and knows no such application */
  IC_SAMPLE_MUTE,     /* put in the wrong way round */
  N_IC_SAMPLES
} IcSample;
const char *ic_sample_name(int card);
void ic_reader_model_put(IcReaderModel *model, int card); /* IC_SAMPLE_NONE: drawn out */

/* What goes wrong in the next @times answers; 0: nothing any more. */
typedef enum {
  IC_FAULT_WAIT,     /* asks for more time first */
  IC_FAULT_SEQUENCE, /* an answer to another command comes first */
  IC_FAULT_LENGTH,   /* claims to be longer than may be */
  IC_FAULT_SILENT,   /* no answer at all */
  IC_FAULT_DRAWN,    /* the card is drawn out at that moment */
  N_IC_FAULTS
} IcFault;
void ic_reader_model_fail(IcReaderModel *model, IcFault fault, int times);
/* Answers longer than @bytes come in parts; 0: whole. */
void ic_reader_model_set_part(IcReaderModel *model, int bytes);
/* The card hands its answers out by GET RESPONSE, and corrects expected lengths, as old
 * ones do. */
void ic_reader_model_set_old_card(IcReaderModel *model, gboolean is_old);
int ic_reader_model_power(const IcReaderModel *model); /* 0: off; 5, 3, 1 V */

/* The cable. */
void ic_reader_model_take(IcReaderModel *model, const guint8 *bytes, gsize length);
gsize ic_reader_model_answer(IcReaderModel *model, guint8 *bytes, gsize room);
/* What its interrupt endpoint tells now (RDR_to_PC_NotifySlotChange); 0: nothing. */
gsize ic_reader_model_notice(IcReaderModel *model, guint8 *bytes, gsize room);
void ic_reader_model_switch_off(IcReaderModel *model);
/* Its functional descriptor, 54 bytes. */
void ic_reader_model_descriptor(guint8 *ret);
