/* ScaleModel: a USB scale (HID, usage page 0x8D) on the far side of a cable. What lies on
 * it moves first and stands still then; it may never stand still, hang under zero, be
 * laden beyond its limit. Knows no thread. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define SCALE_MODEL_REPORT 6        /* bytes */
#define SCALE_MODEL_MOST   30000000 /* mg; more is over its limit */

typedef struct ScaleModel ScaleModel;

ScaleModel *scale_model_new(void);
void scale_model_free(ScaleModel *model); /* NULL is fine */
/* Its report descriptor. */
const guint8 *scale_model_descriptor(gsize *ret_length);

/* A cable was plugged in: a stale report comes first. */
void scale_model_connect(ScaleModel *model);
/* The next report. @return its length, 0: nothing new. */
gsize scale_model_answer(ScaleModel *model, guint8 *bytes, gsize room);

/* Hands. */
void scale_model_lay(ScaleModel *model, int64_t mg); /* < 0: lifted off after zeroing */
void scale_model_shake(ScaleModel *model, bool shaken); /* never settles while shaken */
void scale_model_break(ScaleModel *model, bool broken); /* reports a fault */
/* How it shows a weight: its unit as in a report (2 g, 3 kg, 11 oz …) and exponent. */
void scale_model_set_unit(ScaleModel *model, guint8 unit, int8_t exponent);

int64_t scale_model_mg(const ScaleModel *model);
bool scale_model_is_shaken(const ScaleModel *model);
int scale_model_serial(const ScaleModel *model); /* grows with every visible change */
