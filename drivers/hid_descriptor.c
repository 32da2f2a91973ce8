#include "drivers/hid_descriptor.h"

#include <string.h>

#define MOST_USAGES 64
#define MOST_DEPTH  16
#define LONG_ITEM   0xfe

enum { TYPE_MAIN, TYPE_GLOBAL, TYPE_LOCAL };

enum {
  MAIN_INPUT = 8,
  MAIN_OUTPUT = 9,
  MAIN_COLLECTION = 10,
  MAIN_FEATURE = 11,
  MAIN_END_COLLECTION = 12
};

enum {
  GLOBAL_PAGE,
  GLOBAL_LEAST,
  GLOBAL_MOST,
  GLOBAL_PHYSICAL_LEAST,
  GLOBAL_PHYSICAL_MOST,
  GLOBAL_EXPONENT,
  GLOBAL_UNIT,
  GLOBAL_SIZE,
  GLOBAL_REPORT,
  GLOBAL_COUNT,
  GLOBAL_PUSH,
  GLOBAL_POP
};

enum { LOCAL_USAGE, LOCAL_USAGE_LEAST, LOCAL_USAGE_MOST, LOCAL_DELIMITER = 10 };

enum { IS_CONSTANT = 1 << 0, IS_VARIABLE = 1 << 1 };

typedef struct {
  uint8_t type, tag;
  int size;         /* bytes of its value */
  uint32_t value;   /* as it stands */
  int32_t extended; /* with its sign */
} Item;

typedef struct {
  uint16_t page;
  int32_t least, most;
  uint32_t most_as_is;
  int8_t exponent;
  uint32_t unit, size, count;
  uint8_t report;
} Globals;

typedef struct {
  uint32_t first, last; /* page << 16 | usage */
} Range;

typedef struct {
  GArray *fields;
  Globals now, kept[MOST_DEPTH];
  int n_kept;
  Range usages[MOST_USAGES];
  int n_usages;
  uint32_t range_first;
  bool has_range, in_delimiter, has_delimited;
  uint32_t collections[MOST_DEPTH];
  int depth;             /* may exceed MOST_DEPTH */
  uint32_t ends[3][256]; /* bits used up of each report, without the id */
} Parser;

static int32_t
extend(uint32_t value, int size)
{
  if (size == 1)
    return (int8_t)value;
  return size == 2 ? (int16_t)value : (int32_t)value;
}

/* @return the item's whole length, 0 when it is cut short. */
static gsize
read_item(const uint8_t *bytes, gsize length, Item *ret_item)
{
  static const int SIZES[] = {0, 1, 2, 4};
  int size = SIZES[bytes[0] & 3];

  *ret_item = (Item){(bytes[0] >> 2) & 3, bytes[0] >> 4, size, 0, 0};
  if (bytes[0] == LONG_ITEM) {
    ret_item->type = TYPE_LOCAL + 1;
    return length >= 2 && length >= 3u + bytes[1] ? 3u + bytes[1] : 0;
  }
  if (length < 1u + (gsize)size)
    return 0;
  for (int i = 0; i < size; i++)
    ret_item->value |= (uint32_t)bytes[1 + i] << (8 * i);
  ret_item->extended = size ? extend(ret_item->value, size) : 0;
  return 1 + (gsize)size;
}

static int32_t
most_of(const Globals *globals)
{
  if (globals->least < 0 || globals->most_as_is > G_MAXINT32)
    return globals->most;
  return (int32_t)globals->most_as_is;
}

static void
take_global(Parser *parser, const Item *item)
{
  Globals *now = &parser->now;
  switch (item->tag) {
  case GLOBAL_PAGE:
    now->page = (uint16_t)item->value;
    break;
  case GLOBAL_LEAST:
    now->least = item->extended;
    break;
  case GLOBAL_MOST:
    now->most = item->extended;
    now->most_as_is = item->value;
    break;
  case GLOBAL_EXPONENT: /* a nibble with a sign; some send it as a byte with one */
    now->exponent = (int8_t)((item->value & 0xf) >= 8 ? (int)(item->value & 0xf) - 16
                                                      : (int)(item->value & 0xf));
    break;
  case GLOBAL_UNIT:
    now->unit = item->value;
    break;
  case GLOBAL_SIZE:
    now->size = item->value;
    break;
  case GLOBAL_REPORT:
    now->report = (uint8_t)item->value;
    break;
  case GLOBAL_COUNT:
    now->count = item->value;
    break;
  case GLOBAL_PUSH:
    if (parser->n_kept < MOST_DEPTH)
      parser->kept[parser->n_kept++] = *now;
    break;
  case GLOBAL_POP:
    if (parser->n_kept > 0)
      *now = parser->kept[--parser->n_kept];
    break;
  default:
    break;
  }
}

static void
add_usages(Parser *parser, uint32_t first, uint32_t last)
{
  /* Of usages that mean the same only the first is wanted, the preferred one. */
  if (parser->in_delimiter && parser->has_delimited)
    return;
  parser->has_delimited = parser->in_delimiter;
  if (parser->n_usages < MOST_USAGES && last >= first)
    parser->usages[parser->n_usages++] = (Range){first, last};
}

static void
take_local(Parser *parser, const Item *item)
{
  uint32_t usage =
      item->size == 4 ? item->value : (uint32_t)parser->now.page << 16 | item->value;
  switch (item->tag) {
  case LOCAL_USAGE:
    add_usages(parser, usage, usage);
    break;
  case LOCAL_USAGE_LEAST:
    parser->range_first = usage;
    parser->has_range = true;
    break;
  case LOCAL_USAGE_MOST:
    if (parser->has_range)
      add_usages(parser, parser->range_first, usage);
    parser->has_range = false;
    break;
  case LOCAL_DELIMITER:
    parser->in_delimiter = item->value == 1;
    parser->has_delimited = false;
    break;
  default:
    break;
  }
}

static uint32_t
collection_at(const Parser *parser, int depth)
{
  return depth > 0 ? parser->collections[MIN(depth, MOST_DEPTH) - 1] : 0;
}

/* The usage of value @index; when there are fewer usages, the last one stands for the
 * rest. */
static uint32_t
usage_at(const Parser *parser, uint32_t index)
{
  for (int i = 0; i < parser->n_usages; i++) {
    uint32_t n = parser->usages[i].last - parser->usages[i].first + 1;
    if (n == 0 || index < n)
      return parser->usages[i].first + index;
    index -= n;
  }
  return parser->n_usages ? parser->usages[parser->n_usages - 1].last
                          : (uint32_t)parser->now.page << 16;
}

static void
add_field(Parser *parser, HidField field, uint32_t usage, uint32_t last_usage)
{
  if (parser->fields->len >= HID_MOST_FIELDS)
    return;
  field.page = (uint16_t)(usage >> 16);
  field.usage = (uint16_t)usage;
  field.last_usage = (uint16_t)last_usage;
  g_array_append_val(parser->fields, field);
}

static uint64_t
count_usages(const Parser *parser)
{
  uint64_t n = 0;
  for (int i = 0; i < parser->n_usages; i++)
    n += (uint64_t)parser->usages[i].last - parser->usages[i].first + 1;
  return n;
}

/* One field for each usage; the last one takes the rest. */
static void
add_variables(Parser *parser, HidField field)
{
  uint64_t usages = count_usages(parser);
  uint32_t count = field.count;
  for (uint32_t i = 0; i < count && parser->fields->len < HID_MOST_FIELDS; i++) {
    uint32_t usage = usage_at(parser, i);
    bool is_last = i + 1 >= usages;
    field.count = is_last ? count - i : 1;
    add_field(parser, field, usage, usage);
    field.bit += field.size;
    if (is_last)
      return;
  }
}

static void
add_report(Parser *parser, HidReportKind kind, uint32_t flags)
{
  const Globals *now = &parser->now;
  uint32_t *end = &parser->ends[kind][now->report];
  uint32_t room = HID_MOST_REPORT * 8 - *end;
  HidField field = {
      .kind = kind,
      .report = now->report,
      .is_array = !(flags & IS_VARIABLE),
      .application = collection_at(parser, MIN(parser->depth, 1)),
      .collection = collection_at(parser, parser->depth),
      .bit = *end + (now->report ? 8 : 0),
      .size = now->size,
      .count = now->count,
      .least = now->least,
      .most = most_of(now),
      .exponent = now->exponent,
      .unit = now->unit,
  };

  if (now->size == 0 || now->count == 0)
    return;
  if ((uint64_t)now->size * now->count > room) {
    *end = HID_MOST_REPORT * 8;
    return;
  }
  *end += now->size * now->count;
  if (flags & IS_CONSTANT)
    return;
  if (field.is_array && parser->n_usages)
    add_field(parser,
              field,
              parser->usages[0].first,
              parser->usages[parser->n_usages - 1].last);
  else
    add_variables(parser, field);
}

static void
begin_collection(Parser *parser)
{
  uint32_t usage = usage_at(parser, 0);
  if (parser->depth < MOST_DEPTH)
    parser->collections[parser->depth] = usage;
  /* Deeper than anything real: counted only, so that the ends still fit. */
  if (parser->depth < G_MAXINT)
    parser->depth++;
}

static void
take_main(Parser *parser, const Item *item)
{
  switch (item->tag) {
  case MAIN_INPUT:
    add_report(parser, HID_INPUT, item->value);
    break;
  case MAIN_OUTPUT:
    add_report(parser, HID_OUTPUT, item->value);
    break;
  case MAIN_FEATURE:
    add_report(parser, HID_FEATURE, item->value);
    break;
  case MAIN_COLLECTION:
    begin_collection(parser);
    break;
  case MAIN_END_COLLECTION:
    parser->depth -= parser->depth > 0;
    break;
  default:
    break;
  }
  parser->n_usages = 0;
  parser->has_range = parser->in_delimiter = parser->has_delimited = false;
}

GArray *
hid_fields(const uint8_t *descriptor, gsize length)
{
  Parser parser = {.fields = g_array_new(FALSE, FALSE, sizeof(HidField))};
  Item item;

  for (gsize at = 0, n; at < length; at += n) {
    n = read_item(descriptor + at, length - at, &item);
    if (n == 0)
      break;
    if (item.type == TYPE_MAIN)
      take_main(&parser, &item);
    else if (item.type == TYPE_GLOBAL)
      take_global(&parser, &item);
    else if (item.type == TYPE_LOCAL)
      take_local(&parser, &item);
  }
  return parser.fields;
}

const HidField *
hid_field_of(const GArray *fields, HidReportKind kind, uint16_t page, uint16_t usage)
{
  for (guint i = 0; i < fields->len; i++) {
    const HidField *field = &g_array_index(fields, HidField, i);
    if (field->kind == kind && field->page == page && usage >= field->usage &&
        usage <= field->last_usage)
      return field;
  }
  return NULL;
}

bool
hid_is(const GArray *fields, uint16_t page, uint16_t usage)
{
  for (guint i = 0; i < fields->len; i++)
    if (g_array_index(fields, HidField, i).application == ((uint32_t)page << 16 | usage))
      return true;
  return false;
}

gsize
hid_report_length(const GArray *fields, HidReportKind kind, uint8_t report)
{
  uint32_t end = 0;
  for (guint i = 0; i < fields->len; i++) {
    const HidField *field = &g_array_index(fields, HidField, i);
    if (field->kind == kind && field->report == report)
      end = MAX(end, field->bit + field->size * field->count);
  }
  return (end + 7) / 8;
}

bool
hid_has(const HidField *field, uint32_t index, const uint8_t *bytes, gsize length)
{
  if (index >= field->count || (field->report && (length < 1 || *bytes != field->report)))
    return false;
  return (field->bit + (uint64_t)(index + 1) * field->size + 7) / 8 <= length;
}

int64_t
hid_value(const HidField *field, uint32_t index, const uint8_t *bytes, gsize length)
{
  if (!hid_has(field, index, bytes, length))
    return 0;
  uint32_t bit = field->bit + index * field->size, size = CLAMP(field->size, 1, 32);
  uint64_t value = 0;
  for (uint32_t i = 0; i < size; i++, bit++)
    value |= (uint64_t)((bytes[bit / 8] >> (bit % 8)) & 1) << i;
  bool is_negative = field->least < 0 && (value >> (size - 1)) & 1;
  return is_negative ? (int64_t)value - ((int64_t)1 << size) : (int64_t)value;
}

void
hid_put(
    const HidField *field, uint32_t index, int64_t value, uint8_t *bytes, gsize length)
{
  uint32_t bit = field->bit + index * field->size;

  g_return_if_fail(index < field->count);
  g_return_if_fail((bit + (uint64_t)field->size + 7) / 8 <= length);
  for (uint32_t i = 0; i < MIN(field->size, 32); i++, bit++) {
    uint8_t mask = (uint8_t)(1u << (bit % 8));
    bool is_set = ((uint64_t)value >> i) & 1;
    bytes[bit / 8] = (uint8_t)(is_set ? bytes[bit / 8] | mask : bytes[bit / 8] & ~mask);
  }
}
