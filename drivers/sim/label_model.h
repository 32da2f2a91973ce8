/* LabelModel: a TSPL label printer on the far side of a cable: a roll that ends, a head
 * that opens, a pause key, a status byte. Knows no thread. */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct LabelModel LabelModel;

LabelModel *label_model_new(void);
void label_model_free(LabelModel *model); /* NULL is fine */

/* The cable. */
void label_model_take(LabelModel *model, const guint8 *bytes, gsize length);
gsize label_model_answer(LabelModel *model, guint8 *bytes, gsize room);
/* Pulled out: what was half received is lost, what came out stays. */
void label_model_switch_off(LabelModel *model);

/* Hands and weather. */
void label_model_load(LabelModel *model, bool loaded);
void label_model_set_left(LabelModel *model, int labels); /* of the roll; -1: endless */
void label_model_open_head(LabelModel *model, bool open);
void label_model_jam(LabelModel *model, bool jammed);
void label_model_end_ribbon(LabelModel *model, bool ended);
void label_model_pause(LabelModel *model, bool paused);
void label_model_set_silent(LabelModel *model, bool silent); /* never answers */
void label_model_tear(LabelModel *model);

bool label_model_has_labels(const LabelModel *model);
bool label_model_head_is_open(const LabelModel *model);
int label_model_count(const LabelModel *model);  /* since the last tear */
char *label_model_text(const LabelModel *model); /* (transfer full) */
/* The last label. */
bool label_model_save_png(const LabelModel *model, const char *path, GError **error);
int label_model_serial(const LabelModel *model); /* grows with every visible change */
