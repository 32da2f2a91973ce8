/* PoleModel: a customer's display on the far side of a cable, of either kind that is
 * sold: two rows of 20 characters (CD5220), or eight digits with four lamps (LED8). Knows
 * no thread. */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct PoleModel PoleModel;

PoleModel *pole_model_new(void);
void pole_model_free(PoleModel *model); /* NULL is fine */

void pole_model_take(PoleModel *model, const guint8 *bytes, gsize length);
void pole_model_switch_off(PoleModel *model); /* dark */

/* What a customer sees (transfer full), UTF-8: two rows, each with its blanks at the end
 * taken off; of LED8 the digits and, in brackets, which lamp is lit: "46.80\n[total]\n".
 */
char *pole_model_text(const PoleModel *model);
int pole_model_serial(const PoleModel *model); /* grows with every visible change */
