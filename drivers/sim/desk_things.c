#include "drivers/sim/desk_things.h"

#include "drivers/sim/label_model.h"
#include "drivers/sim/pole_model.h"
#include "drivers/sim/scale_model.h"

static struct {
  LabelModel *labels;
  PoleModel *pole;
  ScaleModel *scale;
} things;

void
desk_things_lay_out(void)
{
  label_model_free(things.labels);
  pole_model_free(things.pole);
  scale_model_free(things.scale);
  things.labels = label_model_new();
  things.pole = pole_model_new();
  things.scale = scale_model_new();
}

void
desk_things_connect(DeskDevice device)
{
  if (device == DESK_SCALE)
    scale_model_connect(things.scale);
}

void
desk_things_switch_off(DeskDevice device)
{
  if (device == DESK_LABELS)
    label_model_switch_off(things.labels);
  else if (device == DESK_POLE)
    pole_model_switch_off(things.pole);
}

gsize
desk_things_answer(DeskDevice device, guint8 *bytes, gsize room)
{
  if (device == DESK_LABELS)
    return label_model_answer(things.labels, bytes, room);
  return device == DESK_SCALE ? scale_model_answer(things.scale, bytes, room) : 0;
}

bool
desk_things_take(DeskDevice device, const guint8 *bytes, gsize length)
{
  if (device == DESK_LABELS)
    label_model_take(things.labels, bytes, length);
  else if (device == DESK_POLE)
    pole_model_take(things.pole, bytes, length);
  return device == DESK_LABELS || device == DESK_POLE || device == DESK_SCALE;
}

int
desk_things_serial(void)
{
  if (!things.labels)
    return 0;
  return label_model_serial(things.labels) + pole_model_serial(things.pole) +
         scale_model_serial(things.scale);
}

/* -- Hands -------------------------------------------------------------------------- */

void
desk_set_labels(bool loaded)
{
  desk_lock();
  label_model_load(things.labels, loaded);
  desk_unlock_changed();
}

void
desk_set_labels_left(int labels)
{
  desk_lock();
  label_model_set_left(things.labels, labels);
  desk_unlock_changed();
}

void
desk_set_label_head(bool open)
{
  desk_lock();
  label_model_open_head(things.labels, open);
  desk_unlock_changed();
}

void
desk_set_labels_silent(bool silent)
{
  desk_lock();
  label_model_set_silent(things.labels, silent);
  desk_unlock_changed();
}

bool
desk_has_labels(void)
{
  desk_lock();
  bool has = label_model_has_labels(things.labels);
  desk_unlock();
  return has;
}

bool
desk_label_head_is_open(void)
{
  desk_lock();
  bool open = label_model_head_is_open(things.labels);
  desk_unlock();
  return open;
}

int
desk_n_labels(void)
{
  desk_lock();
  int n = label_model_count(things.labels);
  desk_unlock();
  return n;
}

char *
desk_label_text(void)
{
  desk_lock();
  char *text = label_model_text(things.labels);
  desk_unlock();
  return text;
}

bool
desk_save_label_png(const char *path, GError **error)
{
  desk_lock();
  bool saved = label_model_save_png(things.labels, path, error);
  desk_unlock();
  return saved;
}

void
desk_tear_labels(void)
{
  desk_lock();
  label_model_tear(things.labels);
  desk_unlock_changed();
}

char *
desk_pole_text(void)
{
  desk_lock();
  char *text = pole_model_text(things.pole);
  desk_unlock();
  return text;
}

void
desk_lay_weight(int64_t mg)
{
  desk_lock();
  scale_model_lay(things.scale, mg);
  desk_unlock_changed();
}

int64_t
desk_weight(void)
{
  desk_lock();
  int64_t mg = scale_model_mg(things.scale);
  desk_unlock();
  return mg;
}

void
desk_shake_scale(bool shaken)
{
  desk_lock();
  scale_model_shake(things.scale, shaken);
  desk_unlock_changed();
}

bool
desk_scale_is_shaken(void)
{
  desk_lock();
  bool shaken = scale_model_is_shaken(things.scale);
  desk_unlock();
  return shaken;
}
