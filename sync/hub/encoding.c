#include "sync/hub/encoding.h"

#include <string.h>

/* So many good sequences to one broken byte: then it is UTF-8 with a few faults. */
#define GOOD_PER_FAULT 10

struct Decoder {
  Encoding encoding;
  GIConv gb18030; /* NULL unless needed */
};

static const struct {
  const char *name;
  Encoding encoding;
} NAMES[] = {
    {"UTF-8", ENCODING_UTF8},
    {"UTF-8 with BOM", ENCODING_UTF8_BOM},
    {"UTF-16", ENCODING_UTF16},
    {"GB18030", ENCODING_GB18030},
    {"Windows-1252", ENCODING_WINDOWS_1252},
    {"UTF8", ENCODING_UTF8},
    {"UTF8-BOM", ENCODING_UTF8_BOM},
    {"UTF-8-SIG", ENCODING_UTF8_BOM},
    {"GBK", ENCODING_GB18030},
    {"GB2312", ENCODING_GB18030},
    {"CP936", ENCODING_GB18030},
    {"CP1252", ENCODING_WINDOWS_1252},
    {"ISO-8859-1", ENCODING_WINDOWS_1252},
    {"LATIN1", ENCODING_WINDOWS_1252},
};

const char *
encoding_name(Encoding encoding)
{
  return NAMES[encoding].name;
}

bool
encoding_parse(const char *name, Encoding *ret)
{
  for (gsize i = 0; i < G_N_ELEMENTS(NAMES); i++) {
    if (g_ascii_strcasecmp(NAMES[i].name, name) == 0) {
      *ret = NAMES[i].encoding;
      return true;
    }
  }
  return false;
}

typedef struct {
  gsize good, bad; /* sequences of several bytes; bytes that are in none */
} Utf8Count;

static Utf8Count
count_utf8(const char *bytes, gsize length)
{
  Utf8Count count = {0};
  const char *end = bytes + length;
  for (const char *p = bytes; p < end;) {
    if ((guchar)*p < 0x80) {
      p++;
      continue;
    }
    gunichar c = g_utf8_get_char_validated(p, end - p);
    bool is_good = c != (gunichar)-1 && c != (gunichar)-2;
    *(is_good ? &count.good : &count.bad) += 1;
    p = is_good ? g_utf8_next_char(p) : p + 1;
  }
  return count;
}

static bool
is_between(char c, int least, int most)
{
  return (guchar)c >= least && (guchar)c <= most;
}

/* Among the pairs of bytes that GB18030 would see: how many are characters and signs of
 * everyday writing (GB 2312's rows), how many rare, how many none at all? Western text
 * makes pairs of an accented letter and a plain one, which are rare or none. */
static bool
looks_gb18030(const char *bytes, gsize length)
{
  gsize everyday = 0;
  gsize rare = 0;
  for (gsize i = 0; i + 1 < length; i++) {
    if (!is_between(bytes[i], 0x81, 0xfe))
      continue;
    bool is_everyday =
        (is_between(bytes[i], 0xa1, 0xa9) || is_between(bytes[i], 0xb0, 0xf7)) &&
        is_between(bytes[i + 1], 0xa1, 0xfe);
    *(is_everyday ? &everyday : &rare) += 1;
    i++;
  }
  return everyday > rare;
}

Encoding
encoding_guess(const char *bytes, gsize length)
{
  if (length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
    return ENCODING_UTF8_BOM;
  if (length >= 2 &&
      (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0))
    return ENCODING_UTF16;
  Utf8Count count = count_utf8(bytes, length);
  if (count.bad == 0 || count.good > count.bad * GOOD_PER_FAULT)
    return ENCODING_UTF8;
  return looks_gb18030(bytes, length) ? ENCODING_GB18030 : ENCODING_WINDOWS_1252;
}

Decoder *
decoder_new(Encoding encoding)
{
  Decoder *decoder = g_new0(Decoder, 1);
  decoder->encoding = encoding;
  if (encoding == ENCODING_GB18030)
    decoder->gb18030 = g_iconv_open("UTF-8", "GB18030");
  return decoder;
}

void
decoder_free(Decoder *decoder)
{
  if (!decoder)
    return;
  if (decoder->gb18030)
    g_iconv_close(decoder->gb18030);
  g_free(decoder);
}

static bool
is_ascii(const char *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++) {
    if ((guchar)bytes[i] >= 0x80)
      return false;
  }
  return true;
}

static bool
append_utf8(const char *bytes, gsize length, GString *out)
{
  if (!g_utf8_validate(bytes, (gssize)length, NULL))
    return false;
  g_string_append_len(out, bytes, (gssize)length);
  return true;
}

/* The bytes 80-9F, where Windows-1252 differs from Latin-1; 0: not assigned. */
static const gunichar HIGH_CONTROLS[32] = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
    0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017d, 0,
    0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
    0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178};

static bool
append_windows(const char *bytes, gsize length, GString *out)
{
  gsize before = out->len;
  for (gsize i = 0; i < length; i++) {
    guchar byte = (guchar)bytes[i];
    gunichar c = byte >= 0x80 && byte < 0xa0 ? HIGH_CONTROLS[byte - 0x80] : byte;
    if (c == 0) {
      g_string_truncate(out, before);
      return false;
    }
    g_string_append_unichar(out, c);
  }
  return true;
}

static bool
append_gb18030(Decoder *decoder, const char *bytes, gsize length, GString *out)
{
  gsize room = length * 2 + 4;
  g_autofree char *converted = g_malloc(room);
  char *from = (char *)bytes;
  char *to = converted;
  gsize left = length;
  gsize space = room;
  g_iconv(decoder->gb18030, NULL, NULL, NULL, NULL);
  if (g_iconv(decoder->gb18030, &from, &left, &to, &space) == (gsize)-1 || left != 0)
    return false;
  g_string_append_len(out, converted, to - converted);
  return true;
}

bool
decoder_append(Decoder *decoder, const char *bytes, gsize length, GString *out)
{
  if (memchr(bytes, '\0', length))
    return false;
  if (is_ascii(bytes, length)) {
    g_string_append_len(out, bytes, (gssize)length);
    return true;
  }
  if (decoder->encoding == ENCODING_GB18030)
    return append_gb18030(decoder, bytes, length, out);
  if (decoder->encoding == ENCODING_WINDOWS_1252)
    return append_windows(bytes, length, out);
  return append_utf8(bytes, length, out);
}
