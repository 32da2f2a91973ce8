#include "drivers/key_reports.h"

#include <stdbool.h>
#include <string.h>

#define CTRL      (0x01 | 0x10)
#define SHIFT     (0x02 | 0x20)
#define ALT       (0x04 | 0x40)
#define ROLL_OVER 0x01 /* 02 and 03 are faults too */
#define FIRST_KEY 0x04

#define MOST_DIGITS 7

enum {
  KEY_A = 0x04,
  KEY_2 = 0x1f,
  KEY_6 = 0x23,
  KEY_MINUS = 0x2d,
  PAD_SLASH = 0x54,
  PAD_1 = 0x59,
  PAD_9 = 0x61,
  PAD_0 = 0x62
};

/* From 0x04 on; NUL: types nothing. */
static const char PLAIN[] =
    "abcdefghijklmnopqrstuvwxyz1234567890\r\x1b\b\t -=[]\\\\;'`,./";
static const char SHIFTED[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ!@#$%^&*()\r\x1b\b\t _+{}||:\"~<>?";
/* From 0x54 on. */
static const char PAD[] = "/*-+\r1234567890.";

static char
character_of(uint8_t key, uint8_t modifiers)
{
  if (key >= FIRST_KEY && key < FIRST_KEY + sizeof PLAIN - 1)
    return (modifiers & SHIFT ? SHIFTED : PLAIN)[key - FIRST_KEY];
  if (key >= PAD_SLASH && key < PAD_SLASH + sizeof PAD - 1)
    return PAD[key - PAD_SLASH];
  return '\0';
}

static int
pad_digit(uint8_t key)
{
  if (key == PAD_0)
    return 0;
  return key >= PAD_1 && key <= PAD_9 ? key - PAD_1 + 1 : -1;
}

/* @return -1: no such control character. */
static int
control_of(uint8_t key, char character)
{
  if (character >= '@' && character <= '_')
    return character & 0x1f;
  if (character >= 'a' && character <= 'z')
    return character & 0x1f;
  /* Those that a scanner types without the Shift their character would need. */
  if (key == KEY_2)
    return 0x00;
  if (key == KEY_6)
    return 0x1e;
  return key == KEY_MINUS ? 0x1f : -1;
}

static bool
append_gb(uint32_t number, GString *typed)
{
  char pair[] = {(char)(number >> 8), (char)number};
  g_autofree char *text = g_convert(pair, 2, "UTF-8", "GB18030", NULL, NULL, NULL);
  if (text)
    g_string_append(typed, text);
  return text != NULL;
}

/* Two bytes of GB 2312 lie where Unicode has no Chinese characters: they are told apart
 * by their number. */
static void
type_number(KeyReports *keys, GString *typed)
{
  uint32_t number = keys->number;
  bool is_gb = number <= 0xffff && number >> 8 >= 0xa1 && (number & 0xff) >= 0xa1;

  keys->number = 0;
  if (keys->digits == 0)
    return;
  keys->digits = 0;
  if (is_gb && append_gb(number, typed))
    return;
  if (g_unichar_validate(number))
    g_string_append_unichar(typed, number);
}

static void
press_with_alt(KeyReports *keys, uint8_t key)
{
  int digit = pad_digit(key);
  if (digit < 0 || keys->digits >= MOST_DIGITS)
    return;
  keys->number = keys->number * 10 + (uint32_t)digit;
  keys->digits++;
}

static void
press(KeyReports *keys, uint8_t key, GString *typed)
{
  char character = character_of(key, keys->modifiers);

  if (keys->modifiers & ALT)
    press_with_alt(keys, key);
  else if (keys->modifiers & CTRL) {
    int control = control_of(key, character);
    if (control >= 0)
      g_string_append_c(typed, (char)control);
  } else if (character)
    g_string_append_c(typed, character);
}

void
key_reports_hear(KeyReports *keys, const uint8_t *report, gsize length, GString *typed)
{
  uint8_t down[KEY_REPORTS_SLOTS] = {0};

  if (length < 3 || (report[2] >= ROLL_OVER && report[2] < FIRST_KEY))
    return;
  memcpy(down, report + 2, MIN(length - 2, KEY_REPORTS_SLOTS));
  if (keys->modifiers & ALT && !(report[0] & ALT))
    type_number(keys, typed);
  keys->modifiers = report[0];
  for (int i = 0; i < KEY_REPORTS_SLOTS; i++) {
    bool was_down = memchr(keys->down, down[i], KEY_REPORTS_SLOTS);
    bool is_twice = i > 0 && memchr(down, down[i], (gsize)i);
    if (down[i] >= FIRST_KEY && !was_down && !is_twice)
      press(keys, down[i], typed);
  }
  memcpy(keys->down, down, sizeof down);
}
