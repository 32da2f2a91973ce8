#include "drivers/sim/label_model.h"

#include <string.h>

#include "drivers/label_paper.h"

#define MOST_ANSWERS 64

enum { HEAD_OPEN = 0x01, JAM = 0x02, OUT = 0x04, RIBBON = 0x08, PAUSE = 0x10 };

struct LabelModel {
  LabelPaper *paper;   /* owned */
  GByteArray *answers; /* owned */
  guint8 status;
  int left; /* labels on the roll; -1: endless */
  bool is_silent;
  int serial;
};

static void
set(LabelModel *model, guint8 bit, bool on)
{
  model->status = on ? model->status | bit : model->status & (guint8)~bit;
  model->serial++;
}

static bool
print_one(LabelModel *model)
{
  if (model->left == 0)
    set(model, OUT, true);
  if (model->status)
    return false;
  if (model->left > 0)
    model->left--;
  model->serial++;
  return true;
}

static bool
on_sign(LabelPaperSign sign, gpointer data)
{
  LabelModel *model = data;
  switch (sign) {
  case LABEL_PAPER_ASKS:
    if (!model->is_silent && model->answers->len < MOST_ANSWERS)
      g_byte_array_append(model->answers, &model->status, 1);
    return true;
  case LABEL_PAPER_PRINTS:
    return print_one(model);
  case LABEL_PAPER_CANCELS:
    return true;
  }
  return true;
}

LabelModel *
label_model_new(void)
{
  LabelModel *model = g_new0(LabelModel, 1);
  model->paper = label_paper_new();
  model->answers = g_byte_array_new();
  model->left = -1;
  label_paper_watch(model->paper, on_sign, model);
  return model;
}

void
label_model_free(LabelModel *model)
{
  if (!model)
    return;
  label_paper_free(model->paper);
  g_byte_array_unref(model->answers);
  g_free(model);
}

void
label_model_take(LabelModel *model, const guint8 *bytes, gsize length)
{
  label_paper_feed(model->paper, bytes, length);
}

gsize
label_model_answer(LabelModel *model, guint8 *bytes, gsize room)
{
  gsize n = MIN(room, model->answers->len);
  if (n == 0)
    return 0;
  memcpy(bytes, model->answers->data, n);
  g_byte_array_remove_range(model->answers, 0, (guint)n);
  return n;
}

void
label_model_switch_off(LabelModel *model)
{
  label_paper_reset(model->paper);
  g_byte_array_set_size(model->answers, 0);
}

void
label_model_load(LabelModel *model, bool loaded)
{
  model->left = loaded ? -1 : 0;
  set(model, OUT, !loaded);
}

void
label_model_set_left(LabelModel *model, int labels)
{
  model->left = labels;
  set(model, OUT, false);
}

void
label_model_open_head(LabelModel *model, bool open)
{
  set(model, HEAD_OPEN, open);
}

void
label_model_jam(LabelModel *model, bool jammed)
{
  set(model, JAM, jammed);
}

void
label_model_end_ribbon(LabelModel *model, bool ended)
{
  set(model, RIBBON, ended);
}

void
label_model_pause(LabelModel *model, bool paused)
{
  set(model, PAUSE, paused);
}

void
label_model_set_silent(LabelModel *model, bool silent)
{
  model->is_silent = silent;
}

void
label_model_tear(LabelModel *model)
{
  label_paper_tear(model->paper);
  model->serial++;
}

bool
label_model_has_labels(const LabelModel *model)
{
  return !(model->status & OUT);
}

bool
label_model_head_is_open(const LabelModel *model)
{
  return model->status & HEAD_OPEN;
}

int
label_model_count(const LabelModel *model)
{
  return label_paper_count(model->paper);
}

char *
label_model_text(const LabelModel *model)
{
  return label_paper_text(model->paper);
}

bool
label_model_save_png(const LabelModel *model, const char *path, GError **error)
{
  return label_paper_save_png(model->paper, -1, path, error);
}

int
label_model_serial(const LabelModel *model)
{
  return model->serial;
}
