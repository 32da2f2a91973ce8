#include "drivers/sim/scale_model.h"

#include <string.h>

enum { REPORT = 3, FAULT = 1, ZERO = 2, MOVES = 3, STABLE = 4, UNDER = 5, OVER = 6 };
enum { UNIT_GRAM = 2, UNIT_KILOGRAM = 3 };

struct ScaleModel {
  int64_t mg;
  bool is_shaken, is_broken;
  guint8 unit;
  int8_t exponent;
  int stale, moving, settled; /* reports still to come of each kind */
  int serial;
};

static const guint8 DESCRIPTOR[] = {
    0x05, 0x8d,                     /* usage page: weighing devices */
    0x09, 0x01,                     /* usage: weighing device */
    0xa1, 0x01,                     /* collection: application */
    0x09, 0x20,                     /*   usage: scale device */
    0xa1, 0x02,                     /*   collection: logical */
    0x09, 0x32,                     /*     usage: scale data report */
    0xa1, 0x02,                     /*     collection: logical */
    0x85, REPORT,                   /*       report id */
    0x75, 0x08,   0x95, 0x01,       /*       one byte */
    0x09, 0x70,                     /*       usage: scale status */
    0xa1, 0x02,                     /*       collection: logical */
    0x15, 0x01,   0x25, 0x08,       /*         1 … 8 */
    0x19, 0x71,   0x29, 0x78,       /*         fault … requires re-zeroing */
    0x81, 0x00,                     /*         input: array */
    0xc0,                           /*       end */
    0x09, 0x50,                     /*       usage: weight unit */
    0xa1, 0x02,                     /*       collection: logical */
    0x15, 0x01,   0x25, 0x0c,       /*         1 … 12 */
    0x19, 0x51,   0x29, 0x5c,       /*         milligram … pound */
    0x81, 0x00,                     /*         input: array */
    0xc0,                           /*       end */
    0x09, 0x41,                     /*       usage: data scaling */
    0x15, 0x80,   0x25, 0x7f,       /*       -128 … 127 */
    0x81, 0x02,                     /*       input: variable */
    0x09, 0x40,                     /*       usage: data weight */
    0x75, 0x10,                     /*       two bytes */
    0x15, 0x00,                     /*       0 … */
    0x27, 0xff,   0xff, 0x00, 0x00, /* 65535 */
    0x81, 0x02,                     /*       input: variable */
    0xc0, 0xc0,   0xc0};

const guint8 *
scale_model_descriptor(gsize *ret_length)
{
  *ret_length = sizeof DESCRIPTOR;
  return DESCRIPTOR;
}

ScaleModel *
scale_model_new(void)
{
  ScaleModel *model = g_new0(ScaleModel, 1);
  model->unit = UNIT_GRAM;
  model->exponent = -1;
  return model;
}

void
scale_model_free(ScaleModel *model)
{
  g_free(model);
}

static void
begin(ScaleModel *model)
{
  model->moving = 1;
  model->settled = 1;
  model->serial++;
}

void
scale_model_connect(ScaleModel *model)
{
  model->stale = 1;
  model->moving = 0;
  model->settled = 1;
}

void
scale_model_lay(ScaleModel *model, int64_t mg)
{
  model->mg = mg;
  begin(model);
}

void
scale_model_shake(ScaleModel *model, bool shaken)
{
  model->is_shaken = shaken;
  begin(model);
}

void
scale_model_break(ScaleModel *model, bool broken)
{
  model->is_broken = broken;
  begin(model);
}

void
scale_model_set_unit(ScaleModel *model, guint8 unit, int8_t exponent)
{
  model->unit = unit;
  model->exponent = exponent;
  begin(model);
}

static guint8
status_of(const ScaleModel *model)
{
  if (model->is_broken)
    return FAULT;
  if (model->mg > SCALE_MODEL_MOST)
    return OVER;
  if (model->mg < 0)
    return UNDER;
  return model->mg == 0 ? ZERO : STABLE;
}

/* As its display would show it, half up. */
static guint16
shown(const ScaleModel *model)
{
  int64_t step = model->unit == UNIT_KILOGRAM ? 1000000
                 : model->unit == UNIT_GRAM   ? 1000
                                              : 1;
  for (int8_t i = model->exponent; i < 0; i++)
    step = MAX(step / 10, 1);
  for (int8_t i = model->exponent; i > 0; i--)
    step *= 10;
  return (guint16)MIN((ABS(model->mg) + step / 2) / step, G_MAXUINT16);
}

static gsize
report(const ScaleModel *model, guint8 status, guint16 weight, guint8 *bytes)
{
  const guint8 report[SCALE_MODEL_REPORT] = {REPORT,
                                             status,
                                             model->unit,
                                             (guint8)model->exponent,
                                             (guint8)weight,
                                             (guint8)(weight >> 8)};
  memcpy(bytes, report, sizeof report);
  return sizeof report;
}

gsize
scale_model_answer(ScaleModel *model, guint8 *bytes, gsize room)
{
  if (room < SCALE_MODEL_REPORT)
    return 0;
  if (model->stale) {
    model->stale--;
    return report(model, STABLE, 4711, bytes);
  }
  if (model->moving) {
    model->moving--;
    return report(model, MOVES, shown(model) / 2, bytes);
  }
  if (!model->settled)
    return 0;
  model->settled--;
  return report(model, model->is_shaken ? MOVES : status_of(model), shown(model), bytes);
}

int64_t
scale_model_mg(const ScaleModel *model)
{
  return model->mg;
}

bool
scale_model_is_shaken(const ScaleModel *model)
{
  return model->is_shaken;
}

int
scale_model_serial(const ScaleModel *model)
{
  return model->serial;
}
