#include "drivers/printer_id.h"

#include <stdbool.h>
#include <string.h>

#define LEAST 14 /* "MFG:?;MDL:?;" with its length; less is the other byte order */

/* @return how many of @bytes are meant. */
static gsize
stated_length(const guint8 *bytes, gsize length)
{
  gsize big = (gsize)bytes[0] << 8 | bytes[1], little = (gsize)bytes[1] << 8 | bytes[0];

  if (big >= LEAST && big <= length)
    return big;
  /* A text cut short by the buffer, or a length that lies: what came is looked at. */
  return little >= LEAST && little <= length ? little : length;
}

static void
take_value(const char *value, gsize length, char *ret)
{
  gsize n = 0;

  while (length && *value == ' ')
    value++, length--;
  for (gsize i = 0; i < length && n < PRINTER_ID_MOST; i++)
    if (value[i] >= 0x20 && value[i] < 0x7f)
      ret[n++] = value[i];
  while (n && ret[n - 1] == ' ')
    n--;
  ret[n] = '\0';
}

static bool
is_key(const char *field, gsize length, const char *key)
{
  return strlen(key) == length && g_ascii_strncasecmp(field, key, length) == 0;
}

static void
take_field(const char *field, gsize length, PrinterId *ret)
{
  const char *colon = memchr(field, ':', length);
  gsize key = colon ? (gsize)(colon - field) : 0;
  char *to = NULL;

  while (key && *field == ' ')
    field++, key--, length--;
  if (is_key(field, key, "MFG") || is_key(field, key, "MANUFACTURER"))
    to = ret->maker;
  else if (is_key(field, key, "MDL") || is_key(field, key, "MODEL"))
    to = ret->model;
  else if (is_key(field, key, "CMD") || is_key(field, key, "COMMAND SET"))
    to = ret->commands;
  if (colon && to && !*to)
    take_value(colon + 1, length - key - 1, to);
}

void
printer_id_parse(const guint8 *bytes, gsize length, PrinterId *ret)
{
  *ret = (PrinterId){"", "", ""};
  if (length < 2)
    return;
  const char *at = (const char *)bytes + 2;
  const char *end = (const char *)bytes + stated_length(bytes, length);
  while (at < end) {
    const char *semicolon = memchr(at, ';', (gsize)(end - at));
    const char *stop = semicolon ? semicolon : end;
    take_field(at, (gsize)(stop - at), ret);
    at = stop + 1;
  }
}
