#include "drivers/hid_pos.h"

#include <string.h>

#define PAGE_DESKTOP    0x01
#define DESKTOP_COUNT   0x3b
#define USAGE_AIM_1     0xfb
#define USAGE_AIM_3     0xfd
#define USAGE_GOES_ON   0xff
#define USAGE_ERROR     0x85
#define USAGE_NOT_FILED 0x86
#define AIM_MARK        ']'
#define AIM_LENGTH      3
#define NOWHERE         (-1)
#define MOST_SHAPES     4

/* Where things stand in a report, in bytes. */
typedef struct {
  uint8_t report;
  int length_at, aim_at, code_at, room; /* NOWHERE: it has none */
  int goes_on_at;
  uint8_t goes_on_mask;
} Shape;

struct HidPos {
  GArray *fields; /* owned */
  HidPosMake make;
  Shape shapes[MOST_SHAPES];
  int n_shapes;
  GByteArray *code; /* owned; with its identifier */
  bool is_in_parts;
  int64_t heard_us;
};

static const Shape USUAL[] = {
    {2, 1, 2, 5, 56, 63, 1},
    {1, 1, NOWHERE, 2, 62, NOWHERE, 0},
};

static int
byte_of(const HidField *field)
{
  return field && field->bit % 8 == 0 ? (int)(field->bit / 8) : NOWHERE;
}

static const HidField *
input_of(const GArray *fields, uint16_t page, uint16_t usage, uint8_t report)
{
  for (guint i = 0; i < fields->len; i++) {
    const HidField *field = &g_array_index(fields, HidField, i);
    if (field->kind == HID_INPUT && field->report == report && field->page == page &&
        field->usage == usage)
      return field;
  }
  return NULL;
}

/* The identifier: its three characters may be three usages or one of three values. */
static int
aim_of(const GArray *fields, uint8_t report)
{
  const HidField *first = input_of(fields, HID_POS_PAGE, USAGE_AIM_1, report);
  const HidField *last = input_of(fields, HID_POS_PAGE, USAGE_AIM_3, report);
  int at = byte_of(first);
  bool is_whole = first && first->size == 8 &&
                  (first->count == AIM_LENGTH || byte_of(last) == at + 2);
  return is_whole ? at : NOWHERE;
}

/* The length: named as such, or the one byte that nearly always stands before the rest.
 */
static int
length_of(const GArray *fields, const Shape *shape)
{
  const HidField *count = input_of(fields, PAGE_DESKTOP, DESKTOP_COUNT, shape->report);
  if (count && count->size == 8)
    return byte_of(count);
  int begin =
      shape->aim_at == NOWHERE ? shape->code_at : MIN(shape->aim_at, shape->code_at);
  return begin == (shape->report ? 2 : 1) ? begin - 1 : NOWHERE;
}

static void
add_shape(HidPos *pos, const HidField *code)
{
  const HidField *more = input_of(pos->fields, HID_POS_PAGE, USAGE_GOES_ON, code->report);
  Shape shape = {.report = code->report,
                 .aim_at = aim_of(pos->fields, code->report),
                 .code_at = byte_of(code),
                 .room = (int)code->count,
                 .goes_on_at = more ? (int)(more->bit / 8) : NOWHERE,
                 .goes_on_mask = more ? (uint8_t)(1u << (more->bit % 8)) : 0};
  shape.length_at = length_of(pos->fields, &shape);
  pos->shapes[pos->n_shapes++] = shape;
}

static void
learn_shapes(HidPos *pos)
{
  for (guint i = 0; i < pos->fields->len && pos->n_shapes < MOST_SHAPES; i++) {
    const HidField *field = &g_array_index(pos->fields, HidField, i);
    if (field->kind == HID_INPUT && field->page == HID_POS_PAGE &&
        field->usage == HID_POS_CODE && field->size == 8 && field->count > AIM_LENGTH &&
        byte_of(field) != NOWHERE)
      add_shape(pos, field);
  }
}

HidPos *
hid_pos_new(const uint8_t *descriptor, gsize length, HidPosMake make)
{
  HidPos *pos = g_new0(HidPos, 1);
  pos->fields = hid_fields(descriptor, length);
  pos->make = make;
  pos->code = g_byte_array_new();
  learn_shapes(pos);
  if (pos->n_shapes == 0) {
    pos->n_shapes = G_N_ELEMENTS(USUAL);
    memcpy(pos->shapes, USUAL, sizeof USUAL);
  }
  return pos;
}

void
hid_pos_free(HidPos *pos)
{
  if (!pos)
    return;
  g_array_unref(pos->fields);
  g_byte_array_unref(pos->code);
  g_free(pos);
}

static const Shape *
shape_of(const HidPos *pos, const uint8_t *report, gsize length)
{
  for (int i = 0; i < pos->n_shapes && length > 0; i++)
    if (pos->shapes[i].report == 0 || pos->shapes[i].report == report[0])
      return &pos->shapes[i];
  return NULL;
}

static bool
is_aim(const uint8_t *bytes, gsize length, gsize at)
{
  return at + AIM_LENGTH <= length && bytes[at] == AIM_MARK &&
         g_ascii_isalpha(bytes[at + 1]) && g_ascii_isalnum(bytes[at + 2]);
}

/* What one report brings; borrows from it. */
typedef struct {
  const uint8_t *aim; /* NULL: none, or inside the code */
  const uint8_t *code;
  gsize length;
  bool goes_on;
} Part;

/* Some put everything one byte later than they promise. @return 0 or 1; -1: this is no
 * code. */
static int
shift_of(const Shape *shape, const uint8_t *report, gsize length)
{
  if (shape->aim_at == NOWHERE)
    return 0;
  gsize at = (gsize)shape->aim_at;
  if (is_aim(report, length, at))
    return 0;
  if (is_aim(report, length, at + 1))
    return 1;
  bool is_blank = at + AIM_LENGTH <= length && !report[at] && !report[at + 1];
  return is_blank ? 0 : -1;
}

/* A length that cannot be is no length: then the padding tells. */
static gsize
code_length(const Shape *shape, const uint8_t *report, const uint8_t *code, gsize room)
{
  bool has_length = shape->length_at != NOWHERE && report + shape->length_at < code;
  if (has_length && report[shape->length_at] <= room)
    return report[shape->length_at];
  while (room > 0 && code[room - 1] == 0)
    room--;
  return room;
}

/* @return false: the report makes no sense. */
static bool
read_part(const Shape *shape, const uint8_t *report, gsize length, Part *ret_part)
{
  int shift = shift_of(shape, report, length);
  if (shift < 0 || (gsize)shape->code_at + (gsize)shift >= length)
    return false;
  gsize at = (gsize)shape->code_at + (gsize)shift;
  gsize room = MIN((gsize)shape->room, length - at);
  *ret_part = (Part){.code = report + at};
  ret_part->length = code_length(shape, report, report + at, room);
  if (shape->aim_at != NOWHERE && report[shape->aim_at + shift] == AIM_MARK)
    ret_part->aim = report + shape->aim_at + shift;
  ret_part->goes_on = shape->goes_on_at != NOWHERE && (gsize)shape->goes_on_at < length &&
                      report[shape->goes_on_at] & shape->goes_on_mask;
  return true;
}

/* Honeywell's answers to commands come as codes of kinds that no symbology has. */
static bool
is_answer(const HidPos *pos, const Part *part)
{
  return pos->make == HID_POS_HONEYWELL && part->aim &&
         (memcmp(part->aim, "]X0", AIM_LENGTH) == 0 ||
          memcmp(part->aim, "]Z6", AIM_LENGTH) == 0);
}

/* The identifier is said anew in each part: another one begins another code. */
static void
begin_code(HidPos *pos, const Part *part, int64_t now_us)
{
  bool is_same = !part->aim || (pos->code->len >= AIM_LENGTH &&
                                memcmp(pos->code->data, part->aim, AIM_LENGTH) == 0);
  if (pos->is_in_parts && is_same && now_us - pos->heard_us <= HID_POS_PART_US)
    return;
  g_byte_array_set_size(pos->code, 0);
  if (part->aim)
    g_byte_array_append(pos->code, part->aim, AIM_LENGTH);
}

static GBytes *
end_code(HidPos *pos)
{
  GByteArray *code = pos->code;
  while (code->len > 0 && strchr("\r\n", code->data[code->len - 1]) &&
         code->data[code->len - 1])
    g_byte_array_set_size(code, code->len - 1);
  bool is_bare = code->len <= AIM_LENGTH && is_aim(code->data, code->len, 0);
  GBytes *whole = code->len > 0 && !is_bare ? g_bytes_new(code->data, code->len) : NULL;
  g_byte_array_set_size(code, 0);
  return whole;
}

GBytes *
hid_pos_hear(HidPos *pos, const uint8_t *report, gsize length, int64_t now_us)
{
  const Shape *shape = shape_of(pos, report, length);
  Part part;

  if (!shape || !read_part(shape, report, length, &part) || is_answer(pos, &part))
    return NULL;
  begin_code(pos, &part, now_us);
  gsize room = HID_POS_LONGEST - MIN(pos->code->len, HID_POS_LONGEST);
  g_byte_array_append(pos->code, part.code, (guint)MIN(part.length, room));
  pos->heard_us = now_us;
  pos->is_in_parts = part.goes_on;
  return part.goes_on ? NULL : end_code(pos);
}

/* SYN BEL CR in a report of the maker's own. */
static GBytes *
honeywell_beep(uint8_t *ret_id)
{
  static const uint8_t BEEP[] = {0xfd, 3, 0x16, 0x07, 0x0d};
  *ret_id = BEEP[0];
  return g_bytes_new_static(BEEP, sizeof BEEP);
}

GBytes *
hid_pos_beep(const HidPos *pos, Beep beep, uint8_t *ret_id)
{
  uint16_t usage = beep == BEEP_NOT_ON_FILE ? USAGE_NOT_FILED : USAGE_ERROR;
  const HidField *field = hid_field_of(pos->fields, HID_OUTPUT, HID_POS_PAGE, usage);

  if (!field)
    return pos->make == HID_POS_HONEYWELL ? honeywell_beep(ret_id) : NULL;
  gsize length = hid_report_length(pos->fields, HID_OUTPUT, field->report);
  uint8_t *report = g_malloc0(length);
  *ret_id = field->report;
  if (field->report)
    report[0] = field->report;
  hid_put(field,
          0,
          field->is_array ? usage - field->usage + field->least : 1,
          report,
          length);
  return g_bytes_new_take(report, length);
}
