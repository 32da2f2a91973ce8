#include "drivers/sim/scanner_model.h"

#include <string.h>

#define REPORT   64
#define KEYS     8
#define ROOM     56
#define ROOM_ALL 62
#define PACKET   64

enum { CTRL = 0x01, SHIFT = 0x02, ALT = 0x04 };

struct ScannerModel {
  ScannerMode mode;
  char *suffix; /* owned */
  bool is_honeywell, is_on;
  GQueue out; /* of GBytes */
  int beeps[2];
  int leds;
};

/* Drawn after the example in the HID Point of Sale Usage Tables 1.02. */
static const guint8 HID_POS[] = {
    0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01, 0x09, 0x12, 0xa1, 0x02, 0x85, 0x02, 0x15, 0x00,
    0x26, 0xff, 0x00, 0x75, 0x08, 0x95, 0x01, 0x05, 0x01, 0x09, 0x3b, 0x81, 0x02, 0x05,
    0x8c, 0x95, 0x03, 0x09, 0xfb, 0x09, 0xfc, 0x09, 0xfd, 0x81, 0x02, 0x95, 0x38, 0x09,
    0xfe, 0x82, 0x02, 0x01, 0x95, 0x02, 0x06, 0x66, 0xff, 0x09, 0x04, 0x81, 0x02, 0x05,
    0x8c, 0x25, 0x01, 0x75, 0x01, 0x95, 0x01, 0x09, 0xff, 0x81, 0x02, 0x95, 0x07, 0x81,
    0x03, 0xc0, 0x09, 0x14, 0xa1, 0x02, 0x85, 0x04, 0x95, 0x04, 0x09, 0x60, 0x09, 0x5f,
    0x09, 0x85, 0x09, 0x86, 0x91, 0x02, 0x95, 0x04, 0x91, 0x03, 0xc0, 0xc0,
};

static const guint8 HID_POS_BARE[] = {
    0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01, 0x85, 0x01, 0x15, 0x00, 0x26,
    0xff, 0x00, 0x75, 0x08, 0x95, 0x01, 0x05, 0x01, 0x09, 0x3b, 0x81,
    0x02, 0x05, 0x8c, 0x95, 0x3e, 0x09, 0xfe, 0x82, 0x02, 0x01, 0xc0,
};

/* HID 1.11, appendix B.1. */
static const guint8 KEYBOARD[] = {
    0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0x05, 0x07, 0x19, 0xe0, 0x29, 0xe7, 0x15,
    0x00, 0x25, 0x01, 0x75, 0x01, 0x95, 0x08, 0x81, 0x02, 0x95, 0x01, 0x75, 0x08,
    0x81, 0x01, 0x95, 0x05, 0x75, 0x01, 0x05, 0x08, 0x19, 0x01, 0x29, 0x05, 0x91,
    0x02, 0x95, 0x01, 0x75, 0x03, 0x91, 0x01, 0x95, 0x06, 0x75, 0x08, 0x15, 0x00,
    0x25, 0x65, 0x05, 0x07, 0x19, 0x00, 0x29, 0x65, 0x81, 0x00, 0xc0,
};

static const struct {
  const guint8 *bytes;
  gsize length;
} DESCRIPTORS[N_SCANNER_MODES] = {
    [SCANNER_HID_POS] = {HID_POS, sizeof HID_POS},
    [SCANNER_HID_POS_LATE] = {HID_POS, sizeof HID_POS},
    [SCANNER_HID_POS_BARE] = {HID_POS_BARE, sizeof HID_POS_BARE},
    [SCANNER_WEDGE] = {KEYBOARD, sizeof KEYBOARD},
    [SCANNER_WEDGE_ALT] = {KEYBOARD, sizeof KEYBOARD},
};

ScannerModel *
scanner_model_new(ScannerMode mode)
{
  ScannerModel *model = g_new0(ScannerModel, 1);
  model->mode = mode;
  model->suffix = g_strdup("\r");
  model->is_on = true;
  model->leds = -1;
  g_queue_init(&model->out);
  return model;
}

void
scanner_model_free(ScannerModel *model)
{
  if (!model)
    return;
  g_queue_clear_full(&model->out, (GDestroyNotify)g_bytes_unref);
  g_free(model->suffix);
  g_free(model);
}

ScannerMode
scanner_model_mode(const ScannerModel *model)
{
  return model->mode;
}

void
scanner_model_set_suffix(ScannerModel *model, const char *suffix)
{
  g_free(model->suffix);
  model->suffix = g_strdup(suffix);
}

void
scanner_model_set_honeywell(ScannerModel *model)
{
  model->is_honeywell = true;
  model->is_on = false;
}

void
scanner_model_hear_commands(ScannerModel *model)
{
  model->is_honeywell = true;
}

const guint8 *
scanner_model_descriptor(ScannerMode mode, gsize *ret_length)
{
  *ret_length = DESCRIPTORS[mode].length;
  return DESCRIPTORS[mode].bytes;
}

static void
put(ScannerModel *model, const guint8 *bytes, gsize length)
{
  g_queue_push_tail(&model->out, g_bytes_new(bytes, length));
}

static void
scan_as_reports(ScannerModel *model, const char *aim, const guint8 *code, gsize length)
{
  int late = model->mode == SCANNER_HID_POS_LATE;
  gsize sent = 0;
  do {
    guint8 report[REPORT] = {2};
    gsize part = MIN(length - sent, ROOM);
    report[1] = (guint8)part;
    if (aim)
      memcpy(report + 2 + late, aim, 3);
    if (part > 0)
      memcpy(report + 5 + late, code + sent, part);
    sent += part;
    report[REPORT - 1] = sent < length;
    put(model, report, sizeof report);
  } while (sent < length);
}

static void
scan_bare(ScannerModel *model, const GByteArray *text)
{
  guint8 report[REPORT] = {1};
  report[1] = (guint8)MIN(text->len, ROOM_ALL);
  if (text->len > 0)
    memcpy(report + 2, text->data, report[1]);
  put(model, report, sizeof report);
}

static void
type_key(ScannerModel *model, guint8 modifiers, guint8 key)
{
  guint8 down[KEYS] = {modifiers, 0, key}, up[KEYS] = {0};
  put(model, down, sizeof down);
  put(model, up, sizeof up);
}

/* @return the US key of @c, 0: none. */
static guint8
key_of(char c, guint8 *ret_modifiers)
{
  static const char ROWS[2][50] = {"1234567890\r\x1b\b\t -=[]\\\x01;'`,./",
                                   "!@#$%^&*()\x01\x01\x01\x01\x01_+{}|\x01:\"~<>?"};
  if (g_ascii_isalpha(c)) {
    *ret_modifiers = g_ascii_isupper(c) ? SHIFT : 0;
    return (guint8)(0x04 + g_ascii_tolower(c) - 'a');
  }
  for (int row = 0; row < 2; row++) {
    const char *at = c > '\x01' ? strchr(ROWS[row], c) : NULL;
    *ret_modifiers = row ? SHIFT : 0;
    if (at)
      return (guint8)(0x1e + (at - ROWS[row]));
  }
  return 0;
}

static void
type_character(ScannerModel *model, guint8 c)
{
  guint8 modifiers = 0;
  guint8 key = key_of((char)c, &modifiers);
  if (key == 0 && c < 0x20) {
    key = key_of((char)(c | 0x40), &modifiers);
    modifiers = CTRL | modifiers;
  }
  if (key)
    type_key(model, modifiers, key);
}

static void
type_number(ScannerModel *model, gunichar number)
{
  g_autofree char *digits = g_strdup_printf("%03u", number);
  guint8 held[KEYS] = {ALT}, let_go[KEYS] = {0};

  put(model, held, sizeof held);
  for (const char *p = digits; *p; p++) {
    guint8 key = *p == '0' ? 0x62 : (guint8)(0x59 + *p - '1');
    guint8 down[KEYS] = {ALT, 0, key};
    put(model, down, sizeof down);
    put(model, held, sizeof held);
  }
  put(model, let_go, sizeof let_go);
}

static void
type_text(ScannerModel *model, const GByteArray *text)
{
  bool is_alt = model->mode == SCANNER_WEDGE_ALT;
  for (guint i = 0; i < text->len; i++) {
    guint8 c = text->data[i];
    if (is_alt && c != '\r' && c != '\n' && c != '\t')
      type_number(model, c);
    else
      type_character(model, c);
  }
}

static void
send_text(ScannerModel *model, const GByteArray *text)
{
  for (guint sent = 0; sent < text->len; sent += PACKET)
    put(model, text->data + sent, MIN(text->len - sent, PACKET));
}

void
scanner_model_scan(ScannerModel *model, const char *aim, const void *code, gsize length)
{
  if (!model->is_on)
    return;
  if (model->mode == SCANNER_HID_POS || model->mode == SCANNER_HID_POS_LATE) {
    scan_as_reports(model, aim, code, length);
    return;
  }
  g_autoptr(GByteArray) text = g_byte_array_new();
  if (aim)
    g_byte_array_append(text, (const guint8 *)aim, (guint)strlen(aim));
  g_byte_array_append(text, code, (guint)length);
  g_byte_array_append(text, (const guint8 *)model->suffix, (guint)strlen(model->suffix));
  if (model->mode == SCANNER_HID_POS_BARE)
    scan_bare(model, text);
  else if (model->mode == SCANNER_SERIAL)
    send_text(model, text);
  else
    type_text(model, text);
}

GBytes *
scanner_model_take(ScannerModel *model)
{
  return g_queue_pop_head(&model->out);
}

guint
scanner_model_waiting(const ScannerModel *model)
{
  return model->out.length;
}

void
scanner_model_switch_off(ScannerModel *model)
{
  g_queue_clear_full(&model->out, (GDestroyNotify)g_bytes_unref);
  model->is_on = !model->is_honeywell || model->mode == SCANNER_SERIAL;
}

static void
hear_honeywell(ScannerModel *model, const guint8 *bytes, gsize length)
{
  static const guint8 BEEP[] = {0x16, 0x07, 0x0d};
  if (memmem(bytes, length, BEEP, sizeof BEEP))
    model->beeps[BEEP_REFUSED]++;
}

void
scanner_model_hear(ScannerModel *model,
                   const guint8 *bytes,
                   gsize length,
                   bool is_feature)
{
  bool is_wedge = model->mode == SCANNER_WEDGE || model->mode == SCANNER_WEDGE_ALT;

  if (is_feature) {
    if (length >= 2 && bytes[0] == 0xfe)
      model->is_on = bytes[1] == 1;
  } else if (is_wedge && length >= 1) {
    model->leds = bytes[0];
  } else if (length >= 2 && model->mode != SCANNER_SERIAL && bytes[0] == 4) {
    model->beeps[BEEP_REFUSED] += (bytes[1] >> 2) & 1;
    model->beeps[BEEP_NOT_ON_FILE] += (bytes[1] >> 3) & 1;
  } else if (model->is_honeywell) {
    hear_honeywell(model, bytes, length);
  }
}

int
scanner_model_beeps(const ScannerModel *model, Beep beep)
{
  return model->beeps[beep];
}

int
scanner_model_leds(const ScannerModel *model)
{
  return model->leds;
}
