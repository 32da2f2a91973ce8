#include "drivers/sim/pole_model.h"

#include <string.h>

#define COLUMNS 20
#define ESC     0x1b
#define CLEAR   0x0c
#define STX     0x02

typedef enum { PLAIN, ESCAPED, NAMING, IN_ROW, LAMPED, IN_LAMPS } Place;

struct PoleModel {
  Place place;
  GString *rows[2]; /* owned; bytes as they came */
  GString *coming;  /* owned */
  int row;
  char lamps[4];
  int lamp;
  bool has_lamps; /* it was told of lamps: so it is an LED8 */
  int serial;
};

PoleModel *
pole_model_new(void)
{
  PoleModel *model = g_new0(PoleModel, 1);
  model->coming = g_string_new(NULL);
  for (int i = 0; i < 2; i++)
    model->rows[i] = g_string_new(NULL);
  return model;
}

void
pole_model_free(PoleModel *model)
{
  if (!model)
    return;
  g_string_free(model->coming, TRUE);
  for (int i = 0; i < 2; i++)
    g_string_free(model->rows[i], TRUE);
  g_free(model);
}

void
pole_model_switch_off(PoleModel *model)
{
  model->place = PLAIN;
  model->has_lamps = false;
  g_string_truncate(model->coming, 0);
  for (int i = 0; i < 2; i++)
    g_string_truncate(model->rows[i], 0);
  model->serial++;
}

static Place
take_plain(PoleModel *model, guint8 byte)
{
  if (byte == CLEAR)
    for (int i = 0; i < 2; i++)
      g_string_truncate(model->rows[i], 0);
  return byte == ESC ? ESCAPED : byte == STX ? LAMPED : PLAIN;
}

static Place
take_row(PoleModel *model, guint8 byte)
{
  if (byte != '\r') {
    if (model->coming->len < COLUMNS)
      g_string_append_c(model->coming, (char)byte);
    return IN_ROW;
  }
  g_string_assign(model->rows[model->row], model->coming->str);
  model->serial++;
  return PLAIN;
}

static Place
take_lamp(PoleModel *model, guint8 byte)
{
  model->lamps[model->lamp++] = (char)byte;
  model->has_lamps = true;
  model->serial++;
  return model->lamp < (int)sizeof model->lamps ? IN_LAMPS : PLAIN;
}

static Place
next_place(PoleModel *model, guint8 byte)
{
  switch (model->place) {
  case PLAIN:
    return take_plain(model, byte);
  case ESCAPED:
    return byte == 'Q' ? NAMING : PLAIN;
  case NAMING:
    model->row = byte == 'B';
    g_string_truncate(model->coming, 0);
    return byte == 'A' || byte == 'B' ? IN_ROW : PLAIN;
  case IN_ROW:
    return take_row(model, byte);
  case LAMPED:
    model->lamp = 0;
    return byte == 'L' ? IN_LAMPS : PLAIN;
  case IN_LAMPS:
    return take_lamp(model, byte);
  }
  return PLAIN;
}

void
pole_model_take(PoleModel *model, const guint8 *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    model->place = next_place(model, bytes[i]);
}

static const char *
lamp_name(const PoleModel *model)
{
  static const char *const NAMES[] = {"price", "total", "paid", "change"};
  for (gsize i = 0; i < G_N_ELEMENTS(NAMES); i++)
    if (model->lamps[i] == '1')
      return NAMES[i];
  return "";
}

static char *
row_text(const GString *row)
{
  g_autofree char *utf8 =
      g_convert_with_fallback(row->str, -1, "UTF-8", "GBK", "?", NULL, NULL, NULL);
  return g_strchomp(utf8 ? g_steal_pointer(&utf8) : g_utf8_make_valid(row->str, -1));
}

char *
pole_model_text(const PoleModel *model)
{
  g_autofree char *upper = row_text(model->rows[0]);
  if (model->has_lamps)
    return g_strdup_printf("%s\n[%s]\n", upper, lamp_name(model));
  g_autofree char *lower = row_text(model->rows[1]);
  return g_strdup_printf("%s\n%s\n", upper, lower);
}

int
pole_model_serial(const PoleModel *model)
{
  return model->serial;
}
